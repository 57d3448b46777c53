import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys, Wait, Wake } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import type { Lang } from './lang.ts';
import { type Loop, type Turn, turn } from './schedule.ts';
import type { Running } from './state.ts';
import { Beyond, type LangName } from './tree.ts';
import { Ended, Thrown, Vm } from './vm.ts';

/** A runtime's state: the program, and output that has not been taken yet with what is to happen after it. */
export type RuntimeState = {
  readonly running: Running | null;
  readonly pending: readonly (readonly [fd: number, bytes: string])[];
  readonly after: { readonly exit: number } | { readonly wait: Wait } | { readonly yield: true };
  /** It has not begun: its program is still coming through the standard input. */
  readonly source?: { readonly exec: Exec; readonly text: string };
};

/** A program of the kernel whose state is a RuntimeState (plain data, though its type is an interface). */
export interface RuntimeProgram {
  start(exec: Exec, sys: Sys): Next<RuntimeState>;
  step(state: RuntimeState, wake: Wake, sys: Sys): Next<RuntimeState>;
}

/** A new program before its first step. */
export function running(
  lang: LangName,
  flavour: string,
  version: string,
  argv: readonly string[],
  env: Running['env'],
  sys: Sys,
): Running {
  return {
    lang,
    flavour,
    version,
    argv,
    env,
    sources: {},
    heap: {},
    next: 1,
    tasks: [],
    micro: [],
    timers: [],
    listeners: [],
    connections: [],
    modules: {},
    globals: {},
    out: [],
    buffer: '',
    unbuffered: false,
    input: '',
    inputEnded: false,
    started: sys.now,
    live: 0,
    signals: {},
  };
}

/** The names of the languages. */
const languages = { js: 'JavaScript', py: 'Python', go: 'Go', php: 'PHP' } as const;

/** Says that a program was read. */
export function tellRead(sys: Sys, lang: LangName, file: string, source: string): void {
  const lines = source.replace(/\n$/, '').split('\n').length;
  tell(sys, ({ js: 'node', py: 'python3', go: 'go', php: 'php' } as const)[lang], 'program-read', {
    language: languages[lang],
    file,
    lines,
  });
}

/**
 * Begins a program: `prepare` makes its first task. What is beyond the reader is said on standard error, and the status
 * is 70 (EX_SOFTWARE), so that it cannot be taken for the program's own.
 */
export function begin(lang: Lang, loop: Loop, sys: Sys, from: Running, prepare: (vm: Vm) => void): Next<RuntimeState> {
  const vm = new Vm(lang, sys, from);
  return guarded(vm, loop, sys, () => {
    lang.begin(vm, from);
    prepare(vm);
  });
}

/** Goes on with a program. */
export function proceed(lang: Lang, loop: Loop, sys: Sys, state: RuntimeState, wake: Wake): Next<RuntimeState> {
  if (state.pending.length > 0) return drain(sys, state);
  if (!state.running) return { exit: 0 };
  const vm = new Vm(lang, sys, state.running);
  return guarded(vm, loop, sys, () => {
    if (wake.on !== 'signal') return;
    const handler = vm.signals[wake.signal];
    if (handler !== undefined)
      vm.lang.natives['%signal']?.(vm, [handler, wake.signal], null, {}) ?? vm.call(handler, [wake.signal]);
  });
}

function guarded(vm: Vm, loop: Loop, sys: Sys, act: () => void): Next<RuntimeState> {
  let result: Turn;
  try {
    act();
    result = turn(vm, loop, sys);
  } catch (error) {
    if (error instanceof Ended) result = { exit: error.code };
    else if (error instanceof Thrown) result = uncaught(vm, error);
    else if (error instanceof Beyond) result = beyond(vm, error);
    else if (error instanceof RangeError) result = beyond(vm, new Beyond('a recursion this deep'));
    else result = beyond(vm, new Beyond(`something that was not foreseen (${String(error)})`));
  }
  vm.rest();
  if ('exit' in result) vm.lang.natives['%flush']?.(vm, [], null, {});
  const frozen = 'exit' in result ? null : vm.freeze();
  if (frozen && vm.overfull) {
    const code = vm.lang.outOfMemory?.(vm);
    result = code === undefined ? beyond(vm, new Beyond('this much memory')) : { exit: code };
  }
  const pending = vm.out.map(([fd, text]) => [fd, encodeUtf8(text)] as const);
  return drain(sys, { running: frozen && !('exit' in result) ? { ...frozen, out: [] } : null, pending, after: result });
}

/** What was thrown is shown; where even that throws, plainly. */
function uncaught(vm: Vm, thrown: Thrown): Turn {
  try {
    return { exit: vm.lang.uncaught(vm, thrown) };
  } catch (error) {
    if (error instanceof Ended) return { exit: error.code };
    return beyond(vm, error instanceof Beyond ? error : new Beyond('showing what was thrown'));
  }
}

/** The honest end: what a program does is more than is read here. */
function beyond(vm: Vm, error: Beyond): Turn {
  vm.rest();
  vm.lang.natives['%flush']?.(vm, [], null, {});
  const place = vm.place ?? vm.start.argv[1] ?? '';
  const where = error.at ? `${place}:${error.at[0]}` : place;
  tell(vm.sys, vm.start.flavour, 'program-beyond', {
    language: languages[vm.start.lang],
    place: where,
    what: error.what,
  });
  vm.write(2, `drydock: ${where}: ${error.what} is beyond what drydock reads of a program (it does not run code)\n`);
  return { exit: 70 };
}

function drain(sys: Sys, state: RuntimeState): Next<RuntimeState> {
  const left = [...state.pending];
  for (let first = left[0]; first !== undefined; first = left[0]) {
    const [fd, bytes] = first;
    const taken = sys.write(fd, bytes);
    if (taken === 'again') return { state: { ...state, pending: left }, wait: { writable: [fd] } };
    if (!isErrno(taken) && taken < bytes.length) left[0] = [fd, bytes.slice(taken)];
    else left.shift();
  }
  const { after } = state;
  if ('exit' in after) return after;
  const drained: RuntimeState = { ...state, pending: [] };
  return 'wait' in after ? { state: drained, wait: after.wait } : { state: drained, yield: true };
}

/** A file's text, or undefined when it cannot be read. */
export function readText(sys: Sys, path: string): string | undefined {
  const got = sys.fs.readFile(path);
  return isErrno(got) ? undefined : decodeUtf8(got.bytes);
}
