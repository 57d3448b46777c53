import { shoptNames } from '../../bash-start.ts';
import { optionIsOn, optionNames, setName } from '../../options.ts';
import { hasShopt } from '../../run/matching.ts';
import { assignmentText } from '../../run/quoting.ts';
import type { Shell } from '../../run/shell.ts';
import { complain, print } from '../../run/shell.ts';
import { variable } from '../../run/variables.ts';
import type { Builtin } from '../builtin.ts';
import { takeOptions } from '../builtin.ts';
import { set as plainSet } from '../variables.ts';

/** `set`: without arguments it lists variables in bash's way. */
export const set: Builtin = (sh, args, how) => {
  if (args.length > 1) return plainSet(sh, args, how);
  let out = '';
  for (const name of Object.keys(sh.s.variables).sort()) {
    const known = variable(sh, name);
    if (known && (known.v !== undefined || known.a || known.h)) out += `${assignmentText(name, known, 'words')}\n`;
  }
  print(sh, 1, out);
  return 0;
};

/** `shopt [-pqsuo] [name …]`. */
export const shopt: Builtin = (sh, args) => {
  const { letters, operands } = takeOptions(args, 'pqsuo', sh);
  const ofSet = letters.has('o');
  const all = ofSet ? optionNames('bash').map(([name]) => name) : shoptNames.map(([name]) => name);
  const isOn = (name: string) => (ofSet ? optionIsOn(sh.s.options, name, 'bash') : hasShopt(sh, name));
  const change = letters.has('s') || letters.has('u');
  let status = 0;
  if (change && operands.length > 0) {
    for (const name of operands) {
      if (all.includes(name)) switchOption(sh, name, letters.has('s'), ofSet);
      else {
        complain(sh, `${name}: invalid ${ofSet ? 'option' : 'shell option'} name`);
        status = 1;
      }
    }
    return status;
  }
  for (const name of operands.length > 0 ? operands : all) {
    if (!all.includes(name)) {
      complain(sh, `${name}: invalid ${ofSet ? 'option' : 'shell option'} name`);
      status = 1;
      continue;
    }
    const on = isOn(name);
    if (operands.length > 0 && !on) status = 1;
    if (operands.length === 0 && change && on !== letters.has('s')) continue;
    if (letters.has('q')) continue;
    const command = ofSet ? `set ${on ? '-' : '+'}o ${name}\n` : `shopt -${on ? 's' : 'u'} ${name}\n`;
    print(sh, 1, letters.has('p') ? command : `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`);
  }
  return status;
};

function switchOption(sh: Shell, name: string, on: boolean, ofSet: boolean): void {
  if (ofSet) {
    sh.s.options = setName(sh.s.options, name, on, 'bash') ?? sh.s.options;
    return;
  }
  const others = (sh.s.shopt ?? []).filter((known) => known !== name);
  sh.s.shopt = on ? [...others, name] : others;
}
