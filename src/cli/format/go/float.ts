/** Floating-point numbers as Go's strconv and fmt write them. */

/** `%.{digits}g`: at most so many significant digits, without trailing zeros, `1e+06` from the digits' number up. */
export function formatG(value: number, digits: number): string {
  if (!Number.isFinite(value)) return special(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const exponent = Number(value.toExponential(digits - 1).split('e')[1]);
  return exponent < -4 || exponent >= digits
    ? exponential(trim(value.toExponential(digits - 1)))
    : trim(value.toFixed(Math.max(0, digits - 1 - exponent)));
}

/** `%v`: the shortest text that gives the same number again; with an exponent below 1e-4 and from 1e+06 on. */
export function formatShortest(value: number): string {
  if (!Number.isFinite(value)) return special(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const short = value.toExponential();
  const exponent = Number(short.split('e')[1]);
  if (exponent < -4 || exponent >= 6) return exponential(short);
  return String(value);
}

/** `%e` with so many digits after the point. */
export function formatE(value: number, digits: number): string {
  return Number.isFinite(value) ? exponential(value.toExponential(Math.min(100, digits))) : special(value);
}

/** `%f` with so many digits after the point. */
export function formatF(value: number, digits: number): string {
  if (!Number.isFinite(value)) return special(value);
  const text =
    Math.abs(value) < 1e21
      ? value.toFixed(Math.min(100, digits))
      : `${BigInt(value)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
  return Object.is(value, -0) ? `-${text}` : text;
}

/** JavaScript's `1e+7` with Go's two digits of exponent. */
function exponential(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function trim(text: string): string {
  if (!text.includes('.')) return text;
  return text.replace(/\.?0+(?=e|$)/, '');
}

function special(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
