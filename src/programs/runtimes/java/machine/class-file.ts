import type { ByteString } from '../../../../kernel/bytes.ts';
import type { PoolItem } from '../pool.ts';

export interface CodeBlock {
  readonly maxStack: number;
  readonly maxLocals: number;
  readonly bytes: Uint8Array;
  readonly catches: readonly {
    readonly from: number;
    readonly to: number;
    readonly handler: number;
    readonly type: string | undefined;
  }[];
  readonly lines: readonly (readonly [pc: number, line: number])[];
  readonly maps: number;
}
export interface MethodInfo {
  readonly flags: number;
  readonly name: string;
  readonly type: string;
  readonly code: CodeBlock | undefined;
  readonly throws: readonly string[];
}
export interface FieldInfo {
  readonly flags: number;
  readonly name: string;
  readonly type: string;
  readonly constant: PoolItem | undefined;
}
export interface ClassFile {
  readonly minor: number;
  readonly major: number;
  readonly flags: number;
  readonly name: string;
  readonly super: string | undefined;
  readonly interfaces: readonly string[];
  readonly pool: readonly (PoolItem | undefined)[];
  readonly fields: readonly FieldInfo[];
  readonly methods: readonly MethodInfo[];
  readonly source: string | undefined;
  readonly bootstraps: readonly { readonly handle: PoolItem; readonly args: readonly PoolItem[] }[];
}

/** A file that is no class file, or not a whole one. */
export class ClassFormatError extends Error {}

class Reader {
  at = 0;
  readonly bytes: ByteString;
  constructor(bytes: ByteString) {
    this.bytes = bytes;
  }
  u1(): number {
    if (this.at >= this.bytes.length) throw new ClassFormatError('Truncated class file');
    return this.bytes.charCodeAt(this.at++);
  }
  u2(): number {
    return (this.u1() << 8) | this.u1();
  }
  u4(): number {
    return this.u2() * 65536 + this.u2();
  }
  take(n: number): ByteString {
    if (this.at + n > this.bytes.length) throw new ClassFormatError('Truncated class file');
    this.at += n;
    return this.bytes.slice(this.at - n, this.at);
  }
}

function fromModifiedUtf8(bytes: ByteString): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const a = bytes.charCodeAt(i);
    const b = bytes.charCodeAt(i + 1);
    if (a < 0x80) {
      text += String.fromCharCode(a);
      i += 1;
    } else if (a < 0xe0) {
      text += String.fromCharCode(((a & 31) << 6) | (b & 63));
      i += 2;
    } else {
      text += String.fromCharCode(((a & 15) << 12) | ((b & 63) << 6) | (bytes.charCodeAt(i + 2) & 63));
      i += 3;
    }
  }
  return text;
}

type Raw = {
  readonly tag: number;
  readonly a: number;
  readonly b: number;
  readonly text: string;
  readonly long: bigint;
  readonly number: number;
};
const blank = { a: 0, b: 0, text: '', long: 0n, number: 0 };

function readPool(r: Reader): readonly (PoolItem | undefined)[] {
  const count = r.u2();
  const raw: (Raw | undefined)[] = [undefined];
  while (raw.length < count) {
    const tag = r.u1();
    const view = new DataView(new ArrayBuffer(8));
    switch (tag) {
      case 1:
        raw.push({ ...blank, tag, text: fromModifiedUtf8(r.take(r.u2())) });
        break;
      case 3:
        raw.push({ ...blank, tag, number: r.u4() | 0 });
        break;
      case 4:
        view.setUint32(0, r.u4());
        raw.push({ ...blank, tag, number: view.getFloat32(0) });
        break;
      case 5:
      case 6:
        view.setUint32(0, r.u4());
        view.setUint32(4, r.u4());
        raw.push({ ...blank, tag, long: view.getBigInt64(0), number: view.getFloat64(0) }, undefined);
        break;
      case 7:
      case 8:
      case 16:
      case 19:
      case 20:
        raw.push({ ...blank, tag, a: r.u2() });
        break;
      case 9:
      case 10:
      case 11:
      case 12:
      case 17:
      case 18:
        raw.push({ ...blank, tag, a: r.u2(), b: r.u2() });
        break;
      case 15:
        raw.push({ ...blank, tag, a: r.u1(), b: r.u2() });
        break;
      default:
        throw new ClassFormatError(`Unknown constant tag ${tag} in class file`);
    }
  }
  const text = (i: number): string => raw[i]?.text ?? '';
  const item = (i: number): PoolItem | undefined => {
    const one = raw[i];
    if (!one) return undefined;
    const pair = raw[one.b];
    switch (one.tag) {
      case 1:
        return { p: 'utf8', text: one.text };
      case 3:
        return { p: 'int', value: one.number };
      case 4:
        return { p: 'float', value: one.number };
      case 5:
        return { p: 'long', value: one.long };
      case 6:
        return { p: 'double', value: one.number };
      case 7:
        return { p: 'class', text: text(one.a) };
      case 8:
        return { p: 'string', text: text(one.a) };
      case 16:
        return { p: 'method-type', text: text(one.a) };
      case 12:
        return { p: 'name-and-type', name: text(one.a), type: text(one.b) };
      case 15:
        return { p: 'handle', kind: one.a, of: item(one.b) ?? { p: 'utf8', text: '' } };
      case 17:
      case 18:
        return { p: 'dynamic', bootstrap: one.a, name: text(pair?.a ?? 0), type: text(pair?.b ?? 0) };
      default:
        return {
          p: one.tag === 9 ? 'field' : one.tag === 10 ? 'method' : 'interface-method',
          owner: text(raw[one.a]?.a ?? 0),
          name: text(pair?.a ?? 0),
          type: text(pair?.b ?? 0),
        };
    }
  };
  return raw.map((_, i) => item(i));
}

const textOf = (item: PoolItem | undefined): string => (item && 'text' in item ? item.text : '');

/** Reads a class file (JVMS 4). Throws ClassFormatError. */
export function readClassFile(bytes: ByteString): ClassFile {
  const r = new Reader(bytes);
  if (r.u4() !== 0xcafebabe) {
    const magic = [...bytes.slice(0, 4)].reduce((n, c) => n * 256 + c.charCodeAt(0), 0);
    throw new ClassFormatError(`Incompatible magic value ${magic} in class file`);
  }
  const minor = r.u2();
  const major = r.u2();
  const pool = readPool(r);
  const at = (): string => textOf(pool[r.u2()]);
  const flags = r.u2();
  const name = at();
  const above = at();
  const interfaces = Array.from({ length: r.u2() }, at);
  let source: string | undefined;
  const bootstraps: ClassFile['bootstraps'][number][] = [];
  const fields: FieldInfo[] = [];
  const methods: MethodInfo[] = [];
  const attributes = (act: (name: string, end: number) => void): void => {
    const count = r.u2();
    for (let i = 0; i < count; i++) {
      const attribute = at();
      const end = r.u4() + r.at;
      act(attribute, end);
      r.at = end;
    }
  };
  const fieldCount = r.u2();
  for (let i = 0; i < fieldCount; i++) {
    const one = { flags: r.u2(), name: at(), type: at() };
    let constant: PoolItem | undefined;
    attributes((attribute) => {
      if (attribute === 'ConstantValue') constant = pool[r.u2()];
    });
    fields.push({ ...one, constant });
  }
  const methodCount = r.u2();
  for (let i = 0; i < methodCount; i++) {
    const one = { flags: r.u2(), name: at(), type: at() };
    let code: CodeBlock | undefined;
    let throws: string[] = [];
    attributes((attribute) => {
      if (attribute === 'Exceptions') throws = Array.from({ length: r.u2() }, at);
      if (attribute === 'Code') code = readCode(r, pool, attributes);
    });
    methods.push({ ...one, code, throws });
  }
  attributes((attribute) => {
    if (attribute === 'SourceFile') source = at();
    if (attribute !== 'BootstrapMethods') return;
    const count = r.u2();
    for (let i = 0; i < count; i++) {
      const handle = pool[r.u2()] ?? { p: 'utf8', text: '' };
      const args = Array.from({ length: r.u2() }, () => pool[r.u2()] ?? ({ p: 'utf8', text: '' } as const));
      bootstraps.push({ handle, args });
    }
  });
  return {
    minor,
    major,
    flags,
    name,
    super: above === '' ? undefined : above,
    interfaces,
    pool,
    fields,
    methods,
    source,
    bootstraps,
  };
}

function readCode(
  r: Reader,
  pool: ClassFile['pool'],
  attributes: (act: (name: string, end: number) => void) => void,
): CodeBlock {
  const maxStack = r.u2();
  const maxLocals = r.u2();
  const text = r.take(r.u4());
  const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
  const catches = Array.from({ length: r.u2() }, () => {
    const [from, to, handler, type] = [r.u2(), r.u2(), r.u2(), r.u2()];
    return { from, to, handler, type: type === 0 ? undefined : textOf(pool[type]) };
  });
  const lines: (readonly [number, number])[] = [];
  let maps = 0;
  attributes((name) => {
    if (name === 'LineNumberTable') {
      const count = r.u2();
      for (let i = 0; i < count; i++) lines.push([r.u2(), r.u2()]);
    }
    if (name === 'StackMapTable') maps = r.u2();
  });
  return { maxStack, maxLocals, bytes, catches, lines, maps };
}
