import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Keywords, Native, Natives } from '../core/lang.ts';
import { Beyond } from '../core/tree.ts';
import { builtin, float, integer, isTagged, numeric, type Value } from '../core/values.ts';
import { parked, type Vm } from '../core/vm.ts';
import { importPy } from './import.ts';
import { dumps } from './json.ts';
import { loads } from './json-read.ts';
import { osFiles } from './library/os-files.ts';
import { all, dictOf, flushOut, write } from './natives.ts';
import { strftime } from './strftime.ts';
import { traceback } from './traceback.ts';
import { list, raise, repr, str, tuple } from './values.ts';

const seconds = (v: Value | undefined): number => Math.round((numeric(v ?? 0) ?? 0) * 1e6);

const signalNames: { readonly [n: number]: string } = {
  1: 'SIGHUP',
  2: 'SIGINT',
  9: 'SIGKILL',
  10: 'SIGUSR1',
  12: 'SIGUSR2',
  15: 'SIGTERM',
};

/** A path without `.`, `..` and doubled slashes. */
function normal(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (part !== '..' || !path.startsWith('/')) kept.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${kept.join('/')}` || '.';
}

const environ = (vm: Vm): Value => vm.globals['%environ'] ?? null;

const math =
  (f: (...n: number[]) => number): Native =>
  (_vm, args) =>
    float(f(...args.map((v) => numeric(v) ?? Number.NaN)));

function importable(...names: string[]): Natives {
  return Object.fromEntries(names.map((name) => [`module ${name}`, (() => builtin(name)) as Native]));
}

/** json.dumps(v, …): indent, separators, sort_keys, ensure_ascii and default are read, others are named. */
function jsonText(vm: Vm, v: Value, kw: Keywords): string {
  for (const name of Object.keys(kw))
    if (!['indent', 'ensure_ascii', 'sort_keys', 'separators', 'default', 'cls'].includes(name))
      throw new Beyond(`${name}= of json.dumps`);
  const { indent, separators } = kw;
  const encoder = kw.cls === undefined || kw.cls === null ? undefined : vm.call(kw.cls, []);
  const fallback = encoder === undefined ? kw.default : vm.lang.get(vm, encoder, 'default');
  const marks = separators === undefined || separators === null ? undefined : all(vm, separators).map(String);
  return dumps(
    vm,
    v,
    indent === undefined || indent === null ? undefined : Number(indent),
    kw.ensure_ascii !== false,
    kw.sort_keys === true,
    0,
    marks ? [marks[0] ?? ', ', marks[1] ?? ': '] : undefined,
    fallback === undefined || fallback === null ? undefined : (one) => vm.call(fallback, [one]),
  );
}

/** The standard library, as far as programs in containers need it to be understood. */
export const library: Natives = {
  ...importable(
    'sys',
    'os',
    'os.path',
    'time',
    'json',
    'math',
    'random',
    'collections',
    'functools',
    'socket',
    'platform',
    'signal',
    'typing',
    'string',
    '__future__',
    'http.server',
    'socketserver',
    'flask',
    'http',
    'getpass',
    '_waiting',
    '_digests',
    'importlib',
    '_requests',
  ),
  'os.mkdir': (vm, [path = '']) => {
    const failed = vm.sys.fs.mkdir(str(vm, path));
    return failed ? vm.native('%oserror')(vm, [failed.errno, path], null, {}) : null;
  },
  'os.chdir': (vm, [path = '']) => {
    const failed = vm.sys.chdir(str(vm, path));
    return failed ? vm.native('%oserror')(vm, [failed.errno, path], null, {}) : null;
  },
  'os.chroot': (vm, [path = '']) => {
    const failed = vm.sys.isolation.chroot(str(vm, path));
    return failed ? vm.native('%oserror')(vm, [failed.errno, path], null, {}) : null;
  },
  'os.remove': (vm, [path = '']) => {
    const failed = vm.sys.fs.unlink(str(vm, path));
    return failed ? vm.native('%oserror')(vm, [failed.errno, path], null, {}) : null;
  },
  ...osFiles,
  'os.system': () => {
    throw new Beyond('os.system');
  },
  'os.path.getsize': (vm, [path = '']) => {
    const stat = vm.sys.fs.stat(str(vm, path));
    return isErrno(stat) ? vm.native('%oserror')(vm, [stat.errno, path], null, {}) : stat.size;
  },
  'os.path.splitext': (vm, [p = '']) => {
    const [, stem = String(p), suffix = ''] = /^(.*[^/.][^/]*?)(\.[^./]*)$/.exec(String(p)) ?? [];
    return tuple(vm, [stem, suffix]);
  },
  'random.uniform': (vm, [a = 0, b = 1]) =>
    float((numeric(a) ?? 0) + ((numeric(b) ?? 0) - (numeric(a) ?? 0)) * ((vm.sys.random() >>> 0) / 4294967296)),
  'random.shuffle': (vm, [v = null]) => {
    const a = vm.own(v).a ?? [];
    for (let i = a.length - 1; i > 0; i--) {
      const j = (vm.sys.random() >>> 0) % (i + 1);
      [a[i], a[j]] = [a[j] ?? null, a[i] ?? null];
    }
    return null;
  },
  'random.sample': (vm, [v = null, k = 1]) => {
    const left = [...all(vm, v)];
    if (Number(k) > left.length) raise(vm, 'ValueError', 'Sample larger than population or is negative');
    return list(
      vm,
      Array.from({ length: Number(k) }, () => left.splice((vm.sys.random() >>> 0) % left.length, 1)[0] ?? null),
    );
  },
  'math.isclose': (_vm, [a = 0, b = 0]) => {
    const [x, y] = [numeric(a) ?? 0, numeric(b) ?? 0];
    return Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y));
  },
  'math.gcd': (_vm, args) =>
    args.map(Number).reduce((a, b) => {
      let [x, y] = [Math.abs(a), Math.abs(b)];
      while (y > 0) [x, y] = [y, x % y];
      return x;
    }, 0),
  '=sys.argv': (vm) => vm.globals['%argv'] ?? null,
  '=sys.version': (vm) => `${vm.start.version} (main) [GCC 12.2.0]`,
  '=sys.version_info': (vm) => tuple(vm, vm.start.version.split('.').map(Number)),
  '=sys.maxsize': () => integer(9223372036854775807n),
  '=sys.byteorder': () => 'little',
  '=sys.platform': () => 'linux',
  '=sys.executable': () => '/usr/local/bin/python3',
  '=sys.path': (vm) => (vm.globals['%path'] ??= list(vm, [vm.sys.cwd()])),
  'sys.exception': (vm) =>
    vm
      .stack()
      .findLast(({ exc }) => exc.length > 0)
      ?.exc.at(-1) ?? null,
  // without the lines of one file, where it is given
  'sys._traceback': (vm, [error = null, without]) =>
    traceback(vm, error, without === undefined ? undefined : String(without)),
  'sys._beyond': (_vm, [what = '']) => {
    throw new Beyond(String(what));
  },
  'sys._main_names': (vm) => {
    let env = vm.stack()[0]?.env ?? 0;
    for (let up = vm.at(env).up; up !== undefined; up = vm.at(env).up) env = up;
    return dictOf(vm, Object.entries(vm.at(env).p ?? {}));
  },
  'time._strftime': (_vm, [at = 0, format = '']) => strftime(Number(at), String(format)),
  '=sys.stdout': () => builtin('sys.stdout'),
  '=sys.stderr': () => builtin('sys.stderr'),
  'sys.stdout.write': (vm, [v = '']) => {
    write(vm, str(vm, v), false);
    return str(vm, v).length;
  },
  'sys.stderr.write': (vm, [v = '']) => {
    vm.write(2, str(vm, v));
    return str(vm, v).length;
  },
  'sys.stdout.flush': (vm) => {
    flushOut(vm);
    return null;
  },
  'sys.stderr.flush': () => null,
  '=os.environ': environ,
  'os.getenv': (vm, [name = '', otherwise = null]) => vm.obj(environ(vm))?.e?.[`s:${String(name)}`]?.[1] ?? otherwise,
  'os.getcwd': (vm) => vm.sys.cwd(),
  'os.getpid': (vm) => vm.sys.pid,
  'os.getppid': (vm) => vm.sys.ppid,
  'os.getuid': (vm) => vm.sys.uid,
  'os.uname': (vm) => {
    const u = vm.sys.uname();
    return tuple(vm, [u.sysname, u.hostname, u.release, u.version, u.machine]);
  },
  '=os.sep': () => '/',
  '=os.path': () => builtin('os.path'),
  '=os.name': () => 'posix',
  'os.listdir': (vm, [path = '.']) => {
    const got = vm.sys.fs.list(str(vm, path));
    return isErrno(got) ? vm.native('%oserror')(vm, [got.errno, path], null, {}) : list(vm, [...got]);
  },
  'os.makedirs': (vm, [path = '']) => {
    const parts = str(vm, path).split('/');
    for (let i = 1; i <= parts.length; i++)
      if (parts.slice(0, i).join('/') !== '') vm.sys.fs.mkdir(parts.slice(0, i).join('/'));
    return null;
  },
  'os.path.exists': (vm, [p = '']) => !isErrno(vm.sys.fs.stat(str(vm, p))),
  'os.path.isfile': (vm, [p = '']) => {
    const stat = vm.sys.fs.stat(str(vm, p));
    return !isErrno(stat) && stat.type === 'file';
  },
  'os.path.isdir': (vm, [p = '']) => {
    const stat = vm.sys.fs.stat(str(vm, p));
    return !isErrno(stat) && stat.type === 'dir';
  },
  'os.path.join': (vm, args) =>
    args
      .map((one) => str(vm, one))
      .reduce((a, b) => (b.startsWith('/') ? b : a === '' || a.endsWith('/') ? a + b : `${a}/${b}`)),
  'os.path.basename': (vm, [p = '']) => str(vm, p).replace(/^.*\//, ''),
  'os.path.dirname': (vm, [p = '']) => str(vm, p).replace(/\/?[^/]*$/, ''),
  'os.path.abspath': (vm, [p = '']) =>
    normal(str(vm, p).startsWith('/') ? str(vm, p) : `${vm.sys.cwd()}/${str(vm, p)}`),
  'os.path.normpath': (vm, [p = '']) => normal(str(vm, p)),
  'time.sleep': (vm, [s = 0]) => {
    vm.park({ for: 'time', until: vm.sys.now + seconds(s) });
    return parked;
  },
  'time.time': (vm) => float(vm.sys.now / 1e6),
  'time.monotonic': (vm) => float(vm.sys.now / 1e6),
  'time.perf_counter': (vm) => float((vm.sys.now - vm.start.started) / 1e6),
  'time.strftime': (vm, [format = '']) => strftime(vm.sys.now, String(format)),
  'time.ctime': (vm) => strftime(vm.sys.now, '%a %b %d %H:%M:%S %Y'),
  'json.dumps': (vm, [v = null], _s, kw) => jsonText(vm, v, kw),
  'json.dump': (vm, [v = null, file = null], _s, kw) =>
    vm.call(vm.lang.get(vm, file, 'write'), [jsonText(vm, v, kw)]) && null,
  '=json.JSONDecodeError': (vm) => vm.globals['json.JSONDecodeError'] ?? null,
  'json.loads': (vm, [v = '']) => loads(vm, isTagged(v) && v.t === 'bytes' ? decodeUtf8(v.v) : String(v)),
  'json.load': (vm, [file = null]) => loads(vm, String(vm.call(vm.lang.get(vm, file, 'read'), []))),
  ...Object.fromEntries(
    (['sqrt', 'sin', 'cos', 'tan', 'log', 'log10', 'log2', 'exp', 'pow', 'hypot', 'atan', 'atan2'] as const).map(
      (n) => [
        `math.${n}`,
        n === 'sqrt'
          ? (((vm, [v = 0]) =>
              (numeric(v) ?? 0) < 0
                ? raise(vm, 'ValueError', 'math domain error')
                : float(Math.sqrt(numeric(v) ?? 0))) as Native)
          : math(Math[n] as (...n: number[]) => number),
      ],
    ),
  ),
  'math.floor': (_vm, [v = 0]) => Math.floor(numeric(v) ?? 0),
  'math.ceil': (_vm, [v = 0]) => Math.ceil(numeric(v) ?? 0),
  '=math.pi': () => float(Math.PI),
  '=math.e': () => float(Math.E),
  '=math.inf': () => float(Infinity),
  'math.factorial': (vm, [v = 0]) => {
    let product: Value = 1;
    if (Number(v) < 0) raise(vm, 'ValueError', 'factorial() not defined for negative values');
    for (let i = 2; i <= Number(v); i++) product = vm.lang.binary(vm, '*', product, i);
    return product;
  },
  'random.random': (vm) => float((vm.sys.random() >>> 0) / 4294967296),
  'random.seed': () => null,
  'random.randint': (vm, [a = 0, b = 0]) => Number(a) + ((vm.sys.random() >>> 0) % (Number(b) - Number(a) + 1)),
  'random.choice': (vm, [v = null]) => {
    const items = all(vm, v);
    return (
      items[(vm.sys.random() >>> 0) % Math.max(1, items.length)] ??
      raise(vm, 'IndexError', 'Cannot choose from an empty sequence')
    );
  },
  'collections.Counter': (vm, args, _s, kw) => {
    const counter = dictOf(vm, [], 'Counter');
    vm.native('%count')(vm, args, counter, {});
    for (const [name, n] of Object.entries(kw)) vm.lang.setIndex(vm, counter, name, n);
    return counter;
  },
  'collections.defaultdict': (vm, [factory = null]) => vm.make({ k: 'dict', e: {}, s: 'defaultdict', v: factory }),
  'collections.OrderedDict': (vm, args, s, kw) => {
    const made = vm.native('dict')(vm, args, s, kw) as Value;
    vm.own(made).s = 'OrderedDict';
    return made;
  },
  'functools.reduce': (vm, [fn = null, v = null, start]) => {
    const items = [...all(vm, v)];
    let acc = start ?? items.shift() ?? null;
    for (const one of items) acc = vm.call(fn, [acc, one]);
    return acc;
  },
  'functools.wraps': (_vm, [fn = null]) => builtin('%wraps', fn),
  '%wraps': (vm, [fn = null], self) => {
    const o = vm.own(fn);
    const doc = vm.lang.get(vm, self, '__doc__');
    o.p = { ...o.p, __name__: vm.lang.get(vm, self, '__name__'), __doc__: doc, __wrapped__: self };
    return fn;
  },
  'socket.gethostname': (vm) => vm.sys.uname().hostname,
  'platform.node': (vm) => vm.sys.uname().hostname,
  'platform.system': () => 'Linux',
  'platform.release': (vm) => vm.sys.uname().release,
  'platform.machine': () => 'x86_64',
  'platform.python_version': (vm) => vm.start.version,
  '=signal.SIGTERM': () => 'SIGTERM',
  '=signal.SIGINT': () => 'SIGINT',
  'signal.signal': (vm, [name = '', fn = null]) => {
    vm.sys.onSignal(String(name) as never, 'catch');
    vm.signals[String(name)] = fn;
    return null;
  },
  '%signal': (vm, [fn = null, name = '']) => vm.call(fn, [name === 'SIGTERM' ? 15 : 2, null]),
  ...Object.fromEntries(
    'List Dict Optional Any Union Tuple Callable Iterator'
      .split(' ')
      .map((n) => [`=typing.${n}`, (() => builtin('object')) as Native]),
  ),
  '=__future__.annotations': () => null,
  '=string.ascii_letters': () => 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
  '=string.ascii_lowercase': () => 'abcdefghijklmnopqrstuvwxyz',
  '=string.digits': () => '0123456789',
  'importlib.import_module': (vm, [name = '']) => importPy(vm, String(name), 0),
  'os.kill': (vm, [pid = 0, signal = 15]) => {
    const name = typeof signal === 'string' ? signal : signalNames[Number(signal)];
    if (name === undefined) throw new Beyond(`the signal ${String(signal)}`);
    const handler = vm.signals[name];
    // a program's own signal is dealt with before its next operation
    if (pid === vm.sys.pid && handler !== undefined) return vm.native('%signal')(vm, [handler, name], null, {});
    const failed = vm.sys.kill(Number(pid), name as never);
    return failed ? vm.native('%oserror')(vm, [failed.errno, ''], null, {}) : null;
  },
  // what `import a.b` binds: a, with b in it
  '%package': (vm, [name = '', path = ''], module) => {
    if (isTagged(module) && module.t === 'b') return builtin(String(name));
    const key = `%package ${String(name)}`;
    vm.globals[key] ??= vm.make({ k: 'module', s: String(name), p: {} });
    const parts = String(path).split('.').slice(1);
    let at: Value = vm.globals[key] ?? null;
    parts.forEach((part, i) => {
      const o = vm.own(at);
      const inner = i === parts.length - 1 ? module : (o.p?.[part] ?? vm.make({ k: 'module', s: part, p: {} }));
      o.p = { ...o.p, [part]: inner };
      at = inner;
    });
    return vm.globals[key] ?? null;
  },
};

export { repr };
