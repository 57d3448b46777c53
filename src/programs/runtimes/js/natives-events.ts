import type { Natives } from '../core/lang.ts';
import { builtin, present, undef, type Value } from '../core/values.ts';
import type { Thrown, Vm } from '../core/vm.ts';
import { className, inspect, isError } from './inspect.ts';
import { array, idOf, makeError, plain, stackOf, stackText } from './objects.ts';
import { thrownAt } from './places.ts';
import { makePromise, resolvePromise } from './promises.ts';
import { text } from './semantics.ts';

/**
 * An 'error' event for which nobody listens: it is thrown, and what is printed says where it was emitted. `from`: node's own
 * lines, where it was not the program that emitted it.
 */
function unhandled(vm: Vm, emitter: Value, reason: Value, from?: string): Thrown {
  const o = vm.obj(reason);
  if (!o || !isError(vm, o)) {
    const kind = 'Error [ERR_UNHANDLED_ERROR]';
    const more = { code: 'ERR_UNHANDLED_ERROR', context: reason };
    return thrownAt(makeError(vm, kind, `Unhandled error. (${inspect(vm, reason)})`, more), 'node:events', 502, 6);
  }
  const its = String(stackOf(vm, reason) ?? '').split('\n');
  const lines = (from ?? stackText(vm)).split('\n');
  // the lines that both have at their ends are said once
  let same = 0;
  while (same < lines.length && lines[lines.length - 1 - same] === its[its.length - 1 - same]) same++;
  const first = lines.length - same;
  if (same > 3) lines.splice(first + 1, same - 2, '    [... lines matching original stack trace ...]');
  const made = vm.obj(emitter);
  const name = made ? className(vm, made) : undefined;
  const on = name === undefined || name === 'EventEmitter' ? '' : ` on ${name} instance`;
  const own = vm.own(reason);
  own.p = { ...own.p, '%emitted': `\nEmitted 'error' event${on} at:\n${lines.join('\n')}` };
  return thrownAt(reason, 'node:events', 502, 6);
}

/** EventEmitter. */
export const emitter: Natives = {
  'make EventEmitter': (vm) => plain(vm),
  'init EventEmitter': () => undef,
  'EventEmitter#on': (vm, [event = '', fn = undef], self) => {
    const key = `%on:${text(vm, event)}`;
    const o = vm.own(self);
    const known = o.p?.[key];
    if (known === undefined) o.p = { ...o.p, [key]: array(vm, [fn]) };
    else vm.own(known).a?.push(fn);
    return self;
  },
  'EventEmitter#addListener': (vm, args, self) => vm.native('EventEmitter#on')(vm, args, self, {}),
  'EventEmitter#once': (vm, [event = '', fn = undef], self) =>
    vm.native('EventEmitter#on')(vm, [event, vm.make({ k: 'bound', v: fn, a: [undef], s: 'once', n: 1 })], self, {}),
  'EventEmitter#off': (vm, [event = '', fn = undef], self) => {
    const known = vm.obj(self)?.p?.[`%on:${text(vm, event)}`];
    if (known !== undefined)
      vm.own(known).a = (vm.obj(known)?.a ?? []).filter((one) => JSON.stringify(one) !== JSON.stringify(fn));
    return self;
  },
  'EventEmitter#emit': (vm, [event = '', ...args], self) => {
    const known = vm.obj(self)?.p?.[`%on:${text(vm, event)}`];
    const list = known === undefined ? [] : [...(vm.obj(known)?.a ?? [])];
    if (list.length === 0 && event === 'error') throw unhandled(vm, self, present(args[0]));
    for (const fn of list) {
      const o = vm.obj(fn);
      if (o?.k === 'bound' && o.n === 1 && known !== undefined) {
        vm.own(known).a = (vm.obj(known)?.a ?? []).filter((one) => one !== fn);
        vm.call(o.v ?? undef, args, undefined, self);
      } else vm.call(fn, args, undefined, self);
    }
    return list.length > 0;
  },
  'events.once': (vm, [emitter = undef, event = '']) => {
    const promise = makePromise(vm);
    const failed = builtin('%reject', promise);
    const data = array(vm, [promise, emitter, failed]);
    vm.native('EventEmitter#once')(vm, [event, builtin('%event came', data)], emitter, {});
    if (event !== 'error') vm.native('EventEmitter#on')(vm, ['error', failed], emitter, {});
    return promise;
  },
  '%event came': (vm, args, self) => {
    const [promise = undef, emitter = undef, failed = undef] = vm.obj(self)?.a ?? [];
    vm.native('EventEmitter#off')(vm, ['error', failed], emitter, {});
    resolvePromise(vm, idOf(promise), array(vm, [...args]));
    return undef;
  },
  // an event of node's own that comes later: emitted by no function of the program
  '%emit error': (vm, [error = undef, from = ''], self) => {
    if (vm.obj(self)?.p?.['%on:error'] === undefined) throw unhandled(vm, self, error, String(from));
    vm.native('EventEmitter#emit')(vm, ['error', error], self, {});
    return undef;
  },
  'EventEmitter#listenerCount': (vm, [event = ''], self) => {
    const known = vm.obj(self)?.p?.[`%on:${text(vm, event)}`];
    return known === undefined ? 0 : (vm.obj(known)?.a?.length ?? 0);
  },
};
