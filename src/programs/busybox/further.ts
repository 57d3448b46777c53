import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../kernel/program.ts';
import type { Applet, Style } from '../makers/io.ts';
import { unzip } from './archive/unzip.ts';
import { zip } from './archive/zip.ts';
import { bc } from './bc/bc.ts';
import { dc } from './bc/dc.ts';
import { crond } from './cron/crond.ts';
import { crontab } from './cron/crontab.ts';
import { patch } from './diff/patch.ts';
import { flock } from './process/flock.ts';
import { fuser, lsof } from './process/open-files.ts';
import { pstree } from './process/pstree.ts';
import { vmstat } from './process/vmstat.ts';
import { w } from './process/w.ts';
import { chpasswd } from './users/chpasswd.ts';

// Tools that images lack mostly and that are installed when somebody needs them: loaded apart from the everyday ones.

const further: { readonly [name: string]: Applet } = {
  bc,
  chpasswd,
  cron: crond,
  crond,
  crontab,
  dc,
  flock,
  fuser,
  lsof,
  patch,
  pstree,
  unzip,
  vmstat,
  w,
  zip,
};

const made = new Map<string, Program>();

function programOf({ name, flavour }: Style): Program {
  const key = `${flavour}/${name}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const program = further[name]?.({ name, flavour });
  if (program === undefined) throw new Error(`no such applet: ${name}`);
  made.set(key, program);
  return program;
}

/** Starts one of the further applets, as `Program.start` does. */
export function startFurther(style: Style, exec: Exec, sys: Sys): Next<Json> {
  return programOf(style).start(exec, sys);
}

/** Goes on with one, as `Program.step` does. */
export function stepFurther(style: Style, state: Json, wake: Wake, sys: Sys): Next<Json> {
  return programOf(style).step(state, wake, sys);
}
