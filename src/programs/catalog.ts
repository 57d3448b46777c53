import type { Program } from '../kernel/program.ts';
import { applets } from './busybox/applets.ts';
import { multicall } from './busybox/multicall.ts';
import { procpsPs } from './coreutils/ps.ts';
import type { Applet } from './makers/io.ts';
import { networkApplets } from './network/catalog.ts';
import { shellProgram } from './shell/program.ts';

/** The names under which busybox is linked in an image. */
export const busyboxApplets: readonly string[] = [...Object.keys(applets), ...networkApplets.keys(), 'ash', 'sh'];

/** Tools of the host (coreutils, procps, util-linux): those of busybox in their GNU wording, and some of their own. */
const hostTools: { readonly [name: string]: Applet } = { ...applets, ps: procpsPs };

/** busybox has these as applets; an Ubuntu host has them not at all or only in its shell. */
const notOnHost: ReadonlySet<string> = new Set(['[[']);

/** The executables of the host's tools: where they are, and which program each one is. */
export const coreutilsApplets: readonly { readonly path: string; readonly program: string }[] = Object.keys(hostTools)
  .filter((name) => !notOnHost.has(name))
  .map((name) => ({ path: `/usr/bin/${name}`, program: `coreutils/${name}` }));

/**
 * The programs of an operating system by the names that executable files give: `busybox` with all its applets (the
 * shell and the network tools among them), and `coreutils/NAME` for the tools of the host.
 */
export function basePrograms(): Map<string, Program> {
  const busybox = new Map<string, Program>();
  for (const [name, applet] of [...Object.entries(applets), ...networkApplets]) {
    busybox.set(name, applet({ name, flavour: 'busybox' }));
  }
  busybox.set('sh', shellProgram).set('ash', shellProgram);
  const programs = new Map<string, Program>([['busybox', multicall(busybox)]]);
  for (const [name, applet] of Object.entries(hostTools)) {
    if (!notOnHost.has(name)) programs.set(`coreutils/${name}`, applet({ name, flavour: 'coreutils' }));
  }
  return programs;
}
