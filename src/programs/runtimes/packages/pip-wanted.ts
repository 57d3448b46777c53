import { isErrno } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Sys } from '../../../kernel/program.ts';
import { readText } from '../core/process.ts';
import { readPython } from './pyproject.ts';

/** A project that is to be installed. */
export interface Wanted {
  readonly name: string;
  readonly spec: string;
  readonly from: string;
  /** A folder with the project's source. */
  readonly source?: string;
  /** It was given as a wheel, which need not be downloaded. */
  readonly wheel?: true;
}

/** What a command line of pip asks for. */
export interface PipLine {
  readonly wanted: readonly Wanted[];
  readonly prefix: string | undefined;
  readonly target: string | undefined;
  readonly wheels: string | undefined;
  readonly user: boolean;
  readonly dependencies: boolean;
}

const flags =
  /^(?:--(?:no-cache(?:-dir)?|upgrade|quiet|user|break-system-packages|disable-pip-version-check|no-input|no-deps|pre|force-reinstall|no-warn-script-location|ignore-installed|no-index|prefer-binary|no-build-isolation|use-pep517|no-compile|compile|verbose|require-hashes|no-color|no-clean|no-python-version-warning)|-[UqIv]+)$/;
const valued =
  /^(?:--(?:constraint|index-url|extra-index-url|trusted-host|find-links|timeout|default-timeout|retries|root-user-action|progress-bar|platform|python-version|no-binary|only-binary|upgrade-strategy|cache-dir|abi|implementation|log|config-settings|src)|-[cif])$/;

/** Reads what stands behind `pip install` (and `wheel`, `download`); `streams` as in pip.ts. Returns an error's text. */
export function readPipLine(
  sys: Sys,
  args: readonly string[],
  command: string,
  streams: Rec<string>,
): PipLine | string {
  const wanted: Wanted[] = [];
  const values: { [name: string]: string | undefined } = {};
  let [user, dependencies] = [false, true];
  for (let i = 0; i < args.length; i++) {
    const [one = '', inline] = args[i]?.startsWith('--') ? (args[i] ?? '').split(/=(.*)/s) : [args[i] ?? ''];
    const value = () => inline ?? args[++i] ?? '';
    if (one === '-r' || one === '--requirement') {
      const failed = requirements(sys, value(), wanted, streams);
      if (failed !== undefined) return failed;
    } else if (one === '-e' || one === '--editable') {
      const failed = named(sys, value(), '', wanted);
      if (failed !== undefined) return failed;
    } else if (
      one === '--prefix' ||
      one === '--root' ||
      one === '--target' ||
      one === '-t' ||
      one === '-w' ||
      one === '--wheel-dir' ||
      one === '-d' ||
      one === '--dest'
    )
      values[one.replace(/^-+/, '')] = value();
    else if (valued.test(one)) value();
    else if (flags.test(one)) {
      if (one === '--user') user = true;
      if (one === '--no-deps') dependencies = false;
    } else if (one.startsWith('-')) return `drydock: pip ${command} ${args[i]} is not simulated\n`;
    else {
      const failed = named(sys, one, '', wanted);
      if (failed !== undefined) return failed;
    }
  }
  return {
    wanted,
    user,
    dependencies,
    prefix: values.prefix ?? values.root,
    target: values.target ?? values.t,
    wheels: values['wheel-dir'] ?? values.w ?? values.dest ?? values.d,
  };
}

function requirements(sys: Sys, file: string, wanted: Wanted[], streams: Rec<string>, depth = 0): string | undefined {
  const text = Object.hasOwn(streams, file) ? streams[file] : readText(sys, file);
  if (text === undefined || depth > 8)
    return `ERROR: Could not open requirements file: [Errno 2] No such file or directory: '${file}'\n`;
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
  const lines = text.replace(/\\\r?\n/g, (broken) => ' '.repeat(broken.length)).split('\n');
  for (const [at, raw] of lines.entries()) {
    const line = raw
      .replace(/(?:^|\s)#.*$/, '')
      .replace(/\s--hash=\S+/g, '')
      .trim();
    if (line === '') continue;
    const [, option = '', value = ''] =
      /^(-r|--requirement|-c|--constraint|-e|--editable|-i|--[\w-]+)[\s=]+(.*)$/.exec(line) ?? [];
    if (option === '-r' || option === '--requirement') {
      const failed = requirements(sys, value.startsWith('/') ? value : `${folder}${value}`, wanted, streams, depth + 1);
      if (failed !== undefined) return failed;
      continue;
    }
    if (line.startsWith('-') && option !== '-e' && option !== '--editable') continue;
    const failed = named(sys, option === '' ? line : value, ` (from -r ${file} (line ${at + 1}))`, wanted);
    if (failed !== undefined) return failed;
  }
  return undefined;
}

/** One requirement: a name, a wheel, a folder; what is outside is refused by name. */
function named(sys: Sys, word: string, from: string, wanted: Wanted[]): string | undefined {
  const [given = '', marker] = word.split(/\s*;\s*/);
  if (marker !== undefined && excludes(marker)) return undefined;
  const outside = /(?:^|@\s*)((?:git|hg|svn|bzr)\+\S+|https?:\/\/\S+)/.exec(given)?.[1];
  if (outside !== undefined)
    return `drydock: pip: ${outside} is outside of this simulated network, so it cannot be had\n`;
  const wheel = /(?:^|\/)([A-Za-z0-9_.]+)-(\d[^-]*|unknown)-[^/]*\.whl$/.exec(given);
  if (wheel) {
    wanted.push({ name: wheel[1] ?? '', spec: `==${wheel[2] ?? ''}`, from, wheel: true });
    return undefined;
  }
  if (/^(?:\.|\/|file:)|\/$/.test(given)) {
    const folder = given
      .replace(/^file:(?:\/\/)?/, '')
      .replace(/\[[^\]]*\]$/, '')
      .replace(/(?<=.)\/$/, '');
    return project(sys, folder, wanted);
  }
  const [, name = '', spec = ''] = /^([\w.-]+)\s*(?:\[[^\]]*\])?\s*\(?\s*([=<>!~][^)]*)?/.exec(given) ?? [];
  if (name !== '') wanted.push({ name, spec: spec.replace(/\s+/g, ''), from });
  return undefined;
}

/** Markers that do not hold on Linux with the Pythons of today. */
function excludes(marker: string): boolean {
  if (/(?:sys_platform|platform_system|os_name)\s*==\s*['"](?:win32|Windows|darwin|Darwin|nt|cygwin)['"]/.test(marker))
    return true;
  if (/(?:sys_platform|platform_system)\s*!=\s*['"](?:linux|Linux)['"]/.test(marker)) return true;
  if (/implementation\w*\s*==\s*['"](?:PyPy|pypy)['"]/.test(marker)) return true;
  const [, minor] = /python(?:_full)?_version\s*<=?\s*['"](?:3\.(\d+)|2[\d.]*)/.exec(marker) ?? ['', '99'];
  return minor === undefined || Number(minor) < 10;
}

function project(sys: Sys, folder: string, wanted: Wanted[]): string | undefined {
  const stat = sys.fs.stat(folder);
  if (isErrno(stat))
    return `ERROR: Invalid requirement: '${folder}': Expected package name at the start of dependency specifier\n`;
  const read = readPython(sys, folder);
  if (read === undefined)
    return `ERROR: file://${folder.startsWith('/') ? folder : sys.cwd()} does not appear to be a Python project: neither 'setup.py' nor 'pyproject.toml' found.\n`;
  wanted.push({ name: read.name, spec: `==${read.version}`, from: '', source: folder });
  for (const need of read.dependencies) {
    const failed = named(sys, need, ` (from ${read.name}==${read.version})`, wanted);
    if (failed !== undefined) return failed;
  }
  return undefined;
}
