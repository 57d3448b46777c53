import type { Frame } from '../core/state.ts';
import { isTagged, type Obj, ref, undef, type Value } from '../core/values.ts';
import { Thrown, type Vm } from '../core/vm.ts';

/** The heap number of a value that is known to be a reference. */
export function idOf(v: Value): number {
  if (isTagged(v) && v.t === 'ref') return v.r;
  throw new Error('not a reference');
}

/** A plain object with these properties. */
export function plain(vm: Vm, p: { [name: string]: Value } = {}, up?: number): Value {
  const proto = up ?? protoOf(vm, 'Object');
  return vm.make({ k: 'object', p, ...(proto === undefined ? {} : { up: proto }) });
}
export function array(vm: Vm, a: Value[]): Value {
  return vm.make({ k: 'list', a });
}

/** The prototype of a class that the runtime brings, by the class's name. */
export function protoOf(vm: Vm, name: string): number | undefined {
  const made = vm.globals[name === 'Object' ? '%Object' : name];
  const proto = made === undefined ? undefined : vm.obj(made)?.v;
  return proto === undefined ? undefined : idOf(proto);
}

/** Makes a class that is written here, not in the program; `x` tells natives what it is. */
export function builtinClass(vm: Vm, name: string, parent: string | undefined, x: string): void {
  const up = parent === undefined ? undefined : protoOf(vm, parent);
  const proto = vm.make({ k: 'object', p: {}, x, ...(up === undefined ? {} : { up }) });
  const parentClass = parent === undefined ? undefined : vm.globals[parent];
  const made = vm.make({
    k: 'class',
    s: name,
    v: proto,
    x: `native:${x}`,
    p: {},
    ...(parentClass === undefined || parent === 'Object' ? {} : { up: idOf(parentClass) }),
  });
  vm.globals[name === 'Object' ? '%Object' : name] = made;
  // not an own property that is shown
  const o = vm.own(proto);
  o.p = { constructor: made };
}

/** Makes an error object with its stack as V8 writes it. */
export function makeError(
  vm: Vm,
  kind: string,
  message: string,
  more: { [name: string]: Value } = {},
  stack?: string,
): Value {
  const p: { [name: string]: Value } = {
    stack: [`${kind}${message === '' ? '' : `: ${message}`}`, stack ?? stackText(vm)]
      .filter((one) => one !== '')
      .join('\n'),
    message,
    ...more,
  };
  return vm.make({ k: 'object', p, up: protoOf(vm, kind) ?? protoOf(vm, 'Error') ?? 0 });
}
export function throwError(vm: Vm, kind: string, message: string, more?: { [name: string]: Value }): never {
  throw new Thrown(makeError(vm, kind, message, more));
}

/** The stack of an error; its first line is made of what the error says when it is read first. */
export function stackOf(vm: Vm, error: Value): Value | undefined {
  const p = vm.obj(error)?.p;
  const frames = p?.['%frames'];
  if (typeof frames !== 'string') return p?.stack;
  const [name = '', message = ''] = ['name', 'message'].map((key) => vm.lang.text(vm, vm.lang.get(vm, error, key)));
  const first = name === '' || message === '' ? `${name}${message}` : `${name}: ${message}`;
  const own = vm.own(error);
  const { '%frames': _read, ...rest } = own.p ?? {};
  own.p = { ...rest, stack: frames === '' ? first : `${first}\n${frames}` };
  return own.p.stack;
}

/** The line of an async function that waits. */
export function awaiting(vm: Vm, f: Frame): string {
  const [line, column] = vm.where(f);
  // only an ECMAScript module waits itself
  if (f.kind === 'module') return `    at async file://${f.m}:${line}:${column + 1}`;
  return `    at async ${f.name === '' ? '' : `${f.name} (`}${f.m}:${line}:${column + 1}${f.name === '' ? '' : ')'}`;
}

/** The lines of the async functions that wait for a promise, each for the one before. */
export function waitingLines(vm: Vm, promise: number | undefined): string[] {
  const lines: string[] = [];
  const waiting = vm.tasks.filter(({ wait }) => wait?.for === 'promise');
  for (let next = promise; next !== undefined && lines.length < 10; ) {
    const wanted = next;
    const task = waiting.find(({ wait }) => wait?.for === 'promise' && wait.promise === wanted);
    const f = task?.frames.at(-1);
    if (f) lines.push(awaiting(vm, f));
    next = task?.promise;
  }
  return lines;
}

/** The lines `    at …` of where the program is: at most ten, as V8 gives them. */
export function stackText(vm: Vm, skipped = 0): string {
  const lines: string[] = [];
  for (const f of vm.stack().toReversed().slice(skipped)) {
    const [line, column] = vm.where(f);
    const place = `${f.m}:${line}:${column + 1}`;
    const name = f.kind === 'module' ? 'Object.<anonymous>' : f.kind === 'new' ? `new ${f.name}` : f.name;
    lines.push(name === '' ? `    at ${place}` : `    at ${name} (${place})`);
    if (f.kind === 'module') lines.push(...loaderFrames(vm, f.m));
  }
  const first = vm.stack()[0];
  lines.push(...waitingLines(vm, vm.tasks.find(({ frames }) => frames[0] === first)?.promise));
  return lines.slice(0, 10).join('\n');
}

/** node's own frames below a file's top level; the numbers are those of the newest release of each line that was looked at. */
function loaderFrames(vm: Vm, path: string): readonly string[] {
  const major = Number(vm.start.version.split('.')[0]);
  const cjs = (fn: string, at: string) => `    at ${fn} (node:internal/modules/cjs/loader:${at})`;
  const tail = path === vm.start.argv[1] ? ['    at node:internal/main/run_main_module:36:49'] : [];
  if (path.endsWith('.mjs')) return [];
  if (major < 22) {
    return [
      cjs('Module._compile', '1521:14'),
      cjs('Module._extensions..js', '1623:10'),
      cjs('Module.load', '1266:32'),
      cjs('Module._load', '1091:12'),
      '    at Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:164:12)',
      ...(tail.length > 0 ? ['    at node:internal/main/run_main_module:28:49'] : []),
    ];
  }
  return [
    cjs('Module._compile', '1554:14'),
    cjs('Object..js', '1706:10'),
    cjs('Module.load', '1289:32'),
    cjs('Function._load', '1108:12'),
    '    at TracingChannel.traceSync (node:diagnostics_channel:322:14)',
    cjs('wrapModuleLoad', '220:24'),
    '    at Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:170:5)',
    ...tail,
  ];
}

/** Finds a property along the prototypes. */
export function findProperty(vm: Vm, o: Obj, name: string): Value | undefined {
  for (let at: Obj | undefined = o; at; at = at.up === undefined ? undefined : vm.heap[at.up]) {
    if (at.p && Object.hasOwn(at.p, name)) return at.p[name];
    // what a function stands in is no prototype of it
    if (at.k === 'fn' || (at.k === 'class' && at.up === undefined)) break;
  }
  return undefined;
}

/** Turns a value into the key of a property. */
export function propertyKey(vm: Vm, key: Value): string {
  if (typeof key === 'string') return key;
  const o = vm.obj(key);
  if (o?.k === 'symbol') return o.x === 'known' ? `%${o.s ?? ''}` : `%@${idOf(key)}:${o.s ?? ''}`;
  return vm.lang.text(vm, key);
}

/** What tells keys of a Map apart. */
export function hash(v: Value): string {
  if (v === null || typeof v !== 'object') return `${typeof v}:${String(v)}`;
  if (v.t === 'ref') return `ref:${v.r}`;
  return v.t === 'u'
    ? 'u'
    : v.t === 'b'
      ? `b:${v.n}`
      : v.t === 'f' && v.v === '-0'
        ? 'number:0'
        : `${v.t}:${'v' in v ? v.v : ''}`;
}

/** A JavaScript value (from JSON, say) as a value of the program. */
export function fromJs(vm: Vm, v: unknown): Value {
  if (v === undefined) return undef;
  if (v === null || typeof v === 'boolean' || typeof v === 'string') return v;
  if (typeof v === 'number')
    return Number.isFinite(v) && !Object.is(v, -0) ? v : { t: 'f', v: Object.is(v, -0) ? '-0' : String(v) };
  if (Array.isArray(v))
    return array(
      vm,
      v.map((one) => fromJs(vm, one)),
    );
  return plain(vm, Object.fromEntries(Object.entries(v as object).map(([key, one]) => [key, fromJs(vm, one)])));
}

export { ref };
