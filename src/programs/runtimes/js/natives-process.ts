import { decodeUtf8 } from '../../../kernel/bytes.ts';
import type { Natives } from '../core/lang.ts';
import { builtin, isTagged, isUndefined, jsNumber, undef } from '../core/values.ts';
import { Ended, type Vm } from '../core/vm.ts';
import { array, plain } from './objects.ts';
import { text, toNumber } from './semantics.ts';

export function processNatives(): Natives {
  return {
    '=process.env': (vm) => vm.globals['%env'] ?? undef,
    '=process.argv': (vm) => vm.globals['%argv'] ?? undef,
    '=process.pid': (vm) => vm.sys.pid,
    '=process.ppid': (vm) => vm.sys.ppid,
    '=process.version': (vm) => `v${vm.start.version}`,
    '=process.versions': (vm) => plain(vm, { node: vm.start.version }),
    '=process.platform': () => 'linux',
    '=process.arch': () => 'x64',
    '=process.execPath': () => '/usr/local/bin/node',
    '=process.title': () => 'node',
    '=process.exitCode': (vm) => vm.globals['%exitCode'] ?? undef,
    'process.exitCode=': (vm, [v = 0]) => {
      vm.globals['%exitCode'] = v;
      return undef;
    },
    '=process.stdout': () => builtin('process.stdout'),
    '=process.stderr': () => builtin('process.stderr'),
    '=process.stdout.isTTY': (vm) => (vm.sys.isatty(1) ? true : undef),
    '=process.stdout.columns': (vm) => (vm.sys.isatty(1) ? 80 : undef),
    'process.stdout.write': (vm, [v = '']) => {
      vm.write(1, isTagged(v) && v.t === 'bytes' ? decodeUtf8(v.v) : text(vm, v));
      return true;
    },
    'process.stderr.write': (vm, [v = '']) => {
      vm.write(2, text(vm, v));
      return true;
    },
    'process.cwd': (vm) => vm.sys.cwd(),
    'process.uptime': (vm) => jsNumber((vm.sys.now - vm.start.started) / 1e6),
    'process.getuid': (vm) => vm.sys.uid,
    'process.memoryUsage': (vm) => plain(vm, { rss: 43_000_000, heapTotal: 6_000_000, heapUsed: 4_000_000 }),
    'process.hrtime': (vm) => array(vm, [Math.floor(vm.sys.now / 1e6), (vm.sys.now % 1e6) * 1000]),
    'process.hrtime.bigint': (vm) => ({ t: 'big', v: String(BigInt(Math.round(vm.sys.now)) * 1000n) }),
    'performance.now': (vm) => jsNumber((vm.sys.now - vm.start.started) / 1000),
    'process.exit': (vm, [code]) => {
      const given = code === undefined || isUndefined(code) ? (vm.globals['%exitCode'] ?? 0) : code;
      exitHandlers(vm, toNumber(vm, given));
      throw new Ended(toNumber(vm, given) & 255);
    },
    'process.nextTick': (vm, [fn = undef, ...args]) => {
      vm.micro.push({ fn, value: undef, promise: -1, thrown: false, args, tick: true });
      return undef;
    },
    'process.on': (vm, [event = '', fn = undef]) => {
      const name = text(vm, event);
      if (/^SIG/.test(name)) vm.sys.onSignal(name as never, 'catch');
      vm.signals[name] = fn;
      return builtin('process');
    },
    'process.once': (vm, args) => vm.native('process.on')(vm, args, undef, {}),
    'process.kill': (vm, [pid = 0, signal = 'SIGTERM']) => {
      vm.sys.kill(toNumber(vm, pid), text(vm, signal) as never);
      return true;
    },
    '%exit code': (vm) => vm.globals['%exitCode'] ?? 0,
  };
}

export function exitHandlers(vm: Vm, code: number): void {
  const fn = vm.signals.exit;
  if (fn === undefined) return;
  delete vm.signals.exit;
  vm.call(fn, [code]);
}
