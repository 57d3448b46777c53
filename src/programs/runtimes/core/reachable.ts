import type { Frame } from './state.ts';
import { type Obj, ref, type Value } from './values.ts';
import type { Vm } from './vm.ts';

/** The numbers of all that a program can still reach. */
export function reachable(vm: Vm): ReadonlySet<number> {
  const live = new Set<number>();
  const todo: number[] = [];
  const seen = (v: unknown): void => {
    if (typeof v !== 'object' || v === null) return;
    if ('t' in v && v.t === 'ref' && 'r' in v && typeof v.r === 'number') {
      if (!live.has(v.r)) {
        live.add(v.r);
        todo.push(v.r);
      }
      return;
    }
    for (const one of Object.values(v)) seen(one);
  };
  const id = (n: number | undefined) => n !== undefined && seen(ref(n));
  for (const f of vm.stack()) {
    seen(f);
    id(f.env);
  }
  for (const task of vm.tasks) {
    seen(task);
    id(task.promise);
    const { wait } = task;
    if (wait?.for === 'promise') id(wait.promise);
    if (wait?.for === 'channel') {
      if ('receive' in wait.what) for (const { chan } of wait.what.receive) id(chan);
      if ('send' in wait.what) id(wait.what.send);
      if ('group' in wait.what) id(wait.what.group);
      if ('lock' in wait.what) id(wait.what.lock);
    }
    for (const f of task.frames) {
      id(f.env);
      for (const h of f.h) id(h.env);
    }
  }
  for (const one of vm.micro) if ('promise' in one) id(one.promise);
  for (const one of [vm.micro, vm.timers, vm.listeners, vm.connections, vm.globals, vm.signals]) seen(one);
  for (const one of Object.values(vm.modules)) id(one);
  for (let n = todo.pop(); n !== undefined; n = todo.pop()) {
    const o = vm.heap[n];
    if (!o) continue;
    id(o.up);
    seen(o);
    if (o.k === 'gen' && Array.isArray(o.x)) for (const f of o.x as unknown as Frame[]) id(f.env);
  }
  return live;
}

/** Characters and values in a heap. */
export function weight(heap: { readonly [id: number]: Obj }): number {
  let sum = 0;
  const one = (v: Value | undefined): void => {
    sum += 2;
    if (typeof v === 'string') sum += v.length;
    else if (v !== undefined && v !== null && typeof v === 'object' && 'v' in v && typeof v.v === 'string')
      sum += v.v.length;
  };
  for (const o of Object.values(heap)) {
    sum += 8;
    for (const v of o.a ?? []) one(v);
    for (const name in o.p) one(o.p[name]);
    for (const name in o.e) one(o.e[name]?.[1]);
    one(o.v);
  }
  return sum;
}
