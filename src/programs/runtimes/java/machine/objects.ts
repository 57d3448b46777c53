import type { Json } from '../../../../kernel/json.ts';

/** Something with an identity in the machine: an object, an array, a text. */
export class Obj {
  /** The class, as in class files; arrays by their descriptor. */
  readonly c: string;
  /** Fields. */
  f: { [name: string]: JValue } | undefined;
  /** Elements of an array or a list. */
  a: JValue[] | undefined;
  /** The text of a String. */
  s: string | undefined;
  /** What classes of the library keep besides. */
  x: Payload;
  /** How often a list has been changed in its length. */
  n = 0;
  constructor(c: string) {
    this.c = c;
  }
}
/** int, short, byte, char, boolean, float and double are numbers, long is a bigint. */
export type JValue = null | number | bigint | Obj;
export type Payload = undefined | boolean | string | JValue | Payload[] | { [name: string]: Payload };

/** A Java exception on its way. */
export class Raised {
  readonly o: Obj;
  constructor(o: Obj) {
    this.o = o;
  }
}

/** Turns objects into plain data and back: each gets a number. */
export class Freezer {
  private readonly numbers = new Map<Obj, number>();
  readonly heap: Json[] = [];

  value(v: Payload): Json {
    if (v === undefined) return { u: 1 };
    if (v === null || typeof v === 'boolean' || typeof v === 'string') return v;
    if (typeof v === 'number')
      return Number.isFinite(v) && !Object.is(v, -0) ? v : { d: Object.is(v, -0) ? '-0' : String(v) };
    if (typeof v === 'bigint') return { l: String(v) };
    if (v instanceof Obj) return { o: this.number(v) };
    if (Array.isArray(v)) return v.map((one) => this.value(one));
    return { r: Object.fromEntries(Object.entries(v).map(([k, one]) => [k, this.value(one)])) };
  }
  private readonly queue: Obj[] = [];
  private number(o: Obj): number {
    const known = this.numbers.get(o);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(o, number);
    this.queue.push(o);
    return number;
  }
  /** Writes down all objects that were spoken of. */
  finish(): readonly Json[] {
    for (let i = 0; i < this.queue.length; i++) {
      const o = this.queue[i];
      if (!o) continue;
      const one: { [key: string]: Json } = { c: o.c };
      if (o.f) one.f = Object.fromEntries(Object.entries(o.f).map(([k, v]) => [k, this.value(v)]));
      if (o.a) one.a = o.a.map((v) => this.value(v));
      if (o.s !== undefined) one.s = o.s;
      if (o.x !== undefined) one.x = this.value(o.x);
      if (o.n !== 0) one.n = o.n;
      this.heap.push(one);
    }
    return this.heap;
  }
}

type Frozen = { c: string; f?: { [k: string]: Json }; a?: Json[]; s?: string; x?: Json; n?: number };
export class Thawer {
  private readonly objects: Obj[];
  constructor(heap: readonly Json[]) {
    const all = heap as unknown as readonly Frozen[];
    this.objects = all.map((one) => new Obj(one.c));
    all.forEach((one, i) => {
      const o = this.objects[i];
      if (!o) return;
      if (one.f) o.f = Object.fromEntries(Object.entries(one.f).map(([k, v]) => [k, this.value(v) as JValue]));
      if (one.a) o.a = one.a.map((v) => this.value(v) as JValue);
      o.s = one.s;
      if (one.x !== undefined) o.x = this.value(one.x);
      o.n = one.n ?? 0;
    });
  }
  value(v: Json): Payload {
    if (v === null || typeof v !== 'object') return v;
    if (Array.isArray(v)) return v.map((one: Json) => this.value(one));
    const one = v as { [k: string]: Json };
    if ('u' in one) return undefined;
    if ('d' in one) return Number(one.d);
    if ('l' in one) return BigInt(String(one.l));
    if ('o' in one) return this.objects[Number(one.o)] ?? null;
    return Object.fromEntries(Object.entries(one.r as { [k: string]: Json }).map(([k, x]) => [k, this.value(x)]));
  }
}
