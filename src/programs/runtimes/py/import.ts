import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { newScope } from '../core/ops.ts';
import { Beyond, SyntaxProblem } from '../core/tree.ts';
import { builtin, isTagged, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { librarySources } from './library/sources.ts';
import { parsePy } from './parse-stmt.ts';
import { exception, thrownOf } from './values.ts';

const installed = new Set(['flask']);

/** `import name`: the standard library, a file beside the program, an installed package. */
export function importPy(vm: Vm, name: string, level: number): Value {
  const folder = (vm.start.argv[0] ?? '').includes('/')
    ? (vm.start.argv[0] ?? '').replace(/\/[^/]*$/, '')
    : vm.sys.cwd();
  const base = level > 0 ? (vm.frames.at(-1)?.m ?? '').replace(/\/[^/]*$/, '') : folder;
  const local = `${base}/${name.replaceAll('.', '/')}`;
  for (const path of [`${local}.py`, `${local}/__init__.py`]) {
    const known = vm.modules[path];
    if (known !== undefined) return { t: 'ref', r: known };
    const got = vm.sys.fs.readFile(path);
    if (!isErrno(got)) return runModule(vm, path, decodeUtf8(got.bytes), name);
  }
  const [top = name] = name.split('.');
  if (installed.has(top) && !hasPackage(vm, top)) missing(vm, top);
  if (vm.lang.natives[`module ${name}`]) return builtin(name);
  const source = librarySources.get(name);
  if (source !== undefined) {
    const path = `/usr/local/lib/python${vm.start.version.split('.').slice(0, 2).join('.')}/${name}.py`;
    const known = vm.modules[path];
    return known === undefined ? runModule(vm, path, source, name) : { t: 'ref', r: known };
  }
  if (hasPackage(vm, top)) throw new Beyond(`the package '${top}'`);
  if (standard.has(top)) throw new Beyond(`the module '${name}'`);
  return missing(vm, name);
}

function missing(vm: Vm, name: string): never {
  throw thrownOf(vm, exception(vm, 'ModuleNotFoundError', `No module named '${name}'`));
}

export const standard = new Set(
  'argparse abc base64 bisect calendar contextlib copy csv ctypes concurrent dataclasses decimal email enum fractions ftplib glob gzip hashlib heapq hmac html inspect io ipaddress itertools multiprocessing operator pathlib pickle pprint queue re secrets select shutil smtplib sqlite3 ssl statistics struct subprocess tempfile textwrap threading traceback types unittest urllib uuid warnings xml zipfile zlib'.split(
    ' ',
  ),
);

/** The folder where pip puts packages. */
export function sitePackages(version: string): string {
  return `/usr/local/lib/python${version.split('.').slice(0, 2).join('.')}/site-packages`;
}

function hasPackage(vm: Vm, name: string): boolean {
  const places = [
    sitePackages(vm.start.version),
    ...(vm.start.env.VIRTUAL_ENV
      ? [`${vm.start.env.VIRTUAL_ENV}/lib/python${vm.start.version.split('.').slice(0, 2).join('.')}/site-packages`]
      : []),
  ];
  return places.some(
    (place) => !isErrno(vm.sys.fs.stat(`${place}/${name}`)) || !isErrno(vm.sys.fs.stat(`${place}/${name}.py`)),
  );
}

function runModule(vm: Vm, path: string, source: string, name: string): Value {
  const scope = enterPy(vm, path, source, name);
  const module = vm.make({ k: 'module', s: name, p: {} });
  if (isTagged(module) && module.t === 'ref') vm.modules[path] = module.r;
  const base = vm.frames.length - 1;
  vm.run(vm.frames, base, 'call');
  vm.frames[base - 1]?.st.pop();
  vm.own(module).p = { ...vm.at(scope).p };
  return module;
}

/** Pushes the frame of a file's top level; returns its scope. Throws SyntaxProblem with the file in it. */
export function enterPy(vm: Vm, path: string, source: string, name: string): number {
  try {
    parsePy(path, source);
  } catch (error) {
    if (error instanceof SyntaxProblem) Object.assign(error, { path, source });
    throw error;
  }
  vm.sources[path] = source;
  const env = newScope(vm, { __name__: name, __file__: path }, undefined);
  vm.frames.push({ m: path, c: 0, pc: 0, st: [], env, h: [], exc: [], kind: 'call', name: '<module>' });
  return env;
}
