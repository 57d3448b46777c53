import type { Stmt } from './ast.ts';
import { type Chain, merge } from './code.ts';
import { local } from './generate-expr.ts';
import { genBlock } from './generate-stmt.ts';
import { endOf, type Generator, type Place } from './generator.ts';
import { classType, erase, objectType } from './types.ts';

/** Runs what `finally` says of all places from `from` on; where those parts begin is noted, for they are not guarded. */
export function leave(g: Generator, from: number): Place[] {
  const left: Place[] = [];
  const all = g.places;
  for (let i = all.length - 1; i >= from; i--) {
    const place = all[i];
    if (place?.kind !== 'try' || !place.last) continue;
    left.push(place);
    if (g.code.reached) runLast(g, place, i);
  }
  g.places = all;
  return left;
}
function runLast(g: Generator, place: Place, i: number): void {
  place.gaps?.push(g.code.here());
  const all = g.places;
  g.places = all.slice(0, i);
  if (place.last) genBlock(g, place.last);
  g.places = all;
}
/** The part that is not guarded ends here. */
export function closeGaps(g: Generator, left: readonly Place[]): void {
  for (const { gaps } of left) if (gaps && gaps.length % 2 === 1) gaps.push(g.code.here());
}

/** try, catch, finally: the code of `finally` stands at every way out (JVMS 3.13). */
export function genTry(g: Generator, s: Stmt & { s: 'try' }): void {
  const { code } = g;
  const limit = code.nextLocal;
  const start = code.here();
  const state = code.state();
  const gaps: number[] = [];
  const place: Place = { kind: 'try', exit: [], next: [], gaps, ...(s.last ? { last: s.last } : {}) };
  const depth = g.places.length;
  const last = () => {
    if (!s.last || !code.reached) return;
    runLast(g, place, depth);
  };
  g.places.push(place);
  genBlock(g, s.body);
  const end = code.here();
  const inBody = [...gaps];
  g.begin(s.body.end);
  last();
  g.begin(endOf(s));
  let exit: Chain = start === end ? [] : code.branch('goto');
  closeGaps(g, [place]);
  if (start !== end) {
    s.catches.forEach((one, i) => {
      const types = (one.caught ?? []).map(erase);
      const type = erase(one.item.sym?.type ?? classType('java/lang/Throwable'));
      const handler = code.entry({ stack: [type], locals: state.locals.slice(0, limit) });
      code.maxStack = Math.max(code.maxStack, 1);
      let from = start;
      for (let n = 0; n + 1 < inBody.length; n += 2) {
        guard(
          g,
          from,
          inBody[n] ?? from,
          handler,
          types.map((t) => g.typeIndex(t)),
        );
        from = inBody[n + 1] ?? from;
      }
      guard(
        g,
        from,
        end,
        handler,
        types.map((t) => g.typeIndex(t)),
      );
      g.begin(one.pos);
      code.here();
      const inner = code.nextLocal;
      const slot = one.item.sym ? code.declare(one.item.sym) : code.reserve(type);
      local(g, 'store', type, slot);
      genBlock(g, one.body);
      code.endScope(inner);
      g.begin(one.body.end);
      last();
      if (s.last || i < s.catches.length - 1) {
        g.begin(endOf(s));
        exit = merge(exit, code.branch('goto'));
      }
      closeGaps(g, [place]);
    });
    if (s.last && !s.closes) {
      const any = classType('java/lang/Throwable');
      code.nextLocal = Math.max(code.nextLocal, code.maxLocals);
      const handler = code.entry({ stack: [any], locals: state.locals.slice(0, limit) });
      code.maxStack = Math.max(code.maxStack, 1);
      let from = start;
      for (let n = 0; n + 1 < gaps.length; n += 2) {
        guard(g, from, gaps[n] ?? from, handler, [0]);
        from = gaps[n + 1] ?? from;
      }
      g.begin(s.last.body[0]?.pos ?? s.last.pos);
      code.here();
      const slot = code.reserve(any);
      local(g, 'store', any, slot);
      const stop = code.here();
      g.places.pop();
      genBlock(g, s.last);
      g.places.push(place);
      if (code.reached) {
        g.begin(s.last.end);
        code.here();
        local(g, 'load', any, slot);
        guard(g, from, stop, handler, [0]);
        code.emit('athrow');
        code.pop();
        code.alive = false;
      } else guard(g, from, stop, handler, [0]);
    }
  }
  g.places.pop();
  code.resolve(exit);
  code.endScope(limit);
}

function guard(g: Generator, from: number, to: number, handler: number, types: readonly number[]): void {
  if (from < to) for (const type of types) g.code.catches.push({ from, to, handler, type });
}

export { objectType };
