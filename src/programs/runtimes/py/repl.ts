import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Next, Sys, Wake } from '../../../kernel/program.ts';
import { compilePrompt } from '../core/compile.ts';
import { newScope } from '../core/ops.ts';
import type { RuntimeState } from '../core/process.ts';
import type { Frame, Running } from '../core/state.ts';
import { Beyond, SyntaxProblem } from '../core/tree.ts';
import { Ended, Thrown, Vm } from '../core/vm.ts';
import { py } from './lang.ts';
import { parsePy } from './parse-stmt.ts';
import { traceback } from './traceback.ts';
import { repr, typeName } from './values.ts';

/** Begins Python's prompt. */
export function replStart(sys: Sys, from: Running): Next<RuntimeState> {
  const vm = new Vm(py, sys, from);
  py.begin(vm, from);
  vm.globals['%scope'] = { t: 'ref', r: newScope(vm, { __name__: '__main__' }, undefined) };
  const banner = `Python ${from.version} (main) [GCC 12.2.0] on linux`;
  sys.onSignal('SIGINT', 'catch');
  sys.write(1, `${banner}\nType "help", "copyright", "credits" or "license" for more information.\n>>> `);
  return wait({ ...vm.freeze(), console: true });
}

function wait(running: Running): Next<RuntimeState> {
  return { state: { running, pending: [], after: { exit: 0 } }, wait: { readable: [0] } };
}

/** Reads what was typed and answers it. */
export function replStep(sys: Sys, state: RuntimeState, wake: Wake): Next<RuntimeState> {
  if (!state.running) return { exit: 0 };
  const vm = new Vm(py, sys, state.running);
  // unfinished lines are kept with the program, for its buffer is its output's
  let begun = typeof vm.globals['%begun'] === 'string' ? vm.globals['%begun'] : '';
  let end: number | undefined;
  if (wake.on === 'signal' && wake.signal === 'SIGINT') {
    vm.write(1, '\nKeyboardInterrupt\n>>> ');
    begun = '';
    vm.input = '';
  }
  for (;;) {
    const got = sys.read(0, 4096);
    if (got === 'again') break;
    if (got === 'eof' || isErrno(got)) {
      vm.write(1, '\n');
      end = 0;
      break;
    }
    vm.input += got.bytes;
  }
  for (let at = vm.input.indexOf('\n'); at >= 0 && end === undefined; at = vm.input.indexOf('\n')) {
    const line = decodeUtf8(vm.input.slice(0, at)).replace(/\r$/, '');
    vm.input = vm.input.slice(at + 1);
    const source = begun + line;
    if (unfinished(source, line)) {
      begun = `${source}\n`;
      vm.write(1, '... ');
      continue;
    }
    begun = '';
    end = answer(vm, source);
    if (end === undefined) vm.write(1, '>>> ');
  }
  vm.globals['%begun'] = begun;
  vm.rest();
  for (const [fd, text] of vm.out) sys.write(fd, encodeUtf8(text));
  vm.out = [];
  return end === undefined ? wait({ ...vm.freeze(), out: [], console: true }) : { exit: end };
}

/** Does a statement go on in the next line? A block does until an empty line. */
function unfinished(source: string, line: string): boolean {
  if (line.trim() === '' && !/"""|'''/.test(source)) return false;
  if (/\\$/.test(line)) return true;
  try {
    parsePy('<stdin>', `${source}\n`);
  } catch (error) {
    return (
      error instanceof SyntaxProblem &&
      /never closed|unterminated triple|expected an indented block/.test(error.message)
    );
  }
  return source.includes('\n') ? /^(?:[ \t]|@|(?:else|elif|except|finally)\b)/.test(line) : /^@/.test(line);
}

/** Runs what was typed; the exit status when that ends the prompt. */
function answer(vm: Vm, source: string): number | undefined {
  if (source.trim() === '') return undefined;
  const path = `<stdin>-${vm.next++}`;
  vm.rest();
  try {
    vm.sources[path] = source;
    const parsed = parsePy(path, `${source}\n`);
    const last = parsed.body.at(-1);
    vm.adopt(path, compilePrompt(parsed));
    const scope = vm.globals['%scope'];
    const env = scope && typeof scope === 'object' && scope.t === 'ref' ? scope.r : 0;
    const frame: Frame = { m: path, c: 0, pc: 0, st: [], env, h: [], exc: [], kind: 'call', name: '<module>' };
    vm.run([frame], 0, 'call');
    if (vm.result !== null && last?.k === 'expr' && last.e.k !== 'assign') {
      vm.write(1, `${repr(vm, vm.result)}\n`);
      vm.globals._ = vm.result;
    }
  } catch (error) {
    return failed(vm, error);
  } finally {
    vm.native('%flush')(vm, [], null, {});
  }
  return undefined;
}

function failed(vm: Vm, error: unknown): number | undefined {
  if (error instanceof Ended) return error.code;
  if (error instanceof Thrown) {
    if (typeName(vm, error.value) === 'SystemExit') return vm.lang.uncaught(vm, error);
    // lines that were typed are not shown again
    const text = traceback(vm, error.value).replace(/(File "<stdin>)-\d+(".*\n)(?: {4}.*\n)*/g, '$1$2');
    vm.write(2, text.endsWith('\n') ? text : `${text}\n`);
  } else if (error instanceof SyntaxProblem) {
    const message = /^\w+Error: /.test(error.message) ? error.message : `SyntaxError: ${error.message}`;
    vm.write(2, `  File "<stdin>", line ${error.at[0]}\n${message}\n`);
  } else {
    const what = error instanceof Beyond ? error.what : error instanceof RangeError ? 'a recursion this deep' : 'this';
    vm.write(2, `drydock: ${what} is beyond what drydock reads of a program (it does not run code)\n`);
  }
  return undefined;
}
