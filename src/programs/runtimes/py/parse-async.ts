import type { At, Expr, Stmt } from '../core/tree.ts';

/**
 * `async with`: what it means, in terms of await, try and finally (The Python Language Reference, 8.9.2): the manager is
 * left once, with the exception that it may deal with or without one.
 */
export function asyncWith(
  items: readonly { readonly e: Expr; readonly as: Expr | null }[],
  body: readonly Stmt[],
  at: At,
): Stmt {
  const [first, ...others] = items;
  if (!first) return { k: 'block', body, at };
  const place = `${first.e.at[0]}.${first.e.at[1]}`;
  const name = (what: string): Expr => ({ k: 'name', id: `.${what} ${place}`, at });
  const none: Expr = { k: 'const', v: null, at };
  const call = (fn: Expr, ...values: Expr[]): Expr => ({ k: 'call', fn, args: values.map((value) => ({ value })), at });
  const awaited = (method: string, ...values: Expr[]): Expr => ({
    k: 'await',
    e: call({ k: 'get', obj: name('manager'), name: method, at: first.e.at }, ...values),
    at,
  });
  const assign = (target: Expr, value: Expr): Stmt => ({
    k: 'expr',
    e: { k: 'assign', target, op: '=', value, at },
    at,
  });
  const error = name('error');
  const dealt = awaited('__aexit__', call({ k: 'name', id: 'type', at }, error), error, none);
  const inner: Stmt = {
    k: 'try',
    body: [asyncWith(others, body, at)],
    catches: [
      {
        types: { k: 'name', id: 'BaseException', at },
        name: error,
        body: [
          assign(name('open'), { k: 'const', v: false, at }),
          { k: 'if', test: dealt, yes: [], no: [{ k: 'throw', e: null, at }], at },
        ],
      },
    ],
    finally: null,
    at,
  };
  const left: Stmt = { k: 'expr', e: awaited('__aexit__', none, none, none), at };
  return {
    k: 'block',
    at,
    body: [
      assign(name('manager'), first.e),
      first.as ? assign(first.as, awaited('__aenter__')) : { k: 'expr', e: awaited('__aenter__'), at },
      assign(name('open'), { k: 'const', v: true, at }),
      {
        k: 'try',
        body: [inner],
        catches: [],
        finally: [{ k: 'if', test: name('open'), yes: [left], no: [], at }],
        at,
      },
    ],
  };
}
