import { ValueError } from '../flags/numbers.ts';

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

/** A duration as Go's time package reads it (`1h30m`, `-1.5s`), in seconds. Throws ValueError. */
export function parseDuration(text: string): number {
  const invalid = () => new ValueError(`time: invalid duration ${JSON.stringify(text)}`);
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  let rest = text.slice(sign.length);
  if (rest === '0') return 0;
  if (rest === '') throw invalid();
  let seconds = 0;
  while (rest !== '') {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) throw invalid();
    rest = rest.slice(number.length);
    const unit = /^[^\d.]+/.exec(rest)?.[0];
    if (unit === undefined) throw new ValueError(`time: missing unit in duration ${JSON.stringify(text)}`);
    const size = Object.hasOwn(unitSeconds, unit) ? unitSeconds[unit] : undefined;
    if (size === undefined) {
      throw new ValueError(`time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}`);
    }
    seconds += Number(number) * size;
    rest = rest.slice(unit.length);
  }
  return sign === '-' ? -seconds : seconds;
}
