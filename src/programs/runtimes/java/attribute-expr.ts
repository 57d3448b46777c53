import type { Constant, Expr } from './ast.ts';
import type { Attribution } from './attribute.ts';
import { attribCall, attribLambda, attribNew, attribRef, reachable } from './attribute-call.ts';
import { attribField, attribName, useThis, variableOf } from './attribute-name.ts';
import { attribSwitch } from './attribute-stmt.ts';
import { convert, fold, foldUnary } from './constants.ts';
import { BeyondJava } from './problem.ts';
import { assignable, castable, common, learn, mismatch, promoted, subtype } from './relations.ts';
import {
  arrayOf,
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
  nullType,
  prim,
  show,
  stringType,
  unboxed,
} from './types.ts';

/** Attributes an expression that must fit `wanted`, and says so when it does not. */
export function check(a: Attribution, e: Expr, wanted: JavaType): JavaType {
  const type = attribExpr(a, e, wanted);
  if (e.e === 'array-items' || e.e === 'lambda' || e.e === 'ref') return type;
  if ((e.e === 'cond' || e.e === 'switch' || e.e === 'paren') && e.type === wanted) return type;
  learn(a.classes, type, wanted);
  if (!assignable(a.classes, type, wanted, e.value))
    a.wrong(posOf(e), `incompatible types: ${mismatch(type, wanted, show)}`);
  return type;
}

/** Where javac marks an expression: at its operator, dot or name. */
export function posOf(e: Expr): number {
  if (e.e === 'call') return e.object || e.superCall ? e.namePos : e.pos;
  return e.pos;
}

/** Finds the type of an expression. `wanted` is what is expected, as far as it is known. */
export function attribExpr(a: Attribution, e: Expr, wanted?: JavaType): JavaType {
  const type = find(a, e, wanted);
  e.type = type;
  return type;
}

function find(a: Attribution, e: Expr, wanted: JavaType | undefined): JavaType {
  switch (e.e) {
    case 'literal':
      return literal(a, e);
    case 'name':
      return attribName(a, e);
    case 'field':
      return attribField(a, e);
    case 'call':
      return attribCall(a, e, wanted);
    case 'new':
      return attribNew(a, e, wanted);
    case 'lambda':
      return attribLambda(a, e, wanted);
    case 'ref':
      return attribRef(a, e, wanted);
    case 'paren': {
      const type = attribExpr(a, e.of, wanted);
      if (e.of.value !== undefined) e.value = e.of.value;
      return type;
    }
    case 'this': {
      if (a.body?.static !== false)
        return a.wrong(e.pos, 'non-static variable this cannot be referenced from a static context');
      if (a.body.lambda) useThis(a);
      const named = e.of ? a.type(e.of) : undefined;
      if (named?.t === 'class') {
        if (reachable(a, named.name)) return classType(named.name, a.classes.get(named.name)?.params ?? []);
        return a.wrong(e.pos, `not an enclosing class: ${show(named)}`);
      }
      return classType(a.cls.name, a.cls.params);
    }
    case 'new-array': {
      const type = a.type(e.of);
      for (const size of e.sizes) {
        const got = unboxed(attribExpr(a, size));
        if (!assignable(a.classes, got, int)) a.wrong(posOf(size), `incompatible types: ${mismatch(got, int, show)}`);
      }
      if (e.items) for (const item of e.items) check(a, item, type.t === 'array' ? type.of : failed);
      return type;
    }
    case 'array-items': {
      const t = wanted ? found(wanted) : failed;
      if (t.t !== 'array') {
        for (const item of e.items) attribExpr(a, item);
        return t.t === 'error' ? t : a.wrong(e.pos, `illegal initializer for ${show(t)}`);
      }
      for (const item of e.items) check(a, item, t.of);
      return t;
    }
    case 'index': {
      const array = found(attribExpr(a, e.array));
      check(a, e.index, int);
      if (array.t === 'array') return array.of;
      return array.t === 'error' ? array : a.wrong(e.pos, `array required, but ${show(array)} found`);
    }
    case 'unary':
      return unary(a, e);
    case 'step': {
      const type = attribExpr(a, e.of);
      noteAssigned(a, e.of, true);
      if (!isNumeric(unboxed(type)) && found(type).t !== 'error')
        return a.wrong(e.pos, `bad operand type ${show(type)} for unary operator '${e.op}'`);
      return type;
    }
    case 'binary':
      return binary(a, e);
    case 'assign': {
      const type = attribExpr(a, e.to);
      noteAssigned(a, e.to, false);
      check(a, e.from, type);
      return type;
    }
    case 'assign-op': {
      const type = attribExpr(a, e.to);
      noteAssigned(a, e.to, true);
      const value = attribExpr(a, e.from);
      const result = operation(a, e.op, type, value, e.pos);
      if (result.t === 'error') return result;
      e.operand = isString(found(type)) ? stringType : isPrim(result) ? result : promoted(type, value);
      if (isString(result) && !isString(found(type)) && !subtype(a.classes, stringType, type))
        a.wrong(posOf(e.from), `incompatible types: ${mismatch(stringType, type, show)}`);
      return type;
    }
    case 'cond':
      return conditional(a, e, wanted);
    case 'cast': {
      const to = a.type(e.to);
      const from = attribExpr(a, e.of, to);
      if (e.of.e !== 'lambda' && e.of.e !== 'ref' && !castable(a.classes, from, to))
        a.wrong(
          posOf(e.of) === e.of.pos && e.of.e !== 'paren' ? e.pos : e.pos,
          `incompatible types: ${show(from)} cannot be converted to ${show(to)}`,
        );
      if (e.of.value !== undefined && (isPrim(to) || isString(to))) e.value = convert(e.of.value, from, to);
      return to;
    }
    case 'instanceof': {
      const from = attribExpr(a, e.of);
      const to = a.type(e.what);
      e.checked = to;
      if (!castable(a.classes, from, to) || isPrim(found(from)))
        a.wrong(
          e.pos,
          isPrim(found(from))
            ? 'unexpected type'
            : `incompatible types: ${show(from)} cannot be converted to ${show(to)}`,
          isPrim(found(from)) ? ['  required: reference', `  found:    ${show(from)}`] : undefined,
        );
      if (e.bind) a.declare(e.bind, to);
      return bool;
    }
    case 'switch':
      return attribSwitch(a, e, wanted);
    case 'class-literal':
      return classType('java/lang/Class', [a.type(e.of)]);
  }
}

function literal(a: Attribution, e: Expr & { e: 'literal' }): JavaType {
  switch (e.kind) {
    case 'int': {
      const based = /^-?0[xXbB]|^-?0\d/.test(e.text);
      const digits = e.text.replace(/^(-?)0(\d)/, '$10o$2').replace(/^-/, '');
      const value = Number(digits);
      if (based ? value > 0xffffffff : value > (e.text.startsWith('-') ? 2147483648 : 2147483647))
        return a.wrong(e.pos, 'integer number too large');
      e.value = (e.text.startsWith('-') ? -value : value) | 0;
      return int;
    }
    case 'long': {
      const digits = BigInt(e.text.replace(/^-/, '').replace(/^0(\d)/, '0o$1'));
      e.value = BigInt.asIntN(64, e.text.startsWith('-') ? -digits : digits);
      return prim('long');
    }
    case 'float':
      e.value = Math.fround(Number(e.text));
      return prim('float');
    case 'double':
      e.value = Number(e.text);
      return prim('double');
    case 'char':
      e.value = e.text.charCodeAt(0);
      return prim('char');
    case 'string':
      e.value = e.text;
      return stringType;
    case 'boolean':
      e.value = e.text === 'true';
      return bool;
    default:
      return nullType;
  }
}

function unary(a: Attribution, e: Expr & { e: 'unary' }): JavaType {
  const type = attribExpr(a, e.of);
  const inside = unboxed(type);
  if (inside.t === 'error') return inside;
  const fits = e.op === '!' ? isPrim(inside) && inside.name === 'boolean' : isNumeric(inside);
  if (!fits || (e.op === '~' && isPrim(inside) && /float|double/.test(inside.name)))
    return a.wrong(e.pos, `bad operand type ${show(type)} for unary operator '${e.op}'`);
  const result = e.op === '!' ? bool : promoted(inside, int);
  if (e.of.value !== undefined) e.value = foldUnary(e.op, e.of.value, result);
  return result;
}

function binary(a: Attribution, e: Expr & { e: 'binary' }): JavaType {
  // long chains of `+` go deep to the left
  const left = attribExpr(a, e.left);
  const right = attribExpr(a, e.right);
  const result = operation(a, e.op, left, right, e.pos);
  if (result.t === 'error') return result;
  if (isString(result) && e.op === '+') e.operand = stringType;
  else if (e.op === '<<' || e.op === '>>' || e.op === '>>>') e.operand = promoted(left, int);
  else if (
    isNumeric(unboxed(left)) &&
    isNumeric(unboxed(right)) &&
    (isPrim(found(left)) || isPrim(found(right)) || !/^[=!]=$/.test(e.op))
  )
    e.operand = promoted(left, right);
  else if (isPrim(found(left)) || isPrim(found(right)) || /^(?:&&|\|\||[&|^])$/.test(e.op)) e.operand = bool;
  if (e.left.value !== undefined && e.right.value !== undefined) {
    const value = fold(e.op, e.left, e.right, e.operand ?? result);
    if (value !== undefined) e.value = value;
    else if (/^[/%]$/.test(e.op) && isPrim(result) && !/float|double/.test(result.name)) e.operand = result;
  }
  return result;
}

/** The type of an operation with two operands (JLS 15.17 to 15.24), or a mistake. */
function operation(a: Attribution, op: string, left: JavaType, right: JavaType, pos: number): JavaType {
  const [l, r] = [found(left), found(right)];
  if (l.t === 'error' || r.t === 'error') return failed;
  const [x, y] = [unboxed(l), unboxed(r)];
  const bad = () =>
    a.wrong(pos, `bad operand types for binary operator '${op}'`, [
      `  first type:  ${show(l)}`,
      `  second type: ${show(r)}`,
    ]);
  const isVoid = (t: JavaType) => isPrim(t) && t.name === 'void';
  if (isVoid(l) || isVoid(r))
    return op === '+' && (isString(l) || isString(r)) ? a.wrong(pos, "'void' type not allowed here") : bad();
  const numbers = isNumeric(x) && isNumeric(y);
  const booleans = isPrim(x) && x.name === 'boolean' && isPrim(y) && y.name === 'boolean';
  switch (op) {
    case '+':
      if (isString(l) || isString(r)) return stringType;
      return numbers ? promoted(x, y) : bad();
    case '-':
    case '*':
    case '/':
    case '%':
      return numbers ? promoted(x, y) : bad();
    case '<<':
    case '>>':
    case '>>>':
      return numbers && !/float|double/.test(`${show(x)} ${show(y)}`) ? promoted(x, int) : bad();
    case '<':
    case '>':
    case '<=':
    case '>=':
      return numbers ? bool : bad();
    case '&&':
    case '||':
      return booleans ? bool : bad();
    case '&':
    case '|':
    case '^':
      if (booleans) return bool;
      return numbers && !/float|double/.test(`${show(x)} ${show(y)}`) ? promoted(x, y) : bad();
    default: {
      if (numbers && (isPrim(l) || isPrim(r))) return bool;
      if (booleans && (isPrim(l) || isPrim(r))) return bool;
      if (isPrim(l) || isPrim(r)) return bad();
      if (castable(a.classes, l, r)) return bool;
      return a.wrong(pos, `incomparable types: ${show(l)} and ${show(r)}`);
    }
  }
}

function conditional(a: Attribution, e: Expr & { e: 'cond' }, wanted: JavaType | undefined): JavaType {
  const { length } = a.locals;
  check(a, e.test, bool);
  const poly = wanted && !isPrim(found(wanted)) && found(wanted).t !== 'error' && found(wanted).t !== 'infer';
  const yes = attribExpr(a, e.yes, wanted);
  a.locals.length = Math.min(length, a.locals.length);
  const no = attribExpr(a, e.no, wanted);
  const [x, y] = [unboxed(yes), unboxed(no)];
  const set = (value: Constant | undefined) => {
    if (value !== undefined) e.value = value;
  };
  if (isNumeric(x) && isNumeric(y)) {
    // a constant int that fits the other branch's smaller type takes that type
    const type = small(a, e, x, y) ?? promoted(x, y);
    if (typeof e.test.value === 'boolean') {
      const chosen = e.test.value ? e.yes : e.no;
      if (chosen.value !== undefined && e.yes.value !== undefined && e.no.value !== undefined)
        set(convert(chosen.value, chosen.type ?? type, type));
    }
    return isPrim(found(yes)) || isPrim(found(no)) || !poly ? type : (wanted ?? type);
  }
  if (isPrim(x) && isPrim(y) && x.name === 'boolean' && y.name === 'boolean') return bool;
  if (poly && wanted) {
    for (const one of [e.yes, e.no]) {
      if (one.e === 'lambda' || one.e === 'ref') continue;
      learn(a.classes, one.type ?? failed, wanted);
      if (!assignable(a.classes, one.type ?? failed, wanted, one.value))
        a.wrong(posOf(one), 'incompatible types: bad type in conditional expression', [
          `    ${mismatch(one.type ?? failed, wanted, show)}`,
        ]);
    }
    return wanted;
  }
  return common(a.classes, yes, no);
}

function small(_a: Attribution, e: Expr & { e: 'cond' }, x: JavaType, y: JavaType): JavaType | undefined {
  if (!isPrim(x) || !isPrim(y)) return undefined;
  if (x.name === y.name) return x;
  for (const [one, other, value] of [
    [x, y, e.no.value],
    [y, x, e.yes.value],
  ] as const)
    if (/^(?:byte|short|char)$/.test(one.name) && other.name === 'int' && typeof value === 'number') return one;
  return undefined;
}

/** Marks a variable as assigned; finals may not be. */
export function noteAssigned(a: Attribution, target: Expr, again: boolean): void {
  const sym = variableOf(target);
  if (!sym) {
    if (target.e === 'index' || found(target.type ?? failed).t === 'error') return;
    if (target.e === 'field' && target.length) a.wrong(target.pos, 'cannot assign a value to final variable length');
    else a.wrong(posOf(target), 'unexpected type', ['  required: variable', '  found:    value']);
    return;
  }
  sym.assigned = (sym.assigned ?? 0) + (again ? 2 : 1);
  const final = (sym.flags & flag.final) !== 0;
  if (final && sym.owner !== undefined) {
    const here = sym.owner === a.cls.name && !again;
    const inside =
      (sym.flags & flag.static) !== 0 ? a.body?.name === 'static' : a.body?.constructor_ || a.body?.name === 'new';
    const own = a.decl.members.find((m) => m.m === 'field' && m.sym === sym);
    if (!here || !inside || (own?.m === 'field' && own.init))
      a.wrong(target.pos, `cannot assign a value to final variable ${sym.name}`);
  } else if (final && (sym.param || (sym.assigned ?? 0) > 1)) {
    a.wrong(
      target.pos,
      sym.param
        ? `final parameter ${sym.name} may not be assigned`
        : `cannot assign a value to final variable ${sym.name}`,
    );
  }
  if ((sym.level ?? 0) < (a.body?.level ?? 0) && sym.owner === undefined) {
    sym.assigned = 3;
    a.wrong(target.pos, 'local variables referenced from a lambda expression must be final or effectively final');
  }
}

export { arrayOf, BeyondJava };
