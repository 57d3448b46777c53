/**
 * What programs there are, by name only: whoever makes a root file system needs no more, and need not load them all. A
 * test compares these lists with the programs themselves.
 */

/** Tools that busybox has as applets and an Ubuntu host as programs (coreutils, procps, util-linux) in /usr/bin. */
const common = words(`
  [ addgroup adduser cksum delgroup deluser factor less logger mknod more nice renice strings sum swapoff swapon tree tsort unexpand who
  awk base64 basename cat chgrp chmod chown clear cmp comm cp cut date dd df diff dirname dmesg du echo egrep env expand expr false fgrep
  find fold free grep groups gunzip gzip hd head hexdump hostname id install kill killall ln ls md5sum mkdir mkfifo mktemp mount mv
  nl nohup nproc od passwd paste pgrep pidof pkill printenv printf ps pwd readlink realpath rev rm rmdir sed seq setsid
  sha1sum sha256sum sha512sum shuf sleep sort split stat stty su sync tac tail tar tee test time timeout top touch tr true truncate tty umount uname
  bunzip2 bzcat bc bzip2 chpasswd crontab dc flock fuser lsof patch pstree unxz unzip xz xzcat
  uniq unlink uptime vi watch wc which whoami xargs xxd yes zcat
`);

/** Applets that such a host does not have, or only in its shell. */
const busyboxOnly = words(
  '[[ cal chroot crond getty halt httpd ifconfig init insmod ip modprobe mountpoint nc netstat nsenter nslookup ping pivot_root poweroff reboot rmmod route syslogd udhcpc unshare wget ash sh',
);

/** Programs of the host that are no applets there. */
const hostOnly = words('curl ip ping ss');

/** What a Debian or Ubuntu system has besides: shadow's tools, getent, nano. */
const debianOnly = words(
  'cron vmstat w zip column getent join last logname numfmt users groupadd groupdel nano useradd userdel usermod',
);

/** Those of them that administer: in /usr/sbin. */
const inSbin = new Set(
  words('addgroup adduser delgroup deluser swapoff swapon groupadd groupdel useradd userdel usermod chpasswd cron'),
);

/** The names under which busybox is linked in an image. */
export function busyboxNames(): readonly string[] {
  return [...common, ...busyboxOnly];
}

/** The executables of a host's tools: the path of each, and the program that it is. */
export function hostTools(): { readonly [path: string]: string } {
  const files: { [path: string]: string } = {};
  for (const name of [...common, ...debianOnly]) {
    files[`${inSbin.has(name) ? '/usr/sbin' : '/usr/bin'}/${name}`] = `coreutils/${name}`;
  }
  for (const name of hostOnly) files[`/usr/bin/${name}`] = name;
  return files;
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
