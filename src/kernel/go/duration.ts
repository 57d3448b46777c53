import { quoteGo } from './quote.ts';

const unitSeconds: { readonly [unit: string]: number } = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** A duration as Go's time package reads it (`1h30m`, `-1.5s`), in seconds, or what is wrong with it in Go's words. */
export function parseDuration(text: string): { seconds: number } | { problem: string } {
  const invalid = { problem: `time: invalid duration ${quoteGo(text)}` };
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  let rest = text.slice(sign.length);
  if (rest === '0') return { seconds: 0 };
  if (rest === '') return invalid;
  let seconds = 0;
  while (rest !== '') {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) return invalid;
    rest = rest.slice(number.length);
    const unit = /^[^\d.]+/.exec(rest)?.[0];
    if (unit === undefined) return { problem: `time: missing unit in duration ${quoteGo(text)}` };
    const size = Object.hasOwn(unitSeconds, unit) ? unitSeconds[unit] : undefined;
    if (size === undefined) return { problem: `time: unknown unit ${quoteGo(unit)} in duration ${quoteGo(text)}` };
    seconds += Number(number) * size;
    rest = rest.slice(unit.length);
  }
  return { seconds: sign === '-' ? -seconds : seconds };
}
