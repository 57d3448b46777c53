/** Numbers as Go's strconv and math/big read them, with their error texts. */

/** A value that cannot be read: Go's words for it. */
export class ValueError extends Error {}

const booleans: { readonly [word: string]: boolean } = {
  '1': true,
  t: true,
  T: true,
  TRUE: true,
  true: true,
  True: true,
  '0': false,
  f: false,
  F: false,
  FALSE: false,
  false: false,
  False: false,
};

/** strconv.ParseBool. Throws ValueError. */
export function parseBool(text: string): boolean {
  const value = Object.hasOwn(booleans, text) ? booleans[text] : undefined;
  if (value === undefined) throw new ValueError(`strconv.ParseBool: parsing ${quote(text)}: invalid syntax`);
  return value;
}

/** strconv.ParseInt(text, 0, bits): 12, -0x1f, 0b11, 017, 1_000. Throws ValueError. */
export function parseInteger(text: string, bits = 64): number {
  const value = magnitude(text.replace(/^[+-]/, ''), text, 'ParseInt');
  const signed = text.startsWith('-') ? -value : value;
  const limit = 2n ** BigInt(bits - 1);
  if (signed >= limit || signed < -limit) throw outOfRange('ParseInt', text);
  return Number(signed);
}

/** strconv.ParseUint(text, 0, bits). Throws ValueError. */
export function parseUnsigned(text: string, bits = 64): number {
  const value = magnitude(text, text, 'ParseUint');
  if (value >= 2n ** BigInt(bits)) throw outOfRange('ParseUint', text);
  return Number(value);
}

/** strconv.Atoi. Throws ValueError. */
export function parseDecimal(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new ValueError(`strconv.Atoi: parsing ${quote(text)}: invalid syntax`);
  const value = BigInt(text.replace('+', ''));
  if (value >= 2n ** 63n || value < -(2n ** 63n)) throw outOfRange('Atoi', text);
  return Number(value);
}

/** strconv.ParseFloat for decimal numbers. Throws ValueError. */
export function parseFloatText(text: string): number {
  const plain = text.replace(/(?<=\d)_(?=\d)/g, '');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) {
    throw new ValueError(`strconv.ParseFloat: parsing ${quote(text)}: invalid syntax`);
  }
  return Number(plain);
}

/** A number of CPUs in billionths, from a fraction or decimal (`1.5`, `3/2`, `1e-1`). Throws ValueError. */
export function parseNanoCpus(text: string): number {
  const match = /^([+-]?)(?:(\d+)\/(\d+)|(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?)$/.exec(text);
  const [, sign, numerator, denominator, whole = '', fraction = '', exponent = '0'] = match ?? [];
  const good = match && (denominator === undefined ? whole + fraction !== '' : !/^0*$/.test(denominator));
  if (!good) throw new ValueError(`failed to parse ${text} as a rational number`);
  const scale = Number(exponent) - fraction.length + 9;
  const top = BigInt(numerator === undefined ? whole + fraction : `${numerator}000000000`);
  const [over, under] =
    denominator === undefined
      ? [top * 10n ** BigInt(Math.max(0, scale)), 10n ** BigInt(Math.max(0, -scale))]
      : [top, BigInt(denominator)];
  if (over % under !== 0n) throw new ValueError('value is too precise');
  return Number(sign === '-' ? -(over / under) : over / under);
}

function magnitude(digits: string, text: string, caller: string): bigint {
  const invalid = () => new ValueError(`strconv.${caller}: parsing ${quote(text)}: invalid syntax`);
  const prefixed = /^0([xob])(_?[0-9a-f]+(?:_[0-9a-f]+)*)$/i.exec(digits);
  const octal = /^0(_?[0-7]+(?:_[0-7]+)*)$/.exec(digits);
  const plain = /^(?:0|[1-9]\d*(?:_\d+)*)$/.test(digits);
  try {
    if (prefixed) return BigInt(`0${prefixed[1]?.toLowerCase()}${prefixed[2]?.replaceAll('_', '')}`);
    if (octal) return BigInt(`0o${octal[1]?.replaceAll('_', '')}`);
    if (plain) return BigInt(digits.replaceAll('_', ''));
  } catch {
    throw invalid();
  }
  throw invalid();
}

function outOfRange(caller: string, text: string): ValueError {
  return new ValueError(`strconv.${caller}: parsing ${quote(text)}: value out of range`);
}

function quote(text: string): string {
  return JSON.stringify(text);
}
