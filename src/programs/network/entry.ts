import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../kernel/program.ts';
import type { Applet, Style } from '../makers/io.ts';
import { curl } from './curl.ts';
import { httpd } from './httpd.ts';
import { ifconfig } from './ifconfig.ts';
import { ip } from './ip.ts';
import { nc } from './nc.ts';
import { netstat } from './netstat.ts';
import { nslookup } from './nslookup.ts';
import { ping } from './ping.ts';
import { route } from './route.ts';
import { ss } from './ss.ts';
import { wget } from './wget.ts';

const tools: { readonly [name: string]: Applet } = {
  curl,
  httpd,
  ifconfig,
  ip,
  nc,
  netstat,
  nslookup,
  ping,
  route,
  ss,
  wget,
};

const made = new Map<string, Program>();

function programOf({ name, flavour }: Style): Program {
  const key = `${flavour}/${name}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const program = tools[name]?.({ name, flavour });
  if (program === undefined) throw new Error(`no such network tool: ${name}`);
  made.set(key, program);
  return program;
}

/** Starts a network tool, as `Program.start` does. */
export function startNetworkTool(style: Style, exec: Exec, sys: Sys): Next<Json> {
  return programOf(style).start(exec, sys);
}

/** Goes on with one, as `Program.step` does. */
export function stepNetworkTool(style: Style, state: Json, wake: Wake, sys: Sys): Next<Json> {
  return programOf(style).step(state, wake, sys);
}
