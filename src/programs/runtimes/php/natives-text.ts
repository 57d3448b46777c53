import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Native, Natives } from '../core/lang.ts';
import { longestText } from '../core/limits.ts';
import { Beyond } from '../core/tree.ts';
import { integer, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { raise, warn } from './errors.ts';
import { numberFormat, sprintf } from './format.ts';
import { output } from './output.ts';
import { array, entries, int, isArray, list, text, toFloat, truthy, typeName, values } from './values.ts';

const str =
  (f: (s: string, ...more: Value[]) => Value): Native =>
  (vm, [s = '', ...more]) =>
    f(text(vm, s), ...more);
const wide =
  (f: (s: string) => string): Native =>
  (vm, [s = '']) =>
    encodeUtf8(f(decodeUtf8(text(vm, s))));
const lower = (s: string): string => s.replace(/[A-Z]/g, (c) => c.toLowerCase());
const upper = (s: string): string => s.replace(/[a-z]/g, (c) => c.toUpperCase());

/** The part of a text (or of a list of letters) from a position on, as substr counts. */
function part<T extends string | readonly string[]>(vm: Vm, s: T, from: Value, length: Value | undefined): T {
  let start = int(vm, from);
  if (start < 0) start = Math.max(0, s.length + start);
  const n = length === undefined || length === null ? s.length : int(vm, length);
  const end = n < 0 ? s.length + n : start + n;
  return s.slice(start, Math.max(start, end)) as T;
}
function trimmer(left: boolean, right: boolean): Native {
  return (vm, [v = '', chars]) => {
    const s = text(vm, v);
    const given =
      chars === undefined
        ? ' \n\r\t\v\0'
        : text(vm, chars).replace(/(.)\.\.(.)/g, (_w, a: string, b: string) => {
            let out = '';
            for (let c = a.charCodeAt(0); c <= b.charCodeAt(0); c++) out += String.fromCharCode(c);
            return out;
          });
    let [i, j] = [0, s.length];
    while (left && i < j && given.includes(s[i] ?? '')) i++;
    while (right && j > i && given.includes(s[j - 1] ?? '')) j--;
    return s.slice(i, j);
  };
}
function position(last: boolean, fold: boolean): Native {
  return (vm, [v = '', sought = '', from]) => {
    const [s, n] = [text(vm, v), text(vm, sought)].map((one) => (fold ? lower(one) : one)) as [string, string];
    let offset = int(vm, from);
    if (offset < 0) offset += s.length;
    if (offset > s.length || offset < 0)
      return raise(vm, 'ValueError', 'strpos(): Argument #3 ($offset) must be contained in argument #1 ($haystack)');
    const at = last ? s.lastIndexOf(n) : s.indexOf(n, offset);
    return at < 0 ? false : at;
  };
}
function replacer(fold: boolean): Native {
  return (vm, [search = '', replacement = '', subject = '', counted]) => {
    let count = 0;
    const one = (given: string): string => {
      const from = isArray(vm, search) ? values(vm, search).map((v) => text(vm, v)) : [text(vm, search)];
      const to = isArray(vm, replacement) ? values(vm, replacement).map((v) => text(vm, v)) : undefined;
      return from.reduce((s, f, i) => {
        if (f === '') return s;
        const with_ = to ? (to[i] ?? '') : text(vm, replacement);
        const pieces = fold ? s.split(new RegExp(f.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i')) : s.split(f);
        count += pieces.length - 1;
        if (s.length + (pieces.length - 1) * with_.length > longestText) throw new Beyond('a text this long');
        return pieces.join(with_);
      }, given);
    };
    const result = isArray(vm, subject)
      ? array(
          vm,
          entries(vm, subject).map(([k, v]) => [k, one(text(vm, v))] as const),
        )
      : one(text(vm, subject));
    if (counted !== undefined) vm.own(counted).v = count;
    return result;
  };
}
const compared =
  (f: (s: string) => string): Native =>
  (vm, [a = '', b = '', n]) => {
    const [x, y] = [f(text(vm, a)), f(text(vm, b))].map((s) => (n === undefined ? s : s.slice(0, int(vm, n)))) as [
      string,
      string,
    ];
    return x < y ? -1 : x > y ? 1 : 0;
  };

export const textNatives: Natives = {
  strlen: (vm, args) => {
    const [v] = args;
    if (v === undefined)
      return raise(vm, 'ArgumentCountError', `strlen() expects exactly 1 argument, ${args.length} given`);
    if (vm.obj(v)?.k === 'array')
      return raise(vm, 'TypeError', 'strlen(): Argument #1 ($string) must be of type string, array given');
    if (v === null)
      warn(vm, 'Deprecated', 'strlen(): Passing null to parameter #1 ($string) of type string is deprecated');
    return text(vm, v).length;
  },
  mb_strlen: (vm, [s = '']) => [...decodeUtf8(text(vm, s))].length,
  strtolower: str(lower),
  strtoupper: (vm, [v = '']) => {
    if (vm.obj(v))
      return raise(
        vm,
        'TypeError',
        `strtoupper(): Argument #1 ($string) must be of type string, ${typeName(vm, v)} given`,
      );
    return upper(text(vm, v));
  },
  mb_strtolower: wide((s) => s.toLowerCase()),
  mb_strtoupper: wide((s) => s.toUpperCase()),
  ucfirst: str((s) => upper(s.slice(0, 1)) + s.slice(1)),
  lcfirst: str((s) => lower(s.slice(0, 1)) + s.slice(1)),
  ucwords: str((s) => s.replace(/(^|[ \t\r\n\f\v])([a-z])/g, (_w, a: string, b: string) => a + b.toUpperCase())),
  trim: trimmer(true, true),
  ltrim: trimmer(true, false),
  rtrim: trimmer(false, true),
  chop: trimmer(false, true),
  strrev: str((s) => [...s].reverse().join('')),
  str_repeat: (vm, [s = '', n = 0]) => {
    const [t, times] = [text(vm, s), int(vm, n)];
    if (times < 0)
      return raise(vm, 'ValueError', 'str_repeat(): Argument #2 ($times) must be greater than or equal to 0');
    if (t.length * times > longestText) throw new Beyond('a text this long');
    vm.tick((t.length * times) >> 4);
    return t.repeat(times);
  },
  substr: (vm, [s = '', from = 0, length]) => part(vm, text(vm, s), from, length),
  mb_substr: (vm, [s = '', from = 0, length]) =>
    encodeUtf8(part(vm, [...decodeUtf8(text(vm, s))], from, length).join('')),
  mb_str_split: (vm, [s = '']) => list(vm, [...decodeUtf8(text(vm, s))].map(encodeUtf8)),
  substr_count: (vm, [s = '', n = '']) => text(vm, s).split(text(vm, n)).length - 1,
  strpos: position(false, false),
  stripos: position(false, true),
  strrpos: position(true, false),
  mb_strpos: (vm, [s = '', n = '']) => {
    const at = decodeUtf8(text(vm, s)).indexOf(decodeUtf8(text(vm, n)));
    return at < 0 ? false : at;
  },
  strstr: (vm, [s = '', n = '', before]) => {
    const at = text(vm, s).indexOf(text(vm, n));
    return at < 0
      ? false
      : before !== undefined && truthy(vm, before)
        ? text(vm, s).slice(0, at)
        : text(vm, s).slice(at);
  },
  strrchr: (vm, [s = '', n = '']) => {
    const at = text(vm, s).lastIndexOf(text(vm, n)[0] ?? '\0');
    return at < 0 ? false : text(vm, s).slice(at);
  },
  str_contains: (vm, [s = '', n = '']) => text(vm, s).includes(text(vm, n)),
  str_starts_with: (vm, [s = '', n = '']) => text(vm, s).startsWith(text(vm, n)),
  str_ends_with: (vm, [s = '', n = '']) => text(vm, s).endsWith(text(vm, n)),
  str_replace: replacer(false),
  str_ireplace: replacer(true),
  substr_replace: (vm, [s = '', r = '', from = 0, length]) => {
    const t = text(vm, s);
    const start = int(vm, from) < 0 ? Math.max(0, t.length + int(vm, from)) : int(vm, from);
    return t.slice(0, start) + text(vm, r) + t.slice(start + part(vm, t, from, length).length);
  },
  strtr: (vm, [s = '', from = '', to]) => {
    const t = text(vm, s);
    if (to !== undefined) {
      const [a, b] = [text(vm, from), text(vm, to)];
      return [...t]
        .map((c) => (a.lastIndexOf(c) >= 0 && a.lastIndexOf(c) < b.length ? (b[a.lastIndexOf(c)] ?? c) : c))
        .join('');
    }
    const pairs = entries(vm, from)
      .map(([k, v]) => [String(k), text(vm, v)] as const)
      .toSorted((a, b) => b[0].length - a[0].length);
    let out = '';
    for (let i = 0; i < t.length; ) {
      const found = pairs.find(([k]) => k !== '' && t.startsWith(k, i));
      out += found ? found[1] : t[i];
      i += found ? found[0].length : 1;
      vm.tick();
    }
    return out;
  },
  explode: (vm, [by = '', s = '', limit]) => {
    const d = text(vm, by);
    if (d === '') return raise(vm, 'ValueError', 'explode(): Argument #1 ($separator) cannot be empty');
    const all = text(vm, s).split(d);
    const n = limit === undefined ? all.length : int(vm, limit);
    if (n < 0) return list(vm, all.slice(0, n));
    return list(vm, all.length > n && n > 0 ? [...all.slice(0, n - 1), all.slice(n - 1).join(d)] : all);
  },
  implode: (vm, [a = null, b]) => {
    const [by, all] = isArray(vm, a) ? [b === undefined ? '' : text(vm, b), a] : [text(vm, a), b ?? null];
    if (!isArray(vm, all))
      return raise(
        vm,
        'TypeError',
        b === undefined
          ? 'implode(): Argument #1 ($array) must be of type array, string given'
          : `implode(): Argument #2 ($array) must be of type ?array, ${typeName(vm, all)} given`,
      );
    return values(vm, all)
      .map((v) => text(vm, v))
      .join(by);
  },
  str_split: (vm, [s = '', n = 1]) =>
    list(vm, text(vm, s).match(new RegExp(`[^]{1,${Math.min(int(vm, n), 10000)}}`, 'g')) ?? ['']),
  str_pad: (vm, [s = '', n = 0, fill = ' ', how = 1]) => {
    const t = text(vm, s);
    const more = Math.min(int(vm, n), 1_000_000) - t.length;
    if (more <= 0) return t;
    const f = text(vm, fill);
    const left = how === 0 ? more : how === 2 ? more >> 1 : 0;
    return f.repeat(left).slice(0, left) + t + f.repeat(more - left).slice(0, more - left);
  },
  str_word_count: (vm, [s = '']) => (text(vm, s).match(/[A-Za-z'-]+/g) ?? []).length,
  wordwrap: (vm, [s = '', width = 75, by = '\n', cut = false]) => {
    const out: string[] = [];
    let line = '';
    for (const word of text(vm, s).split(' ')) {
      let w = word;
      if (line !== '' && line.length + 1 + w.length > int(vm, width)) {
        out.push(line);
        line = '';
      } else if (line !== '') {
        line += ` ${w}`;
        continue;
      }
      while (truthy(vm, cut) && w.length > int(vm, width)) {
        out.push(w.slice(0, int(vm, width)));
        w = w.slice(int(vm, width));
      }
      line = w;
    }
    return [...out, line].join(text(vm, by));
  },
  nl2br: str((s) => s.replace(/\r\n|\n|\r/g, '<br />$&')),
  htmlspecialchars: str((s) =>
    s
      .replaceAll('&', '&amp;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#039;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;'),
  ),
  htmlentities: str((s) =>
    s
      .replaceAll('&', '&amp;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#039;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;'),
  ),
  strip_tags: str((s) => s.replace(/<[^>]*>/g, '')),
  addslashes: str((s) => s.replace(/['"\\]/g, '\\$&')),
  strcmp: compared((s) => s),
  strcasecmp: compared(lower),
  strncmp: compared((s) => s),
  strncasecmp: compared(lower),
  ord: str((s) => (s === '' ? 0 : s.charCodeAt(0))),
  chr: (vm, [n = 0]) => String.fromCharCode(((int(vm, n) % 256) + 256) % 256),
  dechex: (vm, [n = 0]) => int(vm, n).toString(16),
  hexdec: str((s) => Number.parseInt(s, 16) || 0),
  bindec: str((s) => Number.parseInt(s, 2) || 0),
  decbin: (vm, [n = 0]) => int(vm, n).toString(2),
  octdec: str((s) => Number.parseInt(s, 8) || 0),
  decoct: (vm, [n = 0]) => int(vm, n).toString(8),
  base_convert: (vm, [s = '', from = 10, to = 10]) => Number.parseInt(text(vm, s), int(vm, from)).toString(int(vm, to)),
  bin2hex: str((s) => [...s].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('')),
  sprintf: (vm, [f = '', ...args]) => sprintf(vm, text(vm, f), args),
  vsprintf: (vm, [f = '', args = null]) => sprintf(vm, text(vm, f), values(vm, args)),
  printf: (vm, [f = '', ...args]) => {
    const out = sprintf(vm, text(vm, f), args);
    output(vm, out);
    return out.length;
  },
  number_format: (vm, [n = 0, digits = 0, point = '.', thousands = ',']) =>
    numberFormat(toFloat(vm, n), int(vm, digits), text(vm, point), text(vm, thousands)),
  base64_encode: str((s) => btoa(s)),
  base64_decode: str((s) => {
    try {
      return atob(s.replace(/[^A-Za-z0-9+/]/g, ''));
    } catch {
      return false;
    }
  }),
  urlencode: str((s) =>
    s.replace(/[^A-Za-z0-9_.-]/g, (c) =>
      c === ' ' ? '+' : `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    ),
  ),
  rawurlencode: str((s) =>
    s.replace(/[^A-Za-z0-9_.~-]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`),
  ),
  urldecode: str((s) =>
    s.replaceAll('+', ' ').replace(/%([\da-f]{2})/gi, (_w, h: string) => String.fromCharCode(Number.parseInt(h, 16))),
  ),
  crc32: str((s) => {
    let c = 0xffffffff;
    for (const ch of s) {
      c ^= ch.charCodeAt(0);
      for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    }
    return integer((c ^ 0xffffffff) >>> 0);
  }),
  ctype_digit: (_vm, [v = '']) => typeof v === 'string' && /^\d+$/.test(v),
  ctype_alpha: (_vm, [v = '']) => typeof v === 'string' && /^[A-Za-z]+$/.test(v),
  ctype_alnum: (_vm, [v = '']) => typeof v === 'string' && /^[A-Za-z0-9]+$/.test(v),
  ctype_upper: (_vm, [v = '']) => typeof v === 'string' && /^[A-Z]+$/.test(v),
  ctype_lower: (_vm, [v = '']) => typeof v === 'string' && /^[a-z]+$/.test(v),
  ctype_space: (_vm, [v = '']) => typeof v === 'string' && /^\s+$/.test(v),
};
export const textAliases: Natives = { join: textNatives.implode };
