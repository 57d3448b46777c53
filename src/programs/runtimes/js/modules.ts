import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { newScope } from '../core/ops.ts';
import { Beyond, SyntaxProblem } from '../core/tree.ts';
import { builtin, present, undef, type Value } from '../core/values.ts';
import { Thrown, type Vm } from '../core/vm.ts';
import { known } from './known-names.ts';
import { dirname, normalize } from './natives-system.ts';
import { fromJs, idOf, makeError, plain, throwError } from './objects.ts';
import { parseJs } from './parse-stmt.ts';

/** node's own modules that can be read here. */
const own = new Set([
  'fs',
  'path',
  'os',
  'util',
  'http',
  'events',
  'fs/promises',
  'timers/promises',
  'assert',
  'crypto',
  'process',
  'url',
  'readline',
  'readline/promises',
  'perf_hooks',
]);
/** Packages whose use is understood. */
const packages = new Set(['express', 'cors', 'dotenv', 'morgan', 'body-parser', 'helmet', 'compression']);

/** Reads a JavaScript file for the machine; a syntax error becomes the error that node prints. */
export function loadSource(vm: Vm, path: string, source: string): void {
  // what stands for a tool's output says so in its first line (see src/programs/tools)
  const [, tool, from] =
    /^\/\/ drydock: stands for what (\S+) makes of (.+); tools are read, not run\n/.exec(source) ?? [];
  if (tool !== undefined) throw new Beyond(`what ${tool} makes of ${from}`, [1, 0, 1, 0]);
  parseJs(path, source);
  vm.sources[path] = source;
}

/** `require(name)` or `import` from a file in `from`. */
export function requireModule(vm: Vm, name: string, from: string, esm: boolean): Value {
  const plainName = name.replace(/^node:/, '');
  if (own.has(plainName)) return builtinModule(vm, plainName);
  if (known('modules', plainName) || name.startsWith('node:')) throw new Beyond(`the module '${name}'`);
  const found = /^\.{0,2}\//.test(name)
    ? resolveFile(vm, normalize(name.startsWith('/') ? name : `${from}/${name}`))
    : packageFile(vm, name, from);
  if (found === undefined) missing(vm, name, from, esm);
  if (found.startsWith('package:')) return builtin(found.slice('package:'.length));
  return runFile(vm, found);
}

function builtinModule(vm: Vm, name: string): Value {
  if (name === 'events') return vm.globals.EventEmitter ?? undef;
  if (name === 'fs/promises') return builtin('fs.promises');
  if (name === 'perf_hooks') return plain(vm, { performance: builtin('performance') });
  if (name === 'process') return builtin('process');
  return builtin(name);
}

function isFile(vm: Vm, path: string): boolean {
  const stat = vm.sys.fs.stat(path);
  return !isErrno(stat) && stat.type === 'file';
}
function readText(vm: Vm, path: string): string | undefined {
  const got = vm.sys.fs.readFile(path);
  return isErrno(got) ? undefined : decodeUtf8(got.bytes);
}

/** The file that a path means: itself, with an ending, or the index of a folder. */
export function resolveFile(vm: Vm, path: string): string | undefined {
  for (const one of [path, `${path}.js`, `${path}.json`]) if (isFile(vm, one)) return one;
  const main = packageMain(vm, path);
  for (const one of [...(main === undefined ? [] : [`${path}/${main}`, `${path}/${main}.js`]), `${path}/index.js`])
    if (isFile(vm, normalize(one))) return normalize(one);
  return undefined;
}
function packageMain(vm: Vm, path: string): string | undefined {
  const main = packageJson(vm, path)?.main;
  return typeof main === 'string' ? main : undefined;
}
/** A folder's package.json as data, if it has a good one. */
export function packageJson(vm: Vm, folder: string): { readonly [key: string]: unknown } | undefined {
  const source = readText(vm, `${folder}/package.json`);
  if (source === undefined) return undefined;
  try {
    const data: unknown = JSON.parse(source);
    return typeof data === 'object' && data !== null ? (data as { [key: string]: unknown }) : undefined;
  } catch {
    return undefined;
  }
}

function packageFile(vm: Vm, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const at = `${folder === '/' ? '' : folder}/node_modules/${name}`;
    const found = vm.sys.fs.stat(at);
    if (!isErrno(found)) {
      if (packages.has(name)) return `package:${name}`;
      const file = resolveFile(vm, at);
      if (file === undefined) throw new Beyond(`the package '${name}'`);
      return file;
    }
    if (folder === '/' || folder === '.') return undefined;
  }
}

function missing(vm: Vm, name: string, from: string, esm: boolean): never {
  const importer = vm.stack().at(-1)?.m ?? '[eval]';
  if (esm) {
    const local = /^\.{0,2}\//.test(name);
    throwError(
      vm,
      'Error',
      local
        ? `Cannot find module '${normalize(`${from}/${name}`)}' imported from ${importer}`
        : `Cannot find package '${name}' imported from ${importer}`,
      { code: 'ERR_MODULE_NOT_FOUND' },
    );
  }
  const stack = vm
    .stack()
    .filter(({ kind }) => kind === 'module')
    .map(({ m }) => m)
    .toReversed();
  const message = `Cannot find module '${name}'${stack.length > 0 ? `\nRequire stack:\n${stack.map((one) => `- ${one}`).join('\n')}` : ''}`;
  const requireStack = vm.make({ k: 'list', a: stack });
  const error = makeError(vm, 'Error', message, { code: 'MODULE_NOT_FOUND', requireStack });
  const o = vm.own(error);
  const major = Number(vm.start.version.split('.')[0]);
  const lines = String(o.p?.stack ?? '').split('\n');
  const at = lines.findIndex((line) => line.startsWith('    at '));
  const loader = (fn: string, place: string) => `    at ${fn} (node:internal/modules/cjs/loader:${place})`;
  const above =
    major < 22
      ? [
          loader('Module._resolveFilename', '1207:15'),
          loader('Module._load', '1038:27'),
          loader('Module.require', '1289:19'),
          '    at require (node:internal/modules/helpers:182:18)',
        ]
      : [
          loader('Function._resolveFilename', '1225:15'),
          loader('defaultResolveImpl', '1055:19'),
          loader('resolveForCJSWithHooks', '1060:22'),
          loader('Function._load', '1211:37'),
          '    at TracingChannel.traceSync (node:diagnostics_channel:322:14)',
          loader('wrapModuleLoad', '235:24'),
          loader('Module.require', '1487:12'),
          '    at require (node:internal/modules/helpers:135:16)',
        ];
  const limited = [...above, ...lines.slice(at)].slice(0, 10);
  o.p = { ...o.p, stack: [...lines.slice(0, at < 0 ? lines.length : at), ...limited].join('\n') };
  throw new Thrown(error);
}

/** Where node itself throws when a module is missing. */
export function internalPlace(major: number): string {
  return `node:internal/modules/cjs/loader:${major < 22 ? 1210 : 1228}\n  throw err;\n  ^\n\n`;
}

/** Is a file an ECMAScript module? By its ending, its package.json, or what it says. */
export function isModule(vm: Vm, path: string, source: string): boolean {
  if (path.endsWith('.mjs')) return true;
  if (path.endsWith('.cjs')) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const data = packageJson(vm, folder);
    if (data) return data.type === 'module';
    if (folder === '/' || folder === '.') break;
  }
  return /^\s*(?:import\s+[\w*{'"]|export\s)/m.test(source) && !/\brequire\s*\(|module\.exports/.test(source);
}

function runFile(vm: Vm, path: string): Value {
  const known = vm.modules[path];
  if (known !== undefined) {
    const o = vm.at(known);
    return present(o.p?.exports);
  }
  const source = readText(vm, path) ?? '';
  if (path.endsWith('.json')) {
    try {
      return fromJs(vm, JSON.parse(source));
    } catch (error) {
      return throwError(vm, 'SyntaxError', `${path}: ${error instanceof Error ? error.message : ''}`);
    }
  }
  const module = enterModule(vm, path, source);
  const base = vm.frames.length - 1;
  vm.run(vm.frames, base, 'call');
  vm.frames[base - 1]?.st.pop();
  return present(vm.obj(module)?.p?.exports);
}

/** Pushes the frame of a file's top level and returns its module object. Throws SyntaxProblem. */
export function enterModule(vm: Vm, path: string, source: string): Value {
  if (source.length > 400_000) throw new Beyond(`a file as long as ${path}`);
  try {
    loadSource(vm, path, source);
  } catch (error) {
    if (error instanceof SyntaxProblem) Object.assign(error, { path, source });
    throw error;
  }
  const exports = plain(vm);
  const folder = path.startsWith('/') ? dirname(path) : vm.sys.cwd();
  const esm = isModule(vm, path, source);
  const module = plain(vm, { id: path === vm.start.argv[1] ? '.' : path, exports, filename: path, loaded: false });
  vm.modules[path] = idOf(module);
  const scope: { [name: string]: Value } = esm
    ? { exports, this: undef, '%meta': plain(vm, { url: `file://${path}`, filename: path, dirname: folder }) }
    : { exports, module, require: builtin('require', folder), __filename: path, __dirname: folder, this: exports };
  vm.frames.push({
    m: path,
    c: 0,
    pc: 0,
    st: [],
    env: newScope(vm, scope, undefined),
    h: [],
    exc: [],
    kind: 'module',
    name: '',
  });
  return module;
}

export { normalize as normalizePath };
