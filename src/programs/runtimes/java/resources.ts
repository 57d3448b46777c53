import type { Block, Expr, LocalVar, Stmt } from './ast.ts';

/** A block in which a resource is held: it is closed however the block ends (JLS 14.20.3.1). */
export function closing(held: LocalVar, body: Block, pos: number): Block {
  const { end } = body;
  const name = (text: string): Expr => ({ e: 'name', pos: held.pos, start: held.pos, name: text });
  const statement = (of: Expr): Stmt => ({ s: 'expr', pos: of.pos, of });
  const block = (at: number, body: Stmt[]): Block => ({ s: 'block', pos: at, end: at, body });
  const call = (at: number, object: Expr, called: string, args: Expr[] = []): Stmt =>
    statement({ e: 'call', pos: at, start: at, object, name: called, namePos: at, args });
  // a new object is never null
  const ifHeld = (at: number, act: Stmt): Stmt =>
    held.init?.e === 'new'
      ? act
      : {
          s: 'if',
          pos: at,
          test: {
            e: 'binary',
            pos: at,
            start: at,
            op: '!=',
            left: name(held.name),
            right: { e: 'literal', pos: at, start: at, kind: 'null', text: 'null' },
          },
          yes: act,
        };
  const [thrown, further] = [`$thrown${held.pos}`, `$further${held.pos}`];
  const throwable = [{ pos, name: 'java.lang.Throwable', dims: 0 }];
  const closeAnyway: Stmt = {
    s: 'try',
    pos,
    body: block(pos, [call(pos, name(held.name), 'close')]),
    catches: [
      {
        pos,
        types: throwable,
        item: { pos, name: further },
        body: block(pos, [call(pos, name(thrown), 'addSuppressed', [name(further)])]),
      },
    ],
  };
  const guarded: Stmt = {
    s: 'try',
    pos,
    body,
    catches: [
      {
        pos,
        types: throwable,
        item: { pos, name: thrown },
        body: block(pos, [ifHeld(pos, closeAnyway), { s: 'throw', pos, of: name(thrown) }]),
      },
    ],
    last: block(end, [ifHeld(end, call(end, name(held.name), 'close'))]),
    closes: held,
  };
  return { s: 'block', pos, end, body: [{ s: 'local', pos: held.pos, vars: [held] }, guarded] };
}
