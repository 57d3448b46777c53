import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { stubProgram } from '../../../kernel/stub.ts';
import { tell } from '../../actions.ts';
import { begin, proceed, type RuntimeProgram, type RuntimeState, running, tellRead } from '../core/process.ts';
import { readSource } from '../core/source.ts';
import { SyntaxProblem } from '../core/tree.ts';
import { Ended, type Vm } from '../core/vm.ts';
import { packagedVersion } from '../versions.ts';
import { date } from './date.ts';
import { report } from './errors.ts';
import { modulesText } from './extensions.ts';
import { enter, php, phpLoop } from './lang.ts';
import { begin as beginSettings, canSet, type Setting, settingsOfFile } from './settings.ts';

/** The version of PHP: what the image's environment says, else the distribution's package; Debian 12's own otherwise. */
export function phpVersion(env: { readonly [name: string]: string }, sys: Sys): string {
  const told = env.PHP_VERSION ?? packagedVersion(sys, /^php\d[\d.]*(?:-cli)?$/) ?? '';
  return /^\d+\.\d+\.\d+/.exec(told)?.[0] ?? '8.2.29';
}

/** The program `php`: reads PHP and acts out what it says. */
export const phpProgram: RuntimeProgram = {
  start: (exec, sys) => start(exec, sys),
  step: (state, wake, sys) =>
    state.source ? start(state.source.exec, sys, state.source.text) : proceed(php, phpLoop, sys, state, wake),
};

function start(exec: Exec, sys: Sys, before = ''): Next<RuntimeState> {
  const version = phpVersion(exec.env, sys);
  const args = exec.argv.slice(1);
  const say = (fd: number, text: string, code: number): Next<RuntimeState> => {
    sys.write(fd, encodeUtf8(text));
    return { exit: code };
  };
  let settings = settingsOfFile(sys, exec.env);
  let serve: string | undefined;
  let folder = '';
  while (args[0]?.startsWith('-') && args[0] !== '-') {
    const one = args.shift() ?? '';
    // what follows is the program's, which is read from standard input
    if (one === '--') {
      args.unshift('-');
      break;
    }
    if (one === '-v' || one === '--version') return say(1, versionText(version), 0);
    if (one === '-m' || one === '--modules') return say(1, modulesText(sys, exec.env.PHP_VERSION !== undefined), 0);
    if (one === '-r') {
      const source = args.shift();
      if (source === undefined) return say(2, 'Error in argument 1, char 3: no argument for option r\n', 1);
      if (args[0] === '--') args.shift();
      return program(sys, exec, version, settings, 'Command line code', encodeUtf8(source), [
        'Standard input code',
        ...args,
      ]);
    }
    if (one === '-q') continue;
    if (one === '-n') {
      settings = [];
      continue;
    }
    if (one.startsWith('-d')) {
      const given = one.slice(2) || (args.shift() ?? '');
      const [name = '', ...value] = given.split('=');
      const setting = [name, value.length === 0 ? '1' : value.join('=')] as const;
      if (!canSet(...setting)) return say(2, `drydock: php -d ${given} is not simulated\n`, 70);
      settings = [...settings, setting];
      continue;
    }
    if (one === '-l') return check(sys, args[0] ?? '', say);
    if (one === '-f') break;
    if (one === '-t') folder = args.shift() ?? '';
    else if (one.startsWith('-S')) serve = one.length > 2 ? one.slice(2) : (args.shift() ?? '');
    else return say(2, `drydock: php ${one} is not simulated\n`, 70);
  }
  if (serve !== undefined) return development(sys, exec, version, settings, serve, folder, args);
  const [file, ...rest] = args;
  if (file === undefined || file === '-') {
    if (sys.isatty(0))
      return say(2, 'drydock: the interactive shell of php is not simulated; php -r CODE and php FILE are\n', 70);
    return readSource(sys, exec, before, (source) =>
      program(sys, exec, version, settings, 'Standard input code', source, ['Standard input code', ...rest]),
    );
  }
  const got = sys.fs.readFile(file);
  if (isErrno(got)) return say(1, `Could not open input file: ${file}\n`, 1);
  // an archive of PHP (composer.phar) is a program of its own here
  if (stubProgram(got.bytes) !== undefined) {
    const replaced = sys.exec({ path: file, argv: [file, ...rest], env: exec.env });
    return isErrno(replaced) ? say(1, `Could not open input file: ${file}\n`, 1) : replaced;
  }
  const real = sys.fs.realpath(file);
  return program(sys, exec, version, settings, isErrno(real) ? file : real, got.bytes, [file, ...rest]);
}

function program(
  sys: Sys,
  exec: Exec,
  version: string,
  settings: readonly Setting[],
  path: string,
  source: string,
  argv: readonly string[],
): Next<RuntimeState> {
  return begin(php, phpLoop, sys, running('php', 'php', version, argv, exec.env, sys), (vm) => {
    vm.globals['%docker'] = (exec.env.PHP_VERSION ?? '') !== '';
    beginSettings(vm, settings);
    try {
      enter(vm, path, source);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      parseError(vm, path, error);
    }
    vm.tasks.push({ id: 0, frames: vm.frames.splice(0) });
    tellRead(sys, 'php', path, source);
  });
}

function parseError(vm: Vm, path: string, error: SyntaxProblem): never {
  report(vm, 'Parse error', error.message, path, Math.abs(error.at[0]));
  throw new Ended(255);
}

function check(
  sys: Sys,
  file: string,
  say: (fd: number, text: string, code: number) => Next<RuntimeState>,
): Next<RuntimeState> {
  const got = sys.fs.readFile(file);
  if (isErrno(got)) return say(1, `Could not open input file: ${file}\n`, 1);
  try {
    php.compile(file, got.bytes);
    return say(1, `No syntax errors detected in ${file}\n`, 0);
  } catch (error) {
    if (!(error instanceof SyntaxProblem))
      return say(2, `drydock: ${file}: ${String(error)} is beyond what drydock reads of a program\n`, 70);
    return say(
      1,
      `\nParse error: ${error.message} in ${file} on line ${Math.abs(error.at[0])}\nErrors parsing ${file}\n`,
      255,
    );
  }
}

function development(
  sys: Sys,
  exec: Exec,
  version: string,
  settings: readonly Setting[],
  where: string,
  folder: string,
  args: readonly string[],
): Next<RuntimeState> {
  const [, host = '', portText = ''] = /^(.*):(\d+)$/.exec(where) ?? [];
  if (host === '') {
    sys.write(2, `Invalid address: ${where}\n`);
    return { exit: 1 };
  }
  const port = Number(portText);
  const cwd = sys.cwd();
  const root = folder === '' ? cwd : sys.fs.realpath(folder);
  if (isErrno(root)) {
    sys.write(2, `Directory ${folder} does not exist.\n`);
    return { exit: 1 };
  }
  return begin(php, phpLoop, sys, running('php', 'php', version, args, exec.env, sys), (vm) => {
    vm.globals['%docker'] = (exec.env.PHP_VERSION ?? '') !== '';
    beginSettings(vm, settings);
    const stamp = `[${date(sys.now, 'D M d H:i:s Y')}]`;
    const fd = sys.net.listen(host === 'localhost' ? '127.0.0.1' : host, port);
    if (isErrno(fd)) {
      vm.write(2, `${stamp} Failed to listen on ${where} (reason: ${strerror(fd.errno)})\n`);
      throw new Ended(1);
    }
    const router = args[0] === undefined ? '' : sys.fs.realpath(args[0]);
    vm.listeners.push({
      fd,
      port,
      address: host,
      kind: 'php',
      app: `${root}\0${isErrno(router) ? '' : router}\0${port}`,
    });
    tell(sys, 'php', 'server-ready', { program: 'php', port, workers: 0 });
    vm.write(2, `${stamp} PHP ${version} Development Server (http://${where}) started\n`);
  });
}

function versionText(version: string): string {
  const engine = version.replace(/^8/, '4');
  return `PHP ${version} (cli) (NTS)\nCopyright (c) The PHP Group\nZend Engine v${engine}, Copyright (c) Zend Technologies\n`;
}
