import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Act } from '../core/lang.ts';
import { pop, popMany } from '../core/ops.ts';
import { SyntaxProblem } from '../core/tree.ts';
import { float, isFloat, type Value } from '../core/values.ts';
import { Ended, Thrown, type Vm } from '../core/vm.ts';
import { callable, coerce, infoOfFn, isStrict, neededFunction } from './calls.ts';
import { declare, getProperty, idOf, isInstance, scopeClass } from './classes.ts';
import type { PhpCode } from './compile.ts';
import { constantNamed } from './constants.ts';
import { fatal, raise, warn } from './errors.ts';
import { iterate, iterNext } from './iterate.ts';
import { binary } from './operators.ts';
import { objectOps } from './ops-object.ts';
import { output } from './output.ts';
import { cellIn, read, scopeId, slotOf, variable, write } from './places.ts';
import { byRef, index, step } from './reading.ts';
import { deref, isArray, keyOf, put, share, text, toFloat, toInt, truthy, typeName } from './values.ts';

const top = (f: { st: Value[] }): Value => f.st[f.st.length - 1] ?? null;
const s = (v: unknown): string => v as string;

/** The operations that PHP has besides the shared ones. */
export const phpOps: { readonly [op: string]: Act | undefined } = {
  ...objectOps,
  var: (vm, f, op) => {
    const name = s(op[1]);
    const p = vm.at(scopeId(vm, f, name)).p;
    const v = p && Object.hasOwn(p, name) ? p[name] : undefined;
    if (v === undefined && op[2] !== 'quiet') warn(vm, 'Warning', `Undefined variable $${name}`);
    f.st.push(v === undefined ? null : deref(vm, v));
  },
  'set-var': (vm, f, op) => void write(vm, variable(vm, f, s(op[1])), top(f)),
  this: (vm, f) => void f.st.push(f.self ?? raise(vm, 'Error', 'Using $this when not in object context')),
  share: (vm, f) => void share(vm, top(f)),
  index: (vm, f, op) => {
    const [o, key] = popMany(f, 2) as [Value, Value];
    f.st.push(index(vm, o, key, s(op[2] ?? op[1])));
  },
  prop: (vm, f, op) => {
    const name = typeof op[1] === 'string' ? op[1] : text(vm, pop(f));
    const v = pop(f);
    f.st.push(getProperty(vm, v, name, op[2] === 'quiet'));
  },
  'null-jump': (_vm, f, op) => {
    if (top(f) === null) f.pc = op[1] as number;
  },
  constant: (vm, f, op) =>
    void f.st.push(constantNamed(vm, s(op[1])) ?? raise(vm, 'Error', `Undefined constant "${s(op[1])}"`)),
  define: (vm, f, op) => {
    vm.globals[`const ${s(op[1])}`] = share(vm, pop(f));
  },
  fn: (vm, f, op) => void f.st.push(neededFunction(vm, s(op[1]))),
  callable: (vm, f) => void f.st.push(callable(vm, pop(f))),
  'first-class': () => undefined,
  cast: (vm, f, op) => {
    const v = pop(f);
    const to = s(op[1]);
    if (/^bool/.test(to)) f.st.push(truthy(vm, v));
    else if (/^int/.test(to)) f.st.push(toInt(vm, v));
    else if (/^(?:float|double)$/.test(to)) f.st.push(isFloat(v) ? v : float(toFloat(vm, v)));
    else if (to === 'string') f.st.push(text(vm, v));
    else f.st.push(vm.native(`%to ${to}`)(vm, [v], null, {}) as Value);
  },
  'to-string': (vm, f) => void f.st.push(text(vm, pop(f))),
  'is-set': (_vm, f) => void f.st.push(pop(f) !== null),
  echo: (vm, f) => void output(vm, text(vm, pop(f))),
  silence: (vm, _f, op) => {
    vm.globals['%silent'] = Number(vm.globals['%silent'] ?? 0) + (op[1] === true ? 1 : -1);
  },
  unmatched: (vm, f) => {
    const v = pop(f);
    raise(
      vm,
      'UnhandledMatchError',
      `Unhandled match case ${typeof v === 'string' ? `'${v.replace(/[\\']/g, '\\$&')}'` : vm.obj(v) ? `of type ${typeName(vm, v)}` : text(vm, v === false ? 'false' : v === true ? 'true' : v === null ? 'NULL' : v)}`,
    );
  },
  exit: (vm, f) => {
    const v = pop(f);
    if (typeof v === 'string') output(vm, v);
    throw new Ended(typeof v === 'number' ? v & 255 : 0);
  },
  arr: (vm, f) => void f.st.push(vm.make({ k: 'array', e: {}, n: 0 })),
  'arr-push': (vm, f) => {
    const v = pop(f);
    put(vm, top(f), vm.obj(top(f))?.n ?? 0, v);
  },
  'arr-put': (vm, f) => {
    const [key, v] = popMany(f, 2) as [Value, Value];
    put(vm, top(f), keyOf(vm, key), v);
  },
  'arr-spread': (vm, f) => {
    const v = pop(f);
    if (!isArray(vm, v) && !isInstance(vm, v, 'Traversable'))
      raise(vm, 'Error', 'Only arrays and Traversables can be unpacked');
    const it = iterate(vm, v, false);
    for (let one = iterNext(vm, it); one; one = iterNext(vm, it))
      put(vm, top(f), typeof one[0] === 'string' ? one[0] : (vm.obj(top(f))?.n ?? 0), share(vm, one[1]));
  },
  'args-spread': (vm, f) => {
    const it = iterate(vm, pop(f), false);
    for (let one = iterNext(vm, it); one; one = iterNext(vm, it)) vm.own(top(f)).a?.push(one[1]);
  },
  'arg-var': (vm, f, op) => {
    const name = s(op[1]);
    const i = op[2] as number;
    const fn = f.st[f.st.length - 1 - i] ?? null;
    const slot = variable(vm, f, name);
    if (name !== 'this' && byRef(vm, fn, i)) f.st.push(cellIn(vm, slot));
    else if (name === 'this') f.st.push(f.self ?? null);
    else {
      const v = read(vm, slot);
      if (v === undefined) slot.missing();
      f.st.push(v ?? null);
    }
  },
  'by-value': (vm, f, op) => {
    const i = op[2] as number;
    if (!byRef(vm, f.st[f.st.length - 1 - i] ?? null, i)) f.pc = op[1] as number;
  },
  closure: (vm, f, op) => {
    const uses = op[2] as readonly string[] | null;
    const p: { [name: string]: Value } = {};
    if (uses)
      popMany(f, uses.length).forEach((v, i) => {
        p[uses[i] ?? ''] = share(vm, v);
      });
    else
      for (const [name, v] of Object.entries(vm.at(f.env).p ?? {}))
        if (!name.startsWith('%')) p[name] = share(vm, deref(vm, v));
    const n = Number(vm.globals['%objects'] ?? 0) + 1;
    vm.globals['%objects'] = n;
    if (op[3] !== true && f.self != null) p['%self'] = f.self;
    const statics = vm.at(f.env).p?.['%static'];
    if (statics !== undefined) p['%static'] = statics;
    f.st.push(vm.make({ k: 'fn', s: '{closure}', x: { m: f.m, c: op[1] as number }, p, n }));
  },
  'have-arg': (vm, f, op) => {
    const given = vm.obj(vm.at(f.env).p?.['%args'] ?? null)?.x;
    if (Array.isArray(given) && given[op[2] as number] === true) f.pc = op[1] as number;
  },
  'return-checked': (vm, f) => {
    const { info } = vm.code(f) as PhpCode;
    const type = info.result;
    const v = top(f);
    if (!type || type.names.includes('void') || type.names.includes('never') || type.names.includes('static')) return;
    const fits = coerce(vm, v, type, isStrict(vm, f.m));
    if (fits === undefined)
      raise(
        vm,
        'TypeError',
        `${f.name.replace('->', '::')}(): Return value must be of type ${type.shown}, ${v === null ? 'none' : typeof v === 'boolean' ? 'bool' : typeName(vm, v)} returned`,
      );
    f.st[f.st.length - 1] = fits ?? null;
  },
  binary: (vm, f, op) => {
    const [a, b] = popMany(f, 2) as [Value, Value];
    const v = binary(vm, s(op[1]), a, b);
    if (typeof v === 'string') vm.grow(v.length);
    f.st.push(v);
  },
  iter: (vm, f, op) => void f.st.push(iterate(vm, pop(f), op[1] === true)),
  'iter-next': (vm, f, op) => {
    const one = iterNext(vm, top(f));
    if (!one) f.pc = op[1] as number;
    else f.st.push(one[0], one[1]);
  },
  'lv-store': (vm, f, op) => {
    const v = pop(f);
    write(vm, slotOf(vm, f, op), v);
    f.st.push(v);
  },
  'lv-store-below': (vm, f, op) => {
    const slot = slotOf(vm, f, op);
    write(vm, slot, share(vm, top(f)));
  },
  'lv-op': (vm, f, op) => {
    const rhs = pop(f);
    const slot = slotOf(vm, f, op);
    let old = read(vm, slot);
    if (old === undefined) {
      slot.missing();
      old = null;
    }
    const v = binary(vm, s(op[2]), old, rhs);
    if (typeof v === 'string') vm.grow(v.length >> 2);
    write(vm, slot, v);
    f.st.push(v);
  },
  'lv-step': (vm, f, op) => void f.st.push(step(vm, slotOf(vm, f, op), s(op[2]), op[3] === true)),
  'lv-ref': (vm, f, op) => void f.st.push(cellIn(vm, slotOf(vm, f, op))),
  'lv-bind': (vm, f, op) => {
    const cell = pop(f);
    slotOf(vm, f, op).set(cell);
    f.st.push(deref(vm, cell));
  },
  'lv-unset': (vm, f, op) => void slotOf(vm, f, op).unset(),
  global: (vm, f, op) => {
    for (const name of op[1] as readonly string[]) {
      const outer = { ...f, env: idOf(vm.globals['%scope']) };
      variable(vm, f, name).set(cellIn(vm, variable(vm, outer, name)));
    }
  },
  'static-var': (vm, f, op) => {
    const key = `static ${f.m} ${f.c} ${op[3] as number} ${scopeClass(vm)}`;
    const known = vm.globals[key];
    const cell = known ?? vm.make({ k: 'cell', v: null });
    vm.globals[key] = cell;
    variable(vm, f, s(op[2])).set(cell);
    if (known !== undefined) f.pc = op[1] as number;
  },
  'declare-fn': (vm, f, op) => {
    const name = s(op[1]);
    const key = `fn ${name.toLowerCase()}`;
    const old = vm.globals[key];
    if (old !== undefined || vm.lang.natives[name.toLowerCase()]) {
      const info = old === undefined ? undefined : infoOfFn(vm, old);
      const x = vm.obj(old ?? null)?.x as unknown as { m: string; c: number } | undefined;
      if (x?.m === f.m && x.c === op[2]) return;
      fatal(vm, `Cannot redeclare ${name}()${info && x ? ` (previously declared in ${x.m}:${info.line})` : ''}`);
    }
    vm.globals[key] = vm.make({ k: 'fn', s: name, x: { m: f.m, c: op[2] as number }, p: {} });
  },
  'declare-class': (vm, f, op) => void declare(vm, f.m, op[1] as number, op[2] === true),
  caught: (vm, f, op) => {
    const v = f.exc[f.exc.length - 1] ?? null;
    f.st.push((op[1] as readonly string[]).some((name) => isInstance(vm, v, name)));
  },
  reraise: (_vm, f) => {
    throw new Thrown(f.exc.pop() ?? null);
  },
  include: (vm, f, op) => {
    const given = text(vm, pop(f));
    const how = s(op[1]);
    const name = decodeUtf8(given);
    const dir = f.m.replace(/\/[^/]*$/, '') || '/';
    const here = vm.sys.cwd().replace(/\/$/, '');
    const tries = name.startsWith('/') ? [name] : [`${here}/${name}`, `${dir}/${name}`];
    for (const one of tries) {
      const real = vm.sys.fs.realpath(one);
      if (isErrno(real)) continue;
      const got = vm.sys.fs.readFile(real);
      if (isErrno(got)) continue;
      if (how.endsWith('_once') && vm.sources[real] !== undefined) {
        f.st.push(true);
        return;
      }
      vm.sources[real] = got.bytes;
      try {
        vm.unit(real);
      } catch (error) {
        if (error instanceof SyntaxProblem) fatal2(vm, error, real);
        throw error;
      }
      vm.frames.push({
        m: real,
        c: 0,
        pc: 0,
        st: [],
        env: f.env,
        h: [],
        exc: [],
        kind: 'call',
        self: f.self ?? null,
        name: how,
        panic: false,
      });
      return;
    }
    warn(vm, 'Warning', `${how}(${given}): Failed to open stream: No such file or directory`);
    const path = `include_path='.:${vm.globals['%docker'] === true ? '/usr/local/lib/php' : '/usr/share/php'}'`;
    if (how.startsWith('require')) raise(vm, 'Error', `Failed opening required '${given}' (${path})`);
    warn(vm, 'Warning', `${how}(): Failed opening '${given}' for inclusion (${path})`);
    f.st.push(false);
  },
};

function fatal2(vm: Vm, error: SyntaxProblem, file: string): never {
  throw Object.assign(
    new Thrown(vm.native('%parse error')(vm, [error.message, file, error.at[0]], null, {}) as Value),
    {},
  );
}
