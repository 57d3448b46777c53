import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../kernel/program.ts';
import type { Applet, Style } from '../makers/io.ts';
import { insmod, modprobe, power, rmmod, swap } from './admin/machine.ts';
import { mknod } from './admin/mknod.ts';
import { logger, logname, who } from './admin/sessions.ts';
import { compressor } from './archive/compressor.ts';
import { tar } from './archive/tar.ts';
import { awk } from './awk/awk.ts';
import { diff } from './diff/diff.ts';
import { editor } from './editor/program.ts';
import { cp, mv } from './files/cp.ts';
import { dd } from './files/dd.ts';
import { df, du } from './files/disk.ts';
import { dmesg, install, sync, truncate } from './files/more.ts';
import { chmod, chown } from './files/owner.ts';
import { stat } from './files/stat.ts';
import { tree } from './files/tree.ts';
import { find } from './find/find.ts';
import { date } from './misc/date.ts';
import { expr } from './misc/expr.ts';
import { free, uptime } from './process/memory.ts';
import { nice, renice } from './process/priority.ts';
import { time, watch } from './process/time.ts';
import { timeout } from './process/timeout.ts';
import { top } from './process/top.ts';
import { xargs } from './process/xargs.ts';
import { sed } from './sed/sed.ts';
import { cal } from './tables/calendar.ts';
import { column } from './tables/column.ts';
import { join } from './tables/join.ts';
import { cksum, factor } from './tables/numbers.ts';
import { strings } from './tables/strings.ts';
import { tsort } from './tables/tsort.ts';
import { base64 } from './text/base64.ts';
import { checksum } from './text/checksum.ts';
import { comm, expand, shuf, split, unexpand } from './text/comm.ts';
import { cmp, fold, paste } from './text/compare.ts';
import { cut } from './text/cut.ts';
import { dump } from './text/dump.ts';
import { grep } from './text/grep.ts';
import { nl, rev, tac } from './text/lines.ts';
import { numfmt } from './text/numfmt.ts';
import { pager } from './text/pager.ts';
import { sort } from './text/sort.ts';
import { tr } from './text/tr.ts';
import { uniq } from './text/uniq.ts';
import { addgroup, adduser, deluser, passwd } from './users/busybox.ts';
import { debianAdduser, debianDeluser } from './users/debian.ts';
import { groupadd, groupdel, useradd, userdel, usermod } from './users/shadow.ts';
import { getent, su } from './users/su.ts';

// The applets that take long to load or are rarely run, behind functions: `ls` and `echo` need not load them.

/** Debian's tools of these names are others than busybox's. */
const either =
  (busybox: Applet, debian: Applet): Applet =>
  (style) =>
    style.flavour === 'busybox' ? busybox(style) : debian(style);

const users = {
  addgroup: either(addgroup, debianAdduser),
  adduser: either(adduser, debianAdduser),
  delgroup: either(deluser, debianDeluser),
  deluser: either(deluser, debianDeluser),
  getent,
  groupadd,
  groupdel,
  passwd,
  su,
  useradd,
  userdel,
  usermod,
};

const large: { readonly [name: string]: Applet } = {
  ...users,
  cal,
  cksum,
  column,
  factor,
  halt: power,
  insmod,
  join,
  last: who,
  less: pager,
  logger,
  logname,
  mknod,
  modprobe,
  more: pager,
  nice,
  numfmt,
  poweroff: power,
  reboot: power,
  renice,
  rmmod,
  strings,
  sum: cksum,
  swapoff: swap,
  swapon: swap,
  tree,
  tsort,
  unexpand,
  users: who,
  who,
  comm,
  dmesg,
  expand,
  install,
  shuf,
  split,
  sync,
  truncate,
  awk,
  diff,
  bunzip2: compressor,
  bzcat: compressor,
  bzip2: compressor,
  gunzip: compressor,
  gzip: compressor,
  tar,
  vi: editor,
  nano: editor,
  unxz: compressor,
  xz: compressor,
  xzcat: compressor,
  zcat: compressor,
  base64,
  chgrp: chown,
  chmod,
  chown,
  cmp,
  cp,
  cut,
  date,
  dd,
  df,
  du,
  egrep: grep,
  expr,
  fgrep: grep,
  find,
  fold,
  free,
  grep,
  hd: dump,
  hexdump: dump,
  md5sum: checksum,
  mv,
  nl,
  od: dump,
  paste,
  rev,
  sed,
  sha1sum: checksum,
  sha256sum: checksum,
  sha512sum: checksum,
  sort,
  stat,
  tac,
  time,
  timeout,
  top,
  tr,
  uniq,
  uptime,
  watch,
  xargs,
  xxd: dump,
};

const made = new Map<string, Program>();

function programOf({ name, flavour }: Style): Program {
  const key = `${flavour}/${name}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const program = large[name]?.({ name, flavour });
  if (program === undefined) throw new Error(`no such applet: ${name}`);
  made.set(key, program);
  return program;
}

/** Starts one of the large applets, as `Program.start` does. */
export function startLarge(style: Style, exec: Exec, sys: Sys): Next<Json> {
  return programOf(style).start(exec, sys);
}

/** Goes on with one, as `Program.step` does. */
export function stepLarge(style: Style, state: Json, wake: Wake, sys: Sys): Next<Json> {
  return programOf(style).step(state, wake, sys);
}
