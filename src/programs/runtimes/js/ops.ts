import type { Act } from '../core/lang.ts';
import { pop, popMany, scopeOf } from '../core/ops.ts';
import { Beyond } from '../core/tree.ts';
import { isTagged, isUndefined, present, ref, undef, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { construct, fields, initialize, initializeNative, prototypeOf } from './calls.ts';
import { asyncNext, closeIterator, reraised, yieldValue } from './generators.ts';
import { inspect } from './inspect.ts';
import { findProperty, idOf, plain, propertyKey, protoOf, throwError } from './objects.ts';
import { getProperty, inherited, truthy } from './semantics.ts';

function home(vm: Vm, env: number): Value {
  for (let at: number | undefined = env; at !== undefined; at = vm.at(at).up) {
    const found = vm.at(at).p?.['%home'];
    if (found !== undefined) return found;
  }
  throw new Beyond("'super' here");
}
/** Constructors without a class here that a class may extend. */
const extendable = new Set('Object Map Set Array WeakMap WeakSet Date RegExp'.split(' '));
const top = (st: readonly Value[]): Value => st[st.length - 1] ?? undef;

function accessor(vm: Vm, target: Value, key: string, kind: 'get' | 'set', fn: Value): void {
  const o = vm.own(target);
  o.p ??= {};
  const old = vm.obj(o.p[key] ?? null);
  const a: Value[] = old?.k === 'accessor' ? [...(old.a ?? [])] : [null, null];
  a[kind === 'get' ? 0 : 1] = fn;
  o.p[key] = vm.make({ k: 'accessor', a });
}

/** The operations that only JavaScript has. */
export const jsOps: { readonly [op: string]: Act | undefined } = {
  dict: (vm, f) => void f.st.push(plain(vm)),
  'entry-accessor': (vm, f, op) => {
    const [key, fn] = popMany(f, 2) as [Value, Value];
    accessor(vm, top(f.st), propertyKey(vm, key), op[1] as 'get' | 'set', fn);
  },
  regexp: (vm, f, op) => void f.st.push(vm.make({ k: 'regexp', s: String(op[1]), x: String(op[2]), n: 0 })),
  'need-object': (vm, f) => {
    const v = top(f.st);
    if (v === null || isUndefined(v))
      throwError(
        vm,
        'TypeError',
        `Cannot destructure '${v === null ? 'null' : 'undefined'}' as it is ${v === null ? 'null' : 'undefined'}.`,
      );
  },
  rest: (vm, f, op) => {
    const taken = op[1] as readonly string[];
    const o = vm.obj(pop(f));
    f.st.push(plain(vm, Object.fromEntries(Object.entries(o?.p ?? {}).filter(([key]) => !taken.includes(key)))));
  },
  new: (vm, f, op) => {
    const args = popMany(f, Number(op[1]));
    const fn = pop(f);
    f.st.push(construct(vm, fn, args, String(op[2] ?? '')));
  },
  'new-spread': (vm, f, op) => {
    const [fn, args] = popMany(f, 3) as [Value, Value];
    f.st.push(construct(vm, fn, vm.obj(args)?.a ?? [], String(op[2] ?? '')));
  },
  'js-class': (vm, f, op) => {
    const parent = pop(f);
    const parentClass = vm.obj(parent);
    const has = parentClass?.k === 'class' || parentClass?.k === 'fn';
    const native = isTagged(parent) && parent.t === 'b' ? parent : undefined;
    if (native && !extendable.has(native.n)) throw new Beyond(`a class that extends ${native.n}`);
    if (!has && !native && !isUndefined(parent))
      throwError(vm, 'TypeError', `Class extends value ${inspect(vm, parent)} is not a constructor or null`);
    const up = has ? idOf(prototypeOf(vm, parent)) : protoOf(vm, 'Object');
    const proto = vm.make({ k: 'object', p: {}, ...(up === undefined ? {} : { up }) });
    const cls = vm.make({
      k: 'class',
      s: String(op[1]),
      v: proto,
      p: native ? { '%base': native } : {},
      a: [],
      ...(has ? { up: idOf(parent) } : {}),
    });
    const own = vm.own(proto);
    own.p = { constructor: cls };
    f.st.push(cls);
  },
  member: (vm, f, op) => {
    const [key, value] = popMany(f, 2) as [Value, Value];
    const cls = top(f.st);
    const name = propertyKey(vm, key);
    const proto = vm.obj(cls)?.v ?? undef;
    const fn = vm.obj(value);
    if (fn?.k === 'fn') vm.own(value).v = cls;
    const target = op[2] === undefined || (op[2] as unknown) === false ? proto : cls;
    if (op[1] === 'field') {
      if (target === cls) {
        const made = vm.call(value, [], undefined, cls);
        const o = vm.own(cls);
        if (name !== '%static') o.p = { ...o.p, [name]: made };
      } else vm.own(cls).a?.push(name, value);
    } else if (op[1] === 'get' || op[1] === 'set') accessor(vm, target, name, op[1], value);
    else if (name === 'constructor' && target === proto) {
      const o = vm.own(cls);
      o.p = { ...o.p, '%constructor': value };
    } else {
      const o = vm.own(target);
      o.p = { ...o.p, [name]: value };
    }
  },
  super: (vm, f, op) => {
    const cls = vm.obj(home(vm, f.env));
    const parent = cls?.up === undefined ? undefined : vm.heap[cls.up];
    const self = scopeOf(vm, f, 'this');
    const fixed = self !== undefined && vm.obj(vm.at(self).p?.this ?? null)?.k === 'class';
    const of = cls?.up === undefined ? undefined : fixed ? parent : vm.obj(prototypeOf(vm, ref(cls.up)));
    const found = of ? findProperty(vm, of, String(op[1])) : undefined;
    const getter = found === undefined ? undefined : vm.obj(found);
    const base = cls?.p?.['%base'] ?? null;
    if (getter?.k === 'accessor')
      f.st.push(
        vm.call(getter.a?.[0] ?? undef, [], undefined, self === undefined ? undef : present(vm.at(self).p?.this)),
      );
    else if (found === undefined && isTagged(base) && self !== undefined)
      f.st.push(inherited(vm, present(vm.at(self).p?.this), String(op[1])));
    else f.st.push(found ?? (parent?.v === undefined ? undef : getProperty(vm, parent.v, String(op[1]))));
  },
  'super-call': (vm, f) => {
    const [args] = popMany(f, 2) as [Value];
    const cls = home(vm, f.env);
    const o = vm.obj(cls);
    const env = scopeOf(vm, f, 'this');
    const self = env === undefined ? undef : present(vm.at(env).p?.this);
    const base = o?.p?.['%base'] ?? null;
    if (o?.up !== undefined) initialize(vm, { t: 'ref', r: o.up }, self, vm.obj(args)?.a ?? []);
    else if (isTagged(base) && base.t === 'b' && base.n !== 'Object')
      initializeNative(vm, base.n, self, vm.obj(args)?.a ?? []);
    if (o) fields(vm, o, self);
    f.st.push(self);
  },
  reraise: (vm, f) => void reraised(vm, f, present(f.exc.pop())),
  yield: (vm, f) => yieldValue(vm, f, pop(f)),
  'async-next': (vm, f) => void f.st.push(asyncNext(vm, top(f.st))),
  'async-done': (vm, f, op) => {
    const result = pop(f);
    if (!vm.obj(result)) throwError(vm, 'TypeError', `Iterator result ${inspect(vm, result)} is not an object`);
    if (truthy(getProperty(vm, result, 'done'))) f.pc = Number(op[1]);
    else f.st.push(getProperty(vm, result, 'value'));
  },
  'iterator-close': (vm, f, op) => void closeIterator(vm, f.st[f.st.length - 1 - Number(op[1] ?? 0)] ?? undef),
  'import-names': (vm, f, op) => {
    const module = pop(f);
    const scope = vm.ownAt(f.env);
    scope.p ??= {};
    const whole = typeof op[1] === 'string' ? op[1] : undefined;
    if (whole !== undefined) scope.p[whole] = module;
    const names = (op[2] ?? []) as readonly string[];
    names.forEach((name, i) => {
      const as = (op[3] as readonly string[])[i] ?? name;
      const o = vm.obj(module);
      const esm = o?.x === 'esm';
      const value = name === 'default' && !esm ? module : getProperty(vm, module, name);
      if (isUndefined(value) && esm && !(o?.p && Object.hasOwn(o.p, name)))
        throwError(vm, 'SyntaxError', `The requested module does not provide an export named '${name}'`);
      if (scope.p) scope.p[as] = value;
    });
  },
  export: (vm, f, op) => {
    const env = scopeOf(vm, f, 'exports');
    const exports = env === undefined ? undefined : vm.at(env).p?.exports;
    const found = scopeOf(vm, f, String(op[1]));
    if (exports === undefined || found === undefined) return;
    const o = vm.own(exports);
    o.p = { ...o.p, [String(op[2])]: present(vm.at(found).p?.[String(op[1])]) };
    o.x = 'esm';
  },
};
