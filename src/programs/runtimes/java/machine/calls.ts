import type { PoolItem } from '../pool.ts';
import { BeyondJava } from '../problem.ts';
import { callLambda } from './lambda.ts';
import { type Frame, type Machine, paramsOf } from './machine.ts';
import { type JValue, Obj } from './objects.ts';
import { hashOf, same, textOf } from './text.ts';

interface Component {
  readonly name: string;
  readonly type: string;
}

/** What a dynamic call was linked to: a recipe for text, or what a lambda calls. */
export interface Linked {
  readonly type: string;
  readonly recipe: string | undefined;
  readonly constants: readonly string[];
  /** For a method of a record: the components that it looks at. */
  readonly record?: { readonly method: string; readonly fields: readonly Component[] };
  readonly lambda: {
    readonly face: string;
    readonly kind: number;
    readonly owner: string;
    readonly name: string;
    readonly type: string;
  };
}

/** Links a dynamic call: its bootstrap method says what it is for (JVMS 6.5.invokedynamic). */
export function link(m: Machine, cls: string, index: number): Linked {
  const file = m.file(cls);
  const item = file?.pool[index];
  if (!file || item?.p !== 'dynamic') throw new BeyondJava('this dynamic call');
  const boot = file.bootstraps[item.bootstrap];
  const [first, second] = boot?.args ?? [];
  const nobody = { face: '', kind: 0, owner: '', name: '', type: '' };
  if (item.name === 'makeConcatWithConstants') {
    const constants = (boot?.args ?? []).slice(1).map((one) => ('text' in one ? one.text : ''));
    return { type: item.type, recipe: first && 'text' in first ? first.text : '', constants, lambda: nobody };
  }
  if (boot?.handle.p === 'handle' && 'owner' in boot.handle.of && boot.handle.of.owner.endsWith('/ObjectMethods')) {
    const fields = boot.args.flatMap((one) => (one.p === 'handle' && one.of.p === 'field' ? [one.of] : []));
    const record = { method: item.name, fields };
    return { type: item.type, recipe: undefined, constants: [], record, lambda: nobody };
  }
  if (
    boot?.handle.p !== 'handle' ||
    !('name' in boot.handle.of) ||
    boot.handle.of.name !== 'metafactory' ||
    second?.p !== 'handle'
  )
    throw new BeyondJava('this dynamic call');
  const of: PoolItem = second.of;
  if (!('owner' in of)) throw new BeyondJava('this dynamic call');
  const face = item.type.slice(item.type.indexOf(')') + 2, -1);
  return {
    type: item.type,
    recipe: undefined,
    constants: [],
    lambda: { face, kind: second.kind, owner: of.owner, name: of.name, type: of.type },
  };
}

/** Text put together by a recipe. */
export function concatenate(m: Machine, linked: Linked, args: readonly JValue[]): Obj {
  const letters = paramsOf(linked.type);
  let i = 0;
  let c = 0;
  const text = (linked.recipe ?? '').replace(/[\u0001\u0002]/g, (mark) => {
    if (mark === '\u0002') return linked.constants[c++] ?? '';
    const at = i++;
    return textOf(m, args[at] ?? null, letters[at] ?? 'L');
  });
  return m.text(text);
}

/** A record's own toString, hashCode or equals: component by component (ObjectMethods). */
export function ofRecord(m: Machine, record: NonNullable<Linked['record']>, args: readonly JValue[]): JValue {
  const [self, other] = args;
  if (!(self instanceof Obj)) return null;
  const value = (o: Obj, { name }: Component) => o.f?.[name] ?? null;
  const boxed = (o: Obj, one: Component) => m.box(value(o, one), one.type);
  const { method, fields } = record;
  if (method === 'toString') {
    const parts = fields.map((one) => `${one.name}=${textOf(m, value(self, one), one.type)}`);
    return m.text(`${self.c.replace(/^.*[/$]/, '').replace(/^\d+/, '')}[${parts.join(', ')}]`);
  }
  if (method === 'hashCode')
    return fields.reduce((hash, one) => {
      const v = boxed(self, one);
      return (Math.imul(hash, 31) + (v === null ? 0 : hashOf(m, v))) | 0;
    }, 0);
  if (!(other instanceof Obj) || other.c !== self.c) return 0;
  return fields.every((one) => same(m, boxed(self, one), boxed(other, one))) ? 1 : 0;
}

/** Calls a method: of the program as a frame of its own, of the library at once. */
export function callAny(
  m: Machine,
  f: Frame,
  item: { readonly owner: string; readonly name: string; readonly type: string },
  args: JValue[],
  how: 'virtual' | 'special' | 'static' | 'interface',
): void {
  const [self] = args;
  const dynamic = how === 'virtual' || how === 'interface';
  const cls = dynamic && self instanceof Obj ? self.c : item.owner;
  if (cls === '$lambda' && self instanceof Obj) {
    const face = (self.x as { face: string }).face;
    const own = m.method(face, item.name, item.type);
    if (own && (own.info.flags & 1024) === 0 && own.info.code) {
      m.push(own.cls, own.info, args);
      return;
    }
    const native = m.nativeOf(face, item.name, item.type);
    const abstract =
      !native ||
      !/^(?:andThen|compose|negate|and|or|reversed|thenComparing|toString|hashCode|equals|getClass)$/.test(item.name);
    give(
      f,
      item.type,
      abstract
        ? unboxed(m, callLambda(m, self, boxAll(m, args.slice(1), item.type)), item.type)
        : (native(m, args, item.type) ?? null),
    );
    return;
  }
  const found = m.method(cls, item.name, item.type);
  if (found?.info.code) {
    m.push(found.cls, found.info, args);
    return;
  }
  const native = m.nativeOf(cls, item.name, item.type);
  if (!native) {
    const shown = `${item.owner.replaceAll('/', '.')}.${item.name === '<init>' ? 'new' : item.name}`;
    if (m.file(item.owner) && item.name !== '<init>') throw m.error('java/lang/NoSuchMethodError', `'${shown}'`);
    throw new BeyondJava(shown);
  }
  give(f, item.type, native(m, args, item.type) ?? null);
}
function boxAll(m: Machine, args: readonly JValue[], type: string): JValue[] {
  const letters = paramsOf(type);
  return args.map((v, i) => m.box(v, letters[i] ?? 'L'));
}
function unboxed(m: Machine, v: JValue, type: string): JValue {
  return m.adapt(v, type.slice(type.indexOf(')') + 1));
}
function give(f: Frame, type: string, v: JValue): void {
  const result = type.slice(type.indexOf(')') + 1);
  if (result === 'V') return;
  if (result === 'J') f.stack.push(typeof v === 'number' ? BigInt(v) : v, null);
  else if (result === 'D') f.stack.push(v, null);
  else f.stack.push(v);
}
