import type { Applet } from '../makers/io.ts';
import { cp, mv } from './files/cp.ts';
import { dd } from './files/dd.ts';
import { df, du, mount } from './files/disk.ts';
import { ls } from './files/ls.ts';
import { ln, mkdir, mkfifo, mktemp, touch } from './files/make.ts';
import { chmod, chown } from './files/owner.ts';
import { basename, dirname, pwd, readlink, realpath, which } from './files/paths-applets.ts';
import { rm, rmdir, unlink } from './files/remove.ts';
import { stat } from './files/stat.ts';
import { find } from './find/find.ts';
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

/** Every applet that is simulated, by each name it goes by. */
export const applets: { readonly [name: string]: Applet } = {
  '[': test,
  '[[': test,
  base64,
  basename,
  cat,
  chgrp: chown,
  chmod,
  chown,
  clear,
  cmp,
  cp,
  cut,
  date,
  dd,
  df,
  dirname,
  du,
  echo,
  egrep: grep,
  env,
  expr,
  false: falsehood,
  fgrep: grep,
  find,
  fold,
  free,
  grep,
  groups,
  hd: dump,
  head,
  hexdump: dump,
  hostname,
  id,
  kill,
  killall,
  ln,
  ls,
  md5sum: checksum,
  mkdir,
  mkfifo,
  mktemp,
  mount,
  mv,
  nl,
  nohup,
  nproc,
  od: dump,
  paste,
  pgrep,
  pidof,
  pkill: pgrep,
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
  sleep,
  sort,
  stat,
  stty,
  tac,
  tail,
  tee,
  test,
  time,
  timeout,
  top,
  touch,
  tr,
  true: truth,
  tty,
  uname,
  uniq,
  unlink,
  uptime,
  watch,
  wc,
  which,
  whoami,
  xargs,
  xxd: dump,
  yes,
};
