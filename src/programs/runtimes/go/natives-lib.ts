import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { quoteGo } from '../../../kernel/go/quote.ts';
import type { Natives } from '../core/lang.ts';
import { Beyond } from '../core/tree.ts';
import { bigintOf, integer, jsNumber, type Value } from '../core/values.ts';
import { Ended, type Vm } from '../core/vm.ts';
import { json } from './json.ts';
import { floatText, sprint, sprintf, sprintln, writeTo } from './natives-fmt.ts';
import {
  box,
  bytesList,
  bytesOf,
  copyOf,
  failure,
  items,
  list,
  num,
  sliced,
  str,
  structure,
  tuple,
  typed,
} from './values.ts';

type Text = (...s: string[]) => Value;
const text =
  (f: Text): Natives[string] =>
  (_vm, args) =>
    f(...args.map((a) => str(a)));
const strings = (vm: Vm, all: readonly string[]) => list(vm, [...all]);
const trimSet = (s: string, set: string, left: boolean, right: boolean): string => {
  let a = 0;
  let b = s.length;
  while (left && a < b && set.includes(s[a] ?? '')) a++;
  while (right && b > a && set.includes(s[b - 1] ?? '')) b--;
  return s.slice(a, b);
};
const upper = (s: string) => encodeUtf8(decodeUtf8(s).toUpperCase());
const lower = (s: string) => encodeUtf8(decodeUtf8(s).toLowerCase());
const split = (s: string, sep: string): readonly string[] =>
  sep === '' ? [...decodeUtf8(s)].map((ch) => encodeUtf8(ch)) : s.split(sep);
const math =
  (f: (...n: number[]) => number): Natives[string] =>
  (_vm, args) =>
    jsNumber(f(...args.map((a) => num(a))));
const words: Natives[string] = (vm, [s]) =>
  strings(
    vm,
    str(s)
      .split(/[ \t\n\v\f\r]+/)
      .filter((w) => w !== ''),
  );
function grow(vm: Vm, b: Value, more: string): void {
  const o = vm.own(b);
  o.p = { ...o.p, s: str(o.p?.s) + more };
}
function sorted(vm: Vm, v: Value, order: (a: Value, b: Value) => number): null {
  const { arr, o, n } = sliced(vm, v);
  if (arr === null) return null;
  const { a } = vm.own(arr);
  a?.splice(o, n, ...a.slice(o, o + n).sort(order));
  return null;
}
/** sort.Slice: `less` asks for places, so the places are what is compared. */
const sortSlice: Natives[string] = (vm, [boxed = null, less = null]) => {
  const v = vm.obj(boxed)?.v ?? null;
  const { arr, o, n } = sliced(vm, v);
  if (arr === null) return null;
  // insertion sort, so that `less` sees the slice as it stands
  for (let i = 1; i < n; i++)
    for (let j = i; j > 0 && vm.call(less, [j, j - 1]) === true; j--) {
      const { a } = vm.own(arr);
      if (!a) break;
      const held = a[o + j] ?? null;
      a[o + j] = a[o + j - 1] ?? null;
      a[o + j - 1] = held;
    }
  return null;
};
function parseNumber(vm: Vm, fn: string, s: string): Value {
  const wrong = (why: string) => tuple(vm, 0, failure(vm, `strconv.${fn}: parsing ${quoteGo(decodeUtf8(s))}: ${why}`));
  if (!/^[+-]?\d+$/.test(s)) return wrong('invalid syntax');
  const v = BigInt(s.replace(/^\+/, ''));
  if (v !== BigInt.asIntN(64, v)) return wrong('value out of range');
  return tuple(vm, integer(v), null);
}

const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const months = 'January February March April May June July August September October November December'.split(' ');
/** A moment in one of Go's layouts, in UTC. */
function formatTime(us: number, layout: string): string {
  const d = new Date(us / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const h = d.getUTCHours();
  const parts: { readonly [p: string]: string } = {
    '2006': String(d.getUTCFullYear()),
    January: months[d.getUTCMonth()] ?? '',
    Jan: (months[d.getUTCMonth()] ?? '').slice(0, 3),
    '01': two(d.getUTCMonth() + 1),
    Monday: days[d.getUTCDay()] ?? '',
    Mon: (days[d.getUTCDay()] ?? '').slice(0, 3),
    '02': two(d.getUTCDate()),
    '15': two(h),
    '03': two(h % 12 || 12),
    '3': String(h % 12 || 12),
    '04': two(d.getUTCMinutes()),
    '05': two(d.getUTCSeconds()),
    '06': two(d.getUTCFullYear() % 100),
    PM: h < 12 ? 'AM' : 'PM',
    MST: 'UTC',
    'Z07:00': 'Z',
    '-0700': '+0000',
    '2': String(d.getUTCDate()),
    '1': String(d.getUTCMonth() + 1),
  };
  return layout.replace(/2006|January|Jan|Monday|Mon|MST|Z07:00|-0700|\.0+|0[1-6]|15|PM|[123]/g, (p) =>
    p.startsWith('.')
      ? `.${String(us % 1_000_000)
          .padStart(6, '0')
          .padEnd(9, '0')
          .slice(0, p.length - 1)}`
      : (parts[p] ?? p),
  );
}
const us = (vm: Vm, t: Value | undefined) => num(vm.obj(t ?? null)?.p?.us);
const time = (vm: Vm, at: number) => typed(vm, 'time.Time', { us: at });
const date = (vm: Vm, t: Value | undefined) => new Date(us(vm, t) / 1000);
/** time.Duration's text. */
export function durationText(ns: number): string {
  if (ns === 0) return '0s';
  const minus = ns < 0 ? '-' : '';
  const n = Math.abs(ns);
  if (n < 1000) return `${minus}${n}ns`;
  if (n < 1e6) return `${minus}${floatText(n / 1e3)}µs`;
  if (n < 1e9) return `${minus}${floatText(n / 1e6)}ms`;
  const h = Math.floor(n / 3.6e12);
  const m = Math.floor((n % 3.6e12) / 6e10);
  const s = (n % 6e10) / 1e9;
  return `${minus}${h > 0 ? `${h}h` : ''}${h > 0 || m > 0 ? `${m}m` : ''}${floatText(Number(s.toFixed(9)))}s`;
}
function logLine(vm: Vm, line: string): null {
  const flags = vm.globals['log.flags'];
  const stamp = flags === 0 ? '' : `${formatTime(vm.sys.now, '2006/01/02 15:04:05')} `;
  vm.write(2, `${str(vm.globals['log.prefix'])}${stamp}${decodeUtf8(line.endsWith('\n') ? line : `${line}\n`)}`);
  return null;
}
function fileError(vm: Vm, op: string, path: string, errno: string): Value {
  const said: { readonly [e: string]: string } = {
    ENOENT: 'no such file or directory',
    EACCES: 'permission denied',
    EISDIR: 'is a directory',
  };
  return failure(vm, `${op} ${decodeUtf8(path)}: ${said[errno] ?? errno}`);
}
const args = (vm: Vm, v: Value | undefined) => items(vm, v ?? null);

export const libraryNatives: Natives = {
  'strings.Contains': text((s = '', t = '') => s.includes(t)),
  'strings.ContainsRune': (_vm, [s, r]) => decodeUtf8(str(s)).includes(String.fromCodePoint(num(r))),
  'strings.ContainsAny': text((s = '', t = '') => [...t].some((ch) => s.includes(ch))),
  'strings.HasPrefix': text((s = '', t = '') => s.startsWith(t)),
  'strings.HasSuffix': text((s = '', t = '') => s.endsWith(t)),
  'strings.Index': text((s = '', t = '') => s.indexOf(t)),
  'strings.LastIndex': text((s = '', t = '') => s.lastIndexOf(t)),
  'strings.Split': (vm, [s, sep]) => strings(vm, split(str(s), str(sep))),
  'strings.SplitN': (vm, [s, sep, n]) => {
    const all = split(str(s), str(sep));
    const most = num(n);
    if (most < 0 || all.length <= most) return strings(vm, all);
    return strings(vm, [...all.slice(0, most - 1), all.slice(most - 1).join(str(sep))]);
  },
  'strings.Join': (vm, [v, sep]) =>
    args(vm, v)
      .map((s) => str(s))
      .join(str(sep)),
  'strings.Fields': words,
  'strings.Repeat': (_vm, [s, n]) => str(s).repeat(num(n)),
  'strings.Replace': (_vm, [s, a, b, n]) => {
    const all = str(s).split(str(a));
    const most = num(n) < 0 ? all.length : num(n);
    return all.reduce((out, part, i) => (i === 0 ? part : out + (i <= most ? str(b) : str(a)) + part), '');
  },
  'strings.ReplaceAll': text((s = '', a = '', b = '') => s.replaceAll(a, () => b)),
  'strings.ToUpper': text((s = '') => upper(s)),
  'strings.ToLower': text((s = '') => lower(s)),
  'strings.Title': text((s = '') =>
    s.replace(/(^|[^a-zA-Z0-9_'])([a-z])/g, (_m, a: string, b: string) => a + b.toUpperCase()),
  ),
  'strings.TrimSpace': text((s = '') => trimSet(s, ' \t\n\r\v\f', true, true)),
  'strings.Trim': text((s = '', c = '') => trimSet(s, c, true, true)),
  'strings.TrimLeft': text((s = '', c = '') => trimSet(s, c, true, false)),
  'strings.TrimRight': text((s = '', c = '') => trimSet(s, c, false, true)),
  'strings.TrimPrefix': text((s = '', p = '') => (s.startsWith(p) ? s.slice(p.length) : s)),
  'strings.TrimSuffix': text((s = '', p = '') => (p !== '' && s.endsWith(p) ? s.slice(0, -p.length) : s)),
  'strings.Count': text((s = '', t = '') => (t === '' ? [...decodeUtf8(s)].length + 1 : s.split(t).length - 1)),
  'strings.EqualFold': text((s = '', t = '') => lower(s) === lower(t)),
  'strings.Map': (vm, [f = null, s]) =>
    [...decodeUtf8(str(s))]
      .map((ch) => num(vm.call(f, [ch.codePointAt(0) ?? 0])))
      .filter((r) => r >= 0)
      .map((r) => encodeUtf8(String.fromCodePoint(r)))
      .join(''),
  'strings.Cut': (vm, [s, sep]) => {
    const at = str(s).indexOf(str(sep));
    return at < 0
      ? tuple(vm, str(s), '', false)
      : tuple(vm, str(s).slice(0, at), str(s).slice(at + str(sep).length), true);
  },
  'strings.Builder.WriteString': (vm, [b = null, s]) => {
    grow(vm, b, str(s));
    return tuple(vm, str(s).length, null);
  },
  'strings.Builder.WriteByte': (vm, [b = null, c]) => {
    grow(vm, b, String.fromCharCode(num(c)));
    return null;
  },
  'strings.Builder.WriteRune': (vm, [b = null, c]) => {
    grow(vm, b, encodeUtf8(String.fromCodePoint(num(c))));
    return tuple(vm, 1, null);
  },
  'strings.Builder.Write': (vm, [b = null, p = null]) => {
    grow(vm, b, bytesOf(vm, p));
    return tuple(vm, items(vm, p).length, null);
  },
  'strings.Builder.String': (vm, [b = null]) => vm.obj(b)?.p?.s ?? '',
  'strings.Builder.Len': (vm, [b = null]) => str(vm.obj(b)?.p?.s).length,
  'strings.Builder.Reset': (vm, [b = null]) => {
    vm.own(b).p = { s: '' };
    return null;
  },
  'strings.NewReader': (vm, [s]) => structure(vm, { s: str(s) }),
  'strconv.Itoa': (_vm, [n]) => String(bigintOf(n ?? 0) ?? 0n),
  'strconv.Atoi': (vm, [s]) => parseNumber(vm, 'Atoi', str(s)),
  'strconv.ParseInt': (vm, [s, base]) => {
    if (num(base) === 10 || num(base) === 0) return parseNumber(vm, 'ParseInt', str(s));
    const v = Number.parseInt(str(s), num(base));
    return Number.isNaN(v)
      ? tuple(vm, 0, failure(vm, `strconv.ParseInt: parsing ${quoteGo(str(s))}: invalid syntax`))
      : tuple(vm, v, null);
  },
  'strconv.ParseFloat': (vm, [s]) =>
    /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(str(s))
      ? tuple(vm, Number(str(s)), null)
      : tuple(vm, 0, failure(vm, `strconv.ParseFloat: parsing ${quoteGo(str(s))}: invalid syntax`)),
  'strconv.ParseBool': (vm, [s]) =>
    /^(?:1|t|T|TRUE|true|True)$/.test(str(s))
      ? tuple(vm, true, null)
      : /^(?:0|f|F|FALSE|false|False)$/.test(str(s))
        ? tuple(vm, false, null)
        : tuple(vm, false, failure(vm, `strconv.ParseBool: parsing ${quoteGo(str(s))}: invalid syntax`)),
  'strconv.FormatInt': (_vm, [n, base]) => (bigintOf(n ?? 0) ?? 0n).toString(num(base)),
  'strconv.FormatBool': (_vm, [b]) => String(b),
  'strconv.Quote': (_vm, [s]) => encodeUtf8(quoteGo(decodeUtf8(str(s)))),
  'math.Sqrt': math(Math.sqrt),
  'math.Pow': math((x = 0, y = 0) => x ** y),
  'math.Abs': math(Math.abs),
  'math.Floor': math(Math.floor),
  'math.Ceil': math(Math.ceil),
  'math.Round': math((x = 0) => Math.sign(x) * Math.round(Math.abs(x))),
  'math.Trunc': math(Math.trunc),
  'math.Max': math(Math.max),
  'math.Min': math(Math.min),
  'math.Mod': math((x = 0, y = 0) => x % y),
  'math.Hypot': math(Math.hypot),
  'math.Log': math(Math.log),
  'math.Log2': math(Math.log2),
  'math.Log10': math(Math.log10),
  'math.Exp': math(Math.exp),
  'math.Sin': math(Math.sin),
  'math.Cos': math(Math.cos),
  'math.Tan': math(Math.tan),
  'math.Inf': math((s = 0) => (s >= 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY)),
  'math.NaN': math(() => Number.NaN),
  'math.IsNaN': (_vm, [v]) => Number.isNaN(num(v)),
  'rand.Intn': (vm, [n]) => vm.sys.random() % Math.max(1, num(n)),
  'rand.Int': (vm) => vm.sys.random(),
  'rand.Float64': (vm) => vm.sys.random() / 2 ** 32,
  'rand.Seed': () => null,
  'sort.Ints': (vm, [v = null]) => sorted(vm, v, (a, b) => num(a) - num(b)),
  'sort.Float64s': (vm, [v = null]) => sorted(vm, v, (a, b) => num(a) - num(b)),
  'sort.Strings': (vm, [v = null]) => sorted(vm, v, (a, b) => (str(a) < str(b) ? -1 : str(a) > str(b) ? 1 : 0)),
  'sort.Slice': sortSlice,
  'sort.SliceStable': sortSlice,
  'time.Duration.Seconds': (_vm, [d]) => jsNumber(num(d) / 1e9),
  'time.Duration.Milliseconds': (_vm, [d]) => Math.trunc(num(d) / 1e6),
  'time.Duration.Minutes': (_vm, [d]) => jsNumber(num(d) / 6e10),
  'time.Duration.Hours': (_vm, [d]) => jsNumber(num(d) / 3.6e12),
  'time.Duration.String': (_vm, [d]) => encodeUtf8(durationText(num(d))),
  'time.Month.String': (_vm, [m]) => months[num(m) - 1] ?? '',
  'time.Weekday.String': (_vm, [d]) => days[num(d)] ?? '',
  'time.Now': (vm) => time(vm, vm.sys.now),
  'time.Since': (vm, [t]) => (vm.sys.now - us(vm, t)) * 1000,
  'time.Time.Format': (vm, [t, layout]) => formatTime(us(vm, t), str(layout)),
  'time.Time.Unix': (vm, [t]) => Math.floor(us(vm, t) / 1e6),
  'time.Time.UnixMilli': (vm, [t]) => Math.floor(us(vm, t) / 1e3),
  'time.Time.UnixNano': (vm, [t]) => integer(BigInt(us(vm, t)) * 1000n),
  'time.Time.Year': (vm, [t]) => date(vm, t).getUTCFullYear(),
  'time.Time.Month': (vm, [t]) => date(vm, t).getUTCMonth() + 1,
  'time.Time.Day': (vm, [t]) => date(vm, t).getUTCDate(),
  'time.Time.Hour': (vm, [t]) => date(vm, t).getUTCHours(),
  'time.Time.Minute': (vm, [t]) => date(vm, t).getUTCMinutes(),
  'time.Time.Second': (vm, [t]) => date(vm, t).getUTCSeconds(),
  'time.Time.Weekday': (vm, [t]) => date(vm, t).getUTCDay(),
  'time.Time.UTC': (vm, [t = null]) => copyOf(vm, t),
  'time.Time.Sub': (vm, [t, u]) => (us(vm, t) - us(vm, u)) * 1000,
  'time.Time.Add': (vm, [t, d]) => time(vm, us(vm, t) + Math.round(num(d) / 1000)),
  'log.Print': (vm, [a]) => logLine(vm, sprint(vm, args(vm, a))),
  'log.Println': (vm, [a]) => logLine(vm, sprintln(vm, args(vm, a))),
  'log.Printf': (vm, [f, a]) => logLine(vm, sprintf(vm, str(f), args(vm, a))),
  'log.Fatal': (vm, [a]) => {
    logLine(vm, sprint(vm, args(vm, a)));
    return leave(1);
  },
  'log.Fatalln': (vm, [a]) => {
    logLine(vm, sprintln(vm, args(vm, a)));
    return leave(1);
  },
  'log.Fatalf': (vm, [f, a]) => {
    logLine(vm, sprintf(vm, str(f), args(vm, a)));
    return leave(1);
  },
  'log.SetFlags': (vm, [n = 0]) => {
    vm.globals['log.flags'] = n;
    return null;
  },
  'log.SetPrefix': (vm, [s = '']) => {
    vm.globals['log.prefix'] = s;
    return null;
  },
  'os.Exit': (_vm, [n]) => leave(num(n)),
  'os.Getenv': (vm, [k]) => encodeUtf8(vm.start.env[str(k)] ?? ''),
  'os.LookupEnv': (vm, [k]) => tuple(vm, encodeUtf8(vm.start.env[str(k)] ?? ''), vm.start.env[str(k)] !== undefined),
  'os.Environ': (vm) =>
    strings(
      vm,
      Object.entries(vm.start.env).map(([k, v]) => encodeUtf8(`${k}=${v}`)),
    ),
  'os.Hostname': (vm) => tuple(vm, vm.sys.uname().hostname, null),
  'os.Getpid': (vm) => vm.sys.pid,
  'os.Getwd': (vm) => tuple(vm, encodeUtf8(vm.sys.cwd()), null),
  'os.ReadFile': (vm, [p]) => {
    const got = vm.sys.fs.readFile(decodeUtf8(str(p)));
    return isErrno(got)
      ? tuple(vm, null, fileError(vm, 'open', str(p), got.errno))
      : tuple(vm, bytesList(vm, got.bytes), null);
  },
  'os.WriteFile': (vm, [p, data = null, mode]) => {
    const bad = vm.sys.fs.writeFile(decodeUtf8(str(p)), bytesOf(vm, data), { mode: num(mode) });
    return bad ? fileError(vm, 'open', str(p), bad.errno) : null;
  },
  'os.File.Write': (vm, [f = null, p = null]) => writeTo(vm, box(vm, '*os.File', f), bytesOf(vm, p)),
  'os.File.WriteString': (vm, [f = null, s]) => writeTo(vm, box(vm, '*os.File', f), str(s)),
  'os.File.Close': () => null,
  'io.WriteString': (vm, [w = null, s]) => writeTo(vm, w, str(s)),
  'bufio.NewScanner': (vm, [r = null]) => structure(vm, { src: r, text: '' }),
  'bufio.Scanner.Scan': (vm, [s = null]) => {
    for (let end = vm.input.indexOf('\n'); ; end = vm.input.indexOf('\n')) {
      if (end >= 0 || (vm.inputEnded && vm.input !== '')) {
        const line = end < 0 ? vm.input : vm.input.slice(0, end);
        vm.input = vm.input.slice(end < 0 ? vm.input.length : end + 1);
        const o = vm.own(s);
        o.p = { ...o.p, text: line.replace(/\r$/, '') };
        return true;
      }
      if (vm.inputEnded) return false;
      const got = vm.sys.read(0, 65536);
      if (got === 'again') throw new Beyond('input that comes while the program waits for it');
      if (got === 'eof' || isErrno(got)) vm.inputEnded = true;
      else vm.input += got.bytes;
    }
  },
  'bufio.Scanner.Text': (vm, [s = null]) => vm.obj(s)?.p?.text ?? '',
  'bufio.Scanner.Err': () => null,
  'json.Marshal': (vm, [v = null]) => tuple(vm, bytesList(vm, json(vm, v)), null),
  'json.MarshalIndent': (vm, [v = null, prefix, indent]) =>
    tuple(vm, bytesList(vm, json(vm, v, str(prefix), str(indent))), null),
  'json.NewEncoder': (vm, [w = null]) => structure(vm, { w }),
  'json.Encoder.Encode': (vm, [e = null, v = null]) => {
    writeTo(vm, vm.obj(e)?.p?.w ?? null, `${json(vm, v)}\n`);
    return null;
  },
};
function leave(code: number): never {
  throw new Ended(code);
}
