import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../kernel/program.ts';
import type { Applet, Style } from '../makers/io.ts';
import { gzip } from './archive/gzip.ts';
import { tar } from './archive/tar.ts';
import { awk } from './awk/awk.ts';
import { diff } from './diff/diff.ts';
import { editor } from './editor/program.ts';
import { dmesg, install, sync, truncate, umount } from './files/more.ts';
import { comm, expand, shuf, split } from './text/comm.ts';
import { addgroup, adduser, deluser, passwd } from './users/busybox.ts';
import { groupadd, groupdel, useradd, userdel, usermod } from './users/shadow.ts';
import { getent, su } from './users/su.ts';

// The applets that take long to load, behind functions: who only lists applets or runs a small one need not load them.

const users = {
  addgroup,
  adduser,
  delgroup: deluser,
  deluser,
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
  comm,
  dmesg,
  expand,
  install,
  shuf,
  split,
  sync,
  truncate,
  umount,
  awk,
  diff,
  gunzip: gzip,
  gzip,
  tar,
  vi: editor,
  nano: editor,
  zcat: gzip,
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
