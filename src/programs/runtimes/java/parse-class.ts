import type { ClassDecl, Expr, JavaFile, LocalVar, Member, TypeNode, TypeParam } from './ast.ts';
import { Cursor, parseType, tryType } from './cursor.ts';
import { lex } from './lexer.ts';
import { initializer, parseBlock } from './parse-stmt.ts';
import { BeyondJava } from './problem.ts';
import { compactConstructor, recordMembers } from './records.ts';
import { flag } from './types.ts';

const modifiers: { readonly [word: string]: number } = {
  public: flag.public,
  private: flag.private,
  protected: flag.protected,
  static: flag.static,
  final: flag.final,
  abstract: flag.abstract,
  synchronized: flag.synchronized,
  native: 256,
  transient: 128,
  volatile: 64,
  strictfp: 2048,
};

/** A source file. Throws CompileError, BeyondJava. */
export function parseJava(source: string): JavaFile {
  const c = new Cursor([...lex(source)]);
  let name = '';
  const imports: JavaFile['imports'][number][] = [];
  const classes: ClassDecl[] = [];
  if (c.take('package')) {
    name = dotted(c);
    c.expect(';');
  }
  while (c.is('import') || c.is(';')) {
    const { pos } = c;
    if (c.take(';')) continue;
    c.next();
    const fixed = c.take('static');
    let path = c.name().text;
    let star = false;
    let dot = pos;
    while (c.is('.')) {
      dot = c.next().pos;
      if (c.take('*')) star = true;
      else path += `.${c.name().text}`;
    }
    c.expect(';');
    imports.push({ pos: dot, name: path, static: fixed, star });
  }
  while (c.token.kind !== 'end') {
    if (c.take(';')) continue;
    const start = c.pos;
    const flags = parseModifiers(c);
    const found = classDecl(c, flags, start);
    if (!found) throw c.wrong('class, interface, enum, or record expected', c.pos);
    classes.push(found);
  }
  return { package: name, imports, classes };
}

function dotted(c: Cursor): string {
  let name = c.name().text;
  while (c.take('.')) name += `.${c.name().text}`;
  return name;
}

function parseModifiers(c: Cursor): number {
  let flags = 0;
  for (;;) {
    const { kind, text } = c.token;
    if (kind === 'op' && text === '@' && c.peek(1).text !== 'interface') {
      c.next();
      const annotation = dotted(c);
      if (!['Override', 'SuppressWarnings', 'FunctionalInterface', 'Deprecated', 'SafeVarargs'].includes(annotation))
        throw new BeyondJava(`the annotation @${annotation}`, c.pos);
      if (c.is('(')) while (c.next().text !== ')');
      continue;
    }
    if (kind === 'word' && text === 'default' && c.peek(1).text !== ':') flags |= flag.default;
    else if (kind === 'word' && modifiers[text] !== undefined) flags |= modifiers[text] ?? 0;
    else if (kind === 'name' && (text === 'sealed' || (text === 'non' && c.peek(1).text === '-')))
      throw new BeyondJava('a sealed class', c.pos);
    else return flags;
    c.next();
  }
}

function typeParams(c: Cursor): readonly TypeParam[] {
  if (!c.take('<')) return [];
  const all: TypeParam[] = [];
  do {
    const { text } = c.name();
    const bounds: TypeNode[] = [];
    if (c.take('extends')) {
      do bounds.push(parseType(c));
      while (c.take('&'));
    }
    all.push({ name: text, bounds });
  } while (c.take(','));
  c.closeAngle();
  return all;
}

function classDecl(c: Cursor, flags: number, start: number): ClassDecl | undefined {
  const record = c.isName('record') && c.peek(1).kind === 'name';
  if (c.is('@')) throw new BeyondJava('an annotation type', c.pos);
  if (!record && !c.is('class') && !c.is('interface') && !c.is('enum')) return undefined;
  const { pos } = c;
  const kind = c.next().text as ClassDecl['kind'];
  const { text: name, pos: namePos } = c.name();
  const params = typeParams(c);
  const components: LocalVar[] = [];
  if (kind === 'record') {
    c.expect('(');
    while (!c.is(')')) {
      const of = parseType(c);
      const { pos: at, text } = c.name();
      components.push({ pos: at, name: text, of });
      if (!c.take(',')) break;
    }
    c.expect(')');
  }
  const body = parseClassBody(c, {
    pos,
    start,
    name,
    namePos,
    kind,
    flags,
    typeParams: params,
    components,
  });
  return kind === 'record' ? recordMembers(body) : body;
}

/** A class that is declared inside a method. */
export function localClass(c: Cursor): ClassDecl {
  const { pos } = c;
  const flags = parseModifiers(c);
  const found = classDecl(c, flags, pos);
  if (!found) throw c.wrong('illegal start of expression', c.pos);
  return found;
}

interface Head {
  readonly pos: number;
  readonly start?: number;
  readonly name: string;
  readonly namePos?: number;
  readonly kind: ClassDecl['kind'];
  readonly flags?: number;
  readonly typeParams?: readonly TypeParam[];
  readonly components?: readonly LocalVar[];
}

/** What comes after a class's name. */
export function parseClassBody(c: Cursor, head: Head): ClassDecl {
  const { kind } = head;
  let above: TypeNode | undefined;
  const interfaces: TypeNode[] = [];
  if (c.is('extends')) {
    c.next();
    if (kind === 'interface') {
      do interfaces.push(parseType(c));
      while (c.take(','));
    } else above = parseType(c);
  }
  if (c.take('implements')) {
    do interfaces.push(parseType(c));
    while (c.take(','));
  }
  if (c.isName('permits')) throw new BeyondJava('a sealed class', c.pos);
  c.expect('{');
  const constants: ClassDecl['constants'][number][] = [];
  if (kind === 'enum') {
    while (c.token.kind === 'name') {
      const { pos, text } = c.next();
      const args = c.is('(') ? enumArgs(c) : [];
      if (c.is('{')) throw new BeyondJava('an enum constant with a body', c.pos);
      constants.push({ pos, name: text, args });
      if (!c.take(',')) break;
    }
    if (!c.is('}')) c.expect(';');
  }
  const members: Member[] = [];
  while (!c.is('}')) {
    if (c.token.kind === 'end') throw c.wrong('', c.pos);
    if (!c.take(';')) members.push(...member(c, head));
  }
  const end = c.next().pos;
  return {
    m: 'class',
    pos: head.pos,
    namePos: head.namePos ?? head.pos,
    end,
    kind,
    flags: head.flags ?? 0,
    name: head.name,
    typeParams: head.typeParams ?? [],
    ...(above ? { extends: above } : {}),
    implements: interfaces,
    members,
    components: head.components ?? [],
    constants,
  };
}

function enumArgs(c: Cursor): Expr[] {
  c.expect('(');
  const all: Expr[] = [];
  while (!c.is(')')) {
    all.push(initializer(c));
    if (!c.take(',')) break;
  }
  c.expect(')');
  return all;
}

function member(c: Cursor, head: Head): Member[] {
  const { pos: start } = c;
  if (c.is('{')) return [{ m: 'init', pos: start, static: false, body: parseBlock(c) }];
  if (c.is('static') && c.peek(1).text === '{') {
    c.next();
    return [{ m: 'init', pos: start, static: true, body: parseBlock(c) }];
  }
  const flags = parseModifiers(c);
  const nested = classDecl(c, flags, start);
  if (nested) return [nested];
  const params = typeParams(c);
  const { pos } = c;
  if (c.token.kind === 'name' && c.token.text === head.name && ['(', '{'].includes(c.peek(1).text)) {
    c.next();
    if (c.is('{') && head.components)
      return [compactConstructor({ pos, flags, components: head.components, body: parseBlock(c) })];
    return [method(c, { pos, flags, params, name: '<init>' })];
  }
  const result = tryType(c);
  if (!result) {
    if (c.token.kind === 'name' || c.token.kind === 'word') throw c.wrong('illegal start of type', pos);
    throw c.wrong('illegal start of type', pos);
  }
  if (c.is('(')) throw c.wrong('invalid method declaration; return type required', pos);
  const { text: name, pos: namePos } = c.name();
  if (c.is('(')) return [method(c, { pos: namePos, flags, params, name, result })];
  const fields: Member[] = [];
  let at = { name, pos: namePos };
  for (;;) {
    let { dims } = result;
    while (c.is('[') && c.peek(1).text === ']') {
      c.at += 2;
      dims++;
    }
    const init = c.take('=') ? initializer(c) : undefined;
    fields.push({ m: 'field', pos: at.pos, flags, of: { ...result, dims }, name: at.name, ...(init ? { init } : {}) });
    if (!c.take(',')) break;
    const more = c.name();
    at = { name: more.text, pos: more.pos };
  }
  c.expect(';');
  return fields;
}

function method(
  c: Cursor,
  head: { pos: number; flags: number; params: readonly TypeParam[]; name: string; result?: TypeNode },
): Member {
  c.expect('(');
  const params: LocalVar[] = [];
  let varargs = false;
  while (!c.is(')')) {
    parseModifiers(c);
    let of = parseType(c);
    if (c.take('...')) {
      varargs = true;
      of = { ...of, dims: of.dims + 1 };
    }
    const { pos, text } = c.name();
    let { dims } = of;
    while (c.is('[') && c.peek(1).text === ']') {
      c.at += 2;
      dims++;
    }
    params.push({ pos, name: text, of: { ...of, dims } });
    if (!c.take(',')) break;
  }
  if (!c.is(')')) throw c.wrong("',', ')', or '[' expected", c.pos);
  c.next();
  let result = head.result;
  while (result && c.is('[') && c.peek(1).text === ']') {
    c.at += 2;
    result = { ...result, dims: result.dims + 1 };
  }
  const throws: TypeNode[] = [];
  if (c.take('throws')) {
    do throws.push(parseType(c));
    while (c.take(','));
  }
  const body = c.is('{') ? parseBlock(c) : undefined;
  if (!body && !c.take(';')) throw c.wrong("'{' or ';' expected", c.before);
  return {
    m: 'method',
    pos: head.pos,
    flags: head.flags,
    params,
    typeParams: head.params,
    name: head.name,
    ...(result ? { result } : {}),
    throws,
    ...(body ? { body } : {}),
    varargs,
  };
}
