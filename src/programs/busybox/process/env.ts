import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import { buffered } from '../../makers/buffered.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { execCommand } from '../execute.ts';

const envLine = {
  usage: '[-i0] [-u NAME]... [-] [NAME=VALUE]... [PROG ARGS]',
  short: '+iu:0',
  long: ['ignore-environment=i', 'unset:=u', 'null=0'],
};
const gnuLine = { ...envLine, short: '+iu:0C:v', long: [...envLine.long, 'chdir:=C', 'debug=v'] };

/** `-S 'WORDS'`: one argument that stands for several, as in `#!/usr/bin/env -S`. */
function splitString(args: readonly string[]): readonly string[] {
  const [first = '', ...rest] = args;
  const [, flags = '', attached] = /^-([iv0]*)S(.*)$/s.exec(first) ?? /^-(-)split-string=(.*)$/s.exec(first) ?? [];
  if (attached === undefined) return args;
  const [text = '', ...others] = attached === '' ? rest : [attached, ...rest];
  const words = [...text.matchAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"|((?:[^\s'"\\]|\\.)+)/gs)].map(
    ([, single, double, bare]) =>
      single ?? (double ?? bare ?? '').replace(/\\(.)/gs, (_all, c: string) => ({ n: '\n', t: '\t', _: ' ' })[c] ?? c),
  );
  return [...(flags === '' || flags === '-' ? [] : [`-${flags}`]), ...words, ...others];
}

function lines(env: { readonly [name: string]: string }, end: string): string {
  return Object.entries(env)
    .map(([name, value]) => encodeUtf8(`${name}=${value}${end}`))
    .join('');
}

/** `env`: shows the environment, or becomes a program with another one. */
export const env: Applet = (style) =>
  buffered<null>(style, {
    start(io) {
      const args = style.flavour === 'busybox' ? io.args : splitString(io.args);
      const options = parseOptions({ ...io, args }, style.flavour === 'busybox' ? envLine : gnuLine);
      if (typeof options === 'number') return { exit: options === 1 && style.flavour === 'coreutils' ? 125 : options };
      let rest = options.operands;
      const dash = rest[0] === '-';
      if (dash) rest = rest.slice(1);
      const made: { [name: string]: string } = options.has('i') || dash ? {} : { ...io.env };
      for (const [option, name] of options.given) if (option === 'u' && name !== undefined) delete made[name];
      const first = rest.findIndex((arg) => !arg.includes('='));
      for (const arg of first < 0 ? rest : rest.slice(0, first))
        made[arg.slice(0, arg.indexOf('='))] = arg.slice(arg.indexOf('=') + 1);
      const argv = first < 0 ? [] : rest.slice(first);
      if (options.has('v')) return { exit: complain(io, 'option -v is not simulated', 125) };
      const folder = options.value('C');
      const moved = folder === undefined ? undefined : io.sys.chdir(folder);
      if (moved) return { exit: complain(io, `cannot change directory to ‘${folder}’: ${strerror(moved)}`, 125) };
      const [command] = argv;
      if (command === undefined) {
        io.out(lines(made, options.has('0') ? '\0' : '\n'));
        return { exit: 0 };
      }
      const done = execCommand(io.sys, argv, made);
      if (!isErrno(done)) return done;
      const place = style.flavour === 'busybox' ? `can't execute '${command}'` : `‘${command}’`;
      return { exit: complain(io, `${place}: ${strerror(done)}`, done.errno === 'ENOENT' ? 127 : 126) };
    },
    step: () => ({ exit: 0 }),
  });

/** `printenv`: the values of variables, or all of the environment. */
export const printenv: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, {
      usage: '[VARIABLE]...',
      short: '',
      status: style.flavour === 'busybox' ? 1 : 2,
    });
    if (typeof options === 'number') return options;
    if (options.operands.length === 0) io.out(lines(io.env, '\n'));
    let status = 0;
    for (const name of options.operands) {
      const value = io.env[name];
      if (value === undefined) status = 1;
      else io.out(encodeUtf8(`${value}\n`));
    }
    return status;
  });

/** A tool that changes one thing of its process and then becomes a program. */
function wrapper(
  line: { readonly usage: string; readonly short: string; readonly operands: readonly [number] },
  change: (io: Parameters<typeof complain>[0]) => void,
): Applet {
  return (style) =>
    buffered<null>(style, {
      start(io) {
        const options = parseOptions(io, line);
        if (typeof options === 'number') return { exit: options };
        change(io);
        const done = execCommand(io.sys, options.operands, io.env);
        if (!isErrno(done)) return done;
        const [command = ''] = options.operands;
        if (style.flavour === 'coreutils')
          return {
            exit: complain(
              io,
              `failed to run command '${command}': ${strerror(done)}`,
              done.errno === 'ENOENT' ? 127 : 126,
            ),
          };
        return {
          exit: complain(io, `can't execute '${command}': ${strerror(done)}`, done.errno === 'ENOENT' ? 127 : 126),
        };
      },
      step: () => ({ exit: 0 }),
    });
}

/** `nohup`: a program that a hang-up does not end. */
export const nohup: Applet = wrapper({ usage: 'PROG ARGS', short: '+', operands: [1] }, (io) =>
  io.sys.onSignal('SIGHUP', 'ignore'),
);

/** `setsid`: a program in a session of its own. */
export const setsid: Applet = wrapper({ usage: '[-c] PROG ARGS', short: '+c', operands: [1] }, (io) => {
  io.sys.setsid();
});
