import { local } from './generate-expr.ts';
import type { Generator } from './generator.ts';
import { BeyondJava } from './problem.ts';
import { classType, erase, flag, type JavaClass, type JavaType, type Variable } from './types.ts';

/** The field in which an inner class keeps the object around it: `this$0`, deeper `this$1`. */
export function aroundField(g: Generator, cls: JavaClass): Variable | undefined {
  if (cls.around === undefined) return undefined;
  let depth = 0;
  for (let at = g.classes.get(cls.around); at?.around !== undefined; at = g.classes.get(at.around)) depth++;
  const type = classType(cls.around);
  return { name: `this$${depth}`, type, flags: flag.final | flag.synthetic, owner: cls.name };
}

/** What constructors of an inner class get besides what is written: the object around first, kept variables last. */
export function hiddenTypes(cls: JavaClass | undefined): { readonly before: JavaType[]; readonly after: JavaType[] } {
  return {
    before: cls?.around === undefined ? [] : [classType(cls.around)],
    after: (cls?.captures ?? []).map(({ sym }) => sym.type),
  };
}

/** The hidden parameters of a constructor of this class, as variables. */
export function hiddenParams(g: Generator): { readonly before: Variable[]; readonly after: Variable[] } {
  const { cls } = g;
  const around = aroundField(g, cls);
  return { before: around ? [around] : [], after: (cls.captures ?? []).map(({ sym }) => sym) };
}

/** Where the parameter with the object around is, in a constructor. */
function aroundSlot(g: Generator): number | undefined {
  for (const one of g.code.declared())
    if (one.owner === g.cls.name && one.name.startsWith('this$')) return g.code.slot(one);
  return undefined;
}

/** Puts the hidden parameters into their fields, before the constructor above is called. */
export function keepHidden(g: Generator): void {
  const { before, after } = hiddenParams(g);
  const fields = [...(g.cls.captures ?? []).map(({ field }) => field), ...before];
  [...after, ...before].forEach((sym, i) => {
    const field = fields[i];
    const slot = sym.owner === undefined ? g.code.slot(sym) : aroundSlot(g);
    if (!field || slot === undefined) return;
    self(g);
    local(g, 'load', sym.type, slot);
    g.code.emit2('putfield', g.field(g.cls.name, field.name, field.type));
    g.code.pop(2);
  });
}

function self(g: Generator): void {
  g.code.emit('aload_0');
  g.code.push(g.code.locals[0] ?? classType(g.cls.name));
}

/** Loads the nearest object, from this one outwards, of which `fits` holds. Throws BeyondJava. */
export function loadAround(g: Generator, fits: (name: string) => boolean): void {
  let at: JavaClass = g.cls;
  let field = aroundField(g, at);
  const early = g.code.locals[0]?.t === 'this-new';
  if (early && field) {
    // before the constructor above has run, only the parameter may be read
    const slot = aroundSlot(g);
    if (slot === undefined) throw new BeyondJava('the object around, here');
    local(g, 'load', field.type, slot);
    at = g.classes.get(at.around ?? '') ?? at;
    field = aroundField(g, at);
  } else self(g);
  while (!fits(at.name)) {
    if (!field) throw new BeyondJava('the object around, here');
    g.code.emit2('getfield', g.field(at.name, field.name, field.type));
    g.code.pop();
    g.code.push(field.type);
    at = g.classes.get(at.around ?? '') ?? at;
    field = aroundField(g, at);
  }
}
/** Loads the object whose field or method a name without a dot means. */
export function loadOwner(g: Generator, owner: string): void {
  if (g.code.locals[0]?.t !== 'this-new' && g.classes.below(g.cls.name, owner)) self(g);
  else if (g.cls.around === undefined) self(g);
  else loadAround(g, (name) => name !== g.cls.name && g.classes.below(name, owner));
}

/** A variable of a method around, as a new object of a local class is to keep it. */
export function loadKept(g: Generator, sym: Variable): void {
  const slot = g.code.slot(sym);
  if (slot !== undefined) {
    local(g, 'load', sym.type, slot);
    return;
  }
  const has = (name: string) => g.classes.get(name)?.captures?.find((one) => one.sym === sym)?.field;
  let holder: Variable | undefined;
  loadAround(g, (name) => {
    holder = has(name);
    return holder !== undefined;
  });
  if (!holder?.owner) return;
  g.code.emit2('getfield', g.field(holder.owner, holder.name, holder.type));
  g.code.pop();
  g.code.push(erase(sym.type));
}
