import type { Vm } from '../core/vm.ts';
import { find, matcher } from './match.ts';
import { parsePattern } from './pattern.ts';

/** The groups of a whole path that fits a route's pattern (what comes from a program does not run in the real engine). */
export function routeMatch(vm: Vm, source: string, path: string, ignoreCase: boolean): readonly string[] | undefined {
  const flags = { ignoreCase, multiline: false, dotAll: false, wide: false };
  const m = matcher(parsePattern(source, 'js'), flags);
  const found = find(m, path, 0, (steps) => vm.tick(steps >> 1), { here: true });
  if (!found) return undefined;
  return Array.from({ length: m.groups + 1 }, (_, n) =>
    (found[2 * n] ?? -1) < 0 ? '' : path.slice(found[2 * n], found[2 * n + 1]),
  );
}
