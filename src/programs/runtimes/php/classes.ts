import { isTagged, type Obj, ref, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import type { ClassInfo, MethodInfo, PhpUnit } from './compile.ts';
import { fatal, raise, warn } from './errors.ts';
import { deref, share } from './values.ts';

/** What a class keeps besides its static values: its file and its number there. */
interface Place {
  readonly m: string;
  readonly c: number;
}

export const idOf = (v: Value | undefined): number => (v !== undefined && isTagged(v) && v.t === 'ref' ? v.r : 0);
export function classNamed(vm: Vm, name: string): Value | undefined {
  return vm.globals[`class ${name.toLowerCase()}`];
}
/** The class of that name, asking the autoloader. Throws Error when there is none. */
export function needClass(vm: Vm, name: string): Value {
  const known = classNamed(vm, name);
  if (known !== undefined) return known;
  for (const loader of (vm.obj(vm.globals['%autoload'] ?? null)?.a ?? []) as Value[]) {
    vm.call(loader, [name]);
    const made = classNamed(vm, name);
    if (made !== undefined) return made;
  }
  return raise(vm, 'Error', `Class "${name}" not found`);
}
export function infoOf(vm: Vm, cls: Value | number): ClassInfo | undefined {
  const x = vm.heap[typeof cls === 'number' ? cls : idOf(cls)]?.x as unknown as Place | undefined;
  return x && typeof x === 'object' && 'm' in x ? (vm.unit(x.m) as PhpUnit).classes[x.c] : undefined;
}
/** The class and those above it, the nearest first. */
export function lineage(vm: Vm, cls: number): readonly number[] {
  const out: number[] = [];
  for (let id: number | undefined = cls; id !== undefined && id !== 0 && out.length < 100; id = vm.heap[id]?.up)
    out.push(id);
  return out;
}
/** Is it that class, one below it, or one that implements it? */
export function isA(vm: Vm, cls: number, name: string): boolean {
  const low = name.toLowerCase();
  return lineage(vm, cls).some((id) => {
    const o = vm.heap[id];
    return o?.s?.toLowerCase() === low || ((o?.a ?? []) as Value[]).some((each) => isA(vm, idOf(each), name));
  });
}
export function isInstance(vm: Vm, v: Value, name: string): boolean {
  const o = vm.obj(v);
  if (o?.k === 'fn' || o?.k === 'bound') return name.toLowerCase() === 'closure';
  return o?.k === 'inst' && isA(vm, o.up ?? 0, name);
}

export interface Found extends MethodInfo {
  readonly owner: number;
}
export function findMethod(vm: Vm, cls: number, name: string): Found | undefined {
  const low = name.toLowerCase();
  for (const id of lineage(vm, cls)) {
    const methods = infoOf(vm, id)?.methods;
    const found = methods && Object.hasOwn(methods, low) ? methods[low] : undefined;
    if (found) return { ...found, owner: id };
  }
  return undefined;
}

/** A method as something to call. */
export function bound(vm: Vm, found: Found, self: Value, statically: number): Value {
  const place = vm.heap[found.owner]?.x as unknown as Place;
  const owner = vm.heap[found.owner]?.s ?? '';
  return vm.make({
    k: 'fn',
    s: `${owner}${self === null ? '::' : '->'}${found.name}`,
    x: { m: place.m, c: found.code, own: owner },
    p: { '%self': self, '%static': statically === 0 ? null : ref(statically) },
  });
}

/** A method of an object, built-in ones of exceptions and closures too; undefined when it has none. */
export function methodOf(vm: Vm, v: Value, name: string): Value | undefined {
  const o = vm.obj(v);
  const low = name.toLowerCase();
  if (o?.k === 'fn' || o?.k === 'bound') {
    if (low === '__invoke') return v;
    return vm.lang.natives[`closure::${low}`] ? { t: 'b', n: `closure::${low}`, self: v } : undefined;
  }
  const cls = o?.up ?? 0;
  const found = findMethod(vm, cls, name);
  if (found) return bound(vm, found, found.static ? null : v, cls);
  for (const id of lineage(vm, cls)) {
    const native = `${vm.heap[id]?.s?.toLowerCase()}::${low}`;
    if (vm.lang.natives[native]) return { t: 'b', n: native, self: v };
  }
  if (isA(vm, cls, 'Throwable') && vm.lang.natives[`throwable::${low}`])
    return { t: 'b', n: `throwable::${low}`, self: v };
  return undefined;
}

/** The name of the class whose code runs, or ''. */
export function scopeClass(vm: Vm): string {
  const f = vm.frames[vm.frames.length - 1];
  const info = f ? (vm.code(f) as unknown as { info?: { cls: string | null } }).info : undefined;
  return info?.cls ?? '';
}
/** May the code that runs see what `owner` declares so? */
export function visible(vm: Vm, visibility: string, owner: number): boolean {
  if (visibility === 'public') return true;
  const scope = scopeClass(vm);
  if (scope === '') return false;
  if (visibility === 'private') return vm.heap[owner]?.s === scope;
  const from = idOf(classNamed(vm, scope));
  return isA(vm, from, vm.heap[owner]?.s ?? '') || isA(vm, owner, scope);
}

export interface PropertyFound {
  readonly visibility: 'public' | 'protected' | 'private';
  readonly readonly: boolean;
  readonly typed: string | null;
  readonly owner: number;
}
/** How a property is declared, by the class nearest to the object's. */
export function propertyOf(vm: Vm, cls: number, name: string): PropertyFound | undefined {
  for (const id of lineage(vm, cls)) {
    const found = infoOf(vm, id)?.properties.find((p) => p.name === name && !p.static);
    if (found) return { ...found, owner: id };
    if (vm.heap[id]?.n === 1 && /^(?:message|code|file|line)$/.test(name) && isA(vm, id, 'Throwable'))
      return { visibility: 'protected', readonly: false, typed: null, owner: id };
  }
  return undefined;
}
/** Throws when the code that runs may not see the property. */
export function checkVisible(vm: Vm, o: Obj, name: string): PropertyFound | undefined {
  const found = propertyOf(vm, o.up ?? 0, name);
  if (found && !visible(vm, found.visibility, found.owner))
    raise(vm, 'Error', `Cannot access ${found.visibility} property ${vm.heap[o.up ?? 0]?.s ?? ''}::$${name}`);
  return found;
}

/** Reads a property. `quiet`: null without a warning. */
export function getProperty(vm: Vm, v: Value, name: string, quiet: boolean): Value {
  const o = vm.obj(v);
  if (o?.k !== 'inst') {
    if (!quiet) warn(vm, 'Warning', `Attempt to read property "${name}" on ${typeWordOf(vm, v)}`);
    return null;
  }
  const has = Object.hasOwn(o.p ?? {}, name);
  const declared = propertyOf(vm, o.up ?? 0, name);
  const seen = !declared || visible(vm, declared.visibility, declared.owner);
  if (has && seen) return deref(vm, o.p?.[name] ?? null);
  if (quiet) {
    const isset = findMethod(vm, o.up ?? 0, '__isset');
    if (isset && !vm.lang.truthy(vm, vm.call(bound(vm, isset, v, o.up ?? 0), [name]))) return null;
  }
  const own = findMethod(vm, o.up ?? 0, '__get');
  if (own) return vm.call(bound(vm, own, v, o.up ?? 0), [name]);
  if (quiet) return null;
  if (!seen) checkVisible(vm, o, name);
  const cls = vm.heap[o.up ?? 0]?.s ?? '';
  if (declared?.typed != null)
    raise(
      vm,
      'Error',
      `Typed property ${vm.heap[declared.owner]?.s ?? cls}::$${name} must not be accessed before initialization`,
    );
  warn(vm, 'Warning', `Undefined property: ${cls}::$${name}`);
  return null;
}
const typeWordOf = (vm: Vm, v: Value): string => {
  if (typeof v === 'boolean') return v ? 'true' : 'false';
  return v === null
    ? 'null'
    : typeof v === 'number'
      ? 'int'
      : typeof v === 'string'
        ? 'string'
        : vm.obj(v)?.k === 'array'
          ? 'array'
          : 'float';
};

/** An object's properties, the declared ones first, those of the classes above before. */
export function propertiesOf(vm: Vm, v: Value): readonly (readonly [name: string, v: Value])[] {
  const o = vm.obj(v);
  if (o?.k !== 'inst') return [];
  const p = o.p ?? {};
  const declared = lineage(vm, o.up ?? 0)
    .toReversed()
    .flatMap((id) => (infoOf(vm, id)?.properties ?? []).filter((one) => !one.static).map(({ name }) => name));
  const names = [...new Set([...declared.filter((name) => Object.hasOwn(p, name)), ...Object.keys(p)])];
  return names.map((name) => [name, p[name] ?? null] as const);
}

/** A new object with its declared properties. */
export function instantiate(vm: Vm, cls: number): Value {
  const p: { [name: string]: Value } = {};
  const made = vm.make({ k: 'inst', up: cls, p, n: Number(vm.globals['%objects'] ?? 0) + 1 });
  vm.globals['%objects'] = Number(vm.globals['%objects'] ?? 0) + 1;
  for (const id of lineage(vm, cls).toReversed()) {
    const place = vm.heap[id]?.x as unknown as Place | undefined;
    for (const each of infoOf(vm, id)?.properties ?? []) {
      if (each.static) continue;
      if (each.code === null) {
        if (each.typed === null) vm.own(made).p = { ...vm.obj(made)?.p, [each.name]: null };
        continue;
      }
      const value = vm.call(
        vm.make({ k: 'fn', s: '', x: { m: place?.m ?? '', c: each.code, own: vm.heap[id]?.s ?? '' }, p: {} }),
        [],
      );
      vm.own(made).p = { ...vm.obj(made)?.p, [each.name]: share(vm, value) };
    }
  }
  return made;
}

/** A class's constant. Throws Error when there is none. */
export function classConstant(vm: Vm, cls: Value, name: string): Value {
  if (name.toLowerCase() === 'class') return vm.obj(cls)?.s ?? '';
  const id = idOf(cls);
  const search = (from: number): Value | undefined => {
    for (const each of lineage(vm, from)) {
      const known = vm.heap[each]?.p?.[`c ${name}`];
      if (known !== undefined) return known;
      const constants = infoOf(vm, each)?.constants;
      const code = constants && Object.hasOwn(constants, name) ? constants[name] : undefined;
      if (code !== undefined) {
        const place = vm.heap[each]?.x as unknown as Place;
        const value = vm.call(
          vm.make({ k: 'fn', s: '', x: { m: place.m, c: code, own: vm.heap[each]?.s ?? '' }, p: {} }),
          [],
        );
        const o = vm.ownAt(each);
        o.p = { ...o.p, [`c ${name}`]: share(vm, value) };
        return value;
      }
      for (const face of (vm.heap[each]?.a ?? []) as Value[]) {
        const found = search(idOf(face));
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  return search(id) ?? raise(vm, 'Error', `Undefined constant ${vm.heap[id]?.s ?? ''}::${name}`);
}

/** The class that keeps a static property, with its value there from now on. Throws Error when there is none. */
export function staticOwner(vm: Vm, cls: Value, name: string, quiet: boolean): number | undefined {
  for (const id of lineage(vm, idOf(cls))) {
    const found = infoOf(vm, id)?.properties.find((p) => p.static && p.name === name);
    if (!found) continue;
    if (!visible(vm, found.visibility, id))
      raise(vm, 'Error', `Cannot access ${found.visibility} property ${vm.obj(cls)?.s ?? ''}::$${name}`);
    if (vm.heap[id]?.p?.[`s ${name}`] === undefined) {
      const place = vm.heap[id]?.x as unknown as Place;
      const value =
        found.code === null
          ? null
          : vm.call(
              vm.make({ k: 'fn', s: '', x: { m: place.m, c: found.code, own: vm.heap[id]?.s ?? '' }, p: {} }),
              [],
            );
      const o = vm.ownAt(id);
      o.p = { ...o.p, [`s ${name}`]: share(vm, value) };
    }
    return id;
  }
  return quiet
    ? undefined
    : raise(vm, 'Error', `Access to undeclared static property ${vm.obj(cls)?.s ?? ''}::$${name}`);
}

/** Declares a class of a file. */
export function declare(vm: Vm, file: string, number: number, early: boolean): void {
  const info = (vm.unit(file) as PhpUnit).classes[number];
  if (!info) return;
  const key = `class ${info.name.toLowerCase()}`;
  const old = vm.globals[key];
  if (old !== undefined) {
    const x = vm.obj(old)?.x as unknown as Place | undefined;
    if (x?.m === file && (infoOf(vm, old)?.line ?? 0) === info.line) return;
    fatal(vm, `Cannot declare class ${info.name}, because the name is already in use`, { file, line: info.line });
  }
  const at = { file, line: info.line };
  let up = 0;
  if (info.parent !== null) {
    if (
      early &&
      classNamed(vm, info.parent) === undefined &&
      ((vm.obj(vm.globals['%autoload'] ?? null)?.a ?? []) as Value[]).length === 0
    )
      return;
    const parent = classNamed(vm, info.parent) ?? needClass(vm, info.parent);
    up = idOf(parent);
  }
  const faces: Value[] = [];
  for (const name of info.interfaces) {
    const face = classNamed(vm, name);
    if (face === undefined) {
      if (early) return;
      raise(vm, 'Error', `Interface "${name}" not found`);
    } else faces.push(face);
  }
  if (Object.hasOwn(info.methods, '__tostring')) {
    const stringable = classNamed(vm, 'Stringable');
    if (stringable !== undefined) faces.push(stringable);
  }
  const made = vm.make({
    k: 'class',
    s: info.name,
    p: {},
    a: faces,
    x: { m: file, c: number },
    ...(up === 0 ? {} : { up }),
  });
  vm.globals[key] = made;
  if (info.kind === 'class' && !info.abstract) checkAbstract(vm, idOf(made), info, at);
}

function checkAbstract(
  vm: Vm,
  cls: number,
  info: ClassInfo,
  at: { readonly file: string; readonly line: number },
): void {
  const missing = new Map<string, string>();
  const look = (id: number): void => {
    for (const each of lineage(vm, id)) {
      for (const m of Object.values(infoOf(vm, each)?.methods ?? {}))
        if (m.abstract && findMethod(vm, cls, m.name)?.abstract !== false)
          missing.set(m.name, `${vm.heap[each]?.s}::${m.name}`);
      for (const face of (vm.heap[each]?.a ?? []) as Value[]) look(idOf(face));
    }
  };
  look(cls);
  if (missing.size === 0) return;
  const many = missing.size > 1;
  fatal(
    vm,
    `Class ${info.name} contains ${missing.size} abstract method${many ? 's' : ''} and must therefore be declared abstract or implement the remaining methods (${[...missing.values()].join(', ')})`,
    at,
  );
}
