import type { Native, Natives } from '../core/lang.ts';
import { ref, undef, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { array } from './objects.ts';
import { text } from './semantics.ts';

const wellKnown = 'iterator asyncIterator hasInstance toPrimitive toStringTag'.split(' ');

/** The one symbol of that name; made when it is asked for first. */
function registered(vm: Vm, name: string, x: 'known' | 'registry'): Value {
  const key = `%symbol ${x}:${name}`;
  const made = vm.globals[key] ?? vm.make({ k: 'symbol', s: name, x });
  vm.globals[key] = made;
  return made;
}

/** How a symbol in the name of a property is shown; undefined for other names. */
export function symbolName(key: string): string | undefined {
  const [, own, known] = /^%(?:@\d+:([\s\S]*)|(Symbol\.\w+))$/.exec(key) ?? [];
  const name = own ?? known;
  return name === undefined ? undefined : `Symbol(${name})`;
}

const shown: Native = (vm, _a, self) => `Symbol(${vm.obj(self)?.s ?? ''})`;

/** Symbol, with the well-known ones that are looked at. */
export const symbolNatives: Natives = {
  Symbol: (vm, [name]) => vm.make({ k: 'symbol', ...(name === undefined ? {} : { s: text(vm, name) }) }),
  'Symbol.for': (vm, [name = undef]) => registered(vm, text(vm, name), 'registry'),
  'Symbol.keyFor': (vm, [symbol = undef]) => {
    const o = vm.obj(symbol);
    return o?.x === 'registry' ? (o.s ?? '') : undef;
  },
  ...Object.fromEntries(
    wellKnown.map((name): [string, Native] => [`=Symbol.${name}`, (vm) => registered(vm, `Symbol.${name}`, 'known')]),
  ),
  'Y.toString': shown,
  'Object.getOwnPropertySymbols': (vm, [v = undef]) =>
    array(
      vm,
      Object.keys(vm.obj(v)?.p ?? {}).flatMap((key) => {
        const id = /^%@(\d+):/.exec(key)?.[1];
        if (id !== undefined) return [ref(Number(id))];
        return /^%Symbol\.\w+$/.test(key) ? [registered(vm, key.slice(1), 'known')] : [];
      }),
    ),
};
