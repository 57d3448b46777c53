import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import {
  begin,
  proceed,
  type RuntimeProgram,
  type RuntimeState,
  readText,
  running,
  tellRead,
} from '../core/process.ts';
import { readSource } from '../core/source.ts';
import type { Frame } from '../core/state.ts';
import { type At, SyntaxProblem } from '../core/tree.ts';
import { Ended, Thrown, type Vm } from '../core/vm.ts';
import { nodeVersion } from '../versions.ts';
import { js } from './lang.ts';
import { nodeLoop } from './loop.ts';
import { enterModule, normalizePath, resolveFile } from './modules.ts';
import { makeError } from './objects.ts';
import { replStart, replStep } from './repl.ts';

/** The program `node`: reads JavaScript and acts out what it says. */
export const node: RuntimeProgram = {
  start(exec, sys) {
    return start(exec, sys);
  },
  step(state, wake, sys) {
    if (state.source) return start(state.source.exec, sys, state.source.text);
    if (state.running?.console) return replStep(js, nodeLoop, sys, state, wake);
    return proceed(js, nodeLoop, sys, state, wake);
  },
};

interface Options {
  readonly evaluate?: string;
  readonly print: boolean;
  readonly check: boolean;
  readonly interactive: boolean;
  readonly rest: readonly string[];
}

const harmless =
  /^--(?:trace-|no-|max-|enable-source-maps|experimental-|stack-|unhandled-rejections=|throw-deprecation|watch-)/;

function options(args: readonly string[]): Options | { readonly bad: string } | 'version' | 'help' {
  let evaluate: string | undefined;
  let print = false;
  let check = false;
  let interactive = false;
  let i = 0;
  for (; i < args.length; i++) {
    const one = args[i] ?? '';
    if (one === '-v' || one === '--version') return 'version';
    if (one === '-h' || one === '--help') return 'help';
    if (one === '-e' || one === '--eval' || one === '-p' || one === '--print' || one === '-pe') {
      if (one !== '-e' && one !== '--eval') print = true;
      if (args[i + 1] === undefined) return { bad: `${one} requires an argument` };
      evaluate = args[++i] ?? '';
    } else if (one === '-c' || one === '--check') check = true;
    else if (one === '-i' || one === '--interactive') interactive = true;
    else if (one === '--') {
      i++;
      break;
    } else if (!one.startsWith('-') || one === '-') break;
    else if (
      one === '--watch' ||
      one.startsWith('--inspect') ||
      one === '-r' ||
      one === '--require' ||
      one === '--import' ||
      one === '--test'
    )
      return { bad: `drydock: node ${one} is not simulated` };
    else if (!harmless.test(one)) return { bad: `bad option: ${one}` };
  }
  return { ...(evaluate === undefined ? {} : { evaluate }), print, check, interactive, rest: args.slice(i) };
}

function start(exec: Exec, sys: Sys, before = ''): Next<RuntimeState> {
  const version = nodeVersion(exec.env);
  const chosen = options(exec.argv.slice(1));
  const say = (fd: number, text: string, code: number): Next<RuntimeState> => {
    sys.write(fd, text);
    return { exit: code };
  };
  if (chosen === 'version') return say(1, `v${version}\n`, 0);
  if (chosen === 'help') return say(2, 'drydock: node --help is not simulated\n', 70);
  if ('bad' in chosen)
    return say(2, chosen.bad.startsWith('drydock') ? `${chosen.bad}\n` : `${exec.path}: ${chosen.bad}\n`, 9);
  const { rest, evaluate } = chosen;
  const first = rest[0];
  const argvOf = (file: string | undefined) => [
    '/usr/local/bin/node',
    ...(file === undefined ? [] : [file]),
    ...rest.slice(file === undefined ? 0 : 1),
  ];
  if (evaluate !== undefined) {
    const state = running('js', 'node', version, argvOf(undefined), exec.env, sys);
    return begin(js, nodeLoop, sys, state, (vm) => evaluateText(vm, evaluate, chosen.print));
  }
  if (first === undefined || first === '-') {
    if (first === undefined && (sys.isatty(0) || chosen.interactive))
      return replStart(js, nodeLoop, sys, running('js', 'node', version, argvOf(undefined), exec.env, sys));
    return readSource(sys, exec, before, (source) =>
      begin(js, nodeLoop, sys, running('js', 'node', version, argvOf(undefined), exec.env, sys), (vm) =>
        enterMain(vm, '[stdin]', decodeUtf8(source)),
      ),
    );
  }
  const path = normalizePath(first.startsWith('/') ? first : `${sys.cwd()}/${first}`);
  const state = running('js', 'node', version, argvOf(path), exec.env, sys);
  return begin(js, nodeLoop, sys, state, (vm) => {
    const file = resolveFile(vm, path);
    if (file === undefined) noModule(vm, path);
    const real = sys.fs.realpath(file);
    enterMain(vm, isErrno(real) ? file : real, readText(sys, file) ?? '');
    if (chosen.check) throw new Ended(0);
  });
}

function enterMain(vm: Vm, path: string, source: string): void {
  try {
    enterModule(vm, path, source);
  } catch (error) {
    if (error instanceof SyntaxProblem) syntaxError(vm, path, source, error);
    throw error;
  }
  const frames: Frame[] = vm.frames.splice(0);
  vm.tasks.push({ id: 0, frames });
  tellRead(vm.sys, 'js', path, source);
}

function evaluateText(vm: Vm, source: string, print: boolean): void {
  const text = print ? `console.log(${source.replace(/;\s*$/, '')})` : source;
  enterMain(vm, '[eval]', text);
  vm.modules = { '[eval]': vm.modules['[eval]'] ?? 0 };
}

function noModule(vm: Vm, path: string): never {
  const major = Number(vm.start.version.split('.')[0]);
  const loader = (fn: string, at: string) => `    at ${fn} (node:internal/modules/cjs/loader:${at})`;
  const frames =
    major < 22
      ? [
          loader('Module._resolveFilename', '1207:15'),
          loader('Module._load', '1038:27'),
          '    at Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:164:12)',
          '    at node:internal/main/run_main_module:28:49',
        ]
      : [
          loader('Function._resolveFilename', '1225:15'),
          loader('Function._load', '1055:27'),
          '    at TracingChannel.traceSync (node:diagnostics_channel:322:14)',
          loader('wrapModuleLoad', '220:24'),
          '    at Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:170:5)',
          '    at node:internal/main/run_main_module:36:49',
        ];
  const error = makeError(
    vm,
    'Error',
    `Cannot find module '${path}'`,
    { code: 'MODULE_NOT_FOUND', requireStack: vm.make({ k: 'list', a: [] }) },
    frames.join('\n'),
  );
  const thrown = new Thrown(error);
  throw thrown;
}

function syntaxError(vm: Vm, path: string, source: string, problem: SyntaxProblem): never {
  const [line, column, endLine, endColumn]: At = problem.at;
  const shown = source.split('\n')[line - 1] ?? '';
  // nothing is marked where the text ends
  const width = endLine === line ? endColumn - column : 1;
  const major = Number(vm.start.version.split('.')[0]);
  const loader = (fn: string, at: string) => `    at ${fn} (node:internal/modules/cjs/loader:${at})`;
  const stack =
    major < 22
      ? [
          '    at internalCompileFunction (node:internal/vm:76:18)',
          '    at wrapSafe (node:internal/modules/cjs/loader:1283:20)',
          loader('Module._compile', '1328:27'),
          loader('Module._extensions..js', '1422:10'),
          loader('Module.load', '1203:32'),
          loader('Module._load', '1019:12'),
          '    at Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:128:12)',
          '    at node:internal/main/run_main_module:28:49',
        ]
      : [
          loader('wrapSafe', '1486:18'),
          loader('Module._compile', '1528:20'),
          loader('Object..js', '1706:10'),
          loader('Module.load', '1289:32'),
          loader('Function._load', '1108:12'),
          '    at TracingChannel.traceSync (node:diagnostics_channel:322:14)',
          loader('wrapModuleLoad', '220:24'),
          '    at Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:170:5)',
          '    at node:internal/main/run_main_module:36:49',
        ];
  vm.write(
    2,
    `${path}:${line}\n${shown}\n${' '.repeat(column)}${'^'.repeat(width)}\n\nSyntaxError: ${problem.message}\n${stack.join('\n')}\n\nNode.js v${vm.start.version}\n`,
  );
  throw new Ended(1);
}
