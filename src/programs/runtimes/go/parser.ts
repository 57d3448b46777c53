import { type At, Beyond, SyntaxProblem } from '../core/tree.ts';
import type { FieldNode, FuncType, Node, ParamNode, TypeNode } from './ast.ts';
import type { Token } from './lexer.ts';
import { expression } from './parse-expr.ts';

/** Where a parser is in its tokens. */
export interface Parser {
  readonly tokens: readonly Token[];
  i: number;
  /** Below zero, a `{` begins a block and not a literal (in the head of if, for, switch). */
  level: number;
}

const nowhere: Token = { k: 'end', text: 'EOF', value: '', at: [1, 0, 1, 0] };
export const peek = (p: Parser, ahead = 0): Token => p.tokens[p.i + ahead] ?? p.tokens.at(-1) ?? nowhere;
export function take(p: Parser): Token {
  const t = peek(p);
  p.i++;
  return t;
}
export const is = (p: Parser, text: string, ahead = 0): boolean => {
  const t = peek(p, ahead);
  return (t.k === 'op' || t.k === 'keyword') && t.text === text;
};
export function accept(p: Parser, text: string): boolean {
  if (!is(p, text)) return false;
  p.i++;
  return true;
}

/** How a token is named in `unexpected …`. */
function named(t: Token): string {
  if (t.k === 'end') return 'EOF';
  if (t.text === ';') return t.value === 'newline' ? 'newline' : 'semicolon';
  if (t.text === ',') return 'comma';
  if (t.k === 'name') return `name ${t.text}`;
  if (t.k === 'keyword') return `keyword ${t.text}`;
  return t.k === 'op' ? t.text : `literal ${t.text}`;
}
/** Throws the syntax error that the compiler would tell of at the present token. */
export function unexpected(p: Parser, after: string): never {
  const t = peek(p);
  throw new SyntaxProblem(`syntax error: unexpected ${named(t)}${after}`, t.at);
}
export function expect(p: Parser, text: string, after: string): Token {
  if (!is(p, text)) unexpected(p, after);
  return take(p);
}
export function name(p: Parser, after = ', expecting name'): Token {
  if (peek(p).k !== 'name') unexpected(p, after);
  return take(p);
}
export const span = (from: At, to: At): At => [from[0], from[1], to[2], to[3]];
export const last = (p: Parser): At => p.tokens[p.i - 1]?.at ?? nowhere.at;

/** Reads a type, or nothing. */
export function maybeType(p: Parser): TypeNode | null {
  const t = peek(p);
  const { at } = t;
  if (t.k === 'name') {
    p.i++;
    if (is(p, '.')) {
      p.i++;
      const sel = name(p);
      return { k: 'tname', pkg: t.text, name: sel.text, at: span(at, sel.at) };
    }
    if (is(p, '[') && p.level >= 0 && /^(?:name)$/.test(peek(p, 1).k) && is(p, ']', 2))
      throw new Beyond('a type with parameters', at);
    return { k: 'tname', pkg: null, name: t.text, at };
  }
  if (accept(p, '*')) return { k: 'tpointer', of: type(p), at };
  if (accept(p, '(')) {
    const inner = type(p);
    expect(p, ')', ', expecting )');
    return inner;
  }
  if (accept(p, '[')) {
    if (accept(p, ']')) return { k: 'tslice', of: type(p), at };
    let length: Node | null = null;
    if (!accept(p, '...')) {
      p.level++;
      length = expression(p);
      p.level--;
    }
    expect(p, ']', ', expecting ]');
    return { k: 'tarray', length, of: type(p), at };
  }
  if (accept(p, 'map')) {
    expect(p, '[', ', expecting [');
    const key = type(p);
    expect(p, ']', ', expecting ]');
    return { k: 'tmap', key, of: type(p), at };
  }
  if (accept(p, 'chan')) {
    const send = accept(p, '<-');
    return { k: 'tchan', of: type(p), at, ...(send ? { dir: 'send' as const } : {}) };
  }
  if (is(p, '<-') && is(p, 'chan', 1)) {
    p.i += 2;
    return { k: 'tchan', of: type(p), at, dir: 'receive' };
  }
  if (accept(p, 'func')) return signature(p, at);
  if (accept(p, 'struct')) return struct(p, at);
  if (accept(p, 'interface')) return interfaceType(p, at);
  return null;
}
export function type(p: Parser): TypeNode {
  return maybeType(p) ?? unexpected(p, ', expecting type');
}

function struct(p: Parser, at: At): TypeNode {
  expect(p, '{', ', expecting { after struct');
  const fields: FieldNode[] = [];
  while (!is(p, '}')) {
    const names = [];
    if (is(p, '*') || is(p, '.', 1) || is(p, ';', 1) || is(p, '}', 1) || peek(p, 1).k === 'string') {
      const of = type(p);
      const base = of.k === 'tpointer' ? of.of : of;
      const tag = peek(p).k === 'string' ? take(p).value : '';
      fields.push({ name: base.k === 'tname' ? base.name : '', type: of, tag, embedded: true });
    } else {
      do names.push(name(p, ', expecting field name or embedded type').text);
      while (accept(p, ','));
      const of = type(p);
      const tag = peek(p).k === 'string' ? take(p).value : '';
      for (const one of names) fields.push({ name: one, type: of, tag, embedded: false });
    }
    if (!accept(p, ';')) break;
  }
  expect(p, '}', ', expecting semicolon, newline, or } after struct field');
  return { k: 'tstruct', fields, at };
}

function interfaceType(p: Parser, at: At): TypeNode {
  expect(p, '{', ', expecting { after interface');
  const methods: [string, FuncType][] = [];
  const embeds: TypeNode[] = [];
  while (!is(p, '}')) {
    if (peek(p).k === 'name' && is(p, '(', 1)) {
      const one = take(p);
      methods.push([one.text, signature(p, one.at)]);
    } else {
      embeds.push(type(p));
      if (is(p, '|') || is(p, '~')) throw new Beyond('a type constraint', at);
    }
    if (!accept(p, ';')) break;
  }
  expect(p, '}', ', expecting }');
  return { k: 'tinterface', methods, embeds, at };
}

/** Parameters and results, after `func` and a name. */
export function signature(p: Parser, at: At): FuncType {
  if (is(p, '[')) throw new Beyond('a function with type parameters', at);
  const params = parameters(p);
  if (is(p, '(')) return { k: 'tfunc', params, results: parameters(p), at };
  const result = maybeType(p);
  return {
    k: 'tfunc',
    params,
    results: result ? [{ name: '', type: result, variadic: false, at: result.at }] : [],
    at,
  };
}

function parameters(p: Parser): readonly ParamNode[] {
  expect(p, '(', ', expecting (');
  const level = p.level;
  p.level = 0;
  const items: { first: TypeNode | null; second: TypeNode | null; variadic: boolean; at: At }[] = [];
  while (!is(p, ')')) {
    const { at } = peek(p);
    if (accept(p, '...')) items.push({ first: null, second: type(p), variadic: true, at });
    else {
      const first = type(p);
      if (accept(p, '...')) items.push({ first, second: type(p), variadic: true, at });
      else items.push({ first, second: maybeType(p), variadic: false, at });
    }
    if (!accept(p, ',')) break;
  }
  expect(p, ')', ', expecting )');
  p.level = level;
  const named = items.some(({ first, second }) => first !== null && second !== null);
  if (!named)
    return items.flatMap(({ first, second, variadic, at }) => {
      const of = first ?? second;
      return of ? [{ name: '', type: of, variadic, at }] : [];
    });
  let of: TypeNode | null = null;
  let variadic = false;
  return items
    .toReversed()
    .flatMap((one) => {
      if (one.second) {
        of = one.second;
        ({ variadic } = one);
      } else variadic = false;
      return of && one.first?.k === 'tname' ? [{ name: one.first.name, type: of, variadic, at: one.at }] : [];
    })
    .toReversed();
}
