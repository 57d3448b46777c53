import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { newScope } from '../core/ops.ts';
import { Beyond, SyntaxProblem } from '../core/tree.ts';
import { builtin, isTagged, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { librarySources } from './library/sources.ts';
import { parsePy } from './parse-stmt.ts';
import { exception, thrownOf } from './values.ts';

/** The folders that the program put into sys.path. */
function furtherPlaces(vm: Vm): readonly string[] {
  const path = vm.globals['%path'];
  return path === undefined ? [] : (vm.obj(path)?.a ?? []).map(String);
}

const installed = new Set(['flask']);

/** `import name`: the standard library, a file beside the program, an installed package. */
export function importPy(vm: Vm, name: string, level: number): Value {
  const folder = (vm.start.argv[0] ?? '').includes('/')
    ? (vm.start.argv[0] ?? '').replace(/\/[^/]*$/, '')
    : vm.sys.cwd();
  const base = level > 0 ? (vm.frames.at(-1)?.m ?? '').replace(/\/[^/]*$/, '') : folder;
  for (const place of [base, ...(level > 0 ? [] : furtherPlaces(vm))]) {
    const local = `${place}/${name.replaceAll('.', '/')}`;
    for (const path of [`${local}.py`, `${local}/__init__.py`]) {
      const known = vm.modules[path];
      if (known !== undefined) return { t: 'ref', r: known };
      const got = vm.sys.fs.readFile(path);
      if (!isErrno(got)) return runModule(vm, path, decodeUtf8(got.bytes), name);
    }
  }
  const [top = name] = name.split('.');
  if (installed.has(top) && !hasPackage(vm, top)) missing(vm, top);
  if (vm.lang.natives[`module ${name}`]) return builtin(name);
  const written = writtenModule(vm, name, name);
  if (written !== undefined) return written;
  if (hasPackage(vm, top)) throw new Beyond(`the package '${top}'`);
  if (standard.has(top)) throw new Beyond(`the module '${name}'`);
  return missing(vm, name);
}

/** A module, or with `+` what it has beside its built-in functions, that is written in Python here. */
function writtenModule(vm: Vm, key: string, name: string): Value | undefined {
  const source = librarySources.get(key);
  if (source === undefined) return undefined;
  const path = `/usr/local/lib/python${vm.start.version.split('.').slice(0, 2).join('.')}/${name}.py`;
  const known = vm.modules[path];
  return known === undefined ? runModule(vm, path, source, name) : { t: 'ref', r: known };
}

/** What a built-in module's part in Python calls `name`. */
export function furtherAttribute(vm: Vm, module: string, name: string): Value | undefined {
  const written = librarySources.get(`+${module}`)?.includes(name)
    ? writtenModule(vm, `+${module}`, module)
    : undefined;
  const p = written === undefined ? undefined : vm.obj(written)?.p;
  return p && Object.hasOwn(p, name) ? p[name] : undefined;
}

function missing(vm: Vm, name: string): never {
  throw thrownOf(vm, exception(vm, 'ModuleNotFoundError', `No module named '${name}'`));
}

export const standard = new Set(
  'abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo'.split(
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
