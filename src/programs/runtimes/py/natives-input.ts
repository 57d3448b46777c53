import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Act, Natives } from '../core/lang.ts';
import type { Task } from '../core/state.ts';
import { Beyond } from '../core/tree.ts';
import type { Value } from '../core/values.ts';
import { parked, type Thrown, type Vm } from '../core/vm.ts';
import { write } from './natives.ts';
import { exception, list, str, thrownOf } from './values.ts';

/** The next line of standard input with its end, '' at the end of all; undefined while none is there. */
function readLine(vm: Vm): string | undefined {
  while (!vm.input.includes('\n') && !vm.inputEnded) {
    const got = vm.sys.read(0, 65536);
    if (got === 'again') return undefined;
    if (got === 'eof' || isErrno(got)) vm.inputEnded = true;
    else vm.input += got.bytes;
  }
  const end = vm.input.indexOf('\n') + 1 || vm.input.length;
  const line = vm.input.slice(0, end);
  vm.input = vm.input.slice(end);
  return decodeUtf8(line);
}

/** How a line answers what was asked; undefined when more of them are needed. */
type Asked = 'input' | 'line' | 'all' | 'lines' | 'next';
const reading = (task: Task): string => `%reading ${task.id}`;

function answer(vm: Vm, how: Asked, line: string, before: readonly Value[]): Value | undefined {
  if (how === 'line' || how === 'next') return line;
  if (how === 'input') {
    if (line === '') throw thrownOf(vm, exception(vm, 'EOFError', 'EOF when reading a line'));
    return line.replace(/\n$/, '');
  }
  if (line !== '') return undefined;
  return how === 'all' ? before.join('') : list(vm, [...before]);
}

/** Reads, or lets the task wait until there is something to read. */
function ask(vm: Vm, how: Asked): Value | typeof parked {
  const before: string[] = [];
  for (let line = readLine(vm); line !== undefined; line = readLine(vm)) {
    const found = answer(vm, how, line, before);
    if (found !== undefined) return found;
    before.push(line);
  }
  if (vm.task && vm.task.id !== -1) vm.globals[reading(vm.task)] = list(vm, [how, ...before]);
  return vm.park({ for: 'input' });
}

/** A task goes on with a line that it waited for. False when it needs another one; throws what its program does not catch. */
export function takeLine(vm: Vm, task: Task): boolean {
  const asked = vm.globals[reading(task)];
  const top = task.frames.at(-1);
  if (asked === undefined || !top) return true;
  const [how = '', ...before] = vm.obj(asked)?.a ?? [];
  const line = decodeUtf8(String(top.st.pop() ?? ''));
  const frames = vm.frames;
  vm.frames = task.frames;
  try {
    const found = answer(vm, how as Asked, line, before);
    if (found === undefined) {
      vm.own(asked).a?.push(line);
      task.wait = { for: 'input' };
      return false;
    }
    if (how === 'next' && line === '') top.pc = Number(vm.code(top).ops[top.pc - 1]?.[1]);
    else top.st.push(found);
  } catch (error) {
    if (!vm.raiseIn(task.frames, error as Thrown)) throw error;
  } finally {
    vm.frames = frames;
  }
  delete vm.globals[reading(task)];
  return true;
}

/** The next line for what cannot wait (built-in functions). */
export function lineAtOnce(vm: Vm): string | undefined {
  const line = readLine(vm);
  if (line === undefined) throw new Beyond('waiting for sys.stdin inside this call');
  return line === '' ? undefined : line;
}

/** `for line in sys.stdin` may wait for each line. */
export const nextLine: Act = (vm, f, op) => {
  const line = ask(vm, 'next');
  if (line === parked) return parked;
  if (line === '') f.pc = Number(op[1]);
  else f.st.push(line as Value);
  return undefined;
};

export const inputBuiltins: Natives = {
  input: (vm, [prompt = '']) => {
    write(vm, str(vm, prompt), true);
    return ask(vm, 'input');
  },
};
/** What sys.stdin answers. */
export const inputNatives: Natives = {
  '=sys.stdin': (vm) => vm.make({ k: 'stdin' }),
  'stdin.read': (vm, [size]) => {
    if (size !== undefined && size !== null && Number(size) >= 0) throw new Beyond('sys.stdin.read(size)');
    return ask(vm, 'all');
  },
  'stdin.readline': (vm) => ask(vm, 'line'),
  'stdin.readlines': (vm) => ask(vm, 'lines'),
  'stdin.isatty': (vm) => vm.sys.isatty(0),
  'stdin.fileno': () => 0,
};
