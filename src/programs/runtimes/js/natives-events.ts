import type { Natives } from '../core/lang.ts';
import { present, undef } from '../core/values.ts';
import { Thrown } from '../core/vm.ts';
import { array, plain } from './objects.ts';
import { text } from './semantics.ts';

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
    if (list.length === 0 && event === 'error') throw new Thrown(present(args[0]));
    for (const fn of list) {
      const o = vm.obj(fn);
      if (o?.k === 'bound' && o.n === 1 && known !== undefined) {
        vm.own(known).a = (vm.obj(known)?.a ?? []).filter((one) => one !== fn);
        vm.call(o.v ?? undef, args, undefined, self);
      } else vm.call(fn, args, undefined, self);
    }
    return list.length > 0;
  },
  'EventEmitter#listenerCount': (vm, [event = ''], self) => {
    const known = vm.obj(self)?.p?.[`%on:${text(vm, event)}`];
    return known === undefined ? 0 : (vm.obj(known)?.a?.length ?? 0);
  },
};
