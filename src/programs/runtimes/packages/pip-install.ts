import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { put, putProgram } from '../../tools/files.ts';
import { offline } from '../../tools/say.ts';
import { installed } from './pip.ts';
import { binOf, placeProject } from './pip-place.ts';
import { readPipLine, type Wanted } from './pip-wanted.ts';
import { readPython } from './pyproject.ts';
import { nearMiss, normalized, pipTable } from './tables.ts';

/** Is there a wheel of a project in one of the folders of --find-links? */
function found(sys: Sys, args: readonly string[], key: string): boolean {
  const folders = args.flatMap((one, i) =>
    /^(?:-f|--find-links)$/.test(one) ? (args[i + 1] ?? []) : (/^--find-links=(.*)$/.exec(one)?.[1] ?? []),
  );
  return folders.some((folder) => {
    const names = sys.fs.list(folder);
    return !isErrno(names) && names.some((name) => normalized(name).startsWith(`${key}-`) && name.endsWith('.whl'));
  });
}

const size = (n: number): string => (n > 1e6 ? `${(n / 1e6).toFixed(1)} MB` : `${Math.round(n / 1000)} kB`);

/**
 * `pip install`, which writes what the packages leave in `usual`, and `pip wheel` and `pip download`, which leave wheels in
 * a folder. Returns the exit status.
 */
export function pipFetch(
  sys: Sys,
  usual: string,
  args: readonly string[],
  command: 'install' | 'wheel' | 'download',
  streams: Rec<string>,
): number {
  const line = readPipLine(sys, args, command, streams);
  const fail = (text: string, code = 1): number => {
    sys.write(2, encodeUtf8(text));
    return code;
  };
  if (typeof line === 'string') return fail(line, line.startsWith('drydock') ? 70 : 1);
  const { wanted } = line;
  const python = /python[\d.]+/.exec(usual)?.[0] ?? 'python3';
  const home = line.prefix ?? (line.user ? '/root/.local' : undefined);
  const site = line.target ?? (home === undefined ? usual : `${home}/lib/${python}/site-packages`);
  const place = { site, bin: line.target === undefined ? binOf(site) : `${line.target}/bin` };
  if (wanted.length === 0)
    return fail('ERROR: You must give at least one requirement to install (see "pip help install")\n');
  const print = (text: string) => void sys.write(1, encodeUtf8(text));
  const quiet = args.includes('-q') || args.includes('--quiet');
  const have = new Set(installed(sys, site).map(([name]) => normalized(name)));
  const queue: Wanted[] = [...wanted];
  const got: [string, string][] = [];
  const unknown: string[] = [];
  let bytes = 0;
  const table = pipTable();
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { name, spec, from } = next;
    const key = normalized(name);
    if (
      command === 'install' &&
      next.source === undefined &&
      !args.includes('-U') &&
      !args.includes('--upgrade') &&
      have.has(key)
    ) {
      if (!quiet) print(`Requirement already satisfied: ${name}${spec} in ${site}${from}\n`);
      continue;
    }
    if (got.some(([one]) => normalized(one) === key)) continue;
    if (next.source !== undefined) {
      const version = spec.replace(/^==/, '');
      if (!quiet) print(`Processing ${next.source}\n`);
      got.push([name, version]);
      if (command === 'install') placeProject(sys, place, name, version, 20_000);
      for (const script of readPython(sys, next.source)?.scripts ?? [])
        if (command === 'install') putProgram(sys, `${place.bin}/${script}`, 'python-tool');
      continue;
    }
    if (offline(sys) && !args.includes('--no-index')) {
      for (let left = 4; left >= 0; left--)
        sys.write(
          2,
          `WARNING: Retrying (Retry(total=${left}, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/${key}/\n`,
        );
    }
    const local = next.wheel === true || found(sys, args, key);
    if (((offline(sys) || args.includes('--no-index')) && !local) || nearMiss(key, Object.keys(table)) !== undefined)
      return fail(
        `ERROR: Could not find a version that satisfies the requirement ${name}${spec}${from} (from versions: none)\nERROR: No matching distribution found for ${name}${spec}\n`,
      );
    const known = table[key];
    if (!known) unknown.push(name);
    const chosen = chosenVersion(spec, known?.version);
    const wheel = known?.wheel ?? 50_000;
    if (!quiet) {
      print(`Collecting ${name}${spec}${from}\n`);
      print(
        `  Downloading ${key.replaceAll('-', '_')}-${chosen}-${known?.tag ?? 'py3-none-any'}.whl (${size(wheel)})\n`,
      );
    }
    got.push([known?.project ?? name, chosen]);
    bytes += known?.size ?? wheel * 3;
    for (const need of line.dependencies ? (known?.needs ?? []) : [])
      queue.push({
        name: table[need]?.project ?? need,
        spec: '',
        from: ` (from ${name}${spec}${from === '' ? '' : from.replace(/^ \(from /, '->')}`.concat(
          from === '' ? ')' : '',
        ),
      });
    const project = known?.project ?? name;
    if (command === 'install') placeProject(sys, place, project, chosen, known?.size ?? wheel * 3);
    else
      put(sys, `${line.wheels ?? '.'}/${key.replaceAll('-', '_')}-${chosen}-${known?.tag ?? 'py3-none-any'}.whl`, '', {
        size: wheel,
      });
    if (!args.includes('--no-cache-dir')) keepDownload(sys, project, chosen, wheel);
  }
  if (got.length > 0 && command !== 'install') {
    if (!quiet) print(command === 'wheel' ? '' : `Successfully downloaded ${got.map(([n]) => n).join(' ')}\n`);
    tell(sys, 'pip', 'packages-installed', { manager: 'pip', count: got.length, bytes, typical: true, unknown });
    return 0;
  }
  if (got.length > 0) {
    const names = got.toReversed();
    if (!quiet)
      print(
        `Installing collected packages: ${names.map(([n]) => n).join(', ')}\nSuccessfully installed ${names.map(([n, v]) => `${n}-${v}`).join(' ')}\n`,
      );
    if (sys.uid === 0 && !args.includes('--root-user-action=ignore'))
      sys.write(
        2,
        "WARNING: Running pip as the 'root' user can result in broken permissions and conflicting behaviour with the system package manager, possibly rendering your system unusable. It is recommended to use a virtual environment instead: https://pip.pypa.io/warnings/venv. Use the --root-user-action option if you know what you are doing and want to suppress this warning.\n",
      );
    tell(sys, 'pip', 'packages-installed', { manager: 'pip', count: got.length, bytes, typical: true, unknown });
  }
  return 0;
}

/** pip keeps what it downloads, unless it is told not to. */
function keepDownload(sys: Sys, project: string, version: string, wheel: number): void {
  put(sys, `/root/.cache/pip/http-v2/${project}-${version}`, '', { size: wheel });
}

/** The version that a requirement fixes; else the table's, or the one that a bound names. */
function chosenVersion(spec: string, known: string | undefined): string {
  const fixed = /^===?(\d[\w.+!-]*)$/.exec(spec)?.[1];
  if (fixed !== undefined) return fixed;
  const compatible = /~=(\d[\w.]*)/.exec(spec)?.[1] ?? /<=(\d[\w.]*)/.exec(spec)?.[1];
  if (compatible !== undefined && (known === undefined || known.split('.')[0] !== compatible.split('.')[0]))
    return compatible;
  return known ?? /[>=~]=?(\d[\w.]*)/.exec(spec)?.[1] ?? 'unknown';
}
