import type { Variable } from '../state.ts';
import { elementsOf, putElement } from './arrays.ts';
import type { Shell } from './shell.ts';
import { hasOption } from './shell.ts';
import { putVariable, setVariable, variable } from './variables.ts';
import { evaluate } from './words.ts';

const deepestReference = 10;

/** The variable that a name stands for, through `declare -n`. */
export function referred(sh: Shell, name: string): string {
  let at = name;
  for (let depth = 0; depth < deepestReference; depth++) {
    const known = variable(sh, at);
    if (!known?.n || known.v === undefined || known.v === '') return at;
    at = known.v;
  }
  return at;
}

/** The value as the variable's attributes want it: `-i` evaluated, `-l` and `-u` in their case. */
export function attributed(sh: Shell, known: Variable | undefined, value: string): string {
  if (known?.i) return String(evaluate(sh, value));
  if (known?.l) return value.toLowerCase();
  return known?.u ? value.toUpperCase() : value;
}

/** Assigns to a variable that has attributes or is an array (then to its first element). */
export function setAttributed(sh: Shell, name: string, value: string, known: Variable, exported: boolean): void {
  if (known.n) {
    const target = referred(sh, name);
    const element = /^(\w+)\[(.*)\]$/s.exec(target);
    if (element) putElement(sh, element[1] ?? '', element[2] ?? '', value, false);
    else if (target !== name) setVariable(sh, target, value, exported);
    else putVariable(sh, name, { ...known, v: value });
    return;
  }
  if (known.a || known.h) {
    putElement(sh, name, '0', value, false);
    return;
  }
  const x = known.x || exported || hasOption(sh, 'a');
  putVariable(sh, name, { ...known, v: attributed(sh, known, value), ...(x ? { x: true as const } : {}) });
}

/** Assigns, or adds to what is there (`+=`). */
export function assignVariable(sh: Shell, name: string, value: string, append: boolean, exported = false): void {
  if (!append) {
    setVariable(sh, name, value, exported);
    return;
  }
  const known = variable(sh, referred(sh, name));
  const before = known?.a || known?.h ? (elementsOf(known).find(([key]) => key === '0')?.[1] ?? '') : (known?.v ?? '');
  setVariable(
    sh,
    name,
    known?.i ? String(evaluate(sh, before || '0') + evaluate(sh, value)) : before + value,
    exported,
  );
}
