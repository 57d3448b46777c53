import type { Act } from '../core/lang.ts';
import { newScope, ops, pop, popMany, scopeOf, settle } from '../core/ops.ts';
import type { Frame } from '../core/state.ts';
import { Beyond } from '../core/tree.ts';
import { isTagged, type Value } from '../core/values.ts';
import { parked, type Vm } from '../core/vm.ts';
import { attribute, deleteItem, getAttribute } from './attributes.ts';
import { callPy } from './calls.ts';
import { namesOf } from './names-of.ts';
import { nextLine } from './natives-input.ts';
import { exception, hash, isInstance, raise, repr, str, thrownOf, traceLines, typeName } from './values.ts';

function root(vm: Vm, env: number): number {
  let at = env;
  for (let up = vm.at(at).up; up !== undefined; up = vm.at(at).up) at = up;
  return at;
}

/** The operations that only Python has. */
export const pyOps: { readonly [op: string]: Act | undefined } = {
  dict: (vm, f) => void f.st.push(vm.make({ k: 'dict', e: {} })),
  'make-set': (vm, f, op) => {
    const a = popMany(f, Number(op[1]));
    f.st.push(vm.make({ k: 'setof', e: Object.fromEntries(a.map((v) => [hash(vm, v), [v, null] as const])) }));
  },
  // a name that is assigned belongs to the function (declared when it was called), to an outer one, or to the module
  store: (vm, f, op) => {
    const name = String(op[1]);
    const scope = vm.ownAt(scopeOf(vm, f, name) ?? root(vm, f.env));
    scope.p ??= {};
    scope.p[name] = pop(f);
  },
  'merge-keywords': (vm, f) => {
    const from = vm.obj(pop(f));
    const o = vm.own(f.st[f.st.length - 1] ?? null);
    o.p = { ...o.p, ...Object.fromEntries(Object.values(from?.e ?? {}).map(([k, v]) => [String(k), v])) };
  },
  'class-scope': (_vm, f) => void f.st.push({ t: 'ref', r: f.env }),
  class: (vm, f, op) => {
    const [bases] = popMany(f, 2) as [Value];
    const a = (vm.obj(bases)?.a ?? []).filter((v) => !(isTagged(v) && v.t === 'b' && v.n === 'object'));
    for (const base of a)
      if (vm.obj(base)?.k !== 'class') throw new Beyond(`a class that inherits from ${repr(vm, base)}`);
    const code = Number(op[1]);
    const def = vm.unit(f.m).codes[code]?.def;
    const names = namesOf(def?.body ?? [], false);
    const env = newScope(vm, Object.fromEntries(names.map((name) => [name, { t: 'hole' } as Value])), f.env);
    vm.ownAt(env).k = 'classscope';
    const frame: Frame = { m: f.m, c: code, pc: 0, st: [], env, h: [], exc: [], kind: 'call', name: String(op[2]) };
    const base = vm.frames.length;
    vm.frames.push(frame);
    vm.run(vm.frames, base, 'call');
    f.st.pop();
    const p = Object.fromEntries(
      Object.entries(vm.at(env).p ?? {}).filter(([, v]) => !(isTagged(v) && v.t === 'hole')),
    );
    const native = a.map((v) => vm.obj(v)?.x).find((x) => typeof x === 'string');
    const cls = vm.make({ k: 'class', s: String(op[2]), p, a, ...(native === undefined ? {} : { x: native }) });
    for (const v of Object.values(p)) {
      const o = vm.obj(v);
      if (o?.k === 'fn') vm.own(v).v = cls;
      else if (o?.k === 'wrapped')
        for (const fn of [o.v, o.p?.setter]) if (fn && vm.obj(fn)?.k === 'fn') vm.own(fn).v = cls;
    }
    f.st.push(cls);
    for (const [name, v] of Object.entries(p)) {
      const told = vm.obj(v)?.k === 'inst' ? attribute(vm, v, '__set_name__') : undefined;
      if (told !== undefined) vm.call(told, [cls, name]);
    }
    for (const base of a) {
      const told = attribute(vm, base, '__init_subclass__');
      if (told === undefined) continue;
      vm.call(told, [cls]);
      break;
    }
  },
  next: (vm, f, op) => {
    if (vm.obj(f.st.at(-1) ?? null)?.k === 'stdin') return nextLine(vm, f, op);
    return ops.next?.(vm, f, op);
  },
  yield: (vm, f) => {
    const value = pop(f);
    if (!vm.task || vm.task.id !== -1) throw new Beyond('yield here');
    vm.task.wait = { for: 'ever' };
    vm.task.resume = { value };
    return parked;
  },
  // a traceback begins with the function that caught the exception
  handling: (vm, f) => {
    const v = pop(f);
    f.exc.push(v);
    const lines = vm.obj(v)?.x;
    if (Array.isArray(lines)) vm.own(v).x = lines.slice(vm.stack().indexOf(f));
  },
  matches: (vm, f) => {
    const types = pop(f);
    f.st.push(isInstance(vm, f.exc[f.exc.length - 1] ?? null, types));
  },
  reraise: (vm, f) => {
    const v = f.exc.pop();
    if (v === undefined) raise(vm, 'RuntimeError', 'No active exception to reraise');
    const lines = vm.obj(v ?? null)?.x;
    const outer = traceLines(vm).slice(0, -1);
    if (Array.isArray(lines)) vm.own(v ?? null).x = [...outer, ...lines] as never;
    throw thrownOf(vm, v ?? null);
  },
  assert: (vm, f) => {
    const message = pop(f);
    throw thrownOf(vm, exception(vm, 'AssertionError', ...(message === null ? [] : [message])));
  },
  'with-enter': (vm, f) => {
    const manager = pop(f);
    const enter = attribute(vm, manager, '__enter__');
    if (enter === undefined && vm.obj(manager)?.k !== 'file')
      raise(vm, 'TypeError', `'${typeName(vm, manager)}' object does not support the context manager protocol`);
    f.st.push(manager);
    // called as by the program itself: entering a lock may wait
    return settle(vm, f, vm.frames.length, enter === undefined ? manager : callPy(vm, enter, []));
  },
  'with-fail': (vm, f, op) => {
    const error = pop(f);
    const env = scopeOf(vm, f, String(op[1]));
    const manager = env === undefined ? null : (vm.at(env).p?.[String(op[1])] ?? null);
    const exit = attribute(vm, manager, '__exit__');
    const o = vm.obj(error);
    f.st.push(
      exit === undefined ? false : vm.lang.truthy(vm, vm.call(exit, [{ t: 'ref', r: o?.up ?? 0 }, error, null])),
    );
  },
  'delete-name': (vm, f, op) => {
    const env = scopeOf(vm, f, String(op[1]));
    if (env === undefined) raise(vm, 'NameError', `name '${String(op[1])}' is not defined`);
    else delete vm.ownAt(env).p?.[String(op[1])];
  },
  'delete-attribute': (vm, f, op) => {
    const o = vm.own(pop(f));
    if (o.p) delete o.p[String(op[1])];
  },
  'delete-item': (vm, f) => {
    const [o, key] = popMany(f, 2) as [Value, Value];
    deleteItem(vm, o, key);
  },
  'import-names': (vm, f, op) => {
    const module = pop(f);
    const scope = vm.ownAt(scopeOf(vm, f, String(op[1] ?? '')) ?? f.env);
    scope.p ??= {};
    const as = typeof op[1] === 'string' ? op[1] : undefined;
    if (as !== undefined) {
      const dotted = as.startsWith('.') ? as.slice(1) : as;
      const [first = ''] = dotted.split('.');
      scope.p[as.startsWith('.') ? first : as] =
        as.startsWith('.') && dotted.includes('.')
          ? (vm.native('%package')(vm, [first, dotted], module, {}) as Value)
          : module;
    }
    const names = (op[2] ?? []) as readonly string[];
    names.forEach((name, i) => {
      if (name === '*') {
        for (const [key, v] of Object.entries(vm.obj(module)?.p ?? {}))
          if (!key.startsWith('_') && scope.p) scope.p[key] = v;
        return;
      }
      const v = attribute(vm, module, name);
      const from = vm.obj(module)?.s ?? (isTagged(module) && module.t === 'b' ? module.n : '');
      if (v === undefined) {
        if (isTagged(module) && module.t === 'b') throw new Beyond(`'${name}' of the module '${from}'`);
        raise(
          vm,
          'ImportError',
          `cannot import name '${name}' from '${from}' (${vm.obj(module)?.p?.__file__ ?? 'unknown location'})`,
        );
      }
      if (scope.p) scope.p[(op[3] as readonly string[])[i] ?? name] = v ?? null;
    });
  },
};
export { getAttribute, str };
