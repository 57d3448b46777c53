import type { Op } from './code.ts';
import type { Act } from './lang.ts';
import type { Frame } from './state.ts';
import { hole, isTagged, isUndefined, ref, undef, type Value } from './values.ts';
import { parked, type Vm } from './vm.ts';

export function pop(f: Frame): Value {
  const v = f.st.pop();
  if (v === undefined) throw new Error('the stack is empty');
  return v;
}
export function popMany(f: Frame, count: number): Value[] {
  return count === 0 ? [] : f.st.splice(-count, count);
}
function peek(f: Frame): Value {
  const v = f.st[f.st.length - 1];
  if (v === undefined) throw new Error('the stack is empty');
  return v;
}

/** The scope that has the name, from the frame's outwards. */
export function scopeOf(vm: Vm, f: Frame, name: string): number | undefined {
  for (let env: number | undefined = f.env; env !== undefined; ) {
    const scope = vm.at(env);
    // functions do not see the names of the class that they are in
    const hidden = scope.k === 'classscope' && env !== f.env;
    if (!hidden && scope.p && Object.hasOwn(scope.p, name)) return env;
    env = scope.up;
  }
  return undefined;
}

function load(vm: Vm, f: Frame, name: string): Value | undefined {
  const env = scopeOf(vm, f, name);
  if (env === undefined) return vm.lang.global(vm, name);
  const v = vm.at(env).p?.[name];
  if (v !== undefined && isTagged(v) && v.t === 'hole')
    return vm.lang.natives['%unbound']?.(vm, [name], null, {}) as Value;
  return v;
}

/** Pushes a call's result; a frame that was pushed instead will do so itself. */
export function settle(vm: Vm, f: Frame, depth: number, value: Value | typeof parked): typeof parked | undefined {
  if (value === parked) return parked;
  if (typeof value === 'string') vm.grow(value.length);
  if (vm.frames.length === depth) f.st.push(value);
  return undefined;
}

function invoke(
  vm: Vm,
  f: Frame,
  fn: Value,
  args: readonly Value[],
  op: Op,
  self?: Value,
  keywords?: { [n: string]: Value },
) {
  if (isUndefined(fn) || fn === null || typeof fn !== 'object') vm.lang.notAFunction(vm, fn, String(op[2] ?? ''));
  const depth = vm.frames.length;
  if (depth > (vm.lang.deepest ?? 990)) vm.lang.tooDeep(vm);
  return settle(vm, f, depth, vm.lang.call(vm, fn, args, keywords, self));
}

const s = (v: unknown): string => v as string;
const n = (v: unknown): number => v as number;

/** The operations that all three languages share. */
export const ops: { readonly [op: string]: Act | undefined } = {
  const: (_vm, f, op) => void f.st.push(op[1] as Value),
  none: (_vm, f) => void f.st.push(null),
  undef: (_vm, f) => void f.st.push(undef),
  pop: (_vm, f) => void f.st.pop(),
  dup: (_vm, f) => void f.st.push(peek(f)),
  'dup-two': (_vm, f) => void f.st.push(...f.st.slice(-2)),
  swap: (_vm, f) => {
    const [a, b] = popMany(f, 2) as [Value, Value];
    f.st.push(b, a);
  },
  'rot-two': (_vm, f) => {
    const [a, b] = popMany(f, 2) as [Value, Value];
    f.st.push(b, a, b);
  },
  'rot-three': (_vm, f) => {
    const [a, b, c] = popMany(f, 3) as [Value, Value, Value];
    f.st.push(b, c, a);
  },
  nip: (_vm, f) => {
    const [, b] = popMany(f, 2) as [Value, Value];
    f.st.push(b);
  },
  load: (vm, f, op) => {
    const v = load(vm, f, s(op[1]));
    f.st.push(v === undefined ? vm.lang.unknownName(vm, s(op[1])) : v);
  },
  'load-quiet': (vm, f, op) => void f.st.push(load(vm, f, s(op[1])) ?? undef),
  store: (vm, f, op) => {
    const name = s(op[1]);
    let env = scopeOf(vm, f, name);
    if (env === undefined) for (env = f.env; vm.at(env).up !== undefined; ) env = vm.at(env).up as number;
    const { x, p } = vm.at(env);
    if (Array.isArray(x) && x.includes(name)) vm.native('%constant')(vm, [name], null, {});
    if (p && isTagged(p[name] ?? null) && (p[name] as { t: string }).t === 'hole' && vm.lang.natives['%early'])
      vm.native('%early')(vm, [name], null, {});
    const scope = vm.ownAt(env);
    scope.p ??= {};
    scope.p[name] = pop(f);
  },
  init: (vm, f, op) => {
    const scope = vm.ownAt(f.env);
    scope.p ??= {};
    scope.p[s(op[1])] = pop(f);
  },
  'init-const': (vm, f, op) => {
    const scope = vm.ownAt(f.env);
    scope.p ??= {};
    scope.p[s(op[1])] = pop(f);
    scope.x = [...(Array.isArray(scope.x) ? scope.x : []), s(op[1])];
  },
  declare: (vm, f, op) => {
    const scope = vm.ownAt(f.env);
    scope.p ??= {};
    for (const name of op[1] as readonly string[]) scope.p[name] = hole;
  },
  'declare-var': (vm, f, op) => {
    const scope = vm.ownAt(f.env);
    scope.p ??= {};
    for (const name of op[1] as readonly string[]) scope.p[name] ??= undef;
  },
  enter: (vm, f) => {
    const scope = vm.make({ k: 'scope', p: {}, up: f.env });
    f.env = isTagged(scope) && scope.t === 'ref' ? scope.r : f.env;
  },
  leave: (vm, f) => {
    f.env = vm.at(f.env).up ?? f.env;
  },
  'copy-scope': (vm, f) => {
    const { p = {}, up, x } = vm.at(f.env);
    const scope = vm.make({
      k: 'scope',
      p: { ...p },
      ...(up === undefined ? {} : { up }),
      ...(x === undefined ? {} : { x }),
    });
    f.env = isTagged(scope) && scope.t === 'ref' ? scope.r : f.env;
  },
  jump: (_vm, f, op) => {
    f.pc = n(op[1]);
  },
  'jump-false': (vm, f, op) => {
    if (!vm.lang.truthy(vm, pop(f))) f.pc = n(op[1]);
  },
  'jump-true': (vm, f, op) => {
    if (vm.lang.truthy(vm, pop(f))) f.pc = n(op[1]);
  },
  'jump-false-keep': (vm, f, op) => {
    if (vm.lang.truthy(vm, peek(f))) f.st.pop();
    else f.pc = n(op[1]);
  },
  'jump-true-keep': (vm, f, op) => {
    if (vm.lang.truthy(vm, peek(f))) f.pc = n(op[1]);
    else f.st.pop();
  },
  'jump-value-keep': (_vm, f, op) => {
    const v = peek(f);
    if (v === null || isUndefined(v)) f.st.pop();
    else f.pc = n(op[1]);
  },
  'jump-defined': (_vm, f, op) => {
    if (!isUndefined(peek(f))) f.pc = n(op[1]);
  },
  optional: (_vm, f, op) => {
    const v = peek(f);
    if (v !== null && !isUndefined(v)) return;
    f.st.pop();
    if (op[3] === true) f.st.pop();
    f.st.push(undef);
    f.pc = n(op[1]);
  },
  binary: (vm, f, op) => {
    const [a, b] = popMany(f, 2) as [Value, Value];
    const v = vm.lang.binary(vm, s(op[1]), a, b);
    if (typeof v === 'string') vm.grow(v.length);
    f.st.push(v);
  },
  unary: (vm, f, op) => void f.st.push(vm.lang.unary(vm, s(op[1]), pop(f))),
  get: (vm, f, op) => void f.st.push(vm.lang.get(vm, pop(f), s(op[1]))),
  set: (vm, f, op) => {
    const [o, v] = popMany(f, 2) as [Value, Value];
    vm.lang.set(vm, o, s(op[1]), v);
    f.st.push(v);
  },
  index: (vm, f) => {
    const [o, key] = popMany(f, 2) as [Value, Value];
    f.st.push(vm.lang.index(vm, o, key));
  },
  'set-index': (vm, f) => {
    const [o, key, v] = popMany(f, 3) as [Value, Value, Value];
    vm.lang.setIndex(vm, o, key, v);
    f.st.push(v);
  },
  slice: (vm, f, op) => void f.st.push(vm.make({ k: 'slice', a: popMany(f, n(op[1])) })),
  list: (vm, f, op) => void f.st.push(vm.make({ k: 'list', a: popMany(f, n(op[1])) })),
  tuple: (vm, f, op) => void f.st.push(vm.make({ k: 'tuple', a: popMany(f, n(op[1])) })),
  append: (vm, f) => {
    const v = pop(f);
    vm.own(peek(f)).a?.push(v);
  },
  extend: (vm, f) => {
    const iterator = vm.lang.iterate(vm, pop(f), 'of');
    const list = peek(f);
    for (let v = vm.lang.next(vm, iterator); v !== undefined; v = vm.lang.next(vm, iterator)) vm.own(list).a?.push(v);
  },
  collect: (vm, f, op) => void f.st.push(vm.lang.collect(vm, s(op[1]), pop(f))),
  entry: (vm, f, op) => {
    const [key, v] = popMany(f, 2) as [Value, Value];
    const accessor = vm.lang.ops['entry-accessor'];
    if (op[2] === undefined && (op[1] === 'get' || op[1] === 'set') && accessor) {
      f.st.push(key, v);
      accessor(vm, f, op);
    } else vm.lang.put(vm, peek(f), key, v);
  },
  merge: (vm, f) => {
    const other = pop(f);
    vm.lang.merge(vm, peek(f), other);
  },
  join: (vm, f, op) =>
    void f.st.push(
      popMany(f, n(op[1]))
        .map((v) => (typeof v === 'string' ? v : vm.lang.text(vm, v)))
        .join(''),
    ),
  format: (vm, f, op) => {
    const [v, spec] = popMany(f, 2) as [Value, Value];
    f.st.push(vm.lang.format(vm, v, String(spec), s(op[1])));
  },
  unpack: (vm, f, op) => void f.st.push(...vm.lang.unpack(vm, pop(f), n(op[1]), n(op[2])).toReversed()),
  iterate: (vm, f, op) => void f.st.push(vm.lang.iterate(vm, pop(f), s(op[1]))),
  next: (vm, f, op) => {
    const v = vm.lang.next(vm, peek(f));
    if (v === undefined) f.pc = n(op[1]);
    else f.st.push(v);
  },
  // iterator, sent value → iterator, next value; at its end only what it returned
  delegate: (vm, f, op) => {
    const sent = pop(f);
    const v = vm.lang.next(vm, peek(f), sent);
    if (v !== undefined) f.st.push(v);
    else {
      const inner = vm.obj(pop(f));
      f.st.push((inner?.k === 'gen' ? inner.v : undefined) ?? (vm.start.lang === 'js' ? undef : null));
      f.pc = n(op[1]);
    }
  },
  call: (vm, f, op) => {
    const args = popMany(f, n(op[1]));
    return invoke(vm, f, pop(f), args, op);
  },
  'call-method': (vm, f, op) => {
    const args = popMany(f, n(op[1]));
    const fn = pop(f);
    return invoke(vm, f, fn, args, op, pop(f));
  },
  keywords: (vm, f) => void f.st.push(vm.make({ k: 'keywords', p: {} })),
  keyword: (vm, f, op) => {
    const v = pop(f);
    const o = vm.own(peek(f));
    o.p = { ...o.p, [s(op[1])]: v };
  },
  'call-spread': (vm, f, op) => {
    const [fn, args, keywords] = popMany(f, 3) as [Value, Value, Value];
    return invoke(vm, f, fn, vm.obj(args)?.a ?? [], op, undefined, vm.obj(keywords)?.p);
  },
  'call-method-spread': (vm, f, op) => {
    const [self, fn, args, keywords] = popMany(f, 4) as [Value, Value, Value, Value];
    return invoke(vm, f, fn, vm.obj(args)?.a ?? [], op, self, vm.obj(keywords)?.p);
  },
  function: (vm, f, op) => {
    const code = n(op[1]);
    const def = vm.unit(f.m).codes[code]?.def;
    const a = popMany(f, n(op[2]));
    f.st.push(vm.make({ k: 'fn', s: def?.name ?? '', up: f.env, x: { m: f.m, c: code }, a, p: {} }));
  },
  return: (vm, f) => {
    const v = pop(f);
    vm.frames.pop();
    vm.result = f.kind === 'new' && !vm.obj(v) ? (f.self ?? v) : f.kind === 'module' ? (f.self ?? v) : v;
    vm.frames[vm.frames.length - 1]?.st.push(vm.result);
    return undefined;
  },
  throw: (vm, f, op) => {
    const from = op[1] === 'from' ? pop(f) : undefined;
    throw vm.lang.throwing(vm, pop(f), from);
  },
  try: (_vm, f, op) => void f.h.push({ pc: n(op[1]), depth: f.st.length, env: f.env, exc: f.exc.length }),
  untry: (_vm, f) => void f.h.pop(),
  handling: (_vm, f) => void f.exc.push(pop(f)),
  handled: (_vm, f) => void f.exc.pop(),
  exception: (_vm, f) => void f.st.push(f.exc[f.exc.length - 1] ?? null),
  await: (vm, f) => {
    const depth = vm.frames.length;
    return settle(vm, f, depth, vm.lang.await(vm, pop(f)));
  },
  import: (vm, f, op) => {
    const depth = vm.frames.length;
    return settle(vm, f, depth, vm.lang.importModule(vm, s(op[1]), n(op[2])));
  },
};

/** A scope of its own below `up`. */
export function newScope(vm: Vm, p: { [name: string]: Value }, up: number | undefined): number {
  const scope = vm.make({ k: 'scope', p, ...(up === undefined ? {} : { up }) });
  return isTagged(scope) && scope.t === 'ref' ? scope.r : 0;
}

export { ref };
