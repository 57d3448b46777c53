import { compileFunction, type Emitter } from './compile.ts';
import { makeFunction } from './compile-call.ts';
import type { Expr, Stmt } from './tree.ts';

/** The names that a pattern declares. */
export function patternNames(x: Expr): readonly string[] {
  if (x.k === 'name') return [x.id];
  if (x.k === 'list' || x.k === 'tuple') return x.items.flatMap(patternNames);
  if (x.k === 'dict') return x.entries.flatMap(({ value }) => patternNames(value));
  if (x.k === 'spread') return patternNames(x.e);
  return x.k === 'assign' ? patternNames(x.target) : [];
}

/** Declares what a body declares before it runs: functions with their values, `let` and `const` without one. */
export function hoist(e: Emitter, body: readonly Stmt[]): void {
  if (e.unit.lang === 'py') return;
  const later = lexicalNames(body);
  if (later.length > 0 && e.unit.lang === 'js') e.emit('declare', later);
  const vars = body.flatMap(varNames);
  if (vars.length > 0) e.emit('declare-var', vars);
  for (const s of body) {
    if (s.k !== 'fn') continue;
    e.at = s.at;
    if (s.receiver) {
      const number = compileFunction(e.unit, s.def);
      e.emit('go-method', number, s.receiver.type, s.receiver.pointer);
    } else {
      makeFunction(e, s.def);
      e.emit('init', s.def.name);
    }
  }
  // types first, then variables of the package (Go); the order of the file is kept otherwise
  if (e.unit.lang === 'go') for (const s of body) if (s.k === 'typedef') e.emit('typedef', s.name, s.type);
}

function lexicalNames(body: readonly Stmt[]): readonly string[] {
  return body.flatMap((s) => {
    if (s.k === 'declare' && s.how !== 'var') return patternNames(s.target);
    return s.k === 'class' ? [s.def.name] : [];
  });
}

function varNames(s: Stmt): readonly string[] {
  switch (s.k) {
    case 'declare':
      return s.how === 'var' ? patternNames(s.target) : [];
    case 'if':
      return [...s.yes, ...s.no].flatMap(varNames);
    case 'for':
      return [...(s.init ? varNames(s.init) : []), ...s.body.flatMap(varNames)];
    case 'each':
      return [
        ...(s.declares === 'var' ? s.target.flatMap((x) => (x ? patternNames(x) : [])) : []),
        ...s.body.flatMap(varNames),
      ];
    case 'while':
    case 'block':
      return s.body.flatMap(varNames);
    case 'try':
      return [...s.body, ...s.catches.flatMap(({ body }) => body), ...(s.finally ?? [])].flatMap(varNames);
    case 'label':
      return varNames(s.body);
    case 'switch':
      return s.cases.flatMap(({ body }) => body).flatMap(varNames);
    default:
      return [];
  }
}
