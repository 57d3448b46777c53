import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { exists, put } from '../../tools/files.ts';
import { offline } from '../../tools/say.ts';
import { readText } from '../core/process.ts';

/** A module that go.mod requires. */
export interface Required {
  readonly path: string;
  readonly version: string;
}

/** What go.mod says: the module's own path, what it requires, and folders that take the place of modules. */
export interface GoMod {
  readonly module: string | undefined;
  readonly requires: readonly Required[];
  readonly local: ReadonlyMap<string, string>;
}

/** Reads go.mod's text. */
export function readMod(text: string): GoMod {
  const plain = text.replace(/\/\/[^\n]*/g, '');
  const blocks = [...plain.matchAll(/^require\s*\(([\s\S]*?)^\)/gm)].map(([, rows = '']) => rows).join('\n');
  const single = [...plain.matchAll(/^require\s+([^\s(]+)\s+(\S+)/gm)].map(([, path, version]) => `${path} ${version}`);
  const requires = `${blocks}\n${single.join('\n')}`.split('\n').flatMap((row): readonly Required[] => {
    const [path = '', version = ''] = row.trim().split(/\s+/);
    return path === '' || version === '' ? [] : [{ path, version }];
  });
  const local = [...plain.matchAll(/^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+(\.\S*)/gm)];
  return {
    module: /^module\s+"?([^\s"]+)/m.exec(plain)?.[1],
    requires,
    local: new Map(local.map(([, path = '', folder = '']) => [path, folder])),
  };
}

/** The module that has a package: the one with the longest path. */
export function providerOf(mod: GoMod, wanted: string): Required | undefined {
  const fits = mod.requires.filter(({ path }) => wanted === path || wanted.startsWith(`${path}/`));
  return fits.reduce<Required | undefined>(
    (best, one) => (best && best.path.length >= one.path.length ? best : one),
    undefined,
  );
}

/** The packages that a file imports, found without reading all of it. */
export function importsOf(text: string): readonly string[] {
  const head = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/[^\n]*/gm, '');
  const blocks = [...head.matchAll(/^import\s*\(([\s\S]*?)^\s*\)/gm)].map(([, rows = '']) => rows).join('\n');
  const single = [...head.matchAll(/^import\s+(?:[\w.]+\s+)?("[^"]+"|`[^`]+`)/gm)]
    .map(([, path = '']) => path)
    .join('\n');
  return [...`${blocks}\n${single}`.matchAll(/["`]([^"`]+)["`]/g)].map(([, path = '']) => path);
}

/** Where modules are unpacked. */
export function cacheOf(env: Exec['env']): string {
  return env.GOMODCACHE ?? `${env.GOPATH ?? `${env.HOME ?? '/root'}/go`}/pkg/mod`;
}

/** In the cache capital letters are written with a mark, as file systems may not tell them apart. */
const escaped = (path: string): string => path.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);

/** Bytes of a module of which nothing is known. */
const usualSize = 1_200_000;

/** The modules of these that are not in the cache. */
export function missingModules(sys: Sys, env: Exec['env'], modules: readonly Required[]): readonly Required[] {
  return modules.filter(({ path, version }) => !exists(sys, `${cacheOf(env)}/${escaped(path)}@${version}`));
}

/** Downloads modules into the cache: what they are called, and a file of a usual size. An error's text, or undefined. */
export function downloadModules(sys: Sys, env: Exec['env'], modules: readonly Required[]): string | undefined {
  const missing = missingModules(sys, env, modules);
  const [first] = missing;
  if (first === undefined) return undefined;
  const proxy = env.GOPROXY ?? 'https://proxy.golang.org,direct';
  if (proxy === 'off') return `${first.path}@${first.version}: module lookup disabled by GOPROXY=off`;
  if (offline(sys)) {
    const host = /^https?:\/\/([^/,]+)/.exec(proxy)?.[1] ?? 'proxy.golang.org';
    const url = `https://${host}/${escaped(first.path)}/@v/${first.version}.mod`;
    return `${first.path}@${first.version}: Get "${url}": dial tcp: lookup ${host} on 127.0.0.11:53: server misbehaving`;
  }
  for (const { path, version } of missing) {
    put(sys, `${cacheOf(env)}/${escaped(path)}@${version}/go.mod`, `module ${path}\n`);
    put(sys, `${cacheOf(env)}/${escaped(path)}@${version}/.contents`, '', { size: usualSize });
    put(sys, `${cacheOf(env)}/cache/download/${escaped(path)}/@v/${version}.info`, `{"Version":"${version}"}\n`);
  }
  tell(sys, 'go', 'packages-installed', {
    manager: 'go',
    count: missing.length,
    bytes: missing.length * usualSize,
    typical: true,
    unknown: [],
  });
  return undefined;
}

/** Files that the compiler would take for linux on amd64: those for others and tests are left out. */
export function goFiles(sys: Sys, folder: string): readonly string[] | undefined {
  const all = sys.fs.list(folder);
  if (isErrno(all)) return undefined;
  const place = folder === '.' ? '' : `${folder.replace(/^\.\//, '')}/`;
  return all
    .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go') && !/^[._]/.test(name) && !foreign.test(name))
    .map((name) => `${place}${name}`)
    .filter((path) => builds(readText(sys, path) ?? ''));
}

const systems = 'aix|android|darwin|dragonfly|freebsd|illumos|ios|js|netbsd|openbsd|plan9|solaris|wasip1|windows';
const machines = '386|arm|arm64|loong64|mips|mips64|mips64le|mipsle|ppc64|ppc64le|riscv64|s390x|wasm';
const foreign = new RegExp(`_(?:${systems}|${machines}|linux_(?:${machines}))\\.go$`);

/** Does the file's build constraint hold? */
function builds(text: string): boolean {
  const line = /^\/\/go:build (.+)$/m.exec(text.slice(0, Math.max(0, text.search(/^package /m))))?.[1];
  if (line === undefined) return true;
  const words = line.replace(/\w[\w.]*/g, (tag) => (/^(?:linux|amd64|unix|gc|cgo|go1\.\d+)$/.test(tag) ? '1' : '0'));
  return holds(words.replace(/\s+/g, ''));
}

/** The value of an expression of 0, 1, !, && and ||. */
function holds(text: string): boolean {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest
      .replace(/!0/g, '1')
      .replace(/!1/g, '0')
      .replace(/\(([01])\)/g, '$1')
      .replace(/([01])&&([01])/, (_, a, b) => (a === '1' && b === '1' ? '1' : '0'));
    if (!/&&|!/.test(rest.replace(/\([^()]*\)/g, '')))
      rest = rest.replace(/(?<![&!])([01])\|\|([01])(?!&)/, (_, a, b) => (a === '1' || b === '1' ? '1' : '0'));
  }
  return rest === '1';
}
