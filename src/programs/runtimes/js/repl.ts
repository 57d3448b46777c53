import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Next, Sys, Wake } from '../../../kernel/program.ts';
import { compilePrompt } from '../core/compile.ts';
import type { Lang } from '../core/lang.ts';
import { newScope } from '../core/ops.ts';
import type { RuntimeState } from '../core/process.ts';
import type { Loop } from '../core/schedule.ts';
import type { Frame, Running } from '../core/state.ts';
import { Beyond, SyntaxProblem } from '../core/tree.ts';
import { builtin, isUndefined } from '../core/values.ts';
import { Ended, Thrown, Vm } from '../core/vm.ts';
import { inspect } from './inspect.ts';
import { parseJs } from './parse-stmt.ts';

/** Begins node's prompt. */
export function replStart(lang: Lang, _loop: Loop, sys: Sys, from: Running): Next<RuntimeState> {
  const vm = new Vm(lang, sys, from);
  lang.begin(vm, from);
  vm.globals['%scope'] = { t: 'ref', r: newScope(vm, { require: builtin('require', sys.cwd()) }, undefined) };
  sys.write(1, `Welcome to Node.js v${from.version}.\nType ".help" for more information.\n> `);
  return wait({ ...vm.freeze(), console: true });
}

function wait(running: Running): Next<RuntimeState> {
  return { state: { running, pending: [], after: { exit: 0 } }, wait: { readable: [0] } };
}

/** Reads a line and answers it. */
export function replStep(lang: Lang, _loop: Loop, sys: Sys, state: RuntimeState, _wake: Wake): Next<RuntimeState> {
  if (!state.running) return { exit: 0 };
  const vm = new Vm(lang, sys, state.running);
  for (;;) {
    const got = sys.read(0, 4096);
    if (got === 'again') break;
    if (got === 'eof' || isErrno(got)) {
      sys.write(1, '\n');
      return { exit: 0 };
    }
    vm.input += got.bytes;
  }
  for (let end = vm.input.indexOf('\n'); end >= 0; end = vm.input.indexOf('\n')) {
    const line = decodeUtf8(vm.input.slice(0, end)).replace(/\r$/, '');
    vm.input = vm.input.slice(end + 1);
    const source = `${vm.buffer}${line}`;
    const answer = answerTo(vm, source);
    if (answer === 'more') {
      vm.buffer = `${source}\n`;
      vm.write(1, '... ');
    } else {
      vm.buffer = '';
      if (typeof answer === 'number') return { exit: answer };
      vm.write(1, '> ');
    }
  }
  for (const [fd, text] of vm.out) sys.write(fd, encodeUtf8(text));
  vm.out = [];
  return wait({ ...vm.freeze(), out: [], console: true });
}

function answerTo(vm: Vm, source: string): 'more' | 'done' | number {
  if (source.trim() === '.exit') return 0;
  if (source.trim() === '.help') {
    vm.write(
      1,
      '.break    Sometimes you get stuck, this gets you out\n.exit     Exit the REPL\n.help     Print this help message\n',
    );
    return 'done';
  }
  if (source.trim() === '') return 'done';
  const path = `REPL${vm.next++}`;
  const wrapped = /^\s*\{/.test(source) ? `(${source})` : source;
  try {
    const unit = compilePrompt(parseJs(path, wrapped));
    vm.sources[path] = wrapped;
    vm.adopt(path, unit);
    const env = vm.globals['%scope'];
    const frame: Frame = {
      m: path,
      c: 0,
      pc: 0,
      st: [],
      env: env && typeof env === 'object' && env.t === 'ref' ? env.r : 0,
      h: [],
      exc: [],
      kind: 'call',
      name: '',
    };
    vm.run([frame], 0, 'call');
    const text = isUndefined(vm.result) ? 'undefined' : inspect(vm, vm.result);
    vm.write(1, `${text}\n`);
  } catch (error) {
    if (error instanceof Ended) return error.code;
    if (error instanceof Thrown) {
      const o = vm.obj(error.value);
      const kind = String(o?.p?.stack ?? inspect(vm, error.value)).split('\n')[0] ?? '';
      vm.write(1, `Uncaught ${kind}\n`);
    } else if (error instanceof Beyond)
      vm.write(1, `drydock: ${error.what} is beyond what drydock reads of a program (it does not run code)\n`);
    else if (error instanceof SyntaxProblem) {
      if (error.message === 'Unexpected end of input') return 'more';
      vm.write(1, `Uncaught SyntaxError: ${error.message}\n`);
    } else vm.write(1, `drydock: this is beyond what drydock reads of a program (${String(error)})\n`);
  }
  return 'done';
}
