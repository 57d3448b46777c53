import { isolatingApplet } from '../isolation/names.ts';
import type { Applet } from '../makers/io.ts';
import { cp, mv } from './files/cp.ts';
import { dd } from './files/dd.ts';
import { df, du } from './files/disk.ts';
import { ls } from './files/ls.ts';
import { ln, mkdir, mkfifo, mktemp, touch } from './files/make.ts';
import { chmod, chown } from './files/owner.ts';
import { basename, dirname, pwd, readlink, realpath, which } from './files/paths-applets.ts';
import { rm, rmdir, unlink } from './files/remove.ts';
import { stat } from './files/stat.ts';
import { find } from './find/find.ts';
import { startLarge, stepLarge } from './large.ts';
import { date } from './misc/date.ts';
import { expr } from './misc/expr.ts';
import { groups, id, whoami } from './misc/identity.ts';
import { clear, echo, falsehood, printf, stty, test, truth, tty } from './misc/plain.ts';
import { seq, sleep, yes } from './misc/sequences.ts';
import { hostname, nproc, uname } from './misc/system.ts';
import { env, nohup, printenv, setsid } from './process/env.ts';
import { free, uptime } from './process/memory.ts';
import { ps } from './process/ps.ts';
import { kill, killall, pgrep, pidof } from './process/signals.ts';
import { time, watch } from './process/time.ts';
import { timeout } from './process/timeout.ts';
import { top } from './process/top.ts';
import { xargs } from './process/xargs.ts';
import { sed } from './sed/sed.ts';
import { base64 } from './text/base64.ts';
import { cat } from './text/cat.ts';
import { checksum } from './text/checksum.ts';
import { cmp, fold, paste } from './text/compare.ts';
import { cut } from './text/cut.ts';
import { dump } from './text/dump.ts';
import { grep } from './text/grep.ts';
import { head } from './text/head.ts';
import { nl, rev, tac } from './text/lines.ts';
import { sort } from './text/sort.ts';
import { tail } from './text/tail.ts';
import { tee } from './text/tee.ts';
import { tr } from './text/tr.ts';
import { uniq } from './text/uniq.ts';
import { wc } from './text/wc.ts';

/** One of those in large.ts. */
const large: Applet = (style) => ({
  start: (exec, sys) => startLarge(style, exec, sys),
  step: (state, wake, sys) => stepLarge(style, state, wake, sys),
});

/** Applets that a Debian or Ubuntu system does not have. */
export const busyboxApplets: { readonly [name: string]: Applet } = {
  cal: large,
  halt: large,
  insmod: large,
  modprobe: large,
  mountpoint: large,
  poweroff: large,
  reboot: large,
  rmmod: large,
  chroot: isolatingApplet,
  getty: isolatingApplet,
  init: isolatingApplet,
  syslogd: isolatingApplet,
  udhcpc: isolatingApplet,
  nsenter: isolatingApplet,
  pivot_root: isolatingApplet,
  unshare: isolatingApplet,
};

/** Tools of a Debian or Ubuntu system that busybox does not have: those of shadow, and nano. */
export const debianTools: { readonly [name: string]: Applet } = {
  column: large,
  getent: large,
  join: large,
  last: large,
  logname: large,
  numfmt: large,
  users: large,
  groupadd: large,
  groupdel: large,
  nano: large,
  useradd: large,
  userdel: large,
  usermod: large,
};

/** Every applet that is simulated, by each name it goes by. */
export const applets: { readonly [name: string]: Applet } = {
  addgroup: large,
  adduser: large,
  cksum: large,
  delgroup: large,
  deluser: large,
  factor: large,
  less: large,
  logger: large,
  mknod: large,
  more: large,
  nice: large,
  renice: large,
  strings: large,
  sum: large,
  swapoff: large,
  swapon: large,
  tree: large,
  tsort: large,
  unexpand: large,
  who: large,
  '[': test,
  '[[': test,
  awk: large,
  base64,
  basename,
  cat,
  chgrp: chown,
  chmod,
  chown,
  clear,
  cmp,
  comm: large,
  cp,
  cut,
  date,
  dd,
  df,
  diff: large,
  dirname,
  dmesg: large,
  du,
  echo,
  egrep: grep,
  env,
  expand: large,
  expr,
  false: falsehood,
  fgrep: grep,
  find,
  fold,
  free,
  grep,
  groups,
  gunzip: large,
  gzip: large,
  hd: dump,
  head,
  hexdump: dump,
  hostname,
  id,
  install: large,
  kill,
  killall,
  ln,
  ls,
  md5sum: checksum,
  mkdir,
  mkfifo,
  mktemp,
  mount: isolatingApplet,
  mv,
  nl,
  nohup,
  nproc,
  od: dump,
  paste,
  pgrep,
  pidof,
  pkill: pgrep,
  passwd: large,
  printenv,
  printf,
  ps,
  pwd,
  readlink,
  realpath,
  rev,
  rm,
  rmdir,
  sed,
  seq,
  setsid,
  sha1sum: checksum,
  sha256sum: checksum,
  sha512sum: checksum,
  shuf: large,
  sleep,
  sort,
  split: large,
  stat,
  stty,
  su: large,
  sync: large,
  tac,
  tail,
  tar: large,
  tee,
  test,
  time,
  timeout,
  top,
  touch,
  tr,
  true: truth,
  truncate: large,
  tty,
  umount: isolatingApplet,
  uname,
  uniq,
  unlink,
  uptime,
  vi: large,
  watch,
  wc,
  which,
  whoami,
  xargs,
  xxd: dump,
  yes,
  zcat: large,
};
