import { decodeUtf8 } from '../../../../kernel/bytes.ts';
import { formatTime } from '../../../busybox/date-format.ts';
import { putElement } from '../../run/arrays.ts';
import { hasShopt } from '../../run/matching.ts';
import { quoteReusable } from '../../run/quoting.ts';
import type { Shell } from '../../run/shell.ts';
import { complain, print, printBytes } from '../../run/shell.ts';
import { setVariable } from '../../run/variables.ts';
import { wording } from '../../wording/words.ts';
import type { Builtin } from '../builtin.ts';
import { usageError } from '../builtin.ts';
import { echo as plainEcho } from '../echo.ts';
import { printf as plainPrintf } from '../printf.ts';
import { usageOf } from './usage.ts';

/** `echo [-neE]`, with `\uHHHH` and `\e`, `\E`. */
export const echo: Builtin = (sh, args) => {
  const words = hasShopt(sh, 'xpg_echo') ? ['-e', ...args.slice(1)] : args.slice(1);
  const escapes = words.findIndex((word) => !/^-[neE]+$/.test(word));
  const options = (escapes < 0 ? words : words.slice(0, escapes)).join('');
  const on = [...options].findLast((letter) => letter === 'e' || letter === 'E') === 'e';
  const first = escapes < 0 ? words.length : escapes;
  const text = words.map((word, index) => (on && index >= first ? codePoints(word) : word));
  const same = on
    ? text
    : text.map((word, index) => (index < first ? word.replace(/e/g, '') : word)).filter((word) => word !== '-');
  printBytes(sh, 1, plainEcho(on || first === 0 ? text : same));
  return 0;
};

/** `\u20ac` and `\U0001f600` become the characters, `\E` an escape. */
function codePoints(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|(.))/gs,
    (whole, u?: string, big?: string, other?: string) => {
      const code = u ?? big;
      if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
      if (other !== undefined && /[1-7]/.test(other)) return `\\\\${other}`;
      return other === 'E' ? '\\e' : whole;
    },
  );
}

/** `printf [-v name] format [arguments]`, with %q, %Q and %(format)T. */
export const printf: Builtin = (sh, args) => {
  let operands = args.slice(1);
  let into: string | undefined;
  if (operands[0]?.startsWith('-v')) {
    into = operands[0] === '-v' ? operands[1] : operands[0].slice(2);
    operands = operands.slice(operands[0] === '-v' ? 2 : 1);
  } else if (/^-[^-]/.test(operands[0] ?? '')) throw usageError(sh, 'printf', (operands[0] ?? '').slice(0, 2));
  if (operands[0] === '--') operands = operands.slice(1);
  const [format, ...values] = operands;
  if (format === undefined) {
    print(sh, 2, `printf: usage: ${usageOf('printf')}\n`);
    return 2;
  }
  if (into !== undefined && !/^[A-Za-z_]\w*(?:\[.*\])?$/s.test(into)) {
    complain(sh, wording(sh).badName(into));
    return 2;
  }
  const own = translate(sh, format, values);
  const { out, errors, status } = plainPrintf([own.format, ...own.values], true);
  for (const message of errors) {
    const [, wrong] = /^invalid number '(.*)'$/s.exec(message) ?? [];
    const [, directive = ''] = /^(.*): invalid format$/s.exec(message) ?? [];
    if (wrong === '') continue;
    complain(
      sh,
      wrong !== undefined
        ? `${wrong}: invalid number`
        : directive
          ? `\`${/^%[-+ #0]*\d*(?:\.\d*)?(.)/s.exec(directive)?.[1] ?? directive}': invalid format character`
          : message,
    );
  }
  const failed = errors.some((message) => message !== "invalid number ''") ? status : 0;
  if (into === undefined) printBytes(sh, 1, out);
  else {
    const element = /^(\w+)\[(.*)\]$/s.exec(into);
    if (element) putElement(sh, element[1] ?? '', element[2] ?? '', decodeUtf8(out), false);
    else setVariable(sh, into, decodeUtf8(out));
  }
  return failed;
};

const directive =
  /%%|%([-+ #0]*)(\*|\d+)?(?:\.(\*|-?\d+)?)?(?:\(([^)]*)\)T|([hlLjzt]*)(.))|\\[uU][0-9a-fA-F]{1,8}|\\E/gs;

/** Turns conversions that only bash has into `%s` of what they print. The format is gone through as often as there are arguments. */
function translate(sh: Shell, format: string, given: readonly string[]): { format: string; values: readonly string[] } {
  if (!/%[^%]*?[qQT]|\\[uUE]/.test(format)) {
    // numbers may be quoted characters or have a prefix; the text of the number before a wrong tail counts
    return { format, values: given };
  }
  const values: string[] = [];
  let rest = given;
  let out = '';
  let left = 1000;
  do {
    const before = rest.length;
    out += format.replace(
      directive,
      (
        whole: string,
        flags?: string,
        width?: string,
        precision?: string,
        time?: string,
        _size?: string,
        letter?: string,
      ) => {
        if (/^\\[uU]/.test(whole)) return String.fromCodePoint(Math.min(Number.parseInt(whole.slice(2), 16), 0x10ffff));
        if (whole === '\\E') return '\\e';
        if (whole === '%%') return whole;
        const take = () => {
          const [first, ...others] = rest;
          rest = others;
          return first;
        };
        for (const part of [width, precision]) if (part === '*') values.push(take() ?? '0');
        const value = take();
        if (time !== undefined) {
          const at =
            value === undefined || value === '-1'
              ? sh.sys.now / 1e6
              : value === '-2'
                ? sh.s.started / 1e6
                : Number(value);
          values.push(formatTime(at * 1e6, time === '' ? '%X' : time));
          return `%${flags ?? ''}${width ?? ''}s`;
        }
        if (letter !== 'q' && letter !== 'Q') {
          values.push(value ?? '');
          return whole;
        }
        values.push(quoteReusable(value ?? '', 'backslash'));
        return `%${flags ?? ''}${width ?? ''}s`;
      },
    );
    if (rest.length === before) break;
  } while (rest.length > 0 && left-- > 0);
  return { format: out, values };
}
