import type { Classes } from './classes.ts';
import { type Code, type StackMap, sameV, type VType, width } from './code.ts';
import { hiddenTypes } from './generate-inner.ts';
import type { Generator } from './generator.ts';
import { u1, u2, u4 } from './pool.ts';
import {
  arrayOf,
  classType,
  descriptor,
  flag,
  isPrim,
  type JavaClass,
  type JavaType,
  type Method,
  methodDescriptor,
  type Variable,
} from './types.ts';

/** A method or constructor with its code. */
export interface Made {
  readonly flags: number;
  readonly name: string;
  readonly type: string;
  readonly code?: Code;
  readonly throws?: readonly JavaType[];
}

const majors = 44;
/** Puts a class file together. */
export function write(
  g: Generator,
  cls: JavaClass,
  fields: readonly Variable[],
  methods: readonly Made[],
  above: string,
  file: string,
): string {
  const { pool } = g;
  const visible = cls.flags & (flag.public | flag.final | flag.abstract);
  const access =
    cls.kind === 'interface'
      ? (visible & ~flag.final) | flag.interface | flag.abstract
      : visible |
        flag.super |
        (cls.kind === 'enum' ? flag.final | flag.enum : 0) |
        (cls.kind === 'record' ? flag.final : 0);
  const own = pool.class(cls.name);
  const up = pool.class(above);
  const faces = cls.interfaces.map((face) => (face.t === 'class' ? pool.class(face.name) : 0));
  let body = u2(access) + u2(own) + u2(up) + u2(faces.length) + faces.map(u2).join('');
  body += u2(fields.length) + fields.map((one) => field(g, one)).join('');
  body += u2(methods.length) + methods.map((one) => writeMethod(g, one)).join('');
  const attributes: string[] = [];
  const add = (name: string, content: () => string) => {
    const index = pool.utf8(name);
    const text = content();
    attributes.push(u2(index) + u4(text.length) + text);
  };
  add('SourceFile', () => u2(pool.utf8(file)));
  const top = cls.name.replace(/\$.*$/, '');
  const members = nestOf(g.classes, top);
  const { local } = cls;
  if (local)
    add('EnclosingMethod', () => {
      const { method } = local;
      const type = method ? methodDescriptor(constructorTypes(g, method), method.result) : '';
      return (
        u2(pool.class(cls.name.replace(/\$\d+[^$]*$/, ''))) +
        u2(method ? pool.put({ p: 'name-and-type', name: method.name, type }) : 0)
      );
    });
  if (cls.kind === 'record')
    add('Record', () => {
      const all = fields.filter((one) => (one.flags & flag.static) === 0);
      return (
        u2(all.length) +
        all.map((one) => u2(pool.utf8(one.name)) + u2(pool.utf8(descriptor(one.type))) + u2(0)).join('')
      );
    });
  if (top !== cls.name) add('NestHost', () => u2(pool.class(top)));
  else if (members.length > 0)
    add('NestMembers', () => u2(members.length) + members.map((name) => u2(pool.class(name))).join(''));
  if (g.bootstraps.length > 0)
    add(
      'BootstrapMethods',
      () =>
        u2(g.bootstraps.length) +
        g.bootstraps
          .map(({ handle, args }) => u2(pool.put(handle)) + u2(args.length) + args.map((a) => u2(pool.put(a))).join(''))
          .join(''),
    );
  const lookup = 'java/lang/invoke/MethodHandles$Lookup';
  const inner = [
    ...new Set([
      ...(cls.name.includes('$') ? [cls.name] : []),
      ...members.filter((name) => top === cls.name || g.inner.has(name)),
      ...[...g.inner].filter((n) => n !== lookup),
      ...(g.inner.has(lookup) ? [lookup] : []),
    ]),
  ];
  if (inner.length > 0)
    add(
      'InnerClasses',
      () =>
        u2(inner.length) +
        inner
          .map((name) => {
            const outer = name.replace(/\$[^$]*$/, '');
            const one = g.classes.get(name);
            const flags =
              name === lookup
                ? 0x19
                : ((one?.flags ?? 0) & 0xffdf) |
                  (one?.kind === 'record' ? flag.final : 0) |
                  (one?.kind === 'interface' ? 0x608 : one?.kind === 'enum' ? 0x4018 : 0) |
                  (one?.library ? 9 : 0);
            const own = u2(pool.class(name));
            const within = one?.local ? u2(0) : u2(pool.class(outer));
            const simple = one?.local ? one.local.name : name.slice(outer.length + 1);
            return own + within + (simple === '' ? u2(0) : u2(pool.utf8(simple))) + u2(flags);
          })
          .join(''),
    );
  body += u2(attributes.length) + attributes.join('');
  return u4(0xcafebabe) + u2(0) + u2(majors + g.release) + u2(pool.count) + pool.content + body;
}
function nestOf(classes: Classes, top: string): string[] {
  const one = classes.get(top);
  return one ? [...one.inner.values()].flatMap((name) => [name, ...nestOf(classes, name)]) : [];
}

/** A method's parameters in its class file: constructors of inner classes have hidden ones. */
function constructorTypes(g: Generator, method: Method): readonly JavaType[] {
  if (method.name !== '<init>') return method.params;
  const hidden = hiddenTypes(g.classes.get(method.owner));
  return [...hidden.before, ...method.params, ...hidden.after];
}

function field(g: Generator, one: Variable): string {
  const { pool } = g;
  const head = u2(one.flags & 0xffff) + u2(pool.utf8(one.name)) + u2(pool.utf8(descriptor(one.type)));
  if (one.constant === undefined || (one.flags & flag.static) === 0) return head + u2(0);
  const name = u2(pool.utf8('ConstantValue'));
  const { constant, type } = one;
  const kind = isPrim(type) ? type.name : 'string';
  const index =
    typeof constant === 'string'
      ? pool.put({ p: 'string', text: constant })
      : kind === 'long'
        ? pool.put({ p: 'long', value: BigInt(constant) })
        : kind === 'double' || kind === 'float'
          ? pool.put({ p: kind, value: Number(constant) })
          : pool.put({ p: 'int', value: Number(constant) });
  return head + u2(1) + name + u4(2) + u2(index);
}

function writeMethod(g: Generator, one: Made): string {
  const { pool } = g;
  const head = u2(one.flags) + u2(pool.utf8(one.name)) + u2(pool.utf8(one.type));
  const attributes: string[] = [];
  const { code, throws = [] } = one;
  if (code) {
    const name = u2(pool.utf8('Code'));
    const inner: string[] = [];
    const lines = code.lines.filter(([, line]) => line > 0);
    if (lines.length > 0) {
      const table = u2(pool.utf8('LineNumberTable'));
      inner.push(
        table + u4(2 + 4 * lines.length) + u2(lines.length) + lines.map(([pc, line]) => u2(pc) + u2(line)).join(''),
      );
    }
    const maps = code.maps.filter(({ pc }) => pc < code.bytes.length);
    if (maps.length > 0) {
      const table = u2(pool.utf8('StackMapTable'));
      const content = u2(maps.length) + frames(g, one, maps);
      inner.push(table + u4(content.length) + content);
    }
    const caught = code.catches.map((c) => u2(c.from) + u2(c.to) + u2(c.handler) + u2(c.type)).join('');
    const text = code.bytes.map((n) => u1(n)).join('');
    const content =
      u2(code.maxStack) +
      u2(code.maxLocals) +
      u4(text.length) +
      text +
      u2(code.catches.length) +
      caught +
      u2(inner.length) +
      inner.join('');
    attributes.push(name + u4(content.length) + content);
  }
  if (throws.length > 0) {
    const name = u2(pool.utf8('Exceptions'));
    attributes.push(
      name + u4(2 + 2 * throws.length) + u2(throws.length) + throws.map((t) => u2(g.typeIndex(t))).join(''),
    );
  }
  return head + u2(attributes.length) + attributes.join('');
}

/** Locals as frames list them: a long takes one entry; what has no value at the end is left out. */
function listed(locals: readonly (VType | undefined)[]): (VType | undefined)[] {
  const all: (VType | undefined)[] = [];
  for (let i = 0; i < locals.length; ) {
    const one = locals[i];
    all.push(one);
    i += one ? width(one) : 1;
  }
  while (all.length > 0 && all.at(-1) === undefined) all.pop();
  return all;
}
function verification(g: Generator, type: VType | undefined): string {
  if (type === undefined) return u1(0);
  if (type.t === 'new') return u1(8) + u2(type.pc);
  if (type.t === 'this-new') return u1(6);
  if (type.t === 'null') return u1(5);
  if (type.t === 'prim') return u1({ float: 2, double: 3, long: 4 }[type.name as 'float'] ?? 1);
  return u1(7) + u2(g.typeIndex(type));
}

/** The stack maps, each as what differs from the one before (JVMS 4.7.4). */
function frames(g: Generator, one: Made, maps: readonly StackMap[]): string {
  let before: (VType | undefined)[] = [];
  if ((one.flags & flag.static) === 0) before.push(one.name === '<init>' ? { t: 'this-new' } : classType(g.cls.name));
  before = [...before, ...paramsOf(one.type)];
  let at = -1;
  let out = '';
  for (const map of maps) {
    const locals = listed(map.locals);
    const delta = map.pc - at - 1;
    at = map.pc;
    const shared = Math.min(locals.length, before.length);
    const alike = locals.slice(0, shared).every((t, i) => sameV(t, before[i]));
    const diff = locals.length - before.length;
    const [top] = map.stack;
    if (map.stack.length === 1 && diff === 0 && alike) {
      out += (delta < 64 ? u1(64 + delta) : u1(247) + u2(delta)) + verification(g, top);
    } else if (map.stack.length === 0 && alike && diff === 0) out += delta < 64 ? u1(delta) : u1(251) + u2(delta);
    else if (map.stack.length === 0 && alike && diff < 0 && diff >= -3) out += u1(251 + diff) + u2(delta);
    else if (map.stack.length === 0 && alike && diff > 0 && diff <= 3)
      out +=
        u1(251 + diff) +
        u2(delta) +
        locals
          .slice(before.length)
          .map((t) => verification(g, t))
          .join('');
    else
      out +=
        u1(255) +
        u2(delta) +
        u2(locals.length) +
        locals.map((t) => verification(g, t)).join('') +
        u2(map.stack.length) +
        map.stack.map((t) => verification(g, t)).join('');
    before = locals;
  }
  return out;
}
function paramsOf(type: string): VType[] {
  const all: VType[] = [];
  for (const [one] of type.slice(1, type.indexOf(')')).matchAll(/\[*(?:L[^;]+;|[A-Z])/g)) all.push(typeOf(one));
  return all;
}
const names: { readonly [letter: string]: string } = {
  Z: 'int',
  B: 'int',
  S: 'int',
  C: 'int',
  I: 'int',
  J: 'long',
  F: 'float',
  D: 'double',
};
/** A type by its descriptor, as the verifier sees it. */
function typeOf(text: string): JavaType {
  if (text.startsWith('[')) return arrayOf(text.length === 2 ? primOf(text.slice(1)) : typeOf(text.slice(1)));
  if (text.startsWith('L')) return classType(text.slice(1, -1));
  return { t: 'prim', name: (names[text] ?? 'int') as 'int' };
}
function primOf(letter: string): JavaType {
  return {
    t: 'prim',
    name: ({ Z: 'boolean', B: 'byte', S: 'short', C: 'char', I: 'int', J: 'long', F: 'float', D: 'double' }[
      letter as 'Z'
    ] ?? 'int') as 'int',
  };
}
