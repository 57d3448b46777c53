import type { ClassDecl, Expr } from './ast.ts';
import { Attribution, attribClass } from './attribute.ts';
import { constructorOf } from './attribute-call.ts';
import { reach } from './attribute-name.ts';
import { enter, header, type Missing, members, nested } from './classes.ts';
import { implied, lateConstants } from './implied.ts';
import { classType, found, type JavaClass, type JavaType } from './types.ts';

/** A class that a method declares (JLS 14.3): known to the rest of its block. */
export function localClass(a: Attribution, decl: ClassDecl): void {
  const name = nextName(a, decl.name);
  const names = new Map([...a.scope.names, [decl.name, name]]);
  a.scope = { ...a.scope, names };
  declare(a, decl, name);
}

/** `new C(…) { … }`: a class without a name, below C or with C as its interface (JLS 15.9.5). */
export function anonymousClass(
  a: Attribution,
  e: Expr & { e: 'new' },
  named: JavaType & { t: 'class' },
  above: JavaClass,
  wanted: JavaType | undefined,
): JavaType {
  if (!e.body) return named;
  const expected = wanted ? found(wanted) : undefined;
  const type =
    e.of.diamond && expected?.t === 'class' && expected.name === named.name
      ? classType(
          named.name,
          expected.args.map((arg) => (found(arg).t === 'wild' ? wildBound(arg) : arg)),
        )
      : named;
  const name = nextName(a, '');
  if (above.kind !== 'interface') constructorOf(a, e, type);
  declare(a, e.body, name, (cls) => {
    if (above.kind === 'interface') cls.interfaces = [type];
    else cls.super = type;
    cls.methods.push({
      owner: name,
      name: '<init>',
      flags: 0,
      typeParams: [],
      params: above.kind === 'interface' ? [] : (e.sym?.params ?? []),
      result: { t: 'prim', name: 'void' },
      varargs: e.sym?.varargs ?? false,
      throws: e.sym?.throws ?? [],
    });
  });
  const cls = a.classes.get(name);
  if (cls) {
    reach(a, cls, e.pos);
    const own = cls.methods.find((m) => m.name === '<init>');
    if (own) e.sym = own;
  }
  return classType(name);
}

function wildBound(type: JavaType): JavaType {
  const t = found(type);
  return t.t === 'wild' ? t.bound : t;
}

/** `Main$1` or `Main$1Point`: the first number that is free. */
function nextName(a: Attribution, name: string): string {
  for (let n = 1; ; n++) if (!a.classes.get(`${a.cls.name}$${n}${name}`)) return `${a.cls.name}$${n}${name}`;
}

function declare(a: Attribution, decl: ClassDecl, name: string, above?: (cls: JavaClass) => void): void {
  const { classes, cls, body } = a;
  const fixed = decl.kind !== 'class' || (body?.static ?? true);
  const method = cls.methods.find(
    (m) => m.name === body?.name && (body.params === '' ? m.params.length === 0 : m.params.length > 0),
  );
  enter(classes, decl, name, false, cls.name, {
    local: { name: decl.name, ...(method ? { method } : {}) },
    ...(fixed ? {} : { around: cls.name }),
    ...(decl.kind === 'class' ? { captures: [] } : {}),
  });
  cls.inner.set(name.slice(cls.name.length + 1), name);
  const missing: Missing = (node, what) => a.noClass(node.pos, what);
  const scopes = new Map<string, typeof a.scope>();
  const all = nested(decl, name).map((one) => {
    const outer = classes.get(one.name)?.outer ?? '';
    const inside = header(classes, one.decl, one.name, scopes.get(outer) ?? a.scope, missing);
    scopes.set(one.name, inside);
    return { ...one, inside };
  });
  const own = classes.get(name);
  if (own && above) above(own);
  for (const one of all) {
    members(classes, one.decl, one.name, one.inside, missing);
    implied(classes, one.decl, one.name);
  }
  const made = new Map<string, Attribution>();
  for (const one of all) {
    const of = classes.get(one.name);
    if (!of) continue;
    const level = made.get(of.outer ?? '') ?? a;
    const inner = new Attribution(classes, a.problems, of, one.decl, one.inside, level);
    lateConstants(inner, one.decl);
    made.set(one.name, inner);
    a.inside.push(inner);
  }
  for (const inner of made.values()) attribClass(inner);
}
