import type { Expr, FunctionTree, ProgramTree, Stmt } from './tree.ts';

/** A call and where it stands: the arguments may be arrays of the function around it. */
type Visit = (e: Expr | { readonly t: 'name'; readonly name: string }) => void;

/**
 * Which parameters (and local variables) of each function are arrays: those that are used as such, or handed to a
 * function that uses them as such.
 */
export function arrayParameters(program: ProgramTree): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map(program.functions.map(({ name }) => [name, new Set<number>()] as const));
  for (let changed = true; changed; ) {
    changed = false;
    for (const fn of program.functions) changed = scan(fn, found) || changed;
  }
  return found;
}

function scan(fn: FunctionTree, found: ReadonlyMap<string, Set<number>>): boolean {
  const mine = found.get(fn.name);
  let changed = false;
  namesUsed(fn.body, found, (name) => {
    const at = fn.params.indexOf(name);
    if (at < 0 || mine === undefined || mine.has(at)) return;
    mine.add(at);
    changed = true;
  });
  return changed;
}

/** Names of global variables that are used as arrays anywhere; `known` are the functions' array parameters. */
export function arrayGlobals(
  { rules, functions }: ProgramTree,
  known: ReadonlyMap<string, ReadonlySet<number>>,
): ReadonlySet<string> {
  const found = new Set(['ENVIRON', 'ARGV']);
  const add = (name: string) => {
    found.add(name);
  };
  for (const { pattern, body } of rules) {
    const conditions = pattern.t === 'when' ? [pattern.e] : pattern.t === 'range' ? [pattern.from, pattern.to] : [];
    for (const e of conditions) namesUsed({ t: 'expr', e }, known, add);
    if (body) namesUsed(body, known, add);
  }
  for (const fn of functions) {
    namesUsed(fn.body, known, (name) => {
      if (!fn.params.includes(name)) found.add(name);
    });
  }
  return found;
}

function namesUsed(body: Stmt, known: ReadonlyMap<string, ReadonlySet<number>>, mark: (name: string) => void): void {
  visitStatement(body, (e) => {
    if (e.t === 'elem' || e.t === 'in' || e.t === 'name') mark(e.name);
    else if (e.t === 'builtin' && e.name === 'split') {
      const [, array] = e.args;
      if (array?.t === 'var') mark(array.name);
    } else if (e.t === 'call') {
      e.args.forEach((arg, at) => {
        if (arg.t === 'var' && known.get(e.name)?.has(at)) mark(arg.name);
      });
    }
  });
}

function visitStatement(s: Stmt, visit: Visit): void {
  const expr = (e: Expr | undefined) => {
    if (e) visitExpr(e, visit);
  };
  switch (s.t) {
    case 'expr':
      expr(s.e);
      break;
    case 'print':
    case 'printf':
      s.args.forEach(expr);
      expr(s.redirect?.e);
      break;
    case 'block':
      for (const one of s.body) visitStatement(one, visit);
      return;
    case 'if':
      expr(s.c);
      visitStatement(s.then, visit);
      if (s.otherwise) visitStatement(s.otherwise, visit);
      return;
    case 'while':
    case 'do':
      expr(s.c);
      visitStatement(s.body, visit);
      break;
    case 'for':
      if (s.init) visitStatement(s.init, visit);
      expr(s.c);
      if (s.step) visitStatement(s.step, visit);
      visitStatement(s.body, visit);
      break;
    case 'forin':
    case 'delete':
      visit({ t: 'name', name: s.name });
      if (s.t === 'forin') visitStatement(s.body, visit);
      else s.keys?.forEach(expr);
      return;
    case 'exit':
    case 'return':
      expr(s.e);
      break;
    default:
      return;
  }
}

function visitExpr(e: Expr, visit: Visit): void {
  visit(e);
  const each = (list: readonly (Expr | undefined)[]) => {
    for (const one of list) if (one) visitExpr(one, visit);
  };
  switch (e.t) {
    case 'elem':
    case 'in':
      each(e.keys);
      break;
    case 'field':
    case 'group':
    case 'unary':
      each([e.e]);
      break;
    case 'list':
      each(e.items);
      break;
    case 'assign':
      each([e.to, e.e]);
      break;
    case 'cond':
      each([e.c, e.a, e.b]);
      break;
    case 'and':
    case 'or':
    case 'bin':
    case 'match':
      each([e.a, e.b]);
      break;
    case 'incr':
      each([e.to]);
      break;
    case 'call':
    case 'builtin':
      each(e.args);
      break;
    case 'getline':
      each([e.source, e.to]);
      break;
    default:
      return;
  }
}
