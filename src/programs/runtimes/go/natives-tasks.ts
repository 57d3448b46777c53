import type { Natives } from '../core/lang.ts';
import type { Task } from '../core/state.ts';
import { isTagged, type Value } from '../core/values.ts';
import { parked, Thrown, type Vm } from '../core/vm.ts';
import { box, nilPanic, num, str, tuple, zeroOf } from './values.ts';

const idOf = (v: Value): number => (isTagged(v) && v.t === 'ref' ? v.r : 0);

/** A goroutine for the call. */
function spawn(vm: Vm, fn: Value, args: readonly Value[]): void {
  const before = vm.frames;
  vm.frames = [];
  const got = vm.lang.call(vm, fn, args);
  const { frames } = vm;
  vm.frames = before;
  if (frames.length > 0) vm.spawn(frames);
  else void got;
}
function sender(vm: Vm, chan: number): Task | undefined {
  return vm.tasks.find(({ wait }) => wait?.for === 'channel' && 'send' in wait.what && wait.what.send === chan);
}
function receiver(vm: Vm, chan: number): Task | undefined {
  return vm.tasks.find(
    ({ wait }) => wait?.for === 'channel' && 'receive' in wait.what && wait.what.receive.some((r) => r.chan === chan),
  );
}
function hand(vm: Vm, task: Task, chan: number, v: Value, ok: boolean): void {
  const { wait } = task;
  if (wait?.for !== 'channel' || !('receive' in wait.what)) return;
  const index = wait.what.receive.find((r) => r.chan === chan)?.index ?? 0;
  vm.wake(task, wait.what.select ? tuple(vm, v, ok, index) : wait.what.two ? tuple(vm, v, ok) : v);
}
/** Takes a value if there is one: undefined when the receiver has to wait. */
function receive(vm: Vm, chan: Value): { v: Value; ok: boolean } | undefined {
  if (chan === null) return undefined;
  const id = idOf(chan);
  const o = vm.own(chan);
  const waiting = sender(vm, id);
  const first = o.a?.shift();
  if (first !== undefined) {
    if (waiting?.wait?.for === 'channel' && 'send' in waiting.wait.what) {
      o.a?.push(waiting.wait.what.value);
      vm.wake(waiting, null);
    }
    return { v: first, ok: true };
  }
  if (waiting?.wait?.for === 'channel' && 'send' in waiting.wait.what) {
    const { value } = waiting.wait.what;
    vm.wake(waiting, null);
    return { v: value, ok: true };
  }
  return o.v === true ? { v: zeroOf(vm, o.s ?? ''), ok: false } : undefined;
}
/** Sends if somebody takes it or there is room. */
export function send(vm: Vm, chan: Value, v: Value): boolean {
  if (chan === null) return false;
  const o = vm.own(chan);
  if (o.v === true) throw new Thrown(box(vm, 'runtime.Error', 'send on closed channel'));
  const waiting = receiver(vm, idOf(chan));
  if (waiting) {
    hand(vm, waiting, idOf(chan), v, true);
    return true;
  }
  if ((o.a?.length ?? 0) >= (o.n ?? 0)) return false;
  o.a?.push(v);
  return true;
}
function release(vm: Vm, match: (task: Task) => boolean, all: boolean): void {
  for (const task of vm.tasks) {
    if (!match(task)) continue;
    vm.wake(task, null);
    if (!all) return;
  }
}
const set = (vm: Vm, o: Value, field: string, v: Value) => {
  if (o === null) nilPanic(vm);
  const own = vm.own(o);
  own.p = { ...own.p, [field]: v };
};
const read = (vm: Vm, o: Value | undefined, field: string) => num(vm.obj(o ?? null)?.p?.[field]);
const waitsFor = (key: 'group' | 'lock', id: number) => (task: Task) =>
  task.wait?.for === 'channel' && key in task.wait.what && (task.wait.what as { [k: string]: unknown })[key] === id;

const add = (vm: Vm, wg: Value, n: number) => {
  const left = read(vm, wg, 'n') + n;
  if (left < 0) throw new Thrown(box(vm, 'runtime.Error', 'sync: negative WaitGroup counter'));
  set(vm, wg, 'n', left);
  if (left === 0) release(vm, waitsFor('group', idOf(wg)), true);
  return null;
};
const lock = (vm: Vm, m: Value) => {
  if (read(vm, m, 'locked') === 0) {
    set(vm, m, 'locked', 1);
    return null;
  }
  return vm.park({ for: 'channel', what: { lock: idOf(m) } });
};
const unlock = (vm: Vm, m: Value) => {
  const next = vm.tasks.find(waitsFor('lock', idOf(m)));
  if (next) vm.wake(next, null);
  else set(vm, m, 'locked', 0);
  return null;
};

export const taskNatives: Natives = {
  '%go': (vm, [fn = null, ...args]) => {
    spawn(vm, fn, args);
    return null;
  },
  '%timer': (vm, [fn = null, v = null]) => {
    send(vm, fn, v);
    return null;
  },
  '%send': (vm, [chan = null, v = null]) =>
    send(vm, chan, v) ? null : vm.park({ for: 'channel', what: { send: idOf(chan), value: v } }),
  '%receive': (vm, [chan = null, , two]) => {
    const got = receive(vm, chan);
    if (got) return two === true ? tuple(vm, got.v, got.ok) : got.v;
    return vm.park({
      for: 'channel',
      what: { receive: [{ chan: idOf(chan), index: 0 }], select: false, two: two === true },
    });
  },
  '%select': (vm, args) => {
    const waits: { chan: number; index: number }[] = [];
    let otherwise: number | undefined;
    for (let i = 0; i < args.length; i += 3) {
      const [kind, chan = null, v = null] = args.slice(i, i + 3);
      if (kind === 'default') otherwise = i / 3;
      else if (kind === 'receive') {
        const got = receive(vm, chan);
        if (got) return tuple(vm, got.v, got.ok, i / 3);
        waits.push({ chan: idOf(chan), index: i / 3 });
      } else if (send(vm, chan, v)) return tuple(vm, null, false, i / 3);
    }
    if (otherwise !== undefined) return tuple(vm, null, false, otherwise);
    return vm.park({ for: 'channel', what: { receive: waits, select: true, two: false } });
  },
  close: (vm, [chan = null]) => {
    const o = vm.own(chan);
    if (o.v === true) throw new Thrown(box(vm, 'runtime.Error', 'close of closed channel'));
    o.v = true;
    for (let task = receiver(vm, idOf(chan)); task; task = receiver(vm, idOf(chan)))
      hand(vm, task, idOf(chan), zeroOf(vm, o.s ?? ''), false);
    return null;
  },
  'sync.WaitGroup.Add': (vm, [wg = null, n]) => add(vm, wg, num(n)),
  'sync.WaitGroup.Done': (vm, [wg = null]) => add(vm, wg, -1),
  'sync.WaitGroup.Wait': (vm, [wg = null]) =>
    read(vm, wg, 'n') === 0 ? null : vm.park({ for: 'channel', what: { group: idOf(wg) } }),
  'sync.Mutex.Lock': (vm, [m = null]) => lock(vm, m),
  'sync.Mutex.Unlock': (vm, [m = null]) => unlock(vm, m),
  'sync.RWMutex.Lock': (vm, [m = null]) => lock(vm, m),
  'sync.RWMutex.Unlock': (vm, [m = null]) => unlock(vm, m),
  'sync.RWMutex.RLock': (vm, [m = null]) => lock(vm, m),
  'sync.RWMutex.RUnlock': (vm, [m = null]) => unlock(vm, m),
  'sync.Once.Do': (vm, [o = null, f = null]) => {
    if (vm.obj(o)?.p?.done === true) return null;
    set(vm, o, 'done', true);
    return vm.lang.call(vm, f, []);
  },
  'time.Sleep': (vm, [d]) => vm.park({ for: 'time', until: vm.sys.now + Math.max(0, Math.round(num(d) / 1000)) }),
  'time.After': (vm, [d]) => {
    const chan = vm.make({ k: 'chan', a: [], n: 1, s: 'time.Time' });
    const at = vm.sys.now + Math.round(num(d) / 1000);
    vm.timers.push({ id: vm.next++, at, fn: chan, args: [vm.make({ k: 'st', s: 'time.Time', p: { us: at } })] });
    return chan;
  },
  'os/signal': () => null,
  'signal.Notify': (vm, [chan = null, list]) => {
    const names: { readonly [n: number]: 'SIGINT' | 'SIGTERM' | 'SIGHUP' } = {
      1: 'SIGHUP',
      2: 'SIGINT',
      15: 'SIGTERM',
    };
    const arr = vm.obj(vm.obj(list ?? null)?.v ?? null)?.a ?? [{ t: 'u' }, { t: 'u' }];
    for (const one of arr) {
      const n = names[num(vm.obj(one)?.v ?? 15)];
      if (n === undefined) continue;
      vm.signals[n] = chan;
      vm.sys.onSignal(n, 'catch');
    }
    return null;
  },
  'signal.Stop': () => null,
  '%signal': (vm, [chan = null, name]) => {
    const n = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[str(name)] ?? 15;
    send(vm, chan, box(vm, 'syscall.Signal', n));
    return true;
  },
};
export { parked };
