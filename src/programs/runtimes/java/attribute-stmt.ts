import type { Block, Case, Expr, Stmt } from './ast.ts';
import type { Attribution } from './attribute.ts';
import { attribExpr, check, posOf } from './attribute-expr.ts';
import { findField } from './attribute-name.ts';
import { convert } from './constants.ts';
import { localClass } from './inner.ts';
import { assignable, common, learn, mismatch, promoted } from './relations.ts';
import {
  bool,
  classType,
  failed,
  flag,
  found,
  int,
  isNumeric,
  isPrim,
  isString,
  type JavaType,
  nothing,
  show,
  stringType,
  unboxed,
} from './types.ts';

/** A block; `own` is false where its variables share a scope with the parameters. */
export function attribBlock(a: Attribution, block: Block, own = true): void {
  const act = () => {
    for (const one of block.body) attribStmt(a, one);
  };
  if (own) a.within(act);
  else act();
}

function attribAll(a: Attribution, all: readonly Stmt[]): void {
  for (const one of all) attribStmt(a, one);
}

/** Variables that are bound by a test and hold after it: `if (!(o instanceof String s)) return;`. */
function attribTest(a: Attribution, test: Expr): void {
  check(a, test, bool);
}

function attribStmt(a: Attribution, s: Stmt): void {
  switch (s.s) {
    case 'block':
      attribBlock(a, s);
      return;
    case 'local':
      for (const v of s.vars) local(a, v);
      return;
    case 'expr': {
      attribExpr(a, s.of);
      return;
    }
    case 'if': {
      const { length } = a.locals;
      attribTest(a, s.test);
      const bound = a.locals.slice(length);
      const negated = s.test.e === 'unary' && s.test.op === '!';
      if (negated) a.locals.length = length;
      a.within(() => attribStmt(a, s.yes));
      a.locals.length = length;
      if (negated) a.locals.push(...bound);
      const { no } = s;
      if (no) a.within(() => attribStmt(a, no));
      if (negated && no) a.locals.length = length;
      return;
    }
    case 'while':
      a.within(() => {
        attribTest(a, s.test);
        attribStmt(a, s.body);
      });
      return;
    case 'do':
      a.within(() => attribStmt(a, s.body));
      a.within(() => attribTest(a, s.test));
      return;
    case 'for':
      a.within(() => {
        for (const one of s.init) attribStmt(a, one);
        if (s.test) attribTest(a, s.test);
        for (const one of s.step) attribStmt(a, one);
        a.within(() => attribStmt(a, s.body));
      });
      return;
    case 'for-each':
      a.within(() => forEach(a, s));
      return;
    case 'switch':
      a.within(() => {
        const type = selector(a, s, s.of);
        for (const one of s.cases) {
          labels(a, one, type);
          if (one.arrow) a.within(() => attribAll(a, one.body));
          else for (const each of one.body) attribStmt(a, each);
        }
      });
      return;
    case 'return':
      returned(a, s);
      return;
    case 'yield': {
      const place = a.yields[a.yields.length - 1];
      if (!place) {
        a.wrong(s.pos, 'yield outside of switch expression');
        return;
      }
      given(a, place, s.of);
      return;
    }
    case 'throw': {
      const type = found(attribExpr(a, s.of));
      const throwable = classType('java/lang/Throwable');
      if (type.t !== 'error' && !a.classes.as(type, throwable.name))
        a.wrong(posOf(s.of), `incompatible types: ${show(type)} cannot be converted to Throwable`);
      return;
    }
    case 'try':
      attribBlock(a, s.body);
      for (const one of s.catches) {
        a.within(() => {
          const types = one.types.map((node) => a.type(node));
          one.caught = types;
          types.forEach((type, i) => {
            if (type.t !== 'error' && !a.classes.as(type, 'java/lang/Throwable'))
              a.wrong(
                one.types[i]?.pos ?? one.pos,
                `incompatible types: ${show(type)} cannot be converted to Throwable`,
              );
          });
          const [first = failed, ...rest] = types;
          a.declare(
            one.item,
            rest.reduce((x, y) => common(a.classes, x, y), first),
            true,
          );
          attribBlock(a, one.body);
        });
      }
      if (s.last) attribBlock(a, s.last);
      return;
    case 'labeled':
      attribStmt(a, s.body);
      return;
    case 'sync':
      attribExpr(a, s.of);
      attribBlock(a, s.body);
      return;
    case 'class':
      localClass(a, s.decl);
      return;
    case 'break':
    case 'continue':
    case 'empty':
      return;
  }
}

function local(a: Attribution, v: (Stmt & { s: 'local' })['vars'][number]): void {
  const node = v.of;
  if (node?.name === 'var' && node.dims === 0 && a.classes.lookup('var', a.scope) === undefined) {
    if (!v.init) {
      a.declare(
        v,
        a.wrong(v.pos, `cannot infer type for local variable ${v.name}`, [
          "  (cannot use 'var' on variable without initializer)",
        ]),
      );
      return;
    }
    const shape = {
      'array-items': 'array initializer needs an explicit target-type',
      lambda: 'lambda expression needs an explicit target-type',
      ref: 'method reference needs an explicit target-type',
    } as const;
    const why = v.init.e === 'array-items' || v.init.e === 'lambda' || v.init.e === 'ref' ? shape[v.init.e] : undefined;
    if (why) {
      a.declare(v, a.wrong(v.pos, `cannot infer type for local variable ${v.name}`, [`  (${why})`]));
      return;
    }
    const type = found(attribExpr(a, v.init));
    if (type.t === 'null')
      a.wrong(v.pos, `cannot infer type for local variable ${v.name}`, ["  (variable initializer is 'null')"]);
    else if (type === nothing)
      a.wrong(v.pos, `cannot infer type for local variable ${v.name}`, ["  (variable initializer is 'void')"]);
    a.declare(v, type.t === 'null' || type === nothing ? failed : type);
    return;
  }
  const type = node ? a.type(node) : failed;
  if (type === nothing) a.wrong(node?.pos ?? v.pos, 'illegal start of expression');
  const sym = a.declare(v, type);
  if (!v.init) return;
  check(a, v.init, type);
  if (v.final && v.init.value !== undefined && (isPrim(type) || isString(type)))
    sym.constant = convert(v.init.value, v.init.type ?? type, type);
}

function forEach(a: Attribution, s: Stmt & { s: 'for-each' }): void {
  const of = found(attribExpr(a, s.of));
  let element: JavaType = failed;
  if (of.t === 'array') element = of.of;
  else if (of.t !== 'error') {
    const up = a.classes.as(of, 'java/lang/Iterable');
    if (!up)
      a.wrong(posOf(s.of), 'for-each not applicable to expression type', [
        '  required: array or java.lang.Iterable',
        `  found:    ${show(of)}`,
      ]);
    else {
      const [arg] = up.args;
      const inside = arg ? found(arg) : classType('java/lang/Object');
      element = inside.t === 'wild' ? (inside.down ? classType('java/lang/Object') : inside.bound) : inside;
    }
  }
  s.element = element;
  const node = s.item.of;
  const type = !node || node.name === 'var' ? element : a.type(node);
  if (!assignable(a.classes, element, type))
    a.wrong(posOf(s.of), `incompatible types: ${mismatch(element, type, show)}`);
  const sym = a.declare(s.item, type);
  sym.assigned = 1;
  attribStmt(a, s.body);
}

/** What a switch is about. */
function selector(a: Attribution, s: { text?: boolean }, of: Expr): JavaType {
  const type = found(attribExpr(a, of));
  const inside = unboxed(type);
  if (isString(type)) {
    s.text = true;
    return type;
  }
  if (type.t === 'error' || (type.t === 'class' && a.classes.get(type.name)?.kind === 'enum')) return type;
  if (isPrim(inside) && /^(?:int|char|short|byte)$/.test(inside.name)) return inside;
  a.wrong(posOf(of), `incompatible types: ${show(type)} cannot be converted to int`);
  return failed;
}

function labels(a: Attribution, one: Case, type: JavaType): void {
  for (const label of one.labels) {
    if (type.t === 'class' && !isString(type) && label.e === 'name') {
      const constant = findField(a, type.name, label.name);
      if (!constant || (constant.flags & flag.enum) === 0)
        a.wrong(label.pos, 'an enum switch case label must be the unqualified name of an enumeration constant');
      else {
        label.sym = constant;
        label.type = type;
      }
      continue;
    }
    const got = attribExpr(a, label, type);
    if (got.t === 'error' || type.t === 'error') continue;
    if (!assignable(a.classes, got, type, label.value))
      a.wrong(
        posOf(label),
        `constant label of type ${show(got)} is not assignment compatible with switch selector type ${show(type)}`,
      );
    else if (label.value === undefined)
      a.wrong(posOf(label), isString(type) ? 'constant string expression required' : 'constant expression required');
  }
}

function returned(a: Attribution, s: Stmt & { s: 'return' }): void {
  const { body } = a;
  if (!body) return;
  const wanted = body.result ?? nothing;
  if (!s.of) {
    if (wanted !== nothing && !body.lambda) a.wrong(s.pos, 'incompatible types: missing return value');
    return;
  }
  if (wanted === nothing) {
    a.wrong(
      posOf(s.of),
      body.lambda
        ? 'incompatible types: bad return type in lambda expression'
        : 'incompatible types: unexpected return value',
    );
    return;
  }
  if (body.lambda) {
    const type = attribExpr(a, s.of, wanted);
    learn(a.classes, type, wanted);
    if (!assignable(a.classes, type, wanted, s.of.value))
      a.wrong(posOf(s.of), 'incompatible types: bad return type in lambda expression', [
        `    ${mismatch(type, wanted, show)}`,
      ]);
    return;
  }
  check(a, s.of, wanted);
}

type Yields = Attribution['yields'][number];
function given(a: Attribution, place: Yields, of: Expr): void {
  const { expected } = place;
  const type = attribExpr(a, of, expected);
  place.types.push(type);
  place.values.push({ type, pos: posOf(of) });
  if (!expected) return;
  learn(a.classes, type, expected);
  if (!assignable(a.classes, type, expected, of.value))
    a.wrong(posOf(of), 'incompatible types: bad type in switch expression', [`    ${mismatch(type, expected, show)}`]);
}

/** A switch that has a value. */
export function attribSwitch(a: Attribution, e: Expr & { e: 'switch' }, wanted: JavaType | undefined): JavaType {
  const expected = wanted && found(wanted).t !== 'infer' && found(wanted).t !== 'error' ? wanted : undefined;
  const place: Yields = { expected, types: [], values: [] };
  a.yields.push(place);
  a.within(() => {
    const type = selector(a, e, e.of);
    for (const one of e.cases) {
      labels(a, one, type);
      const [first] = one.body;
      if (one.arrow && first?.s === 'expr') given(a, place, first.of);
      else a.within(() => attribAll(a, one.body));
    }
    const constants =
      type.t === 'class'
        ? [...(a.classes.get(type.name)?.fields.values() ?? [])].filter((f) => (f.flags & flag.enum) !== 0).length
        : Infinity;
    const all = e.cases.reduce((n, one) => n + one.labels.length, 0);
    if (!e.cases.some((one) => one.isDefault) && all < constants && type.t !== 'error')
      a.wrong(e.pos, 'the switch expression does not cover all possible input values');
  });
  a.yields.pop();
  if (expected) return expected;
  const [first = failed, ...rest] = place.types;
  return rest.reduce((x, y) => {
    const [p, q] = [unboxed(x), unboxed(y)];
    if (isPrim(p) && isPrim(q))
      return p === q ? p : isNumeric(p) && isNumeric(q) ? promoted(p, q) : common(a.classes, x, y);
    return common(a.classes, x, y);
  }, first);
}

export { int, stringType };
