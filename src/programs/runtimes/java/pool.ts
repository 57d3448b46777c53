import { encodeUtf8 } from '../../../kernel/bytes.ts';

/** A constant of a class file. */
export type PoolItem =
  | { readonly p: 'utf8'; readonly text: string }
  | { readonly p: 'int' | 'float'; readonly value: number }
  | { readonly p: 'long'; readonly value: bigint }
  | { readonly p: 'double'; readonly value: number }
  | { readonly p: 'class' | 'string' | 'method-type'; readonly text: string }
  | {
      readonly p: 'field' | 'method' | 'interface-method';
      readonly owner: string;
      readonly name: string;
      readonly type: string;
    }
  | { readonly p: 'name-and-type'; readonly name: string; readonly type: string }
  | { readonly p: 'handle'; readonly kind: number; readonly of: PoolItem }
  | { readonly p: 'dynamic'; readonly bootstrap: number; readonly name: string; readonly type: string };

const tags: { readonly [p in PoolItem['p']]: number } = {
  utf8: 1,
  int: 3,
  float: 4,
  long: 5,
  double: 6,
  class: 7,
  string: 8,
  field: 9,
  method: 10,
  'interface-method': 11,
  'name-and-type': 12,
  handle: 15,
  'method-type': 16,
  dynamic: 18,
};

export const u1 = (n: number): string => String.fromCharCode(n & 0xff);
export const u2 = (n: number): string => u1(n >> 8) + u1(n);
export const u4 = (n: number): string => u2(n >>> 16) + u2(n);

/** Text as class files keep it (JVMS 4.4.7): zero in two bytes, characters beyond 65535 as two surrogates. */
export function modifiedUtf8(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const n = text.charCodeAt(i);
    if (n > 0 && n < 0x80) out += u1(n);
    else if (n < 0x800) out += u1(0xc0 | (n >> 6)) + u1(0x80 | (n & 0x3f));
    else out += u1(0xe0 | (n >> 12)) + u1(0x80 | ((n >> 6) & 0x3f)) + u1(0x80 | (n & 0x3f));
  }
  return out;
}

/**
 * The constants of a class file, numbered as javac does: each when it is first needed, and those that it is made of
 * after it, in a queue.
 */
export class Pool {
  private readonly numbers = new Map<string, number>();
  private readonly queue: PoolItem[] = [];
  private bytes = '';
  private next = 1;

  get count(): number {
    return this.next;
  }
  get content(): string {
    return this.bytes;
  }

  utf8(text: string): number {
    return this.put({ p: 'utf8', text });
  }
  class(text: string): number {
    return this.put({ p: 'class', text });
  }
  /** The number of a constant. */
  put(item: PoolItem): number {
    const key = keyOf(item);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.next++;
    this.numbers.set(key, number);
    // the second half of a long or a double has a number that nothing uses
    if (item.p === 'long' || item.p === 'double') this.next++;
    this.queue.push(item);
    if (this.queue.length === 1) {
      for (let first = this.queue[0]; first; first = this.queue[0]) {
        this.write(first);
        this.queue.shift();
      }
    }
    return number;
  }
  private write(item: PoolItem): void {
    const tag = u1(tags[item.p]);
    switch (item.p) {
      case 'utf8': {
        const text = modifiedUtf8(item.text);
        this.bytes += tag + u2(text.length) + text;
        return;
      }
      case 'int':
        this.bytes += tag + u4(item.value);
        return;
      case 'float': {
        const view = new DataView(new ArrayBuffer(4));
        view.setFloat32(0, item.value);
        this.bytes += tag + u4(view.getUint32(0));
        return;
      }
      case 'long':
        this.bytes +=
          tag + u4(Number(BigInt.asUintN(32, item.value >> 32n))) + u4(Number(BigInt.asUintN(32, item.value)));
        return;
      case 'double': {
        const view = new DataView(new ArrayBuffer(8));
        view.setFloat64(0, item.value);
        this.bytes += tag + u4(view.getUint32(0)) + u4(view.getUint32(4));
        return;
      }
      case 'class':
      case 'string':
      case 'method-type':
        this.bytes += tag + u2(this.utf8(item.text));
        return;
      case 'name-and-type':
        this.bytes += tag + u2(this.utf8(item.name)) + u2(this.utf8(item.type));
        return;
      case 'handle':
        this.bytes += tag + u1(item.kind) + u2(this.put(item.of));
        return;
      case 'dynamic':
        this.bytes += tag + u2(item.bootstrap) + u2(this.put({ p: 'name-and-type', name: item.name, type: item.type }));
        return;
      default:
        this.bytes +=
          tag + u2(this.class(item.owner)) + u2(this.put({ p: 'name-and-type', name: item.name, type: item.type }));
    }
  }
}

function keyOf(item: PoolItem): string {
  if (item.p === 'long') return `long ${item.value}`;
  if (item.p === 'double' || item.p === 'float') return `${item.p} ${Object.is(item.value, -0) ? '-0' : item.value}`;
  return JSON.stringify(item);
}

export { encodeUtf8 };
