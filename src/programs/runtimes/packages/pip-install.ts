import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { readText } from '../core/process.ts';
import { offline } from './npm.ts';
import { installed } from './pip.ts';
import { nearMiss, normalized, pipTable } from './tables.ts';

interface Wanted {
  readonly name: string;
  readonly spec: string;
  readonly from: string;
}

function wantedOf(sys: Sys, args: readonly string[]): readonly Wanted[] | string {
  const wanted: Wanted[] = [];
  for (let i = 0; i < args.length; i++) {
    const one = args[i] ?? '';
    if (one === '-r' || one === '--requirement') {
      const file = args[++i] ?? '';
      const text = readText(sys, file);
      if (text === undefined)
        return `ERROR: Could not open requirements file: [Errno 2] No such file or directory: '${file}'\n`;
      text.split('\n').forEach((line, at) => {
        const [, name = '', spec = ''] = /^([\w.-]+)(?:\[[^\]]*\])?\s*([=<>!~][^;#\s]*)?/.exec(line.trim()) ?? [];
        if (name !== '') wanted.push({ name, spec, from: ` (from -r ${file} (line ${at + 1}))` });
      });
    } else if (
      [
        '--no-cache-dir',
        '--upgrade',
        '-U',
        '-q',
        '--quiet',
        '--user',
        '--break-system-packages',
        '--disable-pip-version-check',
        '--root-user-action=ignore',
        '--no-input',
      ].includes(one)
    )
      continue;
    else if (one.startsWith('-')) return `drydock: pip install ${one} is not simulated\n`;
    else {
      const [, name = one, spec = ''] = /^([\w.-]+)(?:\[[^\]]*\])?([=<>!~].*)?$/.exec(one) ?? [];
      wanted.push({ name, spec, from: '' });
    }
  }
  return wanted;
}

const size = (n: number): string => (n > 1e6 ? `${(n / 1e6).toFixed(1)} MB` : `${Math.round(n / 1000)} kB`);

/** `pip install`: writes what the packages leave in `site`; returns the exit status. */
export function pipInstall(sys: Sys, site: string, args: readonly string[]): number {
  const wanted = wantedOf(sys, args);
  const fail = (text: string, code = 1): number => {
    sys.write(2, encodeUtf8(text));
    return code;
  };
  if (typeof wanted === 'string') return fail(wanted, wanted.startsWith('drydock') ? 70 : 1);
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
    if (have.has(key) || got.some(([one]) => normalized(one) === key)) {
      if (have.has(key) && !quiet) print(`Requirement already satisfied: ${name}${spec} in ${site}${from}\n`);
      continue;
    }
    if (offline(sys)) {
      for (let left = 4; left >= 0; left--)
        sys.write(
          2,
          `WARNING: Retrying (Retry(total=${left}, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/${key}/\n`,
        );
    }
    if (offline(sys) || nearMiss(key, Object.keys(table)) !== undefined)
      return fail(
        `ERROR: Could not find a version that satisfies the requirement ${name}${spec}${from} (from versions: none)\nERROR: No matching distribution found for ${name}${spec}\n`,
      );
    const known = table[key];
    if (!known) unknown.push(name);
    const chosen = /^==(\d[\w.]*)$/.exec(spec)?.[1] ?? known?.version ?? 'unknown';
    const wheel = known?.wheel ?? 50_000;
    if (!quiet) {
      print(`Collecting ${name}${spec}${from}\n`);
      print(
        `  Downloading ${key.replaceAll('-', '_')}-${chosen}-${known?.tag ?? 'py3-none-any'}.whl (${size(wheel)})\n`,
      );
    }
    got.push([known?.project ?? name, chosen]);
    bytes += known?.size ?? wheel * 3;
    for (const need of known?.needs ?? [])
      queue.push({
        name: table[need]?.project ?? need,
        spec: '',
        from: ` (from ${name}${spec}${from === '' ? '' : from.replace(/^ \(from /, '->')}`.concat(
          from === '' ? ')' : '',
        ),
      });
    place(
      sys,
      site,
      key,
      known?.project ?? name,
      chosen,
      [wheel, known?.size ?? wheel * 3],
      !args.includes('--no-cache-dir'),
    );
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

function place(
  sys: Sys,
  site: string,
  module: string,
  project: string,
  version: string,
  [wheel, held]: readonly [number, number],
  cached: boolean,
): void {
  const make = (path: string) => {
    const parts = path.split('/');
    for (let i = 2; i <= parts.length; i++) sys.fs.mkdir(parts.slice(0, i).join('/'));
  };
  const folder = `${site}/${module.replaceAll('-', '_')}`;
  make(folder);
  make(`${site}/${project}-${version}.dist-info`);
  sys.fs.writeFile(
    `${site}/${project}-${version}.dist-info/METADATA`,
    `Metadata-Version: 2.4\nName: ${project}\nVersion: ${version}\n`,
  );
  // what the package holds, as one file of its size
  sys.fs.writeFile(`${folder}/.contents`, '');
  sys.fs.truncate(`${folder}/.contents`, held);
  if (!cached) return;
  make('/root/.cache/pip/http-v2');
  sys.fs.writeFile(`/root/.cache/pip/http-v2/${project}-${version}`, '');
  sys.fs.truncate(`/root/.cache/pip/http-v2/${project}-${version}`, wheel);
}
