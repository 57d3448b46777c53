import type { Act } from '../core/lang.ts';
import { pop, popMany } from '../core/ops.ts';
import { isTagged, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { callable } from './calls.ts';
import {
  bound,
  classConstant,
  classNamed,
  findMethod,
  idOf,
  instantiate,
  isInstance,
  methodOf,
  needClass,
  scopeClass,
  staticOwner,
  visible,
} from './classes.ts';
import { raise } from './errors.ts';
import { array, className, deref, share, typeName } from './values.ts';

const s = (v: unknown): string => v as string;
/** The class that a name or value on the stack stands for. */
const cls = (vm: Vm, v: Value): Value => (typeof v === 'string' ? needClass(vm, v) : v);

/** Operations on classes and objects. */
export const objectOps: { readonly [op: string]: Act | undefined } = {
  sprop: (vm, f, op) => {
    const at = staticOwner(vm, cls(vm, pop(f)), s(op[1]), op[2] === 'quiet');
    f.st.push(at === undefined ? null : deref(vm, vm.heap[at]?.p?.[`s ${s(op[1])}`] ?? null));
  },
  'class-const': (vm, f, op) => {
    const v = pop(f);
    if (typeof v === 'string' && s(op[1]).toLowerCase() === 'class')
      f.st.push(vm.obj(classNamed(vm, v) ?? null)?.s ?? v);
    else f.st.push(classConstant(vm, cls(vm, v), s(op[1])));
  },
  'class-of': (vm, f) => {
    const v = pop(f);
    f.st.push(vm.obj(v)?.k === 'inst' ? { t: 'ref', r: vm.obj(v)?.up ?? 0 } : v);
  },
  'static-class': (vm, f) => {
    const known = f.self != null ? { t: 'ref' as const, r: vm.obj(f.self)?.up ?? 0 } : vm.at(f.env).p?.['%static'];
    f.st.push(known ?? scopeClass(vm));
  },
  method: (vm, f, op) => {
    const name = typeof op[1] === 'string' ? op[1] : pop(f);
    const v = pop(f);
    if (typeof name !== 'string') {
      f.st.push(callable(vm, name));
      return;
    }
    const o = vm.obj(v);
    if (o?.k !== 'inst' && o?.k !== 'fn')
      raise(vm, 'Error', `Call to a member function ${name}() on ${typeof v === 'boolean' ? 'bool' : typeName(vm, v)}`);
    const found = o?.k === 'inst' ? findMethod(vm, o.up ?? 0, name) : undefined;
    if (found && !visible(vm, found.visibility, found.owner)) {
      const scope = scopeClass(vm);
      raise(
        vm,
        'Error',
        `Call to ${found.visibility} method ${className(vm, v)}::${found.name}() from ${scope === '' ? 'global scope' : `scope ${scope}`}`,
      );
    }
    const m = methodOf(vm, v, name);
    if (m !== undefined) {
      f.st.push(m);
      return;
    }
    const magic = methodOf(vm, v, '__call');
    if (magic === undefined) raise(vm, 'Error', `Call to undefined method ${className(vm, v)}::${name}()`);
    f.st.push({
      t: 'b',
      n: '%magic',
      self: array(vm, [
        [0, magic ?? null],
        [1, name],
      ]),
    });
  },
  'static-method': (vm, f, op) => {
    const target = cls(vm, pop(f));
    const name = s(op[1]);
    const found = findMethod(vm, idOf(target), name);
    const self = f.self ?? null;
    if (found) {
      const inside = self !== null && isInstance(vm, self, vm.obj(target)?.s ?? '');
      if (!found.static && !inside)
        raise(vm, 'Error', `Non-static method ${vm.heap[found.owner]?.s}::${found.name}() cannot be called statically`);
      if (found.abstract) raise(vm, 'Error', `Cannot call abstract method ${vm.heap[found.owner]?.s}::${found.name}()`);
      const late = op[2] === true ? (vm.at(f.env).p?.['%static'] ?? target) : target;
      f.st.push(bound(vm, found, found.static ? null : self, found.static ? idOf(late) : (vm.obj(self)?.up ?? 0)));
      return;
    }
    const own = `${vm.obj(target)?.s?.toLowerCase()}::${name.toLowerCase()}`;
    const parent =
      self === null
        ? undefined
        : methodOf(vm, { ...(vm.make({ k: 'inst', up: idOf(target) }) as object) } as Value, name);
    if (vm.lang.natives[own]) f.st.push({ t: 'b', n: own, self });
    else if (parent !== undefined && isTagged(parent) && parent.t === 'b') f.st.push({ t: 'b', n: parent.n, self });
    else {
      const magic = findMethod(vm, idOf(target), '__callStatic');
      if (!magic)
        raise(
          vm,
          'Error',
          name === '__construct'
            ? 'Cannot call constructor'
            : `Call to undefined method ${vm.obj(target)?.s}::${name}()`,
        );
      else
        f.st.push({
          t: 'b',
          n: '%magic',
          self: array(vm, [
            [0, bound(vm, magic, null, idOf(target))],
            [1, name],
          ]),
        });
    }
  },
  new: (vm, f) => {
    const given = pop(f);
    if (given === null || (typeof given !== 'string' && !vm.obj(given)))
      raise(vm, 'Error', 'Class name must be a valid object or a string');
    const target = cls(vm, given);
    const info = vm.obj(target);
    const declared = (vm.lang.natives['%class kind']?.(vm, [target], null, {}) ?? '') as Value;
    if (declared !== '') raise(vm, 'Error', `Cannot instantiate ${String(declared)} ${info?.s ?? ''}`);
    const made = instantiate(vm, idOf(target));
    if (isInstance(vm, made, 'Throwable')) vm.native('%throwable')(vm, [made], null, {});
    f.st.push(made);
    const found = findMethod(vm, idOf(target), '__construct');
    if (found && !visible(vm, found.visibility, found.owner))
      raise(
        vm,
        'Error',
        `Call to ${found.visibility} ${info?.s}::__construct() from ${scopeClass(vm) === '' ? 'global scope' : `scope ${scopeClass(vm)}`}`,
      );
    f.st.push(methodOf(vm, made, '__construct') ?? { t: 'b', n: '%nothing' });
  },
  clone: (vm, f) => {
    const v = pop(f);
    const o = vm.obj(v);
    if (o?.k === 'fn') {
      f.st.push(vm.make({ ...o }));
      return;
    }
    if (o?.k !== 'inst') raise(vm, 'Error', '__clone method called on non-object');
    const n = Number(vm.globals['%objects'] ?? 0) + 1;
    vm.globals['%objects'] = n;
    const p = Object.fromEntries(Object.entries(o?.p ?? {}).map(([name, each]) => [name, share(vm, deref(vm, each))]));
    const made = vm.make({ k: 'inst', ...(o?.up === undefined ? {} : { up: o.up }), p, n });
    const own = methodOf(vm, made, '__clone');
    if (own !== undefined) vm.call(own, []);
    f.st.push(made);
  },
  instanceof: (vm, f) => {
    const [v, given] = popMany(f, 2) as [Value, Value];
    const target = vm.obj(given);
    const name = typeof given === 'string' ? given : target?.k === 'inst' ? className(vm, given) : (target?.s ?? '');
    f.st.push(isInstance(vm, v, name));
  },
};
