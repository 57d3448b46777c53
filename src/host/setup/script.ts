/**
 * What https://get.docker.com answers with: a script that does what Docker's convenience script does on an Ubuntu, in the same
 * order and with the same words, written anew and without all other systems.
 */
export const convenienceScript = `#!/bin/sh
set -e
# Docker Engine for Linux: convenience script (as far as drydock has it: Ubuntu and Debian).
#   curl -fsSL https://get.docker.com -o get-docker.sh
#   sh get-docker.sh --dry-run
#   sudo sh get-docker.sh

SCRIPT_COMMIT_SHA="7d96bd3c5235ab2121bcb855dd7b3f3f37128ed4"
DRY_RUN=0
for word in "$@"; do
  case "$word" in
    --dry-run) DRY_RUN=1 ;;
    *) echo "drydock: the option $word of get-docker.sh is not simulated" >&2; exit 1 ;;
  esac
done

step() {
  if [ "$DRY_RUN" = 1 ]; then echo "$1"; return; fi
  echo "+ $SHELL_C $1"
  $SUDO sh -c "$1"
}

SHELL_C="sh -c"
SUDO=""
if [ "$(id -u)" != 0 ]; then
  SUDO="sudo -E"
  SHELL_C="sudo -E sh -c"
fi
if [ "$DRY_RUN" = 1 ]; then echo "# Executing docker install script, commit: $SCRIPT_COMMIT_SHA"; fi
if [ "$DRY_RUN" = 0 ]; then
  echo "# Executing docker install script, commit: $SCRIPT_COMMIT_SHA"
  if [ -x /usr/bin/docker ]; then
    cat >&2 <<'WARNING'
Warning: the "docker" command appears to already exist on this system.

If you already have Docker installed, this script can cause trouble, which is
why we're displaying this warning and provide the opportunity to cancel the
installation.

If you installed the current Docker package using this script and are using it
again to update Docker, you can ignore this message, but be aware that the
script resets any custom changes in the deb and rpm repo configuration
files to match the parameters passed to the script.

You may press Ctrl+C now to abort this script.
WARNING
    echo "+ sleep 20"
    sleep 20
  fi
fi
. /etc/os-release
step "apt-get -qq update >/dev/null"
step "DEBIAN_FRONTEND=noninteractive apt-get -y -qq install ca-certificates curl >/dev/null"
step "install -m 0755 -d /etc/apt/keyrings"
step "curl -fsSL \\"https://download.docker.com/linux/$ID/gpg\\" -o /etc/apt/keyrings/docker.asc"
step "chmod a+r /etc/apt/keyrings/docker.asc"
step "echo \\"deb [arch=amd64 signed-by=/etc/apt/keyrings/docker.asc] https://download.docker.com/linux/$ID $VERSION_CODENAME stable\\" > /etc/apt/sources.list.d/docker.list"
step "apt-get -qq update >/dev/null"
step "DEBIAN_FRONTEND=noninteractive apt-get -y -qq install docker-ce docker-ce-cli containerd.io docker-compose-plugin docker-ce-rootless-extras docker-buildx-plugin >/dev/null"
if [ "$DRY_RUN" = 0 ]; then
  step "docker version"
fi
cat <<'NOTE'

================================================================================

To run Docker as a non-privileged user, consider setting up the
Docker daemon in rootless mode for your user:

    dockerd-rootless-setuptool.sh install

Visit https://docs.docker.com/go/rootless/ to learn about rootless mode.


To run the Docker daemon as a fully privileged service, but granting non-root
users access, refer to https://docs.docker.com/go/daemon-access/

WARNING: Access to the remote API on a privileged Docker daemon is equivalent
         to root access on the host. Refer to the 'Docker daemon attack surface'
         documentation for details: https://docs.docker.com/go/attack-surface/

================================================================================

NOTE
`;
