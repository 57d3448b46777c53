import { optionIsOn } from '../../options.ts';
import { isSet } from '../../run/compare.ts';
import { complain } from '../../run/shell.ts';
import type { Builtin } from '../builtin.ts';
import { test } from '../test.ts';

/** `test` and `[` with bash's `-v` and `-o option`, and its words for errors. */
export const bashTest: Builtin = (sh, args) => {
  const [name = 'test'] = args;
  let operands = args.slice(1);
  if (name === '[') {
    if (operands.at(-1) !== ']') {
      complain(sh, "missing `]'");
      return 2;
    }
    operands = operands.slice(0, -1);
  }
  const negated = operands[0] === '!' && operands.length === 3;
  const [op = '', value = ''] = negated ? operands.slice(1) : operands;
  if (operands.length === (negated ? 3 : 2)) {
    const answer = (found: boolean) => (found !== negated ? 0 : 1);
    if (op === '-v') return answer(isSet(sh, value));
    if (op === '-o') return answer(optionIsOn(sh.s.options, value, 'bash'));
    if (op === '-a') return test(['test', ...(negated ? ['!'] : []), '-e', value], sh.sys).status;
    if (op === '-R') return 1;
  }
  const { status, error } = test(['test', ...operands], sh.sys);
  if (error !== undefined) complain(sh, worded(error, operands));
  return status;
};

function worded(error: string, operands: readonly string[]): string {
  const number = /^(?:(.*): )?bad number$/s.exec(error);
  if (number) return `${number[1] ?? ''}: integer expression expected`;
  const [a = '', b = ''] = operands;
  if (/unknown operand|argument expected/.test(error)) {
    if (operands.length === 2) return `${a}: unary operator expected`;
    if (operands.length === 3) return `${b}: binary operator expected`;
    return 'too many arguments';
  }
  return error === 'closing paren expected' ? "`)' expected" : error;
}
