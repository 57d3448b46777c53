import type { Sys } from '../../../../kernel/program.ts';
import { libraryClasses } from '../classes.ts';
import type { PoolItem } from '../pool.ts';
import { BeyondJava } from '../problem.ts';
import { type ClassFile, type MethodInfo, readClassFile } from './class-file.ts';
import { hot } from './compiler.ts';
import { callLambda } from './lambda.ts';
import { type JValue, Obj, Raised } from './objects.ts';
import type { Frame, Thread } from './thread.ts';
import { hiddenClasses } from './thread.ts';

export { Again, Exit, type Frame, type JavaState, type Thread } from './thread.ts';
export type Native = (m: Machine, args: JValue[], type: string) => JValue | undefined;

const parsed = new Map<string, ClassFile>();
function fileOf(bytes: string): ClassFile {
  let file = parsed.get(bytes);
  if (!file) {
    if (parsed.size > 200) parsed.clear();
    file = readClassFile(bytes);
    parsed.set(bytes, file);
  }
  return file;
}

/** A Java virtual machine between two looks of the kernel. */
export class Machine {
  sys: Sys;
  readonly classes: { [name: string]: string } = {};
  readonly path: string[] = [];
  readonly statics = new Map<string, { [name: string]: JValue }>();
  readonly ready = new Map<string, 'now' | 'done'>();
  readonly texts = new Map<string, Obj>();
  readonly boxes = new Map<string, Obj>();
  threads: Thread[] = [];
  current: Thread | undefined;
  out: (readonly [number, string])[] = [];
  input = '';
  inputEnded = false;
  nextThread = 1;
  nextHash = 1;
  readonly options: {
    print: boolean;
    /** The highest tier of compilation; 0: everything is interpreted. */
    tiers: number;
    heap: number;
    env: { [n: string]: string };
    /** System properties that were given: `-Dname=value`. */
    properties: { [name: string]: string };
    version: string;
    started: number;
  };
  readonly calls: { [method: string]: number } = {};
  readonly loops: { [method: string]: number } = {};
  readonly levels: { [method: string]: number } = {};
  compiledCount = 0;
  readonly natives: (key: string) => Native | undefined;
  run: (m: Machine, thread: Thread, base: number, budget: () => boolean) => boolean = () => true;
  /** Reads a class's file from the class path. */
  find: (name: string) => string | undefined = () => undefined;
  onLoad: (name: string, file: ClassFile) => void = () => undefined;
  onCompile: (method: string, tier: number, file: ClassFile) => void = () => undefined;
  beyondAt: string | undefined;

  constructor(sys: Sys, natives: (key: string) => Native | undefined, options: Machine['options']) {
    this.sys = sys;
    this.natives = natives;
    this.options = options;
  }

  // classes
  /** The class file of a program's class; undefined for the library's. */
  file(name: string): ClassFile | undefined {
    const known = this.classes[name];
    if (known !== undefined) return fileOf(known);
    if (libraryClasses().get(name)) return undefined;
    const bytes = this.find(name);
    if (bytes === undefined) return undefined;
    const file = fileOf(bytes);
    const newest = Number(this.options.version.split('.')[0]) + 44;
    if (file.major > newest)
      throw this.error(
        'java/lang/UnsupportedClassVersionError',
        `${name} has been compiled by a more recent version of the Java Runtime (class file version ${file.major}.${file.minor}), this version of the Java Runtime only recognizes class file versions up to ${newest}.0`,
      );
    this.classes[name] = bytes;
    this.onLoad(name, file);
    return file;
  }
  superOf(name: string): string | undefined {
    const file = this.file(name);
    if (file) return file.super;
    const one = libraryClasses().get(name);
    if (one?.super?.t === 'class') return one.super.name;
    return name === 'java/lang/Object' ? undefined : 'java/lang/Object';
  }
  interfacesOf(name: string): readonly string[] {
    const inner = hiddenClasses[name];
    if (inner) return [inner];
    const file = this.file(name);
    if (file) return file.interfaces;
    return (libraryClasses().get(name)?.interfaces ?? []).flatMap((t) => (t.t === 'class' ? [t.name] : []));
  }
  below(name: string, above: string): boolean {
    if (name === above || above === 'java/lang/Object') return true;
    if (name.startsWith('[')) {
      if (!above.startsWith('[')) return above === 'java/lang/Cloneable' || above === 'java/io/Serializable';
      const [a, b] = [name.slice(1), above.slice(1)];
      const plain = (t: string) => (t.startsWith('L') ? t.slice(1, -1) : t);
      return a === b || (a.length > 1 && b.length > 1 && this.below(plain(a), plain(b)));
    }
    const up = this.superOf(name);
    if (up !== undefined && this.below(up, above)) return true;
    return this.interfacesOf(name).some((one) => this.below(one, above));
  }
  instance(v: JValue, type: string): boolean {
    if (!(v instanceof Obj)) return false;
    if (v.c === '$lambda') {
      const of = (v.x as { face: string }).face;
      return type === 'java/lang/Object' || this.below(of, type);
    }
    return this.below(v.c, type.startsWith('[') ? type : type);
  }
  /** The method that a call means for an object of this class, with the class that has it. */
  method(name: string, method: string, type: string): { cls: string; info: MethodInfo } | undefined {
    const faces: string[] = [];
    for (let at: string | undefined = name; at !== undefined; at = this.superOf(at)) {
      const file = this.file(at);
      if (!file) {
        if (libraryClasses().get(at)) faces.push(...this.interfacesOf(at));
        continue;
      }
      const info = file.methods.find((m) => m.name === method && m.type === type);
      if (info && (info.code || (info.flags & 256) !== 0)) return { cls: at, info };
      faces.push(...file.interfaces);
    }
    for (const face of faces) {
      const got = this.method(face, method, type);
      if (got) return got;
    }
    return undefined;
  }
  /** Begins the initialisation of a class; true when there is something to run first. */
  initialize(name: string): boolean {
    if (this.ready.has(name)) return false;
    const file = this.file(name);
    if (!file) {
      if (libraryClasses().get(name) || name.startsWith('[')) {
        this.ready.set(name, 'done');
        return false;
      }
      throw this.error('java/lang/NoClassDefFoundError', name);
    }
    this.ready.set(name, 'now');
    const values: { [n: string]: JValue } = {};
    for (const one of file.fields)
      if ((one.flags & 8) !== 0) values[one.name] = one.constant ? this.constant(one.constant) : zero(one.type);
    this.statics.set(name, values);
    const first = file.methods.find((m) => m.name === '<clinit>');
    let run = false;
    if (first) {
      this.push(name, first, []);
      run = true;
    }
    if (file.super !== undefined && this.initialize(file.super)) run = true;
    return run;
  }
  holder(name: string, field: string): { [name: string]: JValue } | undefined {
    for (let at: string | undefined = name; at !== undefined; at = this.superOf(at)) {
      const values = this.statics.get(at);
      if (values && Object.hasOwn(values, field)) return values;
      for (const face of this.interfacesOf(at)) {
        if (this.file(face)) this.initialize(face);
        const got = this.statics.get(face);
        if (got && Object.hasOwn(got, field)) return got;
      }
    }
    return undefined;
  }

  // values
  text(s: string): Obj {
    const o = new Obj('java/lang/String');
    o.s = s;
    return o;
  }
  literal(s: string): Obj {
    let o = this.texts.get(s);
    if (!o) {
      o = this.text(s);
      this.texts.set(s, o);
    }
    return o;
  }
  constant(item: PoolItem): JValue {
    if (item.p === 'string') return this.literal(item.text);
    if (item.p === 'class') return this.classObject(item.text);
    return 'value' in item ? item.value : null;
  }
  classObject(name: string): Obj {
    const key = `class ${name}`;
    let o = this.boxes.get(key);
    if (!o) {
      o = new Obj('java/lang/Class');
      o.x = name;
      this.boxes.set(key, o);
    }
    return o;
  }
  make(name: string): Obj {
    const o = new Obj(name);
    const f: { [n: string]: JValue } = {};
    for (let at: string | undefined = name; at !== undefined; at = this.superOf(at))
      for (const one of this.file(at)?.fields ?? []) if ((one.flags & 8) === 0) f[one.name] ??= zero(one.type);
    o.f = f;
    return o;
  }
  array(type: string, items: JValue[]): Obj {
    const o = new Obj(type);
    o.a = items;
    return o;
  }
  /** A primitive value in an object of its class. */
  box(v: JValue, letter: string): JValue {
    const name = wrappers[letter];
    if (name === undefined || v === null || v instanceof Obj) return v;
    const small = letter === 'Z' || (letter !== 'D' && letter !== 'F' && v >= -128 && v <= 127);
    const key = `${letter} ${v}`;
    const cached = small ? this.boxes.get(key) : undefined;
    if (cached) return cached;
    const o = new Obj(`java/lang/${name}`);
    o.x = v;
    if (small) this.boxes.set(key, o);
    return o;
  }

  // exceptions
  error(name: string, message?: string, frames: readonly string[] = []): Raised {
    const o = new Obj(name);
    o.f = { message: message === undefined ? null : this.text(message), cause: null };
    o.x = [...frames.map((one) => `java.base/${one}`), ...this.trace()];
    return new Raised(o);
  }
  /** Where the current thread is, the innermost method first. */
  trace(): string[] {
    const frames = this.current?.frames ?? [];
    return frames
      .slice(-1024)
      .toReversed()
      .flatMap((f, i, all) => {
        if (
          f.method.name === '<init>' &&
          all.slice(0, i + 1).every((one) => one.method.name === '<init>') &&
          this.below(f.cls, 'java/lang/Throwable')
        )
          return [];
        return [this.where(f)];
      });
  }
  where(f: Frame): string {
    const file = this.file(f.cls);
    let line = 0;
    for (const [pc, at] of f.method.code?.lines ?? []) if (pc <= Math.max(0, f.pc - 1)) line = at;
    return `${f.cls.replaceAll('/', '.')}.${f.method.name}(${file?.source ?? 'Unknown Source'}${line > 0 ? `:${line}` : ''})`;
  }

  // calls
  push(cls: string, info: MethodInfo, args: readonly JValue[], native = false): void {
    const thread = this.current;
    if (!thread) return;
    if (thread.frames.length > 2600) throw this.error('java/lang/StackOverflowError');
    const locals: JValue[] = [];
    const kinds = slotsOf(info.type, (info.flags & 8) !== 0);
    args.forEach((v, i) => {
      locals.push(v);
      if (kinds[i] === 2) locals.push(null);
    });
    thread.frames.push({ cls, method: info, pc: 0, locals, stack: [], ...(native ? { native } : {}) });
    const key = `${cls}.${info.name}${info.type}`;
    this.calls[key] = (this.calls[key] ?? 0) + 1;
    if (this.options.tiers > 0 && info.code) hot(this, key, cls, info);
  }
  private depth = 0;
  /** Calls a method of an object from a built-in one, and waits for its result. */
  callMethod(o: JValue, name: string, type: string, args: readonly JValue[]): JValue {
    if (!(o instanceof Obj)) throw this.error('java/lang/NullPointerException');
    const thread = this.current;
    if (!thread) return null;
    if (o.c === '$lambda') return callLambda(this, o, args);
    const found = this.method(o.c, name, type) ?? this.byName(o.c, name, args.length);
    if (!found) {
      const native = this.nativeOf(o.c, name, type);
      if (!native) throw new BeyondJava(`${o.c.replace(/^.*\//, '')}.${name}`);
      return native(this, [o, ...args], type) ?? null;
    }
    return this.runNow(found.cls, found.info, [
      o,
      ...args.map((v, i) => this.adapt(v, paramsOf(found.info.type)[i] ?? 'L')),
    ]);
  }
  private byName(cls: string, name: string, count: number): { cls: string; info: MethodInfo } | undefined {
    for (let at: string | undefined = cls; at !== undefined; at = this.superOf(at)) {
      const info = this.file(at)?.methods.find(
        (m) => m.name === name && m.code && paramsOf(m.type).length === count && (m.flags & 4096) === 0,
      );
      if (info) return { cls: at, info };
    }
    return undefined;
  }
  adapt(v: JValue, letter: string): JValue {
    if (/^[LZ[]/.test(letter) && letter !== 'Z') return v;
    return v instanceof Obj ? (v.x as JValue) : letter === 'J' && typeof v === 'number' ? BigInt(v) : v;
  }
  runNow(cls: string, info: MethodInfo, args: readonly JValue[]): JValue {
    const thread = this.current;
    if (!thread) return null;
    if (this.depth > 60) throw this.error('java/lang/StackOverflowError');
    const base = thread.frames.length;
    this.depth += 1;
    try {
      this.push(cls, info, args, true);
      const holder = { value: null as JValue };
      this.results.push(holder);
      let left = 5_000_000;
      if (!this.run(this, thread, base, () => --left > 0))
        throw new BeyondJava('a computation this long inside a callback');
      const letter = info.type.slice(info.type.indexOf(')') + 1);
      return this.box(this.results.pop()?.value ?? null, letter);
    } finally {
      this.depth -= 1;
    }
  }
  readonly results: { value: JValue }[] = [];
  /** Runs the class initialisers that were just begun. */
  finishInit(): void {
    const thread = this.current;
    if (!thread) return;
    const base = thread.frames.findLastIndex((f) => f.method.name !== '<clinit>') + 1;
    let left = 1_000_000;
    this.run(this, thread, base, () => --left > 0);
  }
  /** The built-in method of a class of the library, or of one above it. */
  nativeOf(cls: string, name: string, type: string): Native | undefined {
    const seen = new Set<string>();
    const visit = (at: string | undefined): Native | undefined => {
      if (at === undefined || seen.has(at)) return undefined;
      seen.add(at);
      const own = this.natives(`${at}.${name}${type}`) ?? this.natives(`${at}.${name}`);
      if (own) return own;
      if (name === '<init>') return visit(this.superOf(at));
      const up = visit(at.startsWith('[') ? 'java/lang/Object' : this.superOf(at));
      if (up && !at.startsWith('[') && up !== this.natives(`java/lang/Object.${name}`)) return up;
      for (const face of at.startsWith('[') ? [] : this.interfacesOf(at)) {
        const got = visit(face);
        if (got) return got;
      }
      return up;
    };
    return visit(cls);
  }

  write(fd: number, text: string): void {
    if (text !== '') this.out.push([fd, text]);
  }
}

export const wrappers: { readonly [letter: string]: string } = {
  Z: 'Boolean',
  B: 'Byte',
  S: 'Short',
  C: 'Character',
  I: 'Integer',
  J: 'Long',
  F: 'Float',
  D: 'Double',
};
/** The parameters of a method's descriptor. */
export function paramsOf(type: string): string[] {
  let list = descriptors.get(type);
  if (!list) {
    list = [...type.slice(1, type.indexOf(')')).matchAll(/\[*(?:L[^;]+;|[A-Z])/g)].map(([one]) => one);
    descriptors.set(type, list);
  }
  return list;
}
const descriptors = new Map<string, string[]>();
function slotsOf(type: string, fixed: boolean): number[] {
  const own = paramsOf(type).map((one) => (one === 'J' || one === 'D' ? 2 : 1));
  return fixed ? own : [1, ...own];
}
/** The value that a field has before anything is assigned. */
export function zero(type: string): JValue {
  return type === 'J' ? 0n : /^[LZ[]/.test(type) && type !== 'Z' ? null : 0;
}
