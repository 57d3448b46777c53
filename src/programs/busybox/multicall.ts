import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../kernel/program.ts';
import { instant } from '../makers/instant.ts';
import { printLine } from '../makers/io.ts';
import { busyboxBanner } from '../options.ts';
import { basename } from './paths.ts';

type Multicall = { readonly multicall: string; readonly state: Json };

/**
 * The program `busybox`: the applet that its name (`argv[0]`) or, called as `busybox`, its first argument says.
 * The shell is one of them, for a login shell as `-sh`.
 */
export function multicall(applets: ReadonlyMap<string, Program>): Program {
  const names = [...new Set([...applets.keys(), 'busybox'])].sort((a, b) => (a < b ? -1 : 1));
  const run = (name: string, next: Next<Json>): Next<Multicall> =>
    'state' in next ? { ...next, state: { multicall: name, state: next.state } } : next;
  const listing = overview(names);
  const start = (exec: Exec, sys: Sys): Next<Multicall> => {
    const name = basename(exec.argv[0] ?? 'busybox').replace(/^-/, '');
    if (name === 'busybox' || name.startsWith('busybox.')) {
      const [, first] = exec.argv;
      if (first === undefined || first.startsWith('-')) return run('busybox', listing.start(exec, sys));
      return start({ ...exec, argv: exec.argv.slice(1) }, sys);
    }
    const applet = applets.get(name);
    if (applet !== undefined) return run(name, applet.start(exec, sys));
    return run('', unknown.start({ ...exec, argv: [name, name] }, sys));
  };
  const step = (state: Multicall | Json, wake: Wake, sys: Sys): Next<Multicall> => {
    // A shell that forks hands its own state to the child: it is the only applet that does.
    if (!isMulticall(state)) return run('sh', applets.get('sh')?.step(state, wake, sys) ?? { exit: 127 });
    const { multicall: name } = state;
    const applet = name === 'busybox' ? listing : name === '' ? unknown : applets.get(name);
    return applet === undefined ? { exit: 127 } : run(name, applet.step(state.state, wake, sys));
  };
  return { start, step } as Program;
}

function isMulticall(state: Multicall | Json): state is Multicall {
  return typeof state === 'object' && state !== null && 'multicall' in state;
}

const unknown = instant({ name: 'busybox', flavour: 'busybox' }, (io) => {
  io.err(`${io.args[0] ?? ''}: applet not found\n`);
  return 127;
});

/** What `busybox` alone, `--list` and `--help` print. */
function overview(names: readonly string[]): Program {
  return instant({ name: 'busybox', flavour: 'busybox' }, (io) => {
    const [option] = io.args;
    if (option === '--list') {
      for (const name of names) printLine(io, name);
      return 0;
    }
    if (option === '--list-full') {
      for (const name of names) printLine(io, `bin/${name}`);
      return 0;
    }
    if (option !== undefined && option !== '--help') {
      io.err(`${option}: applet not found\n`);
      return 127;
    }
    io.out(`${busyboxBanner}\n\nUsage: busybox [function [arguments]...]\n   or: busybox --list[-full]\n   or: function [arguments]...\n\nCurrently defined functions:\n`);
    io.out(wrapped(names));
    return 0;
  });
}

function wrapped(names: readonly string[]): string {
  let out = '';
  let column = 0;
  names.forEach((name, at) => {
    const word = at + 1 < names.length ? `${name}, ` : name;
    if (column === 0 || column + word.length > 71) {
      out += `${column === 0 ? '' : '\n'}\t`;
      column = 0;
    }
    out += word.trimEnd() + (at + 1 < names.length ? ' ' : '');
    column += word.length;
  });
  return `${out.replace(/ +\n/g, '\n')}\n`;
}
