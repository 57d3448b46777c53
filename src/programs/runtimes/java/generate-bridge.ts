import type { ClassDecl } from './ast.ts';
import type { Made } from './class-writer.ts';
import { begin } from './generate-class.ts';
import { castTo, loadThis, local, prefix } from './generate-expr.ts';
import type { Generator } from './generator.ts';
import { memberType, subtype } from './relations.ts';
import {
  classType,
  erase,
  flag,
  type JavaType,
  type Method,
  methodDescriptor,
  nothing,
  type Variable,
} from './types.ts';

const bridge = 64;

/** Methods under the erased types of what they override, which call the real ones (JLS 15.12.4.5). */
export function bridges(g: Generator, decl: ClassDecl): Made[] {
  const { cls, classes } = g;
  const made: Made[] = [];
  const self = classType(cls.name, cls.params);
  const known = new Set(cls.methods.map((m) => m.name + methodDescriptor(m.params, m.result)));
  for (const own of cls.methods) {
    if (own.name === '<init>' || (own.flags & (flag.static | flag.private | flag.abstract)) !== 0) continue;
    const real = methodDescriptor(own.params, own.result);
    for (const above of ancestors(g, cls.name)) {
      for (const other of classes.get(above)?.methods ?? []) {
        if (other.name !== own.name || other.params.length !== own.params.length) continue;
        if ((other.flags & (flag.static | flag.private)) !== 0) continue;
        const type = methodDescriptor(other.params, other.result);
        if (type === real || known.has(own.name + type)) continue;
        const seen = other.params.map((p) => erase(memberType(classes, p, other.owner, self)));
        if (methodDescriptor(seen, nothing) !== methodDescriptor(own.params, nothing)) continue;
        known.add(own.name + type);
        made.push(one(g, decl, own, other, type));
      }
    }
  }
  return made;
}

function ancestors(g: Generator, name: string): string[] {
  const all: string[] = [];
  const visit = (at: string): void => {
    const one = g.classes.get(at);
    for (const above of one ? g.classes.above(one) : [])
      if (above.t === 'class' && !all.includes(above.name)) {
        all.push(above.name);
        visit(above.name);
      }
  };
  visit(name);
  return all;
}

function one(g: Generator, decl: ClassDecl, own: Method, other: Method, type: string): Made {
  const params = other.params.map((p, i): Variable => ({ name: `x${i}`, type: erase(p), flags: 0 }));
  const result: JavaType = erase(other.result);
  const code = begin(g, own.name, false, params, result);
  g.begin(decl.pos);
  loadThis(g);
  params.forEach((p, i) => {
    local(g, 'load', p.type, code.slot(p) ?? 0);
    const to = erase(own.params[i] ?? p.type);
    if (!subtype(g.classes, p.type, to)) castTo(g, to);
  });
  g.invoke(g.cls.name, own, 'virtual');
  code.emit(result === nothing ? 'return' : `${prefix(result)}return`);
  code.alive = false;
  const flags = (own.flags & (flag.public | flag.protected)) | flag.synthetic | bridge;
  return { flags, name: own.name, type, code, throws: own.throws };
}
