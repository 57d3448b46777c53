import type { Program } from '../../kernel/program.ts';
import type { Applet } from '../makers/io.ts';
import { startNetworkTool, stepNetworkTool } from './entry.ts';

/** One of those in entry.ts. */
const late: Applet = (style) => ({
  start: (exec, sys) => startNetworkTool(style, exec, sys),
  step: (state, wake, sys) => stepNetworkTool(style, state, wake, sys),
});

/** The network applets of busybox: for its multicall program, in the flavour `busybox`. */
export const networkApplets: ReadonlyMap<string, Applet> = new Map(
  ['httpd', 'ifconfig', 'ip', 'nc', 'netstat', 'nslookup', 'ping', 'route', 'wget'].map((name) => [name, late]),
);

/** The network tools that are programs of their own, as on a Debian or Ubuntu host: iproute2, iputils, curl. */
export function networkPrograms(): Map<string, Program> {
  return new Map(['curl', 'ip', 'ping', 'ss'].map((name) => [name, late({ name, flavour: 'coreutils' })]));
}
