import type { Program } from '../kernel/program.ts';
import { applets, busyboxApplets, debianTools } from './busybox/applets.ts';
import { multicall } from './busybox/multicall.ts';
import { procpsPs } from './coreutils/ps.ts';
import type { Applet } from './makers/io.ts';
import { networkApplets, networkPrograms } from './network/catalog.ts';
import { startShell, stepShell } from './shell/entry.ts';

/** Tools of the host (coreutils, procps, util-linux): those of busybox in their GNU wording, and some of their own. */
const hostTools: { readonly [name: string]: Applet } = { ...applets, ...debianTools, ps: procpsPs };

/** busybox has these as applets; an Ubuntu host has them not at all or only in its shell. */
const notOnHost: ReadonlySet<string> = new Set(['[[']);

const shellOf = (flavour: 'ash' | 'dash' | 'bash'): Program => ({
  start: (exec, sys) => startShell(exec, sys, flavour),
  step: (state, wake, sys) => stepShell(state, wake, sys),
});

const shell = shellOf('ash');

/**
 * A program of an operating system by the name that executable files give: `busybox` with all its applets (the shell and
 * the network tools among them), `coreutils/NAME` for the tools of the host, the
 * shells `bash`, `dash` and `sh` (busybox's), and the host's network tools.
 * Undefined when there is none.
 */
export function programNamed(name: string): Program | undefined {
  const known = made.get(name);
  if (known !== undefined) return known;
  const program = makeProgram(name);
  if (program !== undefined) made.set(name, program);
  return program;
}

/** Programs that were asked for; they keep nothing, so everybody can have the same. */
const made = new Map<string, Program>();

function makeProgram(name: string): Program | undefined {
  if (name === 'sh') return shell;
  if (name === 'dash' || name === 'bash') return shellOf(name);
  if (name === 'busybox') return multicall(new Map(busyboxPrograms()));
  if (!name.startsWith('coreutils/')) return networkPrograms().get(name);
  const tool = name.slice('coreutils/'.length);
  return notOnHost.has(tool) || !Object.hasOwn(hostTools, tool)
    ? undefined
    : hostTools[tool]?.({ name: tool, flavour: 'coreutils' });
}

function busyboxPrograms(): [string, Program][] {
  const programs = [...Object.entries({ ...applets, ...busyboxApplets }), ...networkApplets].map(
    ([name, applet]): [string, Program] => [name, applet({ name, flavour: 'busybox' })],
  );
  return [...programs, ['sh', shell], ['ash', shell]];
}
