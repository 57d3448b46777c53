import { compileFunction, type Emitter } from './compile.ts';
import { compileExpr, copied, named } from './compile-expr.ts';
import type { Arg, Class, Expr, Func } from './tree.ts';
import { undef } from './values.ts';

export function call(e: Emitter, x: Expr & { k: 'call' | 'new' }): void {
  const { fn, args } = x;
  let method = false;
  if (x.k === 'call' && fn.k === 'get' && fn.obj.k === 'name' && fn.obj.id === 'super') {
    e.emit('load', 'this');
    e.emit('super', fn.name);
    method = true;
  } else if (x.k === 'call' && fn.k === 'name' && fn.id === 'super' && e.unit.lang === 'js') {
    compileArgs(e, args);
    e.emit('super-call');
    return;
  } else if (x.k === 'call' && fn.k === 'get') {
    compileExpr(e, fn.obj);
    if (fn.optional) e.emit('optional', 0, 'chain');
    e.emit('dup');
    const at = e.at;
    e.at = fn.at;
    e.emit('get', fn.name, true);
    e.at = at;
    method = true;
  } else if (x.k === 'call' && fn.k === 'index' && e.unit.lang === 'js') {
    compileExpr(e, fn.obj);
    e.emit('dup');
    compileExpr(e, fn.key);
    e.emit('index');
    method = true;
  } else compileExpr(e, fn);
  if (x.optional) e.emit('optional', 0, 'chain', method);
  const plain = args.every(({ name, value }) => name === undefined && value.k !== 'spread');
  if (plain) {
    for (const { value } of args) {
      compileExpr(e, value);
      copied(e, value);
    }
    e.emit(x.k === 'new' ? 'new' : method ? 'call-method' : 'call', args.length, describe(fn), fn.at[3]);
    return;
  }
  compileArgs(e, args);
  e.emit(x.k === 'new' ? 'new-spread' : method ? 'call-method-spread' : 'call-spread', null, describe(fn));
}

/** How a call is named in an error: `console.log`, `foo(...).bar`. */
function describe(x: Expr): string {
  if (x.k === 'name') return x.id;
  if (x.k === 'get') return `${describe(x.obj)}.${x.name}`;
  if (x.k === 'call') return `${describe(x.fn)}(...)`;
  return x.k === 'index' ? `${describe(x.obj)}[...]` : '(intermediate value)';
}

/** Arguments as two values: a list, and a record of those with names. */
function compileArgs(e: Emitter, args: readonly Arg[]): void {
  e.emit('list', 0);
  const keywords = args.filter(({ name }) => name !== undefined && name !== '*');
  for (const { name, value } of args) {
    if (name !== undefined && name !== '*') continue;
    compileExpr(e, value.k === 'spread' ? value.e : value);
    e.emit(value.k === 'spread' || name === '*' ? 'extend' : 'append');
  }
  e.emit('keywords');
  for (const { name = '', value } of keywords) {
    compileExpr(e, value);
    if (name === '**') e.emit('merge-keywords');
    else e.emit('keyword', name);
  }
}

export function makeFunction(e: Emitter, def: Func): void {
  const number = compileFunction(e.unit, def);
  let defaults = 0;
  if (e.unit.lang === 'py') {
    for (const { initial } of def.params) {
      if (initial) compileExpr(e, initial);
      else e.emit('const', { t: 'hole' });
      defaults++;
    }
  }
  e.emit('function', number, defaults);
}

export function makeClass(e: Emitter, def: Class): void {
  if (def.body) {
    // Python: the body is a function that is called at once; what it leaves in its scope are the attributes
    compileArgs(e, def.bases);
    const at = e.at;
    const number = compileFunction(e.unit, { name: def.name, params: [], body: def.body, kind: {}, at });
    const ops = e.unit.codes[number]?.ops;
    if (ops) ops.splice(-2, 2, ['class-scope'], ['return']);
    e.emit('class', number, def.name);
    return;
  }
  const base = def.bases[0];
  if (base) compileExpr(e, base.value);
  else e.emit('undef');
  // what is static may speak of the class by its name
  const inner = def.name !== '' && def.members.some((one) => one.static && one.kind === 'field');
  if (inner) e.emit('enter');
  e.emit('js-class', def.name, base !== undefined);
  if (inner) {
    e.emit('dup');
    e.emit('init', def.name);
  }
  for (const { key, static: isStatic, kind, value } of def.members) {
    compileExpr(e, key);
    if (kind === 'field') {
      const body = value ?? { k: 'const' as const, v: undef, at: e.at };
      makeFunction(e, {
        name: '',
        params: [],
        kind: {},
        at: e.at,
        body: [{ k: 'return', e: body, at: e.at }],
      });
    } else if (value) compileExpr(e, value.k === 'fn' && key.k === 'const' ? named(value, String(key.v)) : value);
    else e.emit('undef');
    e.emit('member', kind, isStatic);
  }
  if (inner) e.emit('leave');
}
