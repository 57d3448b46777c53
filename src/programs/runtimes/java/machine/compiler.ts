import type { MethodInfo } from './class-file.ts';
import type { Machine } from './machine.ts';

/** The highest of HotSpot's tiers that methods are compiled at: 0 only interprets (`-Xint`), 1 is C1 alone, 4 is C2. */
export function lastTier(flags: readonly string[]): number {
  if (flags.includes('-Xint')) return 0;
  return Number(flags.findLast((f) => f.startsWith('-XX:TieredStopAtLevel='))?.split('=')[1] ?? '4');
}

/** A method is compiled when it was called or looped often enough (the tiers of HotSpot's compilers and their thresholds). */
export function hot(m: Machine, key: string, cls: string, info: MethodInfo, osr = -1): void {
  const { tiers } = m.options;
  const [calls, loops, level] = [m.calls[key] ?? 0, m.loops[key] ?? 0, m.levels[key] ?? 0];
  let next = level;
  if (level === 0 && (calls > 200 || (calls > 100 && calls + loops > 2000) || loops > 60000)) next = Math.min(3, tiers);
  else if (level === 3 && tiers === 4 && (calls > 5000 || (calls > 600 && calls + loops > 15000) || loops > 100000))
    next = 4;
  if (next === level) return;
  m.levels[key] = next;
  m.compiledCount += 1;
  const shown = `${cls.replaceAll('/', '.')}::${info.name}`;
  const file = m.file(cls);
  if (file) m.onCompile(shown, next, file);
  if (!m.options.print) return;
  const time = Math.max(20, Math.round((m.sys.now - m.options.started) / 1000) + 40);
  const flags = `${osr >= 0 ? '%' : ' '}${(info.flags & 32) !== 0 ? 's' : ' '}${(info.code?.catches.length ?? 0) > 0 ? '!' : ' '}  `;
  m.write(
    1,
    `${String(time).padStart(7)} ${String(m.compiledCount).padStart(4)} ${flags} ${next}       ${shown}${osr >= 0 ? ` @ ${osr}` : ''} (${info.code?.bytes.length ?? 0} bytes)\n`,
  );
}
