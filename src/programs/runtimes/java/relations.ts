import type { Constant } from './ast.ts';
import { type Classes, substitute } from './classes.ts';
import {
  arrayOf,
  boxed,
  classType,
  erase,
  found,
  type Inferred,
  isPrim,
  type JavaType,
  objectType,
  type Primitive,
  prim,
  unboxed,
} from './types.ts';

const widths: { readonly [name: string]: readonly string[] } = {
  byte: ['short', 'int', 'long', 'float', 'double'],
  short: ['int', 'long', 'float', 'double'],
  char: ['int', 'long', 'float', 'double'],
  int: ['long', 'float', 'double'],
  long: ['float', 'double'],
  float: ['double'],
};

/** Does a value of the first primitive type fit the second by widening (JLS 5.1.2)? */
export function widens(from: JavaType, to: JavaType): boolean {
  if (!isPrim(from) || !isPrim(to)) return false;
  return from.name === to.name || (widths[from.name]?.includes(to.name) ?? false);
}

/** Is the first type the second, or below it (JLS 4.10)? Type arguments are compared where both have them. */
export function subtype(classes: Classes, from: JavaType, to: JavaType): boolean {
  const a = found(from);
  const b = found(to);
  if (a.t === 'error' || b.t === 'error' || a === b) return true;
  if (a.t === 'infer' || b.t === 'infer') return !isPrim(a) && !isPrim(b);
  if (isPrim(a) || isPrim(b)) return isPrim(a) && isPrim(b) && widens(a, b);
  if (a.t === 'null') return true;
  if (b.t === 'null') return false;
  if (b.t === 'wild') return b.down ? true : subtype(classes, a, b.bound);
  if (b.t === 'var') return a.t === 'var' ? subtype(classes, a.bound, b) : false;
  if (b.t === 'array') {
    if (a.t !== 'array') return false;
    return isPrim(a.of) || isPrim(b.of) ? same(a.of, b.of) : subtype(classes, a.of, b.of);
  }
  if (b.t === 'prim') return false;
  const up = classes.as(a, b.name);
  if (!up) return b.name === 'java/lang/Object';
  if (up.args.length === 0 || b.args.length === 0) return true;
  return up.args.every((arg, i) => contains(classes, arg, b.args[i] ?? objectType));
}

function contains(classes: Classes, arg: JavaType, by: JavaType): boolean {
  const b = found(by);
  const a = found(arg);
  if (b.t === 'wild') return b.down ? true : subtype(classes, a.t === 'wild' ? a.bound : a, b.bound);
  if (a.t === 'infer' || b.t === 'infer' || a.t === 'wild') return true;
  return same(a, b);
}

/** Are two types the same? */
export function same(one: JavaType, other: JavaType): boolean {
  const a = found(one);
  const b = found(other);
  if (a === b || a.t === 'error' || b.t === 'error') return true;
  if (a.t === 'infer' || b.t === 'infer') return true;
  if (a.t === 'array' && b.t === 'array') return same(a.of, b.of);
  if (a.t === 'class' && b.t === 'class')
    return a.name === b.name && (a.args.length !== b.args.length || a.args.every((x, i) => same(x, b.args[i] ?? x)));
  if (a.t === 'wild' && b.t === 'wild') return a.down === b.down && same(a.bound, b.bound);
  return false;
}

const ranges: { readonly [name: string]: readonly [number, number] } = {
  byte: [-128, 127],
  short: [-32768, 32767],
  char: [0, 65535],
};

/** May a value be assigned (JLS 5.2)? `value` is the constant that it is, if it is one. */
export function assignable(classes: Classes, from: JavaType, to: JavaType, value?: Constant): boolean {
  const a = found(from);
  const b = found(to);
  if (a.t === 'error' || b.t === 'error') return true;
  if (isPrim(a) && a.name === 'void') return false;
  if (subtype(classes, a, b)) return true;
  const small = isPrim(b) ? b : unboxed(b);
  if (typeof value === 'number' && isPrim(a) && isPrim(small) && /^(?:int|short|byte|char)$/.test(a.name)) {
    const range = ranges[small.name];
    if (range && value >= range[0] && value <= range[1] && (isPrim(b) || small.name !== 'int')) return true;
  }
  if (isPrim(a) && !isPrim(b)) return subtype(classes, boxed(a), b);
  const inside = unboxed(a);
  return isPrim(b) && isPrim(inside) && inside !== a && widens(inside, b);
}

/** Why not, in javac's words. */
export function mismatch(from: JavaType, to: JavaType, shown: (t: JavaType) => string): string {
  const a = unboxed(from);
  const b = found(to);
  if (
    isPrim(a) &&
    isPrim(b) &&
    a.name !== 'boolean' &&
    b.name !== 'boolean' &&
    isPrim(found(from)) &&
    a.name !== 'void'
  )
    return `possible lossy conversion from ${shown(a)} to ${shown(b)}`;
  return `${shown(from)} cannot be converted to ${shown(to)}`;
}

/** May a value be cast (JLS 5.5)? */
export function castable(classes: Classes, from: JavaType, to: JavaType): boolean {
  const a = found(from);
  const b = found(to);
  if (a.t === 'error' || b.t === 'error') return true;
  if (isPrim(a) && isPrim(b)) return (a.name === 'boolean') === (b.name === 'boolean') && a.name !== 'void';
  if (isPrim(a)) return subtype(classes, boxed(a), b);
  if (isPrim(b)) {
    const inside = unboxed(a);
    return isPrim(inside) ? widens(inside, b) : subtype(classes, boxed(b), erase(a));
  }
  const x = erase(a);
  const y = erase(b);
  if (subtype(classes, x, y) || subtype(classes, y, x)) return true;
  if (x.t === 'array' && y.t === 'array') return castable(classes, x.of, y.of);
  if (x.t !== 'class' || y.t !== 'class') return false;
  const [one, other] = [classes.get(x.name), classes.get(y.name)];
  const open = (c: typeof one, o: typeof one) => c?.kind === 'interface' && ((o?.flags ?? 0) & 16) === 0;
  return open(one, other) || open(other, one);
}

/** The type of an operation on two numbers (JLS 5.6.2). */
export function promoted(a: JavaType, b: JavaType): JavaType & { t: 'prim' } {
  const names = [unboxed(a), unboxed(b)].map((t) => (isPrim(t) ? t.name : 'int'));
  for (const name of ['double', 'float', 'long'] as const) if (names.includes(name)) return prim(name);
  return prim('int' as Primitive);
}

/** The smallest type that both fit: the one that is above the other, or a common class above. */
export function common(classes: Classes, a: JavaType, b: JavaType): JavaType {
  const [x, y] = [found(a), found(b)];
  if (x.t === 'null') return boxed(y);
  if (y.t === 'null') return boxed(x);
  if (subtype(classes, boxed(x), boxed(y))) return boxed(y);
  if (subtype(classes, boxed(y), boxed(x))) return boxed(x);
  const one = erase(boxed(x));
  for (let at: JavaType | undefined = one; at?.t === 'class'; at = classes.get(at.name)?.super) {
    if (at.name !== 'java/lang/Object' && subtype(classes, boxed(y), at)) return at;
  }
  const faces = one.t === 'class' ? (classes.get(one.name)?.interfaces ?? []) : [];
  return (
    faces
      .map(erase)
      .find((face) => subtype(classes, boxed(y), face) && face.t === 'class' && face.name !== 'java/io/Serializable') ??
    objectType
  );
}

/** Fresh types to be found for type parameters. */
export function fresh(params: readonly (JavaType & { t: 'var' })[]): readonly Inferred[] {
  const made: { t: 'infer'; name: string; upper: JavaType; is?: JavaType }[] = params.map((p) => ({
    t: 'infer',
    name: p.name,
    upper: erase(p.bound),
  }));
  return made;
}

/** Learns types to be found from the type of what is given for `formal`. */
export function learn(classes: Classes, actual: JavaType, formal: JavaType): void {
  const a = found(actual);
  const b = found(formal);
  if (a === b || a.t === 'error' || b.t === 'error') return;
  if (formal.t === 'infer' && formal.is && b.t !== 'infer' && a.t !== 'infer' && a.t !== 'null') {
    if (!isPrim(a) || !isPrim(b)) {
      if (!subtype(classes, boxed(a), b)) rebind(formal, common(classes, boxed(a), b));
      else inside(classes, a, b);
    }
    return;
  }
  if (b.t === 'infer') {
    if (a.t === 'null' || (isPrim(a) && a.name === 'void')) return;
    b.is = a.t === 'wild' ? found(a.bound) : boxed(a);
    return;
  }
  if (a.t === 'infer') {
    if (!isPrim(b)) a.is = b.t === 'wild' ? b.bound : b;
    else a.is = boxed(b);
    return;
  }
  inside(classes, a, b);
}

function rebind(formal: Inferred, to: JavaType): void {
  let at: Inferred = formal;
  while (at.is?.t === 'infer') at = at.is;
  at.is = to;
}

function inside(classes: Classes, a: JavaType, b: JavaType): void {
  if (b.t === 'wild') {
    learn(classes, a.t === 'wild' ? a.bound : a, b.bound);
    return;
  }
  if (b.t === 'array') {
    if (a.t === 'array' && !isPrim(found(a.of))) learn(classes, a.of, b.of);
    return;
  }
  if (b.t !== 'class' || b.args.length === 0) return;
  const up = classes.as(boxed(a), b.name);
  up?.args.forEach((arg, i) => {
    const formal = b.args[i];
    if (formal) learn(classes, arg, formal);
  });
}

/** A member's type as it is in an object of type `site`. */
export function memberType(classes: Classes, type: JavaType, owner: string, site: JavaType): JavaType {
  const one = classes.get(owner);
  if (!one || one.params.length === 0) return type;
  const as = classes.as(site, owner);
  if (!as || as.args.length === 0) return erase(type);
  return substitute(type, one.params, as.args.map(capture));
}

/** What is got from a wildcard: its bound. */
export function capture(type: JavaType): JavaType {
  const t = found(type);
  return t.t === 'wild' && !t.down ? t.bound : t;
}

export { arrayOf, classType };
