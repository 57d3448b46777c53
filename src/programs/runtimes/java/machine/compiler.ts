import type { MethodInfo } from './class-file.ts';
import type { Machine } from './machine.ts';

/** A method is compiled when it was called or looped often enough (the tiers of HotSpot's compilers and their thresholds). */
export function hot(m: Machine, key: string, cls: string, info: MethodInfo, osr = -1): void {
  const [calls, loops, level] = [m.calls[key] ?? 0, m.loops[key] ?? 0, m.levels[key] ?? 0];
  let next = level;
  if (level < 3 && (calls > 200 || (calls > 100 && calls + loops > 2000) || loops > 60000)) next = 3;
  else if (level === 3 && (calls > 5000 || (calls > 600 && calls + loops > 15000) || loops > 100000)) next = 4;
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
