import type { Emitter } from './compile.ts';
import { compileExpr } from './compile-expr.ts';
import { loop } from './compile-loops.ts';
import { hoist } from './compile-names.ts';
import { block, compileStmts } from './compile-stmt.ts';
import type { Stmt } from './tree.ts';

export function switchStatement(e: Emitter, s: Stmt & { k: 'switch' }, label: string | undefined): void {
  e.emit('enter');
  e.contexts.push({ kind: 'scope' });
  if (s.init) compileStmts(e, [s.init]);
  if (s.on) compileExpr(e, s.on);
  else e.emit('const', true);
  e.emit('init', '%switch');
  if (e.unit.lang === 'js')
    hoist(
      e,
      s.cases.flatMap(({ body }) => body),
    );
  const ends: number[] = [];
  const context = loop(
    e,
    label,
    () => {
      const entries = s.cases.map(({ tests, types }) => {
        const jumps: number[] = [];
        for (const type of types ?? []) {
          e.emit('load', '%switch');
          e.emit('is-type', type);
          jumps.push(e.emit('jump-true', 0));
        }
        for (const test of tests ?? []) {
          e.emit('load', '%switch');
          compileExpr(e, test);
          e.emit('binary', e.unit.lang === 'js' ? '===' : '==');
          jumps.push(e.emit('jump-true', 0));
        }
        return jumps;
      });
      const otherwise = e.emit('jump', 0);
      let fell = true;
      let through: number | undefined;
      s.cases.forEach(({ tests, types, body }, i) => {
        for (const jump of entries[i] ?? []) e.here(jump);
        if (tests === null && types === undefined) {
          e.here(otherwise);
          fell = false;
        }
        const falls = body.at(-1)?.k === 'expr' && isFallthrough(body.at(-1));
        if (through !== undefined) e.here(through);
        through = undefined;
        if (e.unit.lang === 'js') compileStmts(e, body);
        else {
          if (s.bind) {
            e.emit('enter');
            e.contexts.push({ kind: 'scope' });
            e.emit('load', '%switch');
            e.emit('init', s.bind);
          }
          block(e, falls ? body.slice(0, -1) : body);
          if (s.bind) {
            e.contexts.pop();
            e.emit('leave');
          }
          const jump = e.emit('jump', 0);
          if (falls) through = jump;
          else ends.push(jump);
        }
      });
      if (fell) e.here(otherwise);
    },
    'switch',
  );
  for (const jump of [...context.breaks, ...ends]) e.here(jump);
  e.contexts.pop();
  e.emit('leave');
}

function isFallthrough(s: Stmt | undefined): boolean {
  return s?.k === 'expr' && s.e.k === 'name' && s.e.id === 'fallthrough';
}

export function selectStatement(e: Emitter, s: Stmt & { k: 'select' }, label: string | undefined): void {
  for (const one of s.cases) {
    if (one.chan) compileExpr(e, one.chan);
    else e.emit('none');
    if (one.value) compileExpr(e, one.value);
    else e.emit('none');
  }
  // leaves the value received, whether the channel was open, and the number of the case
  e.emit(
    'select',
    s.cases.map(({ kind }) => kind),
  );
  const context = loop(
    e,
    label,
    (here) => {
      s.cases.forEach((one, i) => {
        e.emit('dup');
        e.emit('const', i);
        e.emit('binary', '==');
        const next = e.emit('jump-false', 0);
        e.emit('pop');
        e.emit('enter');
        e.contexts.push({ kind: 'scope' });
        for (const name of [one.names[1], one.names[0]]) {
          if (name === undefined || name === '_') e.emit('pop');
          else e.emit('init', name);
        }
        block(e, one.body);
        e.contexts.pop();
        e.emit('leave');
        here.breaks.push(e.emit('jump', 0));
        e.here(next);
      });
    },
    'switch',
  );
  for (const jump of context.breaks) e.here(jump);
}
