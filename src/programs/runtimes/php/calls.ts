import type { Keywords } from '../core/lang.ts';
import { newScope } from '../core/ops.ts';
import type { Frame } from '../core/state.ts';
import { Beyond } from '../core/tree.ts';
import { float, isFloat, isTagged, numeric, type Value } from '../core/values.ts';
import { type parked, Thrown, type Vm } from '../core/vm.ts';
import type { TypeName } from './ast.ts';
import { bound, classNamed, findMethod, idOf, isInstance, methodOf, needClass } from './classes.ts';
import type { FuncInfo, PhpCode, PhpUnit } from './compile.ts';
import { exception, place, raise, signature } from './errors.ts';
import { phpHas } from './functions.ts';
import {
  array,
  deref,
  element,
  isNumericText,
  parseNumber,
  share,
  text,
  toInt,
  truthy,
  typeName,
  typeWord,
  values,
} from './values.ts';

/** What a function value is about: its code, its class, what it sees as `$this`. */
interface Made {
  readonly m: string;
  readonly c: number;
  readonly own?: string;
}
export function infoOfFn(vm: Vm, fn: Value): FuncInfo | undefined {
  const x = vm.obj(fn)?.x as unknown as Made | undefined;
  return x && typeof x === 'object' && 'm' in x ? (vm.unit(x.m).codes[x.c] as PhpCode).info : undefined;
}

/** Calls a function: a built-in one at once, others by a frame of their own. */
export function call(vm: Vm, fn: Value, args: readonly Value[], keywords: Keywords = {}): Value | typeof parked {
  if (isTagged(fn) && fn.t === 'b') return callNative(vm, fn, args, keywords);
  const o = vm.obj(fn);
  if (o?.k !== 'fn') return call(vm, callable(vm, fn), args, keywords);
  return callUser(vm, fn, args, keywords);
}

function callNative(
  vm: Vm,
  fn: { readonly n: string; readonly self?: Value },
  args: readonly Value[],
  keywords: Keywords,
): Value | typeof parked {
  const native = vm.native(fn.n);
  const depth = vm.stack().length;
  const name = fn.n.includes('::') ? fn.n.replace('::', '->') : fn.n;
  const before = vm.globals['%native'] ?? '';
  const mark = `${depth} ${signature(
    vm,
    name,
    args.map((v) => deref(vm, v)),
  )}`;
  if (Object.keys(keywords).length > 0 && !fn.n.includes('::')) throw new Beyond(`named arguments of ${fn.n}`);
  try {
    vm.globals['%native'] = mark;
    const least = vm.lang.natives[`least ${fn.n}`];
    if (least) least(vm, args, null, {});
    return native(vm, args, fn.self ?? null, keywords);
  } catch (error) {
    const o = error instanceof Thrown ? vm.obj(error.value) : undefined;
    if (error instanceof Thrown && o?.s === String(depth) && !fn.n.startsWith('%')) {
      const at = place(vm);
      const own = vm.own(error.value);
      own.a = [`${at.file}(${at.line}): ${mark.slice(mark.indexOf(' ') + 1)}`, ...((own.a ?? []) as string[])];
      delete own.s;
    }
    throw error;
  } finally {
    vm.globals['%native'] = before;
  }
}

function callUser(vm: Vm, fn: Value, given: readonly Value[], keywords: Keywords): null {
  const o = vm.obj(fn);
  const { m, c } = (o?.x ?? { m: '', c: 0 }) as unknown as Made;
  const info = infoOfFn(vm, fn);
  const params = info?.params ?? [];
  const self = o?.p?.['%self'] ?? null;
  const p: { [name: string]: Value } = {};
  for (const [name, v] of Object.entries(o?.p ?? {})) if (!name.startsWith('%')) p[name] = share(vm, v);
  const statics = o?.p?.['%static'] ?? null;
  if (statics !== null) p['%static'] = statics;
  const name = o?.s === '' ? '{closure}' : (o?.s ?? '');
  const args = [...given];
  for (const [key, v] of Object.entries(keywords)) {
    const i = params.findIndex((one) => one.name === key);
    if (i < 0) raise(vm, 'Error', `Unknown named parameter $${key}`);
    args[i] = v;
  }
  let have = args.length;
  const wanted = params.filter((one) => !one.initial && !one.rest).length;
  const last = params.reduce((n, one, i) => (!one.initial && !one.rest ? i + 1 : n), 0);
  params.forEach((param, i) => {
    if (param.rest) {
      p[param.name] = array(
        vm,
        args.slice(i).map((v, k) => [k, deref(vm, v)] as const),
      );
      return;
    }
    const arg = args[i];
    if (arg === undefined) return;
    if (param.byRef) p[param.name] = vm.obj(arg)?.k === 'cell' ? arg : vm.make({ k: 'cell', v: share(vm, arg) });
    else p[param.name] = share(vm, deref(vm, arg));
  });
  have = args.filter((v) => v !== undefined).length;
  p['%args'] = vm.make({
    k: 'args',
    a: args.map((v) => (v === undefined ? null : share(vm, deref(vm, v)))),
    x: params.map((_, i) => args[i] !== undefined),
  });
  const frame: Frame = {
    m,
    c,
    pc: 0,
    st: [],
    env: newScope(vm, p, undefined),
    h: [],
    exc: [],
    kind: 'call',
    self,
    name,
  };
  const caller = place(vm);
  const native = String(vm.globals['%native'] ?? '');
  const depth = vm.stack().length;
  if (native.startsWith(`${depth} `)) frame.panic = native.slice(native.indexOf(' ') + 1);
  vm.frames.push(frame);
  const missing = params.findIndex((one, i) => args[i] === undefined && !one.initial && !one.rest);
  if (missing >= 0) {
    const exact = params.some((one) => one.initial || one.rest) ? 'at least' : 'exactly';
    const where = frame.panic === undefined ? ` in ${caller.file} on line ${caller.line}` : '';
    const told = `Too few arguments to function ${name.replace('->', '::')}(), ${have} passed${where} and ${exact} ${Math.max(wanted, last)} expected`;
    refuse(vm, 'ArgumentCountError', told, info?.line ?? 1);
  }
  // what PHP itself calls (callbacks) is not strict
  const strict = frame.panic === undefined && isStrict(vm, caller.file);
  params.forEach((param, i) => {
    if (!param.type || args[i] === undefined) return;
    const all = param.rest ? args.slice(i) : [args[i]];
    all.forEach((arg, k) => {
      const v = deref(vm, arg ?? null);
      const fits = param.type
        ? coerce(vm, v, param.type, strict, param.initial?.k === 'const' && param.initial.v === null)
        : v;
      if (fits === undefined) {
        const where = frame.panic === undefined ? `, called in ${caller.file} on line ${caller.line}` : '';
        const told = `${name.replace('->', '::')}(): Argument #${i + 1 + k} ($${param.name}) must be of type ${param.type?.shown}, ${typeNameOf(vm, v)} given${where}`;
        refuse(vm, 'TypeError', told, info?.line ?? 1, frame.panic === undefined);
      } else if (!param.rest && fits !== v) {
        if (param.byRef) vm.own(p[param.name] ?? null).v = fits;
        else vm.ownAt(frame.env).p = { ...vm.at(frame.env).p, [param.name]: fits };
      }
    });
  });
  return null;
}
const typeNameOf = (vm: Vm, v: Value): string => typeWord(vm, v);

/** Throws for a call that does not fit: the exception's place is the function's own. */
function refuse(vm: Vm, cls: string, told: string, line: number, defined = false): never {
  const file = vm.frames[vm.frames.length - 1]?.m ?? '';
  const made = exception(vm, cls, told);
  const o = vm.own(made);
  o.p = { ...o.p, file, line };
  delete o.s;
  if (defined) o.v = ' and defined';
  vm.frames.pop();
  throw new Thrown(made);
}

/** Has a file declared strict types? */
export function isStrict(vm: Vm, file: string): boolean {
  return vm.sources[file] !== undefined && (vm.unit(file) as PhpUnit).strict;
}

/** The value as a type wants it (numbers in texts become numbers, …); undefined when it does not fit. */
export function coerce(vm: Vm, v: Value, type: TypeName, strict: boolean, alsoNull = false): Value | undefined {
  if (v === null) return type.nullable || alsoNull ? v : undefined;
  const { names } = type;
  const kind = typeWord(vm, v);
  for (const name of names) {
    if (name === 'mixed' || name === kind) return v;
    if ((name === 'true' && v === true) || (name === 'false' && v === false)) return v;
    if (name === 'object' && (vm.obj(v)?.k === 'inst' || vm.obj(v)?.k === 'fn')) return v;
    if (name === 'iterable' && (kind === 'array' || isInstance(vm, v, 'Traversable'))) return v;
    if (name === 'callable' && tryCallable(vm, v) !== undefined) return v;
    if ((name === 'self' || name === 'static') && vm.obj(v)?.k === 'inst') return v;
    if (vm.obj(v)?.k === 'inst' || vm.obj(v)?.k === 'fn') {
      if (isInstance(vm, v, name)) return v;
    }
  }
  if (names.includes('float') && kind === 'int') return float(numeric(v) ?? 0);
  if (vm.obj(v) || strict) {
    if (names.includes('string') && vm.obj(v)?.k === 'inst' && methodOf(vm, v, '__toString')) return text(vm, v);
    return undefined;
  }
  if (typeof v === 'string') {
    if (isNumericText(v)) {
      const n = parseNumber(v)?.v ?? 0;
      if (names.includes('int') && !isFloat(n)) return n;
      if (names.includes('float')) return float(numeric(n) ?? 0);
      if (names.includes('int') && Number.isInteger(numeric(n))) return toInt(vm, n);
    }
    return names.includes('bool') ? truthy(vm, v) : undefined;
  }
  if (names.includes('int') && (typeof v === 'boolean' || (isFloat(v) && Number.isInteger(numeric(v)))))
    return toInt(vm, v);
  if (names.includes('float') && typeof v === 'boolean') return float(v ? 1 : 0);
  if (names.includes('string')) return text(vm, v);
  return names.includes('bool') ? truthy(vm, v) : undefined;
}

/** A function by its name, its own or built in. What PHP has and is not simulated is refused by name where it is called. */
export function functionNamed(vm: Vm, name: string): Value | undefined {
  const low = name.toLowerCase();
  const own = vm.globals[`fn ${low}`];
  if (own !== undefined) return own;
  if (!/^[a-z_]\w*$/.test(low)) return undefined;
  return vm.lang.natives[low] || phpHas(vm, low) ? { t: 'b', n: low } : undefined;
}

/** The function that a call names. Throws Error as PHP does, and Beyond for what PHP has and is not simulated. */
export function neededFunction(vm: Vm, name: string): Value {
  const found = functionNamed(vm, name) ?? raise(vm, 'Error', `Call to undefined function ${name}()`);
  if (isTagged(found) && found.t === 'b') vm.native(found.n);
  return found;
}

function tryCallable(vm: Vm, v: Value): Value | undefined {
  if (isTagged(v) && v.t === 'b') return v;
  const o = vm.obj(v);
  if (o?.k === 'fn') return v;
  if (typeof v === 'string') {
    const [cls, method] = v.split('::');
    if (method !== undefined) return staticMethod(vm, cls ?? '', method);
    return functionNamed(vm, v.replace(/^\\/, ''));
  }
  if (o?.k === 'inst') return methodOf(vm, v, '__invoke');
  if (o?.k === 'array') {
    const [target, method] = [element(vm, v, 0) ?? null, element(vm, v, 1)];
    if (typeof method !== 'string') return undefined;
    if (typeof target === 'string') return staticMethod(vm, target, method.replace(/^parent::/, ''));
    if (vm.obj(target)) return methodOf(vm, target, method);
  }
  return undefined;
}
function staticMethod(vm: Vm, cls: string, method: string): Value | undefined {
  const found = classNamed(vm, cls);
  const m = found === undefined ? undefined : findMethod(vm, idOf(found), method);
  return m ? bound(vm, m, null, idOf(found)) : undefined;
}
export const isCallable = (vm: Vm, v: Value): boolean => tryCallable(vm, v) !== undefined;

/** What can be called under a value. Throws Error as PHP does. */
export function callable(vm: Vm, v: Value): Value {
  const found = tryCallable(vm, v);
  if (found !== undefined) return found;
  if (typeof v === 'string') return raise(vm, 'Error', `Call to undefined function ${v}()`);
  if (vm.obj(v)?.k === 'inst') return raise(vm, 'Error', `Object of type ${typeName(vm, v)} is not callable`);
  if (vm.obj(v)?.k === 'array') {
    const [a, b] = values(vm, v);
    if (typeof a === 'string') needClass(vm, a);
    return raise(
      vm,
      'Error',
      b === undefined
        ? 'Array callback must have exactly two elements'
        : `Call to undefined method ${typeof a === 'string' ? a : typeName(vm, a ?? null)}::${text(vm, b)}()`,
    );
  }
  return raise(vm, 'Error', 'Value not callable');
}
