/**
 * What programs there are, by name only: whoever makes a root file system needs no more, and need not load them all. A
 * test compares these lists with the programs themselves.
 */

/** Tools that busybox has as applets and an Ubuntu host as programs (coreutils, procps, util-linux) in /usr/bin. */
const common = words(`
  [ base64 basename cat chgrp chmod chown clear cmp cp cut date dd df dirname du echo egrep env expr false fgrep
  find fold free grep groups hd head hexdump hostname id kill killall ln ls md5sum mkdir mkfifo mktemp mount mv
  nl nohup nproc od paste pgrep pidof pkill printenv printf ps pwd readlink realpath rev rm rmdir sed seq setsid
  sha1sum sha256sum sha512sum sleep sort stat stty tac tail tee test time timeout top touch tr true tty uname
  uniq unlink uptime watch wc which whoami xargs xxd yes
`);

/** Applets that such a host does not have, or only in its shell. */
const busyboxOnly = words('[[ httpd ifconfig ip nc netstat nslookup ping route wget ash sh');

/** Programs of the host that are no applets there. */
const hostOnly = words('curl ip ping ss');

/** The names under which busybox is linked in an image. */
export function busyboxNames(): readonly string[] {
  return [...common, ...busyboxOnly];
}

/** The executables of a host's tools: the path of each, and the program that it is. */
export function hostTools(): { readonly [path: string]: string } {
  const files: { [path: string]: string } = {};
  for (const name of common) files[`/usr/bin/${name}`] = `coreutils/${name}`;
  for (const name of hostOnly) files[`/usr/bin/${name}`] = name;
  return files;
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
