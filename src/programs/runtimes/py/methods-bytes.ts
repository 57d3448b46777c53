import type { Native, Natives } from '../core/lang.ts';
import { integer, isTagged, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { list, raise, tuple, typeName } from './values.ts';

/** Methods that do with bytes what they do with text, as far as ASCII is concerned. */
const shared =
  'capitalize center count endswith expandtabs find index isalnum isalpha isdigit islower isspace istitle isupper join ljust lower lstrip partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title upper zfill';

const bytes = (v: string): Value => ({ t: 'bytes', v });
const textOf = (v: Value): Value => (isTagged(v) && v.t === 'bytes' ? v.v : v);

function given(vm: Vm, v: Value): Value {
  const o = vm.obj(v);
  if (o?.k === 'list') return list(vm, (o.a ?? []).map(textOf));
  if (o?.k === 'tuple') return tuple(vm, (o.a ?? []).map(textOf));
  if (typeof v === 'string') return raise(vm, 'TypeError', `a bytes-like object is required, not '${typeName(vm, v)}'`);
  return textOf(v);
}
function answered(vm: Vm, v: Value): Value {
  if (typeof v === 'string') return bytes(v);
  const o = vm.obj(v);
  if (o?.k !== 'list' && o?.k !== 'tuple') return v;
  const a = (o.a ?? []).map((one) => (typeof one === 'string' ? bytes(one) : one));
  return o.k === 'list' ? list(vm, a) : tuple(vm, a);
}
const asText =
  (name: string): Native =>
  (vm, args, self, kw) =>
    answered(
      vm,
      vm.native(`str.${name}`)(
        vm,
        args.map((v) => given(vm, v)),
        textOf(self),
        kw,
      ) as Value,
    );

const big = (order: Value | undefined): boolean => order !== 'little';

/** What bytes answer, and integers of bytes. */
export const byteMethods: Natives = {
  ...Object.fromEntries(shared.split(' ').map((name) => [`bytes.${name}`, asText(name)])),
  'bytes.fromhex': (vm, [text = '']) => {
    const digits = String(text).replace(/\s/g, '');
    const wrong = /[^\da-f]/i.exec(digits)?.index ?? (digits.length % 2 === 1 ? digits.length : -1);
    if (wrong >= 0) raise(vm, 'ValueError', `non-hexadecimal number found in fromhex() arg at position ${wrong}`);
    return bytes(digits.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))));
  },
  'int.to_bytes': (vm, [length = 1, order = 'big'], self, kw) => {
    const size = Number(kw.length ?? length);
    let n = BigInt(String(isTagged(self) && self.t === 'big' ? self.v : Number(self)));
    if (n < 0n && kw.signed !== true) raise(vm, 'OverflowError', "can't convert negative int to unsigned");
    vm.tick(size);
    if (n < 0n) n += 1n << BigInt(8 * size);
    const parts: string[] = [];
    for (let i = 0; i < size; i++, n >>= 8n) parts.push(String.fromCharCode(Number(n & 255n)));
    if (n !== 0n) raise(vm, 'OverflowError', 'int too big to convert');
    return bytes((big(kw.byteorder ?? order) ? parts.reverse() : parts).join(''));
  },
  'int.from_bytes': (vm, [data = null, order = 'big'], _s, kw) => {
    const text = String(textOf(data));
    const all = big(kw.byteorder ?? order) ? [...text] : [...text].reverse();
    vm.tick(all.length);
    let n = 0n;
    for (const c of all) n = (n << 8n) + BigInt(c.charCodeAt(0));
    if (kw.signed === true && (all[0]?.charCodeAt(0) ?? 0) > 127) n -= 1n << BigInt(8 * all.length);
    return integer(n);
  },
};
