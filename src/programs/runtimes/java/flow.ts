import type { Attribution } from './attribute.ts';
import { checkReached } from './flow-alive.ts';
import { checkAssigned } from './flow-assign.ts';
import { checkThrows } from './flow-throws.ts';

/**
 * What javac looks at after it has understood a class with all that is in it: which statements are reached, that
 * variables have values, that exceptions are dealt with, that variables of lambdas stay as they are.
 */
export function checkFlow(all: readonly Attribution[]): void {
  const told = (a: Attribution) => (problem: (typeof a.problems)[number]) =>
    void a.wrong(problem.pos, problem.message, problem.details);
  for (const a of all) checkReached(a.decl, told(a));
  for (const a of all) checkAssigned(a.decl, told(a));
  for (const a of all) checkThrows(a.classes, a.decl, told(a));
  const captured = all.flatMap((a) => a.captured.map((one) => ({ ...one, a })));
  for (const { a, sym, pos, byClass } of captured.toSorted((x, y) => x.pos - y.pos))
    if ((sym.assigned ?? 0) > 1) {
      const by = byClass ? 'an inner class' : 'a lambda expression';
      a.wrong(pos, `local variables referenced from ${by} must be final or effectively final`);
    }
}
