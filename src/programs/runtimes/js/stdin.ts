import { decodeUtf8 } from '../../../kernel/bytes.ts';
import type { Native, Natives } from '../core/lang.ts';
import type { Frame } from '../core/state.ts';
import { Beyond } from '../core/tree.ts';
import { builtin, isUndefined, undef, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { array, hash, idOf, plain, protoOf } from './objects.ts';
import { makePromise, resolvePromise } from './promises.ts';
import { getProperty, text } from './semantics.ts';

const emit = (vm: Vm, self: Value, ...args: readonly Value[]): void =>
  void vm.native('EventEmitter#emit')(vm, args, self, {});
const hidden = (vm: Vm, self: Value, name: string): Value => vm.obj(self)?.p?.[name] ?? undef;
function hide(vm: Vm, self: Value, name: string, v: Value): void {
  const o = vm.own(self);
  o.p = { ...o.p, [name]: v };
}

/** An object that emits events and whose methods are the natives `KIND#…`. */
function emitting(vm: Vm, kind: string, p: { [name: string]: Value }): Value {
  const made = plain(vm, p, protoOf(vm, 'EventEmitter'));
  vm.own(made).x = kind;
  return made;
}

const reads = (vm: Vm, to: Value): boolean =>
  vm.tasks.some(({ then }) => then !== undefined && hash(then.data) === hash(hidden(vm, to, '%reading')));

/** Lets what comes on the standard input reach `to`: `native` gets a line, or the empty text at the end. */
function listen(vm: Vm, to: Value, native: string): void {
  if (hidden(vm, to, '%ended') === true || reads(vm, to)) return;
  hide(vm, to, '%reading', array(vm, [to]));
  const frame: Frame = { m: '', c: 0, pc: 0, st: [], env: -1, h: [], exc: [], kind: 'call', name: '' };
  const data = hidden(vm, to, '%reading');
  // biome-ignore lint/suspicious/noThenProperty: a field of tasks; no promise
  vm.tasks.push({ id: vm.next++, frames: [frame], wait: { for: 'input' }, then: { native, data } });
}
function stop(vm: Vm, to: Value): void {
  const reading = hash(hidden(vm, to, '%reading'));
  vm.tasks = vm.tasks.filter(({ then }) => then === undefined || hash(then.data) !== reading);
}

/** process.stdin. */
export function stdin(vm: Vm): Value {
  const made = vm.globals['%stdin'] ?? emitting(vm, 'Stdin', { fd: 0, ...(vm.sys.isatty(0) ? { isTTY: true } : {}) });
  vm.globals['%stdin'] = made;
  return made;
}

const on =
  (how: string): Native =>
  (vm, [event = '', fn = undef], self) => {
    if (event === 'readable') throw new Beyond("process.stdin.on('readable')");
    vm.native(`EventEmitter#${how}`)(vm, [event, fn], self, {});
    if (event === 'data' || event === 'end') listen(vm, self, '%stdin read');
    return self;
  };

/** A line for an interface: the answer to a question, the next one of a loop, or a 'line' event. */
function line(vm: Vm, self: Value, read: string): void {
  const asked = hidden(vm, self, '%question');
  const waiting = hidden(vm, self, '%waiting');
  if (!isUndefined(asked)) {
    hide(vm, self, '%question', undef);
    if (vm.obj(asked)?.k === 'promise') resolvePromise(vm, idOf(asked), read);
    else vm.call(asked, [read], undefined, self);
  } else if (!isUndefined(waiting)) {
    hide(vm, self, '%waiting', undef);
    resolvePromise(vm, idOf(waiting), plain(vm, { value: read, done: false }));
  } else emit(vm, self, 'line', read);
}

function close(vm: Vm, self: Value): void {
  if (hidden(vm, self, '%ended') === true) return;
  hide(vm, self, '%ended', true);
  stop(vm, self);
  const waiting = hidden(vm, self, '%waiting');
  if (!isUndefined(waiting)) resolvePromise(vm, idOf(waiting), plain(vm, { value: undef, done: true }));
  emit(vm, self, 'close');
}

const create =
  (promises: boolean): Native =>
  (vm, [options = undef]) => {
    const o = vm.obj(options) ? options : undef;
    const of = (name: string): Value => (isUndefined(o) ? undef : getProperty(vm, o, name));
    if (hash(of('input')) !== hash(stdin(vm))) throw new Beyond('readline of anything but process.stdin');
    const prompt = of('prompt');
    const p = {
      '%prompt': isUndefined(prompt) ? '> ' : prompt,
      '%out': !isUndefined(of('output')),
      '%promises': promises,
    };
    const made = emitting(vm, 'Interface', p);
    listen(vm, made, '%line read');
    return made;
  };

const write = (vm: Vm, self: Value, v: Value): void => {
  if (hidden(vm, self, '%out') === true) vm.write(1, text(vm, v));
};

/** Standard input and readline. */
export const stdinNatives: Natives = {
  '=process.stdin': stdin,
  'Stdin#on': on('on'),
  'Stdin#once': on('once'),
  'Stdin#addListener': on('on'),
  'Stdin#setEncoding': (vm, [encoding = 'utf8'], self) => {
    if (!/^utf-?8$/i.test(text(vm, encoding))) throw new Beyond(`process.stdin.setEncoding('${text(vm, encoding)}')`);
    hide(vm, self, '%encoding', encoding);
    return self;
  },
  'Stdin#resume': (vm, _a, self) => {
    listen(vm, self, '%stdin read');
    return self;
  },
  'Stdin#pause': (vm, _a, self) => {
    stop(vm, self);
    return self;
  },
  'Stdin#unref': (vm, _a, self) => {
    stop(vm, self);
    return self;
  },
  '%stdin read': (vm, [read = ''], self) => {
    const to = vm.obj(self)?.a?.[0] ?? undef;
    // all that has come is one piece
    const bytes = text(vm, read) + vm.input;
    vm.input = '';
    if (bytes !== '') {
      emit(vm, to, 'data', isUndefined(hidden(vm, to, '%encoding')) ? { t: 'bytes', v: bytes } : decodeUtf8(bytes));
      return true;
    }
    hide(vm, to, '%ended', true);
    emit(vm, to, 'end');
    emit(vm, to, 'close');
    return false;
  },
  'readline.createInterface': create(false),
  'readline/promises.createInterface': create(true),
  '%line read': (vm, [read = ''], self) => {
    const to = vm.obj(self)?.a?.[0] ?? undef;
    if (read === '') {
      close(vm, to);
      return false;
    }
    line(vm, to, decodeUtf8(text(vm, read)).replace(/\r?\n$/, ''));
    return hidden(vm, to, '%ended') !== true;
  },
  'Interface#question': (vm, [query = '', ...rest], self) => {
    if (hidden(vm, self, '%ended') === true) throw new Beyond('a question after the end of the input');
    write(vm, self, query);
    const answer = hidden(vm, self, '%promises') === true ? makePromise(vm) : (rest.at(-1) ?? undef);
    hide(vm, self, '%question', answer);
    return hidden(vm, self, '%promises') === true ? answer : undef;
  },
  'Interface#setPrompt': (vm, [prompt = ''], self) => {
    hide(vm, self, '%prompt', prompt);
    return undef;
  },
  'Interface#getPrompt': (vm, _a, self) => hidden(vm, self, '%prompt'),
  'Interface#prompt': (vm, _a, self) => {
    write(vm, self, hidden(vm, self, '%prompt'));
    return undef;
  },
  'Interface#close': (vm, _a, self) => {
    close(vm, self);
    return undef;
  },
  'Interface#%Symbol.asyncIterator': (vm, _a, self) =>
    vm.make({ k: 'iter', s: 'async-protocol', v: plain(vm, { next: builtin('%next line', self) }) }),
  '%next line': (vm, _a, self) => {
    const promise = makePromise(vm);
    if (hidden(vm, self, '%ended') === true) resolvePromise(vm, idOf(promise), plain(vm, { value: undef, done: true }));
    else hide(vm, self, '%waiting', promise);
    return promise;
  },
};
