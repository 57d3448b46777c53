import { Again, Exit, type Machine, type Native } from './machine.ts';
import { type JValue, Obj } from './objects.ts';
import { format, hashOf, identity, objectText, same, str, textOf, textOrder } from './text.ts';

type Natives = { [key: string]: Native };
const bool = (b: boolean): number => (b ? 1 : 0);
const n = (v: JValue | undefined): number => Number(v ?? 0);
const letterOf = (type: string): string => type.slice(1, type.indexOf(')'));

/** A stream's characters, to standard output or standard error. */
function print(m: Machine, self: JValue | undefined, text: string): void {
  m.write(self instanceof Obj && self.x === 2 ? 2 : 1, text);
}
function value(m: Machine, v: JValue | undefined, type: string): string {
  const letter = letterOf(type);
  if (letter === '[C' && v instanceof Obj) return (v.a ?? []).map((c) => String.fromCharCode(Number(c))).join('');
  return textOf(m, v ?? null, letter);
}
const all: Natives = {
  'java/lang/Object.<init>': () => null,
  'java/lang/Object.toString': (m, [o]) =>
    m.text(o instanceof Obj ? `${o.c.replaceAll('/', '.')}@${(hashOf(m, o) >>> 0).toString(16)}` : 'null'),
  'java/lang/Object.equals': (m, [a = null, b = null]) => bool(same(m, a, b)),
  'java/lang/Object.hashCode': (m, [o = null]) => hashOf(m, o),
  'java/lang/Object.getClass': (m, [o]) => m.classObject(o instanceof Obj ? o.c : 'java/lang/Object'),
  'java/lang/Object.clone': (_m, [o]) => {
    if (!(o instanceof Obj)) return null;
    const copy = new Obj(o.c);
    if (o.a) copy.a = [...o.a];
    if (o.f) copy.f = { ...o.f };
    return copy;
  },
  'java/lang/Object.notify': () => null,
  'java/lang/Object.notifyAll': () => null,
  'java/lang/Class.getName': (m, [c]) => m.text(c instanceof Obj ? String(c.x).replaceAll('/', '.') : ''),
  'java/lang/Class.getSimpleName': (m, [c]) =>
    m.text(
      c instanceof Obj
        ? String(c.x)
            .replace(/^.*[/$]/, '')
            .replace(/^\d+/, '')
        : '',
    ),
  'java/lang/Class.toString': (m, [c]) => m.text(`class ${c instanceof Obj ? String(c.x).replaceAll('/', '.') : ''}`),
  'java/lang/Enum.<init>': (_m, [o, name = null, ordinal = 0]) => {
    if (o instanceof Obj) o.f = { ...o.f, $name: name, $ordinal: ordinal };
    return null;
  },
  'java/lang/Enum.name': (_m, [o]) => (o instanceof Obj ? (o.f?.$name ?? null) : null),
  'java/lang/Enum.toString': (_m, [o]) => (o instanceof Obj ? (o.f?.$name ?? null) : null),
  'java/lang/Enum.ordinal': (_m, [o]) => (o instanceof Obj ? (o.f?.$ordinal ?? 0) : 0),
  'java/lang/Enum.compareTo': (_m, [a, b]) =>
    a instanceof Obj && b instanceof Obj ? n(a.f?.$ordinal) - n(b.f?.$ordinal) : 0,
  'java/lang/Enum.valueOf': (m, [c, name = null]) => {
    const cls = c instanceof Obj ? String(c.x) : '';
    const all_ = m.holder(cls, '$VALUES')?.$VALUES;
    const found =
      all_ instanceof Obj ? all_.a?.find((o) => o instanceof Obj && same(m, o.f?.$name ?? null, name)) : undefined;
    if (found === undefined)
      throw m.error(
        'java/lang/IllegalArgumentException',
        `No enum constant ${cls.replace(/[/$]/g, '.')}.${str(m, name)}`,
        ['java.lang.Enum.valueOf(Enum.java:273)'],
      );
    return found;
  },
  // output
  'java/lang/System.out static': (m) => stream(m, 1),
  'java/lang/System.err static': (m) => stream(m, 2),
  'java/lang/System.in static': (m) => stream(m, 0),
  'java/io/PrintStream.println': (m, [self, v], type) => {
    print(m, self, `${type === '()V' ? '' : value(m, v, type)}\n`);
    return null;
  },
  'java/io/PrintStream.print': (m, [self, v], type) => {
    print(m, self, value(m, v, type));
    return null;
  },
  'java/io/PrintStream.printf': (m, [self = null, pattern = null, args]) => {
    print(m, self, format(m, str(m, pattern), args instanceof Obj ? (args.a ?? []) : []));
    return self;
  },
  'java/io/PrintStream.flush': () => null,
  'java/lang/System.exit': (_m, [code]) => {
    throw new Exit(n(code) & 255);
  },
  'java/lang/System.currentTimeMillis': (m) => BigInt(Math.floor(m.sys.now / 1000)),
  'java/lang/System.nanoTime': (m) => BigInt(m.sys.now) * 1000n,
  'java/lang/System.lineSeparator': (m) => m.text('\n'),
  'java/lang/System.gc': () => null,
  'java/lang/System.identityHashCode': (m, [o]) => (o instanceof Obj ? identity(m, o) : 0),
  'java/lang/System.getProperty': (m, [key, other = null]) => {
    const v: { readonly [key: string]: string } = {
      'java.version': m.options.version,
      'os.name': 'Linux',
      'os.arch': 'amd64',
      'user.dir': m.sys.cwd(),
      'file.separator': '/',
      'line.separator': '\n',
      'java.vm.name': 'OpenJDK 64-Bit Server VM',
      'os.version': m.sys.uname().release,
      ...m.options.properties,
    };
    const found = v[str(m, key ?? null)];
    return found === undefined ? other : m.text(found);
  },
  'java/lang/System.getenv(Ljava/lang/String;)Ljava/lang/String;': (m, [key]) => {
    const v = m.options.env[str(m, key ?? null)];
    return v === undefined ? null : m.text(v);
  },
  'java/lang/System.arraycopy': (m, [from, at, to, into, count]) => {
    if (!(from instanceof Obj) || !(to instanceof Obj) || !from.a || !to.a)
      throw m.error('java/lang/NullPointerException');
    if (n(at) < 0 || n(into) < 0 || n(at) + n(count) > from.a.length || n(into) + n(count) > to.a.length)
      throw m.error(
        'java/lang/ArrayIndexOutOfBoundsException',
        `arraycopy: last ${n(at) + n(count) > from.a.length ? `source index ${n(at) + n(count)} out of bounds for ${arrayName(from)}[${from.a.length}]` : `destination index ${n(into) + n(count)} out of bounds for ${arrayName(to)}[${to.a.length}]`}`,
      );
    to.a.splice(n(into), n(count), ...from.a.slice(n(at), n(at) + n(count)));
    return null;
  },
  'java/lang/Runtime.getRuntime': (m) => m.classObject('java/lang/Runtime'),
  'java/lang/Runtime.maxMemory': (m) => BigInt(m.options.heap),
  'java/lang/Runtime.totalMemory': (m) => BigInt(Math.min(m.options.heap, 64 << 20)),
  'java/lang/ProcessHandle.current': (m) => m.classObject('java/lang/ProcessHandle'),
  'java/lang/ProcessHandle.pid': (m) => BigInt(m.sys.pid),
  // threads
  'java/lang/Thread.<init>': (m, [o, a, b], type) => {
    if (!(o instanceof Obj)) return null;
    const named = type.includes('Ljava/lang/String;') ? (b ?? a ?? null) : m.text(`Thread-${m.nextThread - 1}`);
    if (!type.includes('Ljava/lang/String;')) m.nextThread += 1;
    o.f = { ...o.f, $name: named, $run: type.includes('Runnable') ? (a ?? null) : null, $daemon: 0 };
    return null;
  },
  'java/lang/Thread.start': (m, [o]) => {
    if (!(o instanceof Obj)) return null;
    const own = m.method(o.c, 'run', '()V');
    const target = o.f?.$run ?? null;
    const thread = {
      id: m.threads.length + 1 + m.nextThread * 100,
      name: str(m, o.f?.$name ?? null),
      object: o,
      frames: [],
      daemon: o.f?.$daemon === 1,
    };
    m.threads.push(thread);
    const before = m.current;
    m.current = thread;
    if (own?.info.code) m.push(own.cls, own.info, [o]);
    else if (target instanceof Obj && target.c === '$lambda') startLambda(m, target);
    else if (target instanceof Obj) {
      const run = m.method(target.c, 'run', '()V');
      if (run) m.push(run.cls, run.info, [target]);
    }
    m.current = before;
    return null;
  },
  'java/lang/Thread.run': (m, [o]) => {
    const target = o instanceof Obj ? (o.f?.$run ?? null) : null;
    if (target) m.callMethod(target, 'run', '()V', []);
    return null;
  },
  'java/lang/Thread.join': (m, [o]) => {
    if (!(o instanceof Obj) || !m.current || !m.threads.some((t) => t.object === o)) return null;
    m.current.join = o;
    throw new Again();
  },
  'java/lang/Thread.isAlive': (m, [o]) => bool(m.threads.some((t) => t.object === o)),
  'java/lang/Thread.setDaemon': (_m, [o, on = 0]) => {
    if (o instanceof Obj) o.f = { ...o.f, $daemon: on };
    return null;
  },
  'java/lang/Thread.getName': (_m, [o]) => (o instanceof Obj ? (o.f?.$name ?? null) : null),
  'java/lang/Thread.setName': (_m, [o, name = null]) => {
    if (o instanceof Obj) o.f = { ...o.f, $name: name };
    return null;
  },
  'java/lang/Thread.currentThread': (m) => {
    if (m.current?.object) return m.current.object;
    const o = m.boxes.get('main thread') ?? new Obj('java/lang/Thread');
    o.f = { $name: m.text('main') };
    m.boxes.set('main thread', o);
    return o;
  },
  'java/lang/Thread.sleep': (m, [ms]) => {
    const t = m.current;
    if (!t) return null;
    if (t.until !== undefined) {
      if (m.sys.now >= t.until) {
        t.until = undefined;
        return null;
      }
    } else t.until = m.sys.now + n(ms) * 1000;
    throw new Again();
  },
  // exceptions
  'java/lang/Throwable.<init>': (m, [o, a = null, b = null], type) => {
    if (!(o instanceof Obj)) return null;
    const only = type === '(Ljava/lang/Throwable;)V';
    o.f = { ...o.f, message: only ? (a instanceof Obj ? m.text(throwableText(m, a)) : null) : a, cause: only ? a : b };
    o.x = m.trace();
    return null;
  },
  'java/lang/Throwable.getMessage': (_m, [o]) => (o instanceof Obj ? (o.f?.message ?? null) : null),
  'java/lang/Throwable.getLocalizedMessage': (_m, [o]) => (o instanceof Obj ? (o.f?.message ?? null) : null),
  'java/lang/Throwable.addSuppressed': (m, [o, t]) => {
    if (!(o instanceof Obj) || !o.f) return undefined;
    if (t === o) throw m.error('java/lang/IllegalArgumentException', 'Self-suppression not permitted');
    const before = o.f.suppressed instanceof Obj ? (o.f.suppressed.a ?? []) : [];
    o.f.suppressed = m.array('[Ljava/lang/Throwable;', [...before, t ?? null]);
    return undefined;
  },
  'java/lang/Throwable.getSuppressed': (m, [o]) =>
    m.array('[Ljava/lang/Throwable;', [
      ...(o instanceof Obj && o.f?.suppressed instanceof Obj ? (o.f.suppressed.a ?? []) : []),
    ]),
  'java/lang/Throwable.initCause': (_m, [o, t]) => {
    if (o instanceof Obj && o.f) o.f.cause = t ?? null;
    return o;
  },
  'java/lang/Throwable.getCause': (_m, [o]) => (o instanceof Obj ? (o.f?.cause ?? null) : null),
  'java/lang/Throwable.toString': (m, [o]) => m.text(o instanceof Obj ? plainThrowable(m, o) : ''),
  'java/lang/Throwable.printStackTrace': (m, [o]) => {
    if (o instanceof Obj) m.write(2, traceText(m, o));
    return null;
  },
  // texts put together
  'java/lang/StringBuilder.<init>': (_m, [o, s], type) => {
    if (o instanceof Obj) o.s = s instanceof Obj && type !== '(I)V' ? (s.s ?? '') : '';
    return null;
  },
  'java/lang/StringBuilder.append': (m, [o, v], type) => {
    if (o instanceof Obj) {
      o.s = (o.s ?? '') + value(m, v, type);
      m.sys.spend((type.length + 4) >> 4);
      if (o.s.length > 16_000_000) throw m.error('java/lang/OutOfMemoryError', 'Java heap space');
    }
    return o ?? null;
  },
  'java/lang/StringBuilder.reverse': (_m, [o]) => edit(o, (s) => [...s].reverse().join('')),
  'java/lang/StringBuilder.insert': (m, [o, i, v], type) =>
    edit(o, (s) => s.slice(0, n(i)) + value(m, v, `(${type.slice(2)}`) + s.slice(n(i))),
  'java/lang/StringBuilder.delete': (_m, [o, a, b]) => edit(o, (s) => s.slice(0, n(a)) + s.slice(n(b))),
  'java/lang/StringBuilder.replace': (m, [o, a, b, t]) => edit(o, (s) => s.slice(0, n(a)) + str(m, t) + s.slice(n(b))),
  'java/lang/StringBuilder.deleteCharAt': (m, [o, i]) =>
    edit(o, (s) => {
      if (n(i) < 0 || n(i) >= s.length)
        throw m.error('java/lang/StringIndexOutOfBoundsException', `index ${n(i)},length ${s.length}`);
      return s.slice(0, n(i)) + s.slice(n(i) + 1);
    }),
  'java/lang/StringBuilder.setCharAt': (_m, [o, i, c]) =>
    edit(o, (s) => s.slice(0, n(i)) + String.fromCharCode(n(c)) + s.slice(n(i) + 1)),
  'java/lang/StringBuilder.setLength': (_m, [o, l]) => edit(o, (s) => s.slice(0, n(l)).padEnd(n(l), '\0')),
  'java/lang/StringBuilder.toString': (m, [o]) => m.text(o instanceof Obj ? (o.s ?? '') : ''),
};

function arrayName(o: Obj): string {
  return { '[I': 'int', '[J': 'long', '[D': 'double', '[C': 'char', '[B': 'byte' }[o.c] ?? 'object array';
}
function edit(o: JValue | undefined, act: (s: string) => string): JValue {
  if (o instanceof Obj) o.s = act(o.s ?? '');
  return o ?? null;
}
function stream(m: Machine, fd: number): Obj {
  const key = `stream ${fd}`;
  const o = m.boxes.get(key) ?? new Obj(fd === 0 ? 'java/io/InputStream' : 'java/io/PrintStream');
  o.x = fd;
  m.boxes.set(key, o);
  return o;
}
function startLambda(m: Machine, target: Obj): void {
  const { kind, owner, name, type, given } = target.x as {
    kind: number;
    owner: string;
    name: string;
    type: string;
    given: JValue[];
  };
  const found =
    kind === 6 ? m.method(owner, name, type) : m.method(given[0] instanceof Obj ? given[0].c : owner, name, type);
  if (found) m.push(found.cls, found.info, given);
}

/** What Throwable.toString gives. */
export function plainThrowable(m: Machine, o: Obj): string {
  const own = m.method(o.c, 'getMessage', '()Ljava/lang/String;');
  const message = own?.info.code ? m.callMethod(o, 'getMessage', '()Ljava/lang/String;', []) : (o.f?.message ?? null);
  const name = o.c.replaceAll('/', '.');
  return message instanceof Obj ? `${name}: ${message.s ?? ''}` : name;
}
function throwableText(m: Machine, o: Obj): string {
  const own = m.method(o.c, 'toString', '()Ljava/lang/String;');
  return own?.info.code ? objectText(m, o) : plainThrowable(m, o);
}
/** An exception with its stack, what it suppressed and its causes, as printStackTrace shows them. */
export function traceText(m: Machine, o: Obj): string {
  const enclosed = (o: Obj, around: readonly string[], caption: string, indent: string): string => {
    const own = Array.isArray(o.x) ? o.x.map(String) : [];
    let shared = 0;
    while (shared < own.length && shared < around.length && own.at(-1 - shared) === around.at(-1 - shared)) shared++;
    let text = `${indent}${caption}${throwableText(m, o)}\n`;
    for (const line of own.slice(0, own.length - shared).slice(0, 1024)) text += `${indent}\tat ${line}\n`;
    if (shared > 0) text += `${indent}\t... ${shared} more\n`;
    const suppressed = o.f?.suppressed instanceof Obj ? (o.f.suppressed.a ?? []) : [];
    for (const one of suppressed) if (one instanceof Obj) text += enclosed(one, own, 'Suppressed: ', `${indent}\t`);
    const cause = o.f?.cause;
    if (cause instanceof Obj && cause !== o) text += enclosed(cause, own, 'Caused by: ', indent);
    return text;
  };
  return enclosed(o, [], '', '');
}

/** Built-in methods of java.lang. */
export const langNatives: Natives = all;
export { textOrder };
