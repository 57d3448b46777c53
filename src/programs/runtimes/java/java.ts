import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys, Wake } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { compile } from './compile.ts';
import { report } from './javac.ts';
import { ClassFormatError, readClassFile } from './machine/class-file.ts';
import { lastTier } from './machine/compiler.ts';
import { freeze, thaw } from './machine/frozen.ts';
import { interpret } from './machine/interpret.ts';
import { Again, Exit, type JavaState, Machine } from './machine/machine.ts';
import { native } from './machine/natives.ts';
import { traceText } from './machine/natives-lang.ts';
import { Raised } from './machine/objects.ts';
import { BeyondJava } from './problem.ts';
import { javaVersion, versionText } from './version.ts';

/** Bytes of memory that the machine takes for its objects: `-Xmx`, or a quarter of what the container may use. */
function heapOf(sys: Sys, flags: readonly string[]): number {
  const given = flags.findLast((f) => /^-Xmx\d/.test(f));
  const [, digits, unit = ''] = /^-Xmx(\d+)([kKmMgG]?)$/.exec(given ?? '') ?? [];
  if (digits !== undefined) return Number(digits) * ({ k: 1024, m: 1 << 20, g: 1 << 30 }[unit.toLowerCase()] ?? 1);
  const share = Number(flags.findLast((f) => f.startsWith('-XX:MaxRAMPercentage='))?.split('=')[1] ?? '25');
  const read = (path: string) => {
    const got = sys.fs.readFile(path);
    return isErrno(got) ? '' : got.bytes;
  };
  const total = Number(/MemTotal:\s+(\d+)/.exec(read('/proc/meminfo'))?.[1] ?? '2097152') * 1024;
  const limit = Number(read('/sys/fs/cgroup/memory.max').trim());
  return Math.floor(((limit > 0 ? Math.min(limit, total) : total) * share) / 100);
}

/** Options that change what the machine does. */
const acts =
  /^(?:-Xint|-Xmx\d+[kKmMgG]?|-D.*|-XX:\+PrintCompilation|-XX:MaxRAMPercentage=[\d.]+|-Xshare:(?:auto|on|off)|-XX:TieredStopAtLevel=[0-4])$/;
/** Options of which a program here sees nothing: assertions are not compiled, and garbage is taken away unseen. */
const unseen = /^(?:-Xms\d+[kKmMgG]?|-ea|-enableassertions|-server|-XX:\+Use(?:Serial|Parallel|G1|Z|Shenandoah)GC)$/;

const usage = `Usage: java [options] <mainclass> [args...]
           (to execute a class)
   or  java [options] <sourcefile> [args]
           (to execute a single source-file program)
`;

/** The program `java`: a virtual machine that runs the bytecode of class files. */
export function startJava(exec: Exec, sys: Sys): Next<JavaState> {
  const version = javaVersion(exec, sys);
  const say = (fd: number, text: string, code: number): Next<JavaState> => {
    sys.write(fd, encodeUtf8(text));
    return { exit: code };
  };
  const args = [...exec.argv.slice(1)];
  const flags = [
    ...(exec.env.JAVA_TOOL_OPTIONS ?? '').split(/\s+/),
    ...(exec.env.JDK_JAVA_OPTIONS ?? '').split(/\s+/),
  ].filter((f) => f !== '');
  if (exec.env.JAVA_TOOL_OPTIONS)
    sys.write(2, encodeUtf8(`Picked up JAVA_TOOL_OPTIONS: ${exec.env.JAVA_TOOL_OPTIONS}\n`));
  let path = exec.env.CLASSPATH || '.';
  while (args[0]?.startsWith('-')) {
    const one = args.shift() ?? '';
    if (one === '-version' || one === '--version')
      return say(one === '-version' ? 2 : 1, versionText(exec, sys, one === '--version', flags), 0);
    if (one === '-help' || one === '--help' || one === '-h' || one === '-?') return say(1, usage, 0);
    if (one === '-cp' || one === '-classpath' || one === '--class-path') path = args.shift() ?? '.';
    else if (one === '-jar') return say(2, 'drydock: java -jar is not simulated\n', 70);
    else if (acts.test(one) || unseen.test(one)) flags.push(one);
    else if (/^-XX:|^-X|^--|^-verbose|^-agent|^-javaagent/.test(one))
      return say(2, `drydock: java ${one} is not simulated\n`, 70);
    else
      return say(
        2,
        `Unrecognized option: ${one}\nError: Could not create the Java Virtual Machine.\nError: A fatal exception has occurred. Program will exit.\n`,
        1,
      );
  }
  const [main, ...rest] = args;
  if (main === undefined) return say(2, usage, 1);
  const options = {
    print: flags.includes('-XX:+PrintCompilation'),
    tiers: lastTier(flags),
    heap: heapOf(sys, flags),
    env: { ...exec.env },
    properties: Object.fromEntries(
      flags.flatMap((f) => {
        const [, key, value = ''] = /^-D([^=]+)=?([\s\S]*)$/.exec(f) ?? [];
        return key === undefined ? [] : [[key, value] as const];
      }),
    ),
    version,
    started: sys.now,
  };
  const m = new Machine(sys, native, options);
  m.path.push(...path.split(':'));
  let name = main.replaceAll('.', '/');
  if (main.endsWith('.java')) {
    const source = sys.fs.readFile(main);
    if (isErrno(source)) return say(2, `error: file not found: ${main}\n`, 1);
    const text = decodeUtf8(source.bytes);
    try {
      const made = compile([{ path: main, text }], Number(version.split('.')[0]), true);
      if (made.problems.length > 0) return say(2, `${report(made)}error: compilation failed\n`, 1);
      for (const one of made.files) m.classes[one.name] = one.bytes;
      name = made.files[0]?.name ?? name;
      const first = made.files[0] && readClassFile(made.files[0].bytes);
      if (first && !first.methods.some((one) => one.name === 'main' && one.type === '([Ljava/lang/String;)V'))
        return say(2, `error: can't find main(String[]) method in class: ${name.replaceAll('/', '.')}\n`, 1);
    } catch (error) {
      return beyond(sys, error, main, text);
    }
  }
  prepare(m);
  return begin(m, name, main, rest);
}

/** What compiling or running met and is not read here. */
export function beyond(sys: Sys, error: unknown, place: string, text?: string): { readonly exit: number } {
  const what =
    error instanceof BeyondJava
      ? error.what
      : error instanceof RangeError
        ? 'nesting this deep'
        : `something that was not foreseen (${String(error)})`;
  const line =
    error instanceof BeyondJava && error.pos !== undefined && text !== undefined
      ? `:${text.slice(0, error.pos).split('\n').length}`
      : '';
  tell(sys, 'java', 'program-beyond', { language: 'Java', place: `${place}${line}`, what });
  sys.write(2, encodeUtf8(`drydock: ${place}${line}: ${what} is beyond what drydock reads of Java\n`));
  return { exit: 70 };
}

function prepare(m: Machine): void {
  m.run = interpret;
  m.find = (name) => {
    for (const place of m.path) {
      const got = m.sys.fs.readFile(`${place === '' ? '.' : place}/${name}.class`);
      if (!isErrno(got)) return got.bytes;
    }
    return undefined;
  };
  m.onLoad = (name, file) => {
    const methods = file.methods.filter(({ code }) => code);
    tell(m.sys, 'java', 'class-verified', {
      name: name.replaceAll('/', '.'),
      version: file.major,
      methods: methods.length,
      bytes: methods.reduce((sum, { code }) => sum + (code?.bytes.length ?? 0), 0),
    });
  };
  m.onCompile = (method, tier) => tell(m.sys, 'java', 'method-compiled', { method, tier });
}

function begin(m: Machine, name: string, asked: string, args: readonly string[]): Next<JavaState> {
  const { sys } = m;
  const say = (text: string, code = 1): Next<JavaState> => {
    sys.write(2, encodeUtf8(text));
    return { exit: code };
  };
  m.current = { id: 0, name: 'main', object: null, frames: [], daemon: false };
  try {
    if (!m.file(name))
      return say(
        `Error: Could not find or load main class ${asked}\nCaused by: java.lang.ClassNotFoundException: ${name.replaceAll('/', '.')}\n`,
      );
  } catch (error) {
    if (error instanceof ClassFormatError)
      return say(
        `Error: LinkageError occurred while loading main class ${asked}\n\tjava.lang.ClassFormatError: ${error.message} ${name}\n`,
      );
    if (error instanceof Raised)
      return say(
        `Error: LinkageError occurred while loading main class ${asked}\n\t${traceText(m, error.o).split('\n')[0]}\n`,
      );
    throw error;
  }
  const found = m.method(name, 'main', '([Ljava/lang/String;)V');
  if (!found || (found.info.flags & 9) !== 9)
    return say(
      found && (found.info.flags & 8) === 0
        ? `Error: Main method is not static in class ${asked}, please define the main method as:\n   public static void main(String[] args)\n`
        : `Error: Main method not found in class ${asked}, please define the main method as:\n   public static void main(String[] args)\nor a JavaFX application class must extend javafx.application.Application\n`,
    );
  const thread = m.current;
  m.threads = [thread];
  if (sys.pid === 1) for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) sys.onSignal(signal, 'catch');
  m.push(found.cls, found.info, [
    m.array(
      '[Ljava/lang/String;',
      args.map((arg) => m.text(arg)),
    ),
  ]);
  try {
    m.initialize(found.cls);
  } catch (error) {
    if (!(error instanceof BeyondJava)) throw error;
    return beyond(sys, error, asked);
  }
  return turn(m);
}

/** Goes on with a machine that was put to rest. */
export function stepJava(state: JavaState, wake: Wake, sys: Sys): Next<JavaState> {
  if (state.pending.length > 0 || state.ended !== null) {
    const left = flush(sys, state.pending);
    if (left.length > 0) return { state: { ...state, pending: left }, wait: { writable: [left[0]?.[0] ?? 1] } };
    if (state.ended !== null) return { exit: state.ended };
  }
  // the machine ends in good order: 128 and the signal's number
  if (wake.on === 'signal')
    return { exit: { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[wake.signal as 'SIGTERM'] ?? 143 };
  const { options } = state.rest as unknown as { options: Machine['options'] };
  const m = new Machine(sys, native, { ...options });
  prepare(m);
  thaw(m, state.heap, state.rest);
  return turn(m);
}

function flush(sys: Sys, all: JavaState['pending']): (readonly [number, string])[] {
  const left = [...all];
  for (let first = left[0]; first; first = left[0]) {
    const taken = sys.write(first[0], first[1]);
    if (taken === 'again') break;
    if (!isErrno(taken) && taken < first[1].length) left[0] = [first[0], first[1].slice(taken)];
    else left.shift();
  }
  return left;
}

/** Lets the threads run, each for a while, until all wait or the time is up. */
function turn(m: Machine): Next<JavaState> {
  const { sys } = m;
  let ended: number | null = null;
  let uncaught = 0;
  let tired = false;
  try {
    for (;;) {
      for (const t of m.threads) {
        if (t.join && !m.threads.some((other) => other.object === t.join)) t.join = undefined;
        if (t.input) t.input = false;
      }
      const ready = m.threads.filter(
        (t) => t.join === undefined && (t.until === undefined || t.until <= sys.now) && !t.input,
      );
      const before = m.threads.length;
      let moved = false;
      for (const t of ready) {
        m.current = t;
        let quantum = 4000;
        try {
          const done = interpret(m, t, 0, () => {
            if (quantum-- % 40 === 0 && !sys.spend(2)) tired = true;
            return !tired && quantum > 0;
          });
          moved = true;
          if (done) m.threads = m.threads.filter((one) => one !== t);
        } catch (error) {
          if (error instanceof Raised) {
            m.write(2, `Exception in thread "${t.name}" ${traceText(m, error.o)}`);
            m.threads = m.threads.filter((one) => one !== t);
            if (t.id === 0) uncaught = 1;
            moved = true;
          } else if (!(error instanceof Again)) throw error;
        }
        if (tired) break;
      }
      if (m.threads.every((t) => t.daemon)) {
        ended = uncaught;
        break;
      }
      if (tired || (!moved && m.threads.length === before)) break;
    }
  } catch (error) {
    if (error instanceof Exit) ended = error.code;
    else {
      const pending = flush(
        sys,
        m.out.map(([fd, text]) => [fd, encodeUtf8(text)] as const),
      );
      return pending.length > 0 ? { exit: 70 } : beyond(sys, error, m.beyondAt ?? 'java');
    }
  }
  const pending = flush(
    sys,
    m.out.map(([fd, text]) => [fd, encodeUtf8(text)] as const),
  );
  m.out = [];
  if (ended !== null && pending.length === 0) return { exit: ended };
  const state: JavaState = ended === null ? { ...freeze(m), pending, ended } : { heap: [], rest: null, pending, ended };
  if (pending.length > 0) return { state, wait: { writable: [pending[0]?.[0] ?? 1] } };
  if (tired) return { state, yield: true };
  const times = m.threads.flatMap((t) => (t.until === undefined ? [] : [t.until]));
  return {
    state,
    wait: {
      ...(m.threads.some((t) => t.input) ? { readable: [0] } : {}),
      ...(times.length > 0 ? { until: Math.min(...times) } : {}),
    },
  };
}
