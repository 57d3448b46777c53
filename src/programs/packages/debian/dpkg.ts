import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Program } from '../../../kernel/program.ts';
import { instant } from '../../makers/instant.ts';
import type { StartIo } from '../../makers/io.ts';
import { matches } from '../../shell/pattern.ts';
import { debianTable } from '../debian-table.ts';
import { fileList, type Installed, readStatus } from './database.ts';
import { releaseOf } from './release.ts';

/** dpkg and dpkg-query: what is installed. Installing an archive by hand is not simulated. */
export function dpkgProgram(name: 'dpkg' | 'dpkg-query'): Program {
  return instant({ name, flavour: 'coreutils' }, (io) => run(io, name));
}

const queryHint = 'Use dpkg --info (= dpkg-deb --info) to examine archive files.\n';

function run(io: StartIo, name: string): number {
  const [first = '', ...rest] = io.args;
  switch (first) {
    case '-l':
    case '--list':
      return listing(io, rest);
    case '-s':
    case '--status':
      return status(io, rest);
    case '-L':
    case '--listfiles':
      return files(io, rest);
    case '-S':
    case '--search':
      return owner(io, rest);
    case '-W':
    case '--show':
      return showing(io, rest);
    case '--print-architecture':
      io.out('amd64\n');
      return 0;
    case '--version':
      io.out("Debian 'dpkg' package management program version 1.22.22 (amd64).\n");
      return 0;
    case '':
      io.err(`${name}: error: need an action option\n\n`);
      return 2;
    default:
      return changing(io, name, first, rest);
  }
}

function changing(io: StartIo, name: string, first: string, rest: readonly string[]): number {
  if (!/^(?:-i|--install|-r|--remove|-P|--purge|--configure|--unpack|--add-architecture)$/.test(first)) {
    io.err(
      encodeUtf8(
        `${name}: error: unknown option ${first}\n\nType dpkg --help for help about installing and deinstalling packages [*];\n`,
      ),
    );
    return 2;
  }
  if (io.sys.uid !== 0) {
    io.err('dpkg: error: requested operation requires superuser privilege\n');
    return 2;
  }
  const archive = rest[0];
  if (/^(?:-i|--install|--unpack)$/.test(first) && archive !== undefined && 'errno' in io.sys.fs.stat(archive)) {
    io.err(encodeUtf8(`dpkg: error: cannot access archive '${archive}': No such file or directory\n`));
    return 2;
  }
  io.err(`drydock: dpkg ${first} is not simulated\n`);
  return 2;
}

function installedPackages(io: StartIo): Installed[] {
  const found = readStatus(io.sys, debianTable(releaseOf(io.sys).code));
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function listing(io: StartIo, patterns: readonly string[]): number {
  const all = installedPackages(io);
  const chosen = patterns.length === 0 ? all : all.filter(({ name }) => patterns.some((p) => matches(p, name)));
  if (chosen.length > 0) {
    const columns = chosen.map((one) => [shown(one), one.version, one.architecture, one.description] as const);
    const width = (i: 0 | 1 | 2, least: number) => Math.max(least, ...columns.map((row) => row[i].length));
    const [a, b, c] = [width(0, 14), width(1, 12), width(2, 12)];
    const head = [
      'Desired=Unknown/Install/Remove/Purge/Hold',
      '| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend',
      '|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)',
      `||/ ${'Name'.padEnd(a)} ${'Version'.padEnd(b)} ${'Architecture'.padEnd(c)} Description`,
      `+++-${'='.repeat(a)}-${'='.repeat(b)}-${'='.repeat(c)}-${'='.repeat(33)}`,
    ];
    const rows = columns.map(([n, v, arch, d]) => `ii  ${n.padEnd(a)} ${v.padEnd(b)} ${arch.padEnd(c)} ${d}`);
    io.out(encodeUtf8(`${[...head, ...rows].join('\n')}\n`));
  }
  const missing = patterns.filter((p) => !all.some(({ name }) => matches(p, name)));
  for (const pattern of missing) io.err(encodeUtf8(`dpkg-query: no packages found matching ${pattern}\n`));
  return missing.length > 0 ? 1 : 0;
}

function shown({ name, architecture }: Installed): string {
  return architecture !== 'all' && name.startsWith('lib') ? `${name}:${architecture}` : name;
}

function status(io: StartIo, names: readonly string[]): number {
  const all = installedPackages(io);
  let result = 0;
  for (const name of names) {
    const one = all.find((each) => each.name === name);
    if (!one) {
      io.err(
        encodeUtf8(`dpkg-query: package '${name}' is not installed and no information is available\n${queryHint}`),
      );
      result = 1;
      continue;
    }
    const depends = one.depends.length > 0 ? `Depends: ${one.depends.join(', ')}\n` : '';
    io.out(
      encodeUtf8(
        `Package: ${one.name}\nStatus: install ok installed\nPriority: optional\nInstalled-Size: ${Math.round(one.installed / 1024)}\nArchitecture: ${one.architecture}\nVersion: ${one.version}\n${depends}Description: ${one.description}\n`,
      ),
    );
  }
  return result;
}

function files(io: StartIo, names: readonly string[]): number {
  const all = installedPackages(io);
  let result = 0;
  for (const name of names) {
    const list = fileList(io.sys, name);
    if (!all.some((one) => one.name === name)) {
      io.err(
        encodeUtf8(
          `dpkg-query: package '${name}' is not installed\n${queryHint.replace(/--info/g, '--contents').replace('examine archive files', 'list archive files contents')}`,
        ),
      );
      result = 1;
    } else if (list === undefined) {
      io.err(encodeUtf8(`drydock: the files of ${name}, a package of the base system, are not recorded\n`));
      result = 1;
    } else io.out(encodeUtf8(`/.\n${list.join('\n')}\n`));
  }
  return result;
}

function owner(io: StartIo, patterns: readonly string[]): number {
  let result = 0;
  for (const pattern of patterns) {
    const found = installedPackages(io).flatMap((one) =>
      (fileList(io.sys, one.name) ?? [])
        .filter((path) => (pattern.startsWith('/') ? path === pattern : path.includes(pattern)))
        .map((path) => `${shown(one)}: ${path}\n`),
    );
    if (found.length > 0) io.out(encodeUtf8(found.join('')));
    else {
      io.err(encodeUtf8(`dpkg-query: no path found matching pattern ${pattern}\n`));
      result = 1;
    }
  }
  return result;
}

function showing(io: StartIo, args: readonly string[]): number {
  const words = [...args];
  let format = '${binary:Package}\t${Version}\n';
  const patterns: string[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-f') format = words.shift() ?? format;
    else if (word.startsWith('-f')) format = word.slice(word.startsWith('-f=') ? 3 : 2);
    else if (word.startsWith('--showformat=')) format = word.slice(13);
    else patterns.push(word);
  }
  const all = installedPackages(io);
  const chosen = patterns.length === 0 ? all : all.filter(({ name }) => patterns.some((p) => matches(p, name)));
  const escaped = format.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
  for (const one of chosen) {
    const values: { readonly [field: string]: string | undefined } = {
      Package: one.name,
      'binary:Package': shown(one),
      Version: one.version,
      Architecture: one.architecture,
      'Installed-Size': String(Math.round(one.installed / 1024)),
      Status: 'install ok installed',
    };
    io.out(encodeUtf8(escaped.replace(/\$\{([^};]+)(?:;-?\d+)?\}/g, (_, field: string) => values[field] ?? '')));
  }
  const missing = patterns.filter((p) => !all.some(({ name }) => matches(p, name)));
  for (const pattern of missing) io.err(encodeUtf8(`dpkg-query: no packages found matching ${pattern}\n`));
  return missing.length > 0 ? 1 : 0;
}
