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
    if (applet !== undefined)
      return run(
        name,
        forkingAs(name, sys, () => applet.start(exec, sys)),
      );
    return run('', unknown.start({ ...exec, argv: [name, name] }, sys));
  };
  const step = ({ multicall: name, state }: Multicall, wake: Wake, sys: Sys): Next<Multicall> => {
    const applet = name === 'busybox' ? listing : name === '' ? unknown : applets.get(name);
    if (applet === undefined) return { exit: 127 };
    return run(
      name,
      forkingAs(name, sys, () => applet.step(state, wake, sys)),
    );
  };
  return { start, step } as Program<Json>;
}

/** A child that an applet makes by fork(2) goes on as the same applet: the state it is given must say which one. */
function forkingAs<T>(applet: string, sys: Sys, act: () => T): T {
  const { fork } = sys;
  sys.fork = (state, options) => fork.call(sys, { multicall: applet, state }, options);
  try {
    return act();
  } finally {
    sys.fork = fork;
  }
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
    io.out(
      `${busyboxBanner}\n\nUsage: busybox [function [arguments]...]\n   or: busybox --list[-full]\n   or: function [arguments]...\n\nCurrently defined functions:\n`,
    );
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
