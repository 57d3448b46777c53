import type { Program } from '../../kernel/program.ts';
import type { Applet } from '../makers/io.ts';
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

/** The network applets of busybox: for its multicall program, in the flavour `busybox`. */
export const networkApplets: ReadonlyMap<string, Applet> = new Map([
  ['httpd', httpd],
  ['ifconfig', ifconfig],
  ['ip', ip],
  ['nc', nc],
  ['netstat', netstat],
  ['nslookup', nslookup],
  ['ping', ping],
  ['route', route],
  ['wget', wget],
]);

/** The network tools that are programs of their own, as on a Debian or Ubuntu host: iproute2, iputils, curl. */
export function networkPrograms(): Map<string, Program> {
  const tools: readonly [string, Applet][] = [
    ['curl', curl],
    ['ip', ip],
    ['ping', ping],
    ['ss', ss],
  ];
  return new Map(tools.map(([name, tool]) => [name, tool({ name, flavour: 'coreutils' })]));
}
