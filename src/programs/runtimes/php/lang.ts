import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Lang } from '../core/lang.ts';
import type { Loop } from '../core/schedule.ts';
import type { Running } from '../core/state.ts';
import { Beyond } from '../core/tree.ts';
import type { Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { Thrown } from '../core/vm.ts';
import { apacheNatives } from './apache-serve.ts';
import { call } from './calls.ts';
import { getProperty } from './classes.ts';
import { compilePhp } from './compile.ts';
import { raise, uncaughtPhp } from './errors.ts';
import { memoryNatives } from './memory.ts';
import { arrayNatives } from './natives-array.ts';
import { coreNatives } from './natives-core.ts';
import { fileNatives } from './natives-files.ts';
import { numberNatives } from './natives-number.ts';
import { pregNatives } from './natives-preg.ts';
import { sortNatives } from './natives-sort.ts';
import { systemNatives } from './natives-system.ts';
import { textAliases, textNatives } from './natives-text.ts';
import { binary, unary } from './operators.ts';
import { phpOps } from './ops.ts';
import { parsePhp } from './parse-stmt.ts';
import { index } from './reading.ts';
import { serveNatives } from './serve.ts';
import { hasUsualLimit, settingNatives } from './settings.ts';
import { array, list, text, truthy } from './values.ts';

/** Classes that PHP has, each line: the parent (or what kind), a colon, names; `a<b` implements `b`. */
const builtIn = `
  interface: Traversable Stringable Countable ArrayAccess JsonSerializable UnitEnum Throwable Iterator<Traversable IteratorAggregate<Traversable
  class: stdClass Exception<Throwable Error<Throwable ArrayIterator<Iterator
  Exception: ErrorException RuntimeException LogicException JsonException
  RuntimeException: OutOfBoundsException OverflowException RangeException UnderflowException UnexpectedValueException
  LogicException: BadFunctionCallException DomainException InvalidArgumentException LengthException OutOfRangeException
  BadFunctionCallException: BadMethodCallException
  Error: TypeError ValueError ArithmeticError AssertionError UnhandledMatchError
  TypeError: ArgumentCountError
  ArithmeticError: DivisionByZeroError
`;

const notOf = (what: string) => (): never => {
  throw new Beyond(what);
};

/** PHP as its command line interprets it. */
export const php: Lang = {
  natives: {
    ...coreNatives,
    ...numberNatives,
    ...textNatives,
    ...textAliases,
    ...arrayNatives,
    ...sortNatives,
    ...pregNatives,
    ...systemNatives,
    ...fileNatives,
    ...memoryNatives,
    ...settingNatives,
    ...serveNatives,
    ...apacheNatives,
    sizeof: arrayNatives.count,
    '%exit code': (vm) => shutdown(vm),
  },
  ops: phpOps,
  compile(path, source) {
    const inCode = path === 'Command line code';
    return compilePhp(path, source, parsePhp(source, inCode));
  },
  truthy,
  binary,
  unary,
  global: () => undefined,
  unknownName: notOf('a name'),
  deepest: 20000,
  tooDeep: notOf('a recursion this deep'),
  outOfMemory(vm) {
    if (!hasUsualLimit(vm)) return undefined;
    vm.write(
      1,
      `\nFatal error: Allowed memory size of 134217728 bytes exhausted in ${vm.start.argv[0] ?? ''} on line 1\n`,
    );
    return 255;
  },
  get: (vm, o, name) => getProperty(vm, o, name, false),
  set: notOf('set'),
  index: (vm, o, key) => index(vm, o, key, ''),
  setIndex: notOf('set'),
  iterate: notOf('iterate'),
  next: notOf('next'),
  text,
  format: (vm, v) => text(vm, v),
  call: (vm, fn, args, keywords) => call(vm, fn, args, keywords),
  notAFunction: (vm) => raise(vm, 'Error', 'Value not callable'),
  throwing(vm, v) {
    if (vm.obj(v)?.k !== 'inst') raise(vm, 'Error', 'Can only throw objects');
    return new Thrown(v);
  },
  collect: (_vm, _kind, v) => v,
  put: notOf('put'),
  merge: notOf('merge'),
  unpack: notOf('unpack'),
  await: notOf('await'),
  importModule: notOf('import'),
  uncaught(vm, thrown) {
    const code = uncaughtPhp(vm, thrown);
    shutdown(vm);
    return code;
  },
  begin,
};

function shutdown(vm: Vm): Value {
  const all = (vm.obj(vm.globals['%shutdown'] ?? null)?.a ?? []) as Value[];
  vm.globals['%shutdown'] = null;
  for (const fn of all) vm.call(fn, []);
  return 0;
}

function begin(vm: Vm, running: Running): void {
  for (const line of builtIn.trim().split('\n')) {
    const [parent = '', names = ''] = line.trim().split(': ');
    for (const each of names.split(' ')) {
      const [name = '', face] = each.split('<');
      const up = vm.globals[`class ${parent.toLowerCase()}`];
      const a = face === undefined ? [] : [vm.globals[`class ${face.toLowerCase()}`] ?? null];
      const parentId = typeof up === 'object' && up !== null && 't' in up && up.t === 'ref' ? { up: up.r } : {};
      vm.globals[`class ${name.toLowerCase()}`] = vm.make({
        k: 'class',
        s: name,
        p: {},
        a,
        n: parent === 'interface' ? 2 : 1,
        ...parentId,
      });
    }
  }
  newGlobals(vm, running.argv.map(encodeUtf8));
}

/** The variables of a program before its first line. */
export function newGlobals(vm: Vm, argv: readonly string[]): void {
  const env = Object.entries(vm.start.env).map(([k, v]) => [encodeUtf8(k), encodeUtf8(v)] as const);
  const [script = ''] = argv;
  const own: (readonly [Value, Value])[] = [
    ['PHP_SELF', script],
    ['SCRIPT_NAME', script],
    ['SCRIPT_FILENAME', script],
    ['PATH_TRANSLATED', script],
    ['DOCUMENT_ROOT', ''],
    ['REQUEST_TIME', Math.floor(vm.sys.now / 1e6)],
    ['REQUEST_TIME_FLOAT', { t: 'f', v: vm.sys.now / 1e6 }],
  ];
  const p: { [name: string]: Value } = {};
  for (const name of ['_GET', '_POST', '_COOKIE', '_FILES', '_REQUEST', '_ENV']) p[name] = array(vm, []);
  p._SERVER = array(vm, [...env, ...own, ['argv', list(vm, argv)], ['argc', argv.length]]);
  p.argv = list(vm, argv);
  p.argc = argv.length;
  vm.globals['%scope'] = vm.make({ k: 'scope', p });
}

/** Begins a file: its frame becomes the top of `vm.frames`. Throws SyntaxProblem. */
export function enter(vm: Vm, path: string, source: string): void {
  vm.sources[path] = source;
  vm.unit(path);
  const scope = vm.globals['%scope'];
  const env = typeof scope === 'object' && scope !== null && 't' in scope && scope.t === 'ref' ? scope.r : 0;
  vm.frames.push({ m: path, c: 0, pc: 0, st: [], env, h: [], exc: [], kind: 'call', self: null, name: '{main}' });
}

/** How PHP lets things happen: one line of execution. */
export const phpLoop: Loop = {
  mainEnds: true,
  run(vm, task) {
    const before = vm.task;
    vm.task = task;
    try {
      return vm.run(task.frames, 0, 'task');
    } finally {
      vm.task = before;
    }
  },
  micro: () => false,
  timer: (vm, fn, args) => void vm.call(fn, args),
  poll: () => undefined,
};
