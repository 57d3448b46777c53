import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Natives } from '../core/lang.ts';
import { longestText } from '../core/limits.ts';
import { Beyond } from '../core/tree.ts';
import { bigintOf, isTagged, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { getAttribute, getItem } from './attributes.ts';
import { formatSpec } from './format.ts';
import { all, sorted } from './natives.ts';
import { equal, exception, hash, isInt, list, raise, repr, str, thrownOf, tuple } from './values.ts';

const s = (v: Value): string => String(v);
const n = (v: Value | undefined, otherwise: number): number =>
  v === undefined || v === null ? otherwise : Number(bigintOf(v) ?? 0n);
/** A width that somebody may mean. */
const width = (vm: Vm, v: Value): number => {
  const given = n(v, 0);
  if (given > longestText) raise(vm, 'MemoryError', '');
  vm.tick(Math.max(0, given) >> 4);
  return given;
};
const items = (vm: Vm, v: Value): Value[] => vm.own(v).a ?? [];
const entries = (vm: Vm, v: Value) => vm.obj(v)?.e ?? {};
const strip = (text: string, chars: Value | undefined, left: boolean, right: boolean): string => {
  const set = chars === undefined || chars === null ? undefined : new Set(s(chars));
  const all = [...text];
  const drops = (c: string | undefined): boolean => c !== undefined && (set === undefined ? /\s/.test(c) : set.has(c));
  let from = 0;
  let to = all.length;
  while (left && from < to && drops(all[from])) from++;
  while (right && to > from && drops(all[to - 1])) to--;
  return all.slice(from, to).join('');
};

/** 'text {} {name}'.format(…). */
function formatMethod(vm: Vm, args: readonly Value[], self: Value, kw: { readonly [name: string]: Value }): Value {
  let next = 0;
  return s(self).replace(
    /\{\{|\}\}|\{([^{}:!]*)(?:!([rsa]))?(?::([^{}]*))?\}/g,
    (whole, field: string | undefined, conversion: string | undefined, spec: string | undefined) => {
      if (whole === '{{' || whole === '}}') return whole[0] ?? '';
      const [, first = '', rest = ''] = /^([^.[]*)(.*)$/.exec(field ?? '') ?? [];
      let v =
        first === ''
          ? args[next++]
          : /^\d+$/.test(first)
            ? args[Number(first)]
            : Object.hasOwn(kw, first)
              ? kw[first]
              : undefined;
      if (v === undefined) {
        if (/^\d*$/.test(first))
          raise(
            vm,
            'IndexError',
            `Replacement index ${first === '' ? next - 1 : first} out of range for positional args tuple`,
          );
        throw thrownOf(vm, exception(vm, 'KeyError', first));
      }
      for (const [, name, key] of rest.matchAll(/\.(\w+)|\[([^\]]*)\]/g))
        v =
          name !== undefined
            ? getAttribute(vm, v, name)
            : getItem(vm, v, /^\d+$/.test(key ?? '') ? Number(key) : (key ?? ''));
      const shown = conversion === 'r' ? repr(vm, v) : conversion === 's' ? str(vm, v) : v;
      return formatSpec(vm, shown, spec ?? '');
    },
  );
}

const cased = (text: string) =>
  text.toLowerCase().replace(/[\p{L}]+/gu, (w) => (w[0] ?? '').toUpperCase() + w.slice(1));
const every =
  (pattern: RegExp) =>
  (_vm: Vm, _a: readonly Value[], self: Value): Value =>
    pattern.test(s(self));

/** Methods of texts, lists, dicts, sets. */
export const methods: Natives = {
  'str.upper': (_vm, _a, self) => s(self).toUpperCase(),
  'str.lower': (_vm, _a, self) => s(self).toLowerCase(),
  'str.title': (_vm, _a, self) => cased(s(self)),
  'str.capitalize': (_vm, _a, self) => s(self).slice(0, 1).toUpperCase() + s(self).slice(1).toLowerCase(),
  'str.swapcase': (_vm, _a, self) =>
    [...s(self)].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join(''),
  'str.strip': (_vm, [c], self) => strip(s(self), c, true, true),
  'str.lstrip': (_vm, [c], self) => strip(s(self), c, true, false),
  'str.rstrip': (_vm, [c], self) => strip(s(self), c, false, true),
  'str.split': (vm, [sep, max], self, kw) => {
    const most = n(max ?? kw.maxsplit, -1);
    if (sep === undefined || sep === null) {
      const words = s(self)
        .trim()
        .split(/\s+/)
        .filter((w) => w !== '');
      if (most < 0 || words.length <= most) return list(vm, words);
      let rest = s(self).trimStart();
      for (const word of words.slice(0, most)) rest = rest.slice(word.length).trimStart();
      return list(vm, [...words.slice(0, most), rest.trimEnd()]);
    }
    if (sep === '') raise(vm, 'ValueError', 'empty separator');
    const parts = s(self).split(s(sep));
    return list(
      vm,
      most < 0 || parts.length <= most ? parts : [...parts.slice(0, most), parts.slice(most).join(s(sep))],
    );
  },
  'str.rsplit': (vm, [sep = ' ', max], self) => {
    const parts = s(self).split(s(sep));
    const most = n(max, parts.length);
    return list(
      vm,
      parts.length <= most
        ? parts
        : [parts.slice(0, parts.length - most).join(s(sep)), ...parts.slice(parts.length - most)],
    );
  },
  'str.join': (vm, [v = null], self) =>
    all(vm, v)
      .map((one, i) =>
        typeof one === 'string'
          ? one
          : raise(
              vm,
              'TypeError',
              `sequence item ${i}: expected str instance, ${one === null ? 'NoneType' : isInt(one) ? 'int' : 'float'} found`,
            ),
      )
      .join(s(self)),
  'str.replace': (_vm, [a = '', b = '', count], self) => {
    if (s(self).length * (s(b).length + 1) > longestText) throw new Beyond('a text this long');
    if (count === undefined) return s(self).replaceAll(s(a), () => s(b));
    const parts = s(self).split(s(a));
    const k = Math.min(n(count, -1), parts.length - 1);
    return (
      parts.slice(0, k + 1).join(s(b)) +
      parts
        .slice(k + 1)
        .map((p) => s(a) + p)
        .join('')
    );
  },
  'str.format': formatMethod,
  'str.center': (vm, [w = 0, fill = ' '], self) => {
    const text = s(self);
    const pad = Math.max(0, width(vm, w) - text.length);
    const left = Math.floor(pad / 2) + (pad & n(w, 0) & 1);
    return s(fill).repeat(left) + text + s(fill).repeat(pad - left);
  },
  'str.ljust': (vm, [w = 0, fill = ' '], self) => s(self).padEnd(width(vm, w), s(fill)),
  'str.rjust': (vm, [w = 0, fill = ' '], self) => s(self).padStart(width(vm, w), s(fill)),
  'str.zfill': (vm, [w = 0], self) =>
    s(self).replace(
      /^([+-]?)(.*)$/s,
      (_a, sign: string, rest: string) => sign + rest.padStart(width(vm, w) - sign.length, '0'),
    ),
  'str.isdigit': every(/^\d+$/u),
  'str.isnumeric': every(/^\d+$/u),
  'str.isalpha': every(/^\p{L}+$/u),
  'str.isalnum': every(/^[\p{L}\d]+$/u),
  'str.isspace': every(/^\s+$/u),
  'str.isupper': every(/^[^\p{Ll}]*\p{Lu}[^\p{Ll}]*$/u),
  'str.islower': every(/^[^\p{Lu}]*\p{Ll}[^\p{Lu}]*$/u),
  'str.encode': (_vm, _a, self) => ({ t: 'bytes', v: encodeUtf8(s(self)) }),
  'str.partition': (vm, [p = ''], self) => {
    const at = s(self).indexOf(s(p));
    return tuple(vm, at < 0 ? [self, '', ''] : [s(self).slice(0, at), p, s(self).slice(at + s(p).length)]);
  },
  'str.removeprefix': (_vm, [p = ''], self) => (s(self).startsWith(s(p)) ? s(self).slice(s(p).length) : self),
  'str.removesuffix': (_vm, [p = ''], self) =>
    s(p) !== '' && s(self).endsWith(s(p)) ? s(self).slice(0, -s(p).length) : self,
  'bytes.decode': (_vm, _a, self) => (isTagged(self) && self.t === 'bytes' ? decodeUtf8(self.v) : ''),
  'bytes.hex': (_vm, _a, self) =>
    isTagged(self) && self.t === 'bytes'
      ? [...self.v].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('')
      : '',
  'float.is_integer': (_vm, _a, self) => isTagged(self) && self.t === 'f' && Number.isInteger(Number(self.v)),
  'int.bit_length': (_vm, _a, self) => (bigintOf(self) ?? 0n).toString(2).replace('-', '').length,
  'list.append': (vm, [v = null], self) => {
    items(vm, self).push(v);
    return null;
  },
  'list.extend': (vm, [v = null], self) => {
    items(vm, self).push(...all(vm, v));
    return null;
  },
  'list.insert': (vm, [i = 0, v = null], self) => {
    items(vm, self).splice(n(i, 0), 0, v);
    return null;
  },
  'list.pop': (vm, [i], self) => {
    const a = items(vm, self);
    if (a.length === 0) raise(vm, 'IndexError', 'pop from empty list');
    const at = n(i, -1) < 0 ? n(i, -1) + a.length : n(i, 0);
    if (at < 0 || at >= a.length) raise(vm, 'IndexError', 'pop index out of range');
    return a.splice(at, 1)[0] ?? null;
  },
  'list.remove': (vm, [v = null], self) => {
    const a = items(vm, self);
    const at = a.findIndex((one) => equal(vm, one, v));
    if (at < 0) raise(vm, 'ValueError', 'list.remove(x): x not in list');
    a.splice(at, 1);
    return null;
  },
  'list.index': (vm, [v = null], self) => {
    const at = items(vm, self).findIndex((one) => equal(vm, one, v));
    return at < 0 ? raise(vm, 'ValueError', `${repr(vm, v)} is not in list`) : at;
  },
  'list.count': (vm, [v = null], self) => items(vm, self).filter((one) => equal(vm, one, v)).length,
  'list.sort': (vm, _a, self, kw) => {
    const done = sorted(vm, [...items(vm, self)], kw);
    vm.own(self).a = done;
    return null;
  },
  'list.reverse': (vm, _a, self) => {
    items(vm, self).reverse();
    return null;
  },
  'list.clear': (vm, _a, self) => {
    vm.own(self).a = [];
    return null;
  },
  'list.copy': (vm, _a, self) => list(vm, [...items(vm, self)]),
  'tuple.index': (vm, [v = null], self) => (vm.obj(self)?.a ?? []).findIndex((one) => equal(vm, one, v)),
  'tuple.count': (vm, [v = null], self) => (vm.obj(self)?.a ?? []).filter((one) => equal(vm, one, v)).length,
  'dict.get': (vm, [key = null, otherwise = null], self) => entries(vm, self)[hash(vm, key)]?.[1] ?? otherwise,
  'dict.keys': (vm, _a, self) =>
    vm.make({ k: 'list', s: 'dict_keys', a: Object.values(entries(vm, self)).map(([k]) => k) }),
  'dict.values': (vm, _a, self) =>
    vm.make({ k: 'list', s: 'dict_values', a: Object.values(entries(vm, self)).map(([, v]) => v) }),
  'dict.items': (vm, _a, self) =>
    vm.make({ k: 'list', s: 'dict_items', a: Object.values(entries(vm, self)).map(([k, v]) => tuple(vm, [k, v])) }),
  'dict.pop': (vm, [key = null, otherwise], self) => {
    const o = vm.own(self);
    const found = o.e?.[hash(vm, key)];
    if (!found && otherwise === undefined) throw thrownOf(vm, exception(vm, 'KeyError', key));
    if (o.e) delete o.e[hash(vm, key)];
    return found?.[1] ?? otherwise ?? null;
  },
  'dict.setdefault': (vm, [key = null, v = null], self) => {
    const found = entries(vm, self)[hash(vm, key)];
    if (found) return found[1];
    vm.lang.put(vm, self, key, v);
    return v;
  },
  'dict.update': (vm, [other], self, kw) => {
    if (vm.obj(self)?.s === 'Counter')
      return vm.native('%count')(vm, other === undefined ? [] : [other], self, {}) as Value;
    if (other !== undefined && vm.obj(other)?.k !== 'dict') {
      const made = vm.native('dict')(vm, [other], null, {}) as Value;
      vm.lang.merge(vm, self, made);
    } else if (other !== undefined) vm.lang.merge(vm, self, other);
    for (const [k, v] of Object.entries(kw)) vm.lang.put(vm, self, k, v);
    return null;
  },
  'dict.copy': (vm, _a, self) => vm.make({ k: 'dict', e: { ...entries(vm, self) } }),
  'dict.clear': (vm, _a, self) => {
    vm.own(self).e = {};
    return null;
  },
  'dict.most_common': (vm, [count], self) => {
    const sortedEntries = Object.values(entries(vm, self)).toSorted(([, a], [, b]) => Number(b) - Number(a));
    return list(
      vm,
      sortedEntries
        .slice(0, count === undefined || count === null ? undefined : Number(count))
        .map(([k, v]) => tuple(vm, [k, v])),
    );
  },
  'set.add': (vm, [v = null], self) => {
    vm.lang.put(vm, self, v, null);
    return null;
  },
  'set.discard': (vm, [v = null], self) => {
    delete vm.own(self).e?.[hash(vm, v)];
    return null;
  },
  'set.remove': (vm, [v = null], self) => {
    if (!entries(vm, self)[hash(vm, v)]) throw thrownOf(vm, exception(vm, 'KeyError', v));
    delete vm.own(self).e?.[hash(vm, v)];
    return null;
  },
  'set.union': (vm, args, self) =>
    vm.native('set')(vm, [list(vm, [...all(vm, self), ...args.flatMap((v) => all(vm, v))])], null, {}),
  'set.intersection': (vm, [o = null], self) => {
    const other = new Set(all(vm, o).map((v) => hash(vm, v)));
    return vm.native('set')(
      vm,
      [
        list(
          vm,
          all(vm, self).filter((v) => other.has(hash(vm, v))),
        ),
      ],
      null,
      {},
    );
  },
  'set.difference': (vm, [o = null], self) => {
    const other = new Set(all(vm, o).map((v) => hash(vm, v)));
    return vm.native('set')(
      vm,
      [
        list(
          vm,
          all(vm, self).filter((v) => !other.has(hash(vm, v))),
        ),
      ],
      null,
      {},
    );
  },
};
export { Beyond };
