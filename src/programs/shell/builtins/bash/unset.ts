import { dropElement } from '../../run/arrays.ts';
import { referred } from '../../run/attributes.ts';
import { complain, ShellError } from '../../run/shell.ts';
import { putVariable, unsetVariable, variable } from '../../run/variables.ts';
import { isName } from '../../syntax/characters.ts';
import { wording } from '../../wording/words.ts';
import type { Builtin } from '../builtin.ts';
import { takeOptions } from '../builtin.ts';

/** `unset [-fvn] name …`: a variable, an element `a[1]`, or else a function. */
export const unset: Builtin = (sh, args) => {
  const { letters, operands } = takeOptions(args, 'fvn', sh);
  let status = 0;
  for (const operand of operands) {
    const element = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(operand);
    const name = element?.[1] ?? operand;
    try {
      if (!letters.has('f') && !isName(name)) {
        // only a function can have such a name
        if (letters.has('v')) throw new ShellError(wording(sh).badName(name), 1);
      } else if (!letters.has('f') && element && !/^[@*]$/.test(element[2] ?? '')) {
        dropElement(sh, name, element[2] ?? '');
        continue;
      } else if (!letters.has('f')) {
        const target = letters.has('n') ? name : referred(sh, name);
        const there = variable(sh, target) !== undefined;
        if (letters.has('n')) putVariable(sh, target, null);
        else unsetVariable(sh, target);
        if (there || letters.has('v')) continue;
      }
    } catch (error) {
      if (!(error instanceof ShellError)) throw error;
      complain(sh, error.message);
      status = 1;
      continue;
    }
    sh.s.functions = Object.fromEntries(Object.entries(sh.s.functions).filter(([known]) => known !== operand));
  }
  return status;
};
