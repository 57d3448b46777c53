import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { type Compiled, compile, type Source } from './compile.ts';
import { beyond } from './java.ts';
import { disassemble } from './javap.ts';
import { ClassFormatError, readClassFile } from './machine/class-file.ts';
import { report as shown } from './problem.ts';
import { javaVersion } from './version.ts';

/** The mistakes of a compilation, as javac prints them. */
export function report({ problems, simplified }: Compiled): string {
  const text = problems.map(({ source, problem }) => shown(source.path, source.text, [problem])).join('');
  const note = simplified
    ? 'Note: Some messages have been simplified; recompile with -Xdiags:verbose to get full output\n'
    : '';
  return `${text}${note}${problems.length} error${problems.length === 1 ? '' : 's'}\n`;
}

/** The program `javac`: reads sources and writes class files. */
export function javac(exec: Exec, sys: Sys): number {
  const version = javaVersion(exec, sys);
  const say = (fd: number, text: string, code: number): number => {
    sys.write(fd, encodeUtf8(text));
    return code;
  };
  let folder: string | undefined;
  let release = Number(version.split('.')[0]);
  const files: string[] = [];
  const args = [...exec.argv.slice(1)];
  for (let one = args.shift(); one !== undefined; one = args.shift()) {
    if (one === '-version' || one === '--version') return say(1, `javac ${version}\n`, 0);
    if (one === '-d') folder = args.shift() ?? '.';
    else if (one === '--release' || one === '-source' || one === '-target' || one === '--source' || one === '--target')
      release = Number(args.shift() ?? release);
    else if (one === '-encoding') args.shift();
    else if (one === '-cp' || one === '-classpath' || one === '--class-path') args.shift();
    else if (/^-(?:g|nowarn|Xlint.*|parameters|verbose)$/.test(one)) continue;
    else if (one.startsWith('-'))
      return say(
        2,
        `error: invalid flag: ${one}\nUsage: javac <options> <source files>\nuse --help for a list of possible options\n`,
        2,
      );
    else files.push(one);
  }
  if (files.length === 0) return say(2, 'error: no source files\n', 2);
  const sources: Source[] = [];
  for (const path of files) {
    const got = sys.fs.readFile(path);
    if (isErrno(got))
      return say(
        2,
        `error: file not found: ${path}\nUsage: javac <options> <source files>\nuse --help for a list of possible options\n`,
        2,
      );
    sources.push({ path, text: decodeUtf8(got.bytes) });
  }
  // classes that are spoken of and have a source beside are compiled too
  const beside = (path: string) => path.replace(/[^/]*$/, '');
  for (let i = 0; i < sources.length; i++) {
    const one = sources[i];
    for (const [name] of one?.text.matchAll(/\b[A-Z]\w*\b/g) ?? []) {
      const path = `${beside(one?.path ?? '')}${name}.java`;
      if (sources.some((s) => s.path === path)) continue;
      const got = sys.fs.readFile(path);
      if (!isErrno(got)) sources.push({ path, text: decodeUtf8(got.bytes) });
    }
  }
  sys.spend(300_000);
  let made: Compiled;
  try {
    made = compile(sources, release);
  } catch (error) {
    const [only] = sources;
    return beyond(sys, error, only?.path ?? 'javac', sources.length === 1 ? only?.text : undefined).exit;
  }
  if (made.problems.length > 0) return say(2, report(made), 1);
  for (const { name, bytes, source } of made.files) {
    const path =
      folder === undefined ? `${beside(source.path)}${name.replace(/^.*\//, '')}.class` : `${folder}/${name}.class`;
    const parts = path.split('/').slice(0, -1);
    parts.forEach((_, i) => {
      const place = parts.slice(0, i + 1).join('/');
      if (folder !== undefined && place !== '' && isErrno(sys.fs.stat(place))) sys.fs.mkdir(place, 0o755);
    });
    if (sys.fs.writeFile(path, bytes)) return say(2, `error: error while writing ${name}: ${path}\n`, 3);
    tell(sys, 'javac', 'class-compiled', {
      name: name.replaceAll('/', '.'),
      file: path,
      version: release + 44,
      bytes: bytes.length,
    });
  }
  return 0;
}

/** The program `javap`. */
export function javap(exec: Exec, sys: Sys): number {
  const say = (fd: number, text: string, code: number): number => {
    sys.write(fd, encodeUtf8(text));
    return code;
  };
  const options = { code: false, all: false, lines: false };
  let path = '.';
  const names: string[] = [];
  const args = [...exec.argv.slice(1)];
  for (let one = args.shift(); one !== undefined; one = args.shift()) {
    if (one === '-version' || one === '--version') return say(1, `${javaVersion(exec, sys)}\n`, 0);
    if (one === '-c') options.code = true;
    else if (one === '-l') options.lines = true;
    else if (one === '-p' || one === '-private') options.all = true;
    else if (one === '-cp' || one === '-classpath' || one === '--class-path') path = args.shift() ?? '.';
    else if (one.startsWith('-')) return say(2, `drydock: javap ${one} is not simulated\n`, 70);
    else names.push(one);
  }
  if (names.length === 0)
    return say(1, 'Usage: javap <options> <classes>\nuse --help for a list of possible options\n', 2);
  for (const name of names) {
    const file = name.endsWith('.class') ? name : `${path}/${name.replaceAll('.', '/')}.class`;
    const got = sys.fs.readFile(file);
    if (isErrno(got)) return say(1, `Error: class not found: ${name}\n`, 1);
    try {
      sys.write(1, encodeUtf8(disassemble(readClassFile(got.bytes), options)));
    } catch (error) {
      if (!(error instanceof ClassFormatError)) throw error;
      return say(1, `Error: ${error.message}\n`, 1);
    }
  }
  return 0;
}
