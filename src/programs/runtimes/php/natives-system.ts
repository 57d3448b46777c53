import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Natives } from '../core/lang.ts';
import { Beyond } from '../core/tree.ts';
import { float, integer, isTagged, type Value } from '../core/values.ts';
import { parked, type Vm } from '../core/vm.ts';
import { date } from './date.ts';
import { raise, warn } from './errors.ts';
import { isLoaded } from './extensions.ts';
import { output } from './output.ts';
import { array, int, isArray, list, text, truthy, values } from './values.ts';

const path = (vm: Vm, v: Value | undefined): string => decodeUtf8(text(vm, v ?? ''));
function failed(vm: Vm, call: string, name: string, errno: Parameters<typeof strerror>[0]): false {
  warn(vm, 'Warning', `${call}(${name}): ${strerror(errno)}`);
  return false;
}
function readAll(vm: Vm, fd: number): string {
  let all = vm.input;
  vm.input = '';
  for (let got = vm.sys.read(fd, 65536); typeof got === 'object' && 'bytes' in got; got = vm.sys.read(fd, 65536))
    all += got.bytes;
  return all;
}
function putFile(vm: Vm, name: string, data: string, append: boolean, call: string): Value {
  if (name === 'php://stdout' || name === 'php://output') output(vm, data);
  else if (name === 'php://stderr') vm.write(2, decodeUtf8(data));
  else {
    const old = append ? vm.sys.fs.readFile(name) : undefined;
    const bytes = old && !isErrno(old) ? old.bytes + data : data;
    const done = vm.sys.fs.writeFile(name, bytes);
    if (isErrno(done)) return failed(vm, call, encodeUtf8(name), done.errno) || (false as Value);
  }
  return data.length;
}

/** A given seed would fix the numbers of PHP's own Mersenne Twister, which is not here. */
const seed = (_vm: Vm, [given]: readonly Value[]): Value => {
  if (given !== undefined) throw new Beyond('a seed for random numbers');
  return null;
};

/** Files, time, the environment, the process. */
export const systemNatives: Natives = {
  file_get_contents: (vm, [v]) => {
    const name = path(vm, v);
    if (name === 'php://stdin') return readAll(vm, 0);
    if (name === 'php://input') return vm.globals['%body'] ?? '';
    if (/^\w+:\/\//.test(name)) throw new Beyond(`file_get_contents of ${name}`);
    const stat = vm.sys.fs.stat(name);
    if (!isErrno(stat) && stat.type === 'dir') {
      warn(vm, 'Warning', `file_get_contents(): read of 8192 bytes failed with errno=21 Is a directory`);
      return '';
    }
    const got = vm.sys.fs.readFile(name);
    if (!isErrno(got)) return got.bytes;
    warn(vm, 'Warning', `file_get_contents(${text(vm, v ?? '')}): Failed to open stream: ${strerror(got.errno)}`);
    return false;
  },
  file_put_contents: (vm, [v, data = '', flags = 0]) => {
    const name = path(vm, v);
    const bytes = isArray(vm, data)
      ? values(vm, data)
          .map((x) => text(vm, x))
          .join('')
      : text(vm, data);
    if (/^php:/.test(name)) return putFile(vm, name, bytes, false, 'file_put_contents');
    const old = (int(vm, flags) & 8) !== 0 ? vm.sys.fs.readFile(name) : undefined;
    const done = vm.sys.fs.writeFile(name, old && !isErrno(old) ? old.bytes + bytes : bytes);
    if (!isErrno(done)) return bytes.length;
    warn(vm, 'Warning', `file_put_contents(${text(vm, v ?? '')}): Failed to open stream: ${strerror(done.errno)}`);
    return false;
  },
  file: (vm, [v, flags = 0]) => {
    const got = vm.sys.fs.readFile(path(vm, v));
    if (isErrno(got)) {
      warn(vm, 'Warning', `file(${text(vm, v ?? '')}): Failed to open stream: ${strerror(got.errno)}`);
      return false;
    }
    const lines = got.bytes.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const shown = (int(vm, flags) & 2) !== 0 ? lines.map((l) => l.replace(/\r?\n$/, '')) : lines;
    return list(vm, (int(vm, flags) & 4) !== 0 ? shown.filter((l) => l !== '') : shown);
  },
  file_exists: (vm, [v]) => !isErrno(vm.sys.fs.stat(path(vm, v))),
  is_file: (vm, [v]) => {
    const stat = vm.sys.fs.stat(path(vm, v));
    return !isErrno(stat) && stat.type === 'file';
  },
  is_dir: (vm, [v]) => {
    const stat = vm.sys.fs.stat(path(vm, v));
    return !isErrno(stat) && stat.type === 'dir';
  },
  is_readable: (vm, [v]) => !isErrno(vm.sys.fs.stat(path(vm, v))),
  filesize: (vm, [v]) => {
    const stat = vm.sys.fs.stat(path(vm, v));
    return isErrno(stat) ? failed(vm, 'filesize', `): stat failed for ${text(vm, v ?? '')}`, stat.errno) : stat.size;
  },
  unlink: (vm, [v]) => {
    const done = vm.sys.fs.unlink(path(vm, v));
    return isErrno(done) ? failed(vm, 'unlink', text(vm, v ?? ''), done.errno) : true;
  },
  mkdir: (vm, [v]) => {
    const done = vm.sys.fs.mkdir(path(vm, v));
    if (!isErrno(done)) return true;
    warn(vm, 'Warning', `mkdir(): ${strerror(done.errno)}`);
    return false;
  },
  scandir: (vm, [v]) => {
    const names = vm.sys.fs.list(path(vm, v));
    if (isErrno(names)) return false;
    return list(vm, ['.', '..', ...names.map(encodeUtf8)].toSorted());
  },
  realpath: (vm, [v]) => {
    const real = vm.sys.fs.realpath(path(vm, v));
    return isErrno(real) ? false : encodeUtf8(real);
  },
  getcwd: (vm) => encodeUtf8(vm.sys.cwd()),
  chdir: (vm, [v]) => !isErrno(vm.sys.chdir(path(vm, v))),
  basename: (vm, [v, suffix]) => {
    const base = text(vm, v ?? '')
      .replace(/\/+$/, '')
      .replace(/^.*\//, '');
    const end = suffix === undefined ? '' : text(vm, suffix);
    return end !== '' && base.endsWith(end) && base !== end ? base.slice(0, -end.length) : base;
  },
  dirname: (vm, [v]) => {
    const s = text(vm, v ?? '').replace(/\/+$/, '');
    return s.includes('/') ? s.replace(/\/[^/]*$/, '') || '/' : '.';
  },
  fopen: (vm, [v, mode = 'r']) => {
    const name = path(vm, v);
    if (name === 'php://stdin') return { t: 'b', n: 'STDIN' };
    if (name === 'php://stdout' || name === 'php://output') return { t: 'b', n: 'STDOUT' };
    if (name === 'php://stderr') return { t: 'b', n: 'STDERR' };
    throw new Beyond(`fopen of ${name} (${text(vm, mode)})`);
  },
  fwrite: (vm, [stream = null, data = '']) => {
    const bytes = text(vm, data);
    const name = isTagged(stream) && stream.t === 'b' ? stream.n : '';
    if (name === 'STDERR') vm.write(2, decodeUtf8(bytes));
    else if (name === 'STDOUT') vm.write(1, decodeUtf8(bytes));
    else throw new Beyond('fwrite to this');
    return bytes.length;
  },
  fclose: () => true,
  fflush: () => true,
  fgets: (vm, [stream = null]) => {
    if (!isTagged(stream) || stream.t !== 'b' || stream.n !== 'STDIN') throw new Beyond('fgets from this');
    return line(vm);
  },
  readline: (vm, [prompt]) => {
    if (prompt !== undefined) output(vm, text(vm, prompt));
    return line(vm);
  },
  feof: (vm) => vm.inputEnded && vm.input === '',
  stream_get_contents: (vm) => readAll(vm, 0),
  getenv: (vm, [name]) => {
    if (name === undefined)
      return array(
        vm,
        Object.entries(vm.start.env).map(([k, v]) => [encodeUtf8(k), encodeUtf8(v)] as const),
      );
    const key = path(vm, name);
    const own = vm.globals[`env ${key}`];
    return own !== undefined ? own : Object.hasOwn(vm.start.env, key) ? encodeUtf8(vm.start.env[key] ?? '') : false;
  },
  putenv: (vm, [v]) => {
    const [name = '', ...rest] = path(vm, v).split('=');
    vm.globals[`env ${name}`] = encodeUtf8(rest.join('='));
    return true;
  },
  time: (vm) => Math.floor(vm.sys.now / 1e6),
  microtime: (vm, [asFloat = false]) =>
    truthy(vm, asFloat)
      ? float(vm.sys.now / 1e6)
      : `${((vm.sys.now % 1e6) / 1e6).toFixed(8)} ${Math.floor(vm.sys.now / 1e6)}`,
  hrtime: (vm, [asNumber = false]) =>
    truthy(vm, asNumber)
      ? integer(BigInt(vm.sys.now) * 1000n)
      : list(vm, [Math.floor(vm.sys.now / 1e6), (vm.sys.now % 1e6) * 1000]),
  date: (vm, [format = '', at]) =>
    encodeUtf8(date(at === undefined || at === null ? vm.sys.now : int(vm, at) * 1e6, decodeUtf8(text(vm, format)))),
  gmdate: (vm, [format = '', at]) => date(at === undefined ? vm.sys.now : int(vm, at) * 1e6, text(vm, format)),
  mktime: (vm, [h = 0, m = 0, s = 0, month = 1, day = 1, year = 1970]) =>
    Date.UTC(int(vm, year), int(vm, month) - 1, int(vm, day), int(vm, h), int(vm, m), int(vm, s)) / 1000,
  checkdate: (vm, [m = 0, d = 0, y = 0]) =>
    int(vm, m) >= 1 &&
    int(vm, m) <= 12 &&
    int(vm, d) >= 1 &&
    int(vm, d) <= new Date(Date.UTC(int(vm, y), int(vm, m), 0)).getUTCDate(),
  strtotime: (vm, [v]) => {
    const found = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?(?: ?UTC|Z)?$/.exec(text(vm, v ?? ''));
    if (text(vm, v ?? '') === 'now') return Math.floor(vm.sys.now / 1e6);
    if (!found) throw new Beyond(`strtotime of '${text(vm, v ?? '')}'`);
    const [, y, mo, d, h = 0, mi = 0, s = 0] = found.map((x) => (x === undefined ? undefined : Number(x)));
    return Date.UTC(y ?? 0, (mo ?? 1) - 1, d ?? 1, h, mi, s) / 1000;
  },
  date_default_timezone_get: () => 'UTC',
  date_default_timezone_set: (vm, [v]) => {
    if (text(vm, v ?? '') !== 'UTC') throw new Beyond(`the time zone ${text(vm, v ?? '')}`);
    return true;
  },
  sleep: (vm, [n = 0]) => (int(vm, n) <= 0 ? 0 : vm.park({ for: 'time', until: vm.sys.now + int(vm, n) * 1e6 })),
  usleep: (vm, [n = 0]) => vm.park({ for: 'time', until: vm.sys.now + int(vm, n) }),
  getmypid: (vm) => vm.sys.pid,
  gethostname: (vm) => encodeUtf8(vm.sys.uname().hostname),
  php_uname: (vm, [mode = 'a']) => {
    const u = vm.sys.uname();
    const parts: { readonly [m: string]: string } = {
      s: u.sysname,
      n: u.hostname,
      r: u.release,
      v: u.version,
      m: u.machine,
    };
    return encodeUtf8(parts[text(vm, mode)] ?? `${u.sysname} ${u.hostname} ${u.release} ${u.version} ${u.machine}`);
  },
  phpversion: (vm, [ext]) => (ext === undefined ? vm.start.version : false),
  php_sapi_name: (vm) => vm.globals['%sapi'] ?? 'cli',
  sys_get_temp_dir: () => '/tmp',
  extension_loaded: (vm, [v]) => isLoaded(vm.sys, vm.globals['%docker'] === true, text(vm, v ?? '')),
  rand: random,
  mt_rand: random,
  random_int: random,
  mt_srand: seed,
  srand: seed,
  lcg_value: (vm) => float((vm.sys.random() >>> 0) / 4294967296),
  random_bytes: (vm, [n = 0]) =>
    Array.from({ length: Math.min(int(vm, n), 4096) }, () => String.fromCharCode(vm.sys.random() & 255)).join(''),
  uniqid: (vm) => Math.floor(vm.sys.now / 1e6).toString(16) + (vm.sys.now % 1e6).toString(16).padStart(5, '0'),
  getmyuid: (vm) => vm.sys.uid,
  posix_getuid: (vm) => vm.sys.uid,
  posix_getpid: (vm) => vm.sys.pid,
};

function random(vm: Vm, [low, high]: readonly Value[]): Value {
  const [a, b] = low === undefined ? [0, 2147483647] : [int(vm, low), int(vm, high)];
  if (b < a)
    return raise(vm, 'ValueError', 'random_int(): Argument #1 ($min) must be less than or equal to argument #2 ($max)');
  return a + ((vm.sys.random() >>> 0) % (b - a + 1));
}
function line(vm: Vm): Value | typeof parked {
  if (vm.inputEnded && vm.input === '') return false;
  vm.park({ for: 'input' });
  return parked;
}
