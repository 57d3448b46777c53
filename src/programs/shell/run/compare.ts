import { compileRegex } from '../../busybox/regex/compile.ts';
import { findMatch } from '../../busybox/regex/match.ts';
import { test } from '../builtins/test.ts';
import type { Segment } from '../compile/ops.ts';
import { joinSegments, patternOf } from '../expand/fields.ts';
import { optionIsOn } from '../options.ts';
import { matches } from '../pattern.ts';
import { element, elements, putItems } from './arrays.ts';
import { hasShopt, matching } from './matching.ts';
import type { Shell } from './shell.ts';
import { complain, ShellError } from './shell.ts';
import { parameterValue } from './variables.ts';
import { evaluate } from './words.ts';

/** One test of `[[ ]]`: 0 true, 1 false, 2 an error, which has been told. */
export function compareTexts(sh: Shell, op: string, left: string, right: readonly Segment[]): number {
  const truth = (value: boolean) => (value ? 0 : 1);
  switch (op) {
    case '-v':
      return truth(isSet(sh, left));
    case '-o':
      return truth(optionIsOn(sh.s.options, left, sh.s.flavour));
    case '-z':
      return truth(left === '');
    case '-n':
      return truth(left !== '');
    case '=':
    case '==':
      return truth(matches(patternOf(right), left, matching(sh, true)));
    case '!=':
      return truth(!matches(patternOf(right), left, matching(sh, true)));
    case '<':
      return truth(left < joinSegments(right));
    case '>':
      return truth(left > joinSegments(right));
    case '=~':
      return matchRegex(sh, left, right);
    case '-eq':
    case '-ne':
    case '-lt':
    case '-le':
    case '-gt':
    case '-ge':
      return compareNumbers(sh, op, left, joinSegments(right));
    default: {
      const operands =
        right.length > 0 || op.length === 3 ? [left, op, joinSegments(right)] : [op === '-a' ? '-e' : op, left];
      return test(['test', ...operands], sh.sys).status;
    }
  }
}

/** `-v name` and `-v name[sub]`. */
export function isSet(sh: Shell, text: string): boolean {
  const at = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(text);
  if (!at) return parameterValue(sh, text) !== undefined;
  const [, name = '', sub = ''] = at;
  return sub === '@' || sub === '*' ? elements(sh, name).length > 0 : element(sh, name, sub) !== undefined;
}

function compareNumbers(sh: Shell, op: string, left: string, right: string): number {
  try {
    const a = evaluate(sh, left);
    const b = evaluate(sh, right);
    const order = a < b ? -1 : a > b ? 1 : 0;
    const found = {
      '-eq': order === 0,
      '-ne': order !== 0,
      '-lt': order < 0,
      '-le': order <= 0,
      '-gt': order > 0,
      '-ge': order >= 0,
    }[op];
    return found ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    complain(sh, `[[: ${error.message}`);
    return 1;
  }
}

/** `=~`: the whole match and its groups become BASH_REMATCH. */
function matchRegex(sh: Shell, text: string, right: readonly Segment[]): number {
  const source = right
    .map(([kind, part]) => (kind === 1 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : part))
    .join('');
  const regex = compileRegex(source, { extended: true, ignoreCase: hasShopt(sh, 'nocasematch') });
  if (typeof regex === 'string') return 2;
  const found = findMatch(regex, text, 0);
  const groups = (found?.groups ?? []).map((part) => ({ value: part ? text.slice(part[0], part[1]) : '' }));
  putItems(sh, 'BASH_REMATCH', groups, false);
  return found ? 0 : 1;
}
