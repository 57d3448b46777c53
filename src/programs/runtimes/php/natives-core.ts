import type { Native, Natives } from '../core/lang.ts';
import { Beyond } from '../core/tree.ts';
import { float, isFloat, isTagged, numeric, type Value } from '../core/values.ts';
import { Ended, type Vm } from '../core/vm.ts';
import { callable, functionNamed, isCallable } from './calls.ts';
import {
  classNamed,
  findMethod,
  idOf,
  infoOf,
  instantiate,
  isA,
  isInstance,
  methodOf,
  propertyOf,
  visible,
} from './classes.ts';
import { constantNamed } from './constants.ts';
import { exceptionText, fatal, place, raise, report, trace, warn } from './errors.ts';
import { iterate, iterNext } from './iterate.ts';
import { decode, encode } from './json.ts';
import { buffers, output, setBuffers } from './output.ts';
import { dump, exported, printed } from './show.ts';
import {
  array,
  className,
  deref,
  entries,
  int,
  isArray,
  isNumericText,
  isObject,
  list,
  share,
  text,
  toFloat,
  toInt,
  truthy,
  typeName,
  values,
} from './values.ts';

const is =
  (f: (vm: Vm, v: Value) => boolean): Native =>
  (vm, [v = null]) =>
    f(vm, v);
const isIntValue = (v: Value): boolean => typeof v === 'number' || (isTagged(v) && v.t === 'big');

function object(vm: Vm, p: { [name: string]: Value }): Value {
  const made = instantiate(vm, idOf(classNamed(vm, 'stdClass')));
  vm.own(made).p = p;
  return made;
}
const clsOf = (vm: Vm, v: Value): number =>
  typeof v === 'string' ? idOf(classNamed(vm, v.replace(/^\\/, ''))) : (vm.obj(v)?.up ?? 0);

/** Types, numbers, printing, functions, classes. */
export const coreNatives: Natives = {
  '%nothing': () => null,
  '%object': (vm, [props = null]) => object(vm, { ...vm.obj(props)?.p }),
  '%to array': (vm, [v = null]) => {
    if (isArray(vm, v)) return v;
    if (vm.obj(v)?.k === 'inst')
      return array(
        vm,
        Object.entries(vm.obj(v)?.p ?? {}).map(([k, x]) => [k, deref(vm, x)] as const),
      );
    return v === null ? list(vm, []) : list(vm, [v]);
  },
  '%to object': (vm, [v = null]) => {
    if (isObject(vm, v)) return v;
    if (isArray(vm, v))
      return object(vm, Object.fromEntries(entries(vm, v).map(([k, x]) => [String(k), share(vm, x)])));
    return object(vm, v === null ? {} : { scalar: v });
  },
  '%method': (vm, [v = null, name = '']) => methodOf(vm, v, String(name)) ?? null,
  '%magic': (vm, args, self) => vm.call(values(vm, self)[0] ?? null, [values(vm, self)[1] ?? '', list(vm, args)]),
  '%class kind': (vm, [c = null]) => {
    const info = infoOf(vm, c);
    if (info) return info.kind === 'interface' ? 'interface' : info.abstract ? 'abstract class' : '';
    return vm.obj(c)?.n === 2 ? 'interface' : '';
  },
  '%typed property': (vm, [v = null, shown = '', full = '']) => {
    const names = String(shown).replace(/^\?/, '').toLowerCase().split('|');
    const kind = typeof v === 'boolean' ? 'bool' : typeName(vm, v).toLowerCase();
    if (v === null && (String(shown).startsWith('?') || names.includes('null') || names.includes('mixed'))) return v;
    if (
      names.some(
        (n) =>
          n === kind ||
          n === 'mixed' ||
          n === 'self' ||
          n === 'static' ||
          (n === 'iterable' && kind === 'array') ||
          (n === 'callable' && isCallable(vm, v)) ||
          (n === 'object' && isObject(vm, v)) ||
          isInstance(vm, v, n),
      )
    )
      return v;
    if (names.includes('float') && isIntValue(v)) return float(numeric(v) ?? 0);
    if (!vm.obj(v) && v !== null) {
      if (
        names.includes('int') &&
        (typeof v === 'boolean' ||
          (typeof v === 'string' && isNumericText(v)) ||
          (isFloat(v) && Number.isInteger(numeric(v))))
      )
        return toInt(vm, v);
      if (names.includes('float') && typeof v === 'string' && isNumericText(v)) return float(toFloat(vm, v));
      if (names.includes('string')) return text(vm, v);
      if (names.includes('bool')) return truthy(vm, v);
    }
    return raise(
      vm,
      'TypeError',
      `Cannot assign ${v === null ? 'null' : typeof v === 'boolean' ? 'bool' : typeName(vm, v)} to property ${String(full)} of type ${String(shown)}`,
    );
  },
  '%iterated': (vm, [v = null]) => {
    const it = iterate(vm, v, false);
    const out: (readonly [Value, Value])[] = [];
    for (let one = iterNext(vm, it); one; one = iterNext(vm, it)) out.push(one);
    return array(vm, out);
  },
  '%throwable': (vm, [v = null]) => {
    const { file, line } = place(vm);
    const o = vm.own(v);
    o.p = {
      message: '',
      code: 0,
      file,
      line,
      previous: null,
      ...Object.fromEntries(
        Object.entries(o.p ?? {}).filter(([n, x]) => x !== null || !/^(?:message|code|file|line|previous)$/.test(n)),
      ),
    };
    o.a = trace(vm);
    return null;
  },
  'throwable::__construct': (vm, [message, code, previous], self) => {
    const o = vm.own(self);
    o.p = {
      ...o.p,
      ...(message === undefined ? {} : { message: text(vm, message) }),
      ...(code === undefined ? {} : { code }),
      ...(previous === undefined ? {} : { previous }),
    };
    return null;
  },
  'throwable::getmessage': (vm, _a, self) => vm.obj(self)?.p?.message ?? '',
  'throwable::getcode': (vm, _a, self) => vm.obj(self)?.p?.code ?? 0,
  'throwable::getfile': (vm, _a, self) => vm.obj(self)?.p?.file ?? '',
  'throwable::getline': (vm, _a, self) => vm.obj(self)?.p?.line ?? 0,
  'throwable::getprevious': (vm, _a, self) => vm.obj(self)?.p?.previous ?? null,
  'throwable::gettraceasstring': (vm, _a, self) =>
    [...((vm.obj(self)?.a ?? []) as string[]), '{main}'].map((s, i) => `#${i} ${s}`).join('\n'),
  'throwable::__tostring': (vm, _a, self) => exceptionText(vm, self),
  'closure::call': (vm, [self = null, ...args], fn) => vm.call(rebound(vm, fn, self), args),
  'closure::bindto': (vm, [self = null], fn) => rebound(vm, fn, self),
  'arrayiterator::__construct': (vm, [v = null], self) => {
    vm.own(self).v = share(vm, v);
    vm.own(self).x = 0;
    return null;
  },
  'arrayiterator::rewind': (vm, _a, self) => {
    vm.own(self).x = 0;
    return null;
  },
  'arrayiterator::valid': (vm, _a, self) => Number(vm.obj(self)?.x ?? 0) < entries(vm, vm.obj(self)?.v ?? null).length,
  'arrayiterator::current': (vm, _a, self) =>
    entries(vm, vm.obj(self)?.v ?? null)[Number(vm.obj(self)?.x ?? 0)]?.[1] ?? null,
  'arrayiterator::key': (vm, _a, self) =>
    entries(vm, vm.obj(self)?.v ?? null)[Number(vm.obj(self)?.x ?? 0)]?.[0] ?? null,
  'arrayiterator::next': (vm, _a, self) => {
    vm.own(self).x = Number(vm.obj(self)?.x ?? 0) + 1;
    return null;
  },
  'arrayiterator::count': (vm, _a, self) => entries(vm, vm.obj(self)?.v ?? null).length,
  '%parse error': (vm, [message = '', file = '', line = 0]) => {
    report(vm, 'Parse error', String(message), String(file), Number(line));
    throw new Ended(255);
  },
  '%flush': (vm) => {
    const kept = buffers(vm);
    if ((vm.globals['%web'] ?? null) === null) {
      setBuffers(vm, []);
      output(vm, kept.join(''));
    }
    return null;
  },
  gettype: (vm, [v = null]) => {
    const names: { readonly [n: string]: string } = {
      null: 'NULL',
      int: 'integer',
      float: 'double',
      string: 'string',
      array: 'array',
      true: 'boolean',
      false: 'boolean',
    };
    return names[typeName(vm, v)] ?? 'object';
  },
  get_debug_type: (vm, [v = null]) => (typeof v === 'boolean' ? 'bool' : typeName(vm, v)),
  is_int: is((_vm, v) => isIntValue(v)),
  is_integer: is((_vm, v) => isIntValue(v)),
  is_float: is((_vm, v) => isFloat(v)),
  is_string: is((_vm, v) => typeof v === 'string'),
  is_bool: is((_vm, v) => typeof v === 'boolean'),
  is_array: is(isArray),
  is_object: is(isObject),
  is_null: is((_vm, v) => v === null),
  is_numeric: is((_vm, v) => isIntValue(v) || isFloat(v) || (typeof v === 'string' && isNumericText(v))),
  is_scalar: is((vm, v) => v !== null && !vm.obj(v)),
  is_iterable: is((vm, v) => isArray(vm, v) || isInstance(vm, v, 'Traversable')),
  is_countable: is((vm, v) => isArray(vm, v) || isInstance(vm, v, 'Countable')),
  is_callable: is(isCallable),
  is_nan: is((_vm, v) => Number.isNaN(numeric(v))),
  is_infinite: is((_vm, v) => Math.abs(numeric(v) ?? 0) === Infinity),
  is_finite: is((_vm, v) => Number.isFinite(numeric(v))),
  intval: (vm, [v = null, base]) =>
    base !== undefined && base !== 10 ? Number.parseInt(text(vm, v), int(vm, base)) || 0 : toInt(vm, v),
  floatval: (vm, [v = null]) => float(toFloat(vm, v)),
  strval: (vm, [v = null]) => text(vm, v),
  boolval: (vm, [v = null]) => truthy(vm, v),
  var_dump: (vm, all) => {
    for (const v of all) output(vm, dump(vm, v));
    return null;
  },
  print_r: (vm, [v = null, back = false]) => {
    if (truthy(vm, back)) return printed(vm, v);
    output(vm, printed(vm, v));
    return true;
  },
  var_export: (vm, [v = null, back = false]) => {
    if (truthy(vm, back)) return exported(vm, v);
    output(vm, exported(vm, v));
    return null;
  },
  json_encode: (vm, [v = null, flags = 0]) => encode(vm, v, int(vm, flags)),
  json_decode: (vm, [v = '', assoc = false, _depth, flags = 0]) => {
    const got = decode(vm, text(vm, v), truthy(vm, assoc) || (int(vm, flags) & 1) !== 0);
    vm.globals['%json'] = got === undefined ? 4 : 0;
    if (got === undefined && (int(vm, flags) & 4194304) !== 0) {
      return raise(vm, 'JsonException', 'Syntax error');
    }
    return got ?? null;
  },
  json_last_error: (vm) => vm.globals['%json'] ?? 0,
  json_last_error_msg: (vm) => (vm.globals['%json'] === 4 ? 'Syntax error' : 'No error'),
  call_user_func: (vm, [fn = null, ...args]) => vm.call(callable(vm, fn), args),
  call_user_func_array: (vm, [fn = null, args = null]) => {
    const all = entries(vm, args);
    return vm.call(
      callable(vm, fn),
      all.filter(([k]) => typeof k === 'number').map(([, v]) => v),
      Object.fromEntries(all.filter(([k]) => typeof k === 'string').map(([k, v]) => [String(k), v])),
    );
  },
  func_get_args: (vm) =>
    list(vm, vm.obj(vm.at(vm.frames[vm.frames.length - 1]?.env ?? 0).p?.['%args'] ?? null)?.a ?? []),
  func_num_args: (vm) =>
    (vm.obj(vm.at(vm.frames[vm.frames.length - 1]?.env ?? 0).p?.['%args'] ?? null)?.a ?? []).length,
  function_exists: (vm, [v = '']) => functionNamed(vm, text(vm, v)) !== undefined,
  class_exists: (vm, [v = '']) => classNamed(vm, text(vm, v)) !== undefined,
  interface_exists: (vm, [v = '']) => classNamed(vm, text(vm, v)) !== undefined,
  method_exists: (vm, [v = null, name = '']) =>
    clsOf(vm, v) !== 0 && findMethod(vm, clsOf(vm, v), text(vm, name)) !== undefined,
  property_exists: (vm, [v = null, name = '']) =>
    propertyOf(vm, clsOf(vm, v), text(vm, name)) !== undefined || Object.hasOwn(vm.obj(v)?.p ?? {}, text(vm, name)),
  get_class: (vm, [v]) => className(vm, v ?? vm.frames[vm.frames.length - 1]?.self ?? null),
  get_parent_class: (vm, [v = null]) => vm.heap[vm.heap[clsOf(vm, v)]?.up ?? 0]?.s ?? false,
  get_object_vars: (vm, [v = null]) => {
    const o = vm.obj(v);
    return array(
      vm,
      Object.entries(o?.p ?? {})
        .filter(([n]) => {
          const found = propertyOf(vm, o?.up ?? 0, n);
          return !found || visible(vm, found.visibility, found.owner);
        })
        .map(([k, x]) => [k, deref(vm, x)] as const),
    );
  },
  is_a: (vm, [v = null, name = '']) => isInstance(vm, v, text(vm, name)),
  is_subclass_of: (vm, [v = null, name = '']) =>
    clsOf(vm, v) !== 0 &&
    isA(vm, clsOf(vm, v), text(vm, name)) &&
    vm.heap[clsOf(vm, v)]?.s?.toLowerCase() !== text(vm, name).toLowerCase(),
  spl_object_id: (vm, [v = null]) => vm.obj(v)?.n ?? 0,
  spl_autoload_register: (vm, [fn = null]) => {
    const old = (vm.obj(vm.globals['%autoload'] ?? null)?.a ?? []) as Value[];
    vm.globals['%autoload'] = vm.make({ k: 'list', a: [...old, fn] });
    return true;
  },
  define: (vm, [name = '', v = null]) => {
    vm.globals[`const ${text(vm, name)}`] = share(vm, v);
    return true;
  },
  defined: (vm, [name = '']) => constantNamed(vm, text(vm, name)) !== undefined,
  constant: (vm, [name = '']) =>
    constantNamed(vm, text(vm, name)) ?? raise(vm, 'Error', `Undefined constant "${text(vm, name)}"`),
  error_reporting: (vm, [level]) => {
    const old = vm.globals['%error level'] ?? 32767;
    if (level !== undefined && level !== null) vm.globals['%error level'] = int(vm, level);
    return old;
  },
  set_time_limit: () => true,
  ignore_user_abort: () => 0,
  set_error_handler: (vm, [fn = null]) => {
    const old = vm.globals['%error handler'] ?? null;
    vm.globals['%error handler'] = fn;
    return old;
  },
  restore_error_handler: (vm) => {
    vm.globals['%error handler'] = null;
    return true;
  },
  set_exception_handler: (vm, [fn = null]) => {
    const old = vm.globals['%exception handler'] ?? null;
    vm.globals['%exception handler'] = fn;
    return old;
  },
  trigger_error: (vm, [message = '', level = 1024]) => {
    if (level === 256) fatal(vm, text(vm, message));
    warn(vm, level === 512 ? 'Warning' : level === 1024 ? 'Notice' : 'Deprecated', text(vm, message));
    return true;
  },
  error_log: (vm, [message = '']) => {
    vm.write(2, `${text(vm, message)}\n`);
    return true;
  },
  ob_start: (vm) => {
    setBuffers(vm, [...buffers(vm), '']);
    return true;
  },
  ob_get_clean: (vm) => {
    const all = buffers(vm);
    setBuffers(vm, all.slice(0, -1));
    return all.at(-1) ?? false;
  },
  ob_get_contents: (vm) => buffers(vm).at(-1) ?? false,
  ob_end_clean: (vm) => {
    setBuffers(vm, buffers(vm).slice(0, -1));
    return true;
  },
  ob_end_flush: (vm) => {
    const all = buffers(vm);
    setBuffers(vm, all.slice(0, -1));
    output(vm, all.at(-1) ?? '');
    return true;
  },
  flush: () => null,
  register_shutdown_function: (vm, [fn = null]) => {
    const old = (vm.obj(vm.globals['%shutdown'] ?? null)?.a ?? []) as Value[];
    vm.globals['%shutdown'] = vm.make({ k: 'list', a: [...old, fn] });
    return null;
  },
  setlocale: () => 'C',
  gc_collect_cycles: () => 0,
  phpinfo: () => {
    throw new Beyond('phpinfo');
  },
  header: (vm, [line = '', _replace, code]) => {
    const old = (vm.obj(vm.globals['%headers'] ?? null)?.a ?? []) as Value[];
    vm.globals['%headers'] = vm.make({ k: 'list', a: [...old, text(vm, line)] });
    if (code !== undefined) vm.globals['%status'] = code;
    else if (/^location:/i.test(text(vm, line)) && vm.globals['%status'] === undefined) vm.globals['%status'] = 302;
    const status = /^HTTP\/\S+ (\d{3})/.exec(text(vm, line));
    if (status) vm.globals['%status'] = Number(status[1]);
    return null;
  },
  http_response_code: (vm, [code]) => {
    const old = vm.globals['%status'];
    if (code !== undefined) vm.globals['%status'] = code;
    return old ?? ((vm.globals['%web'] ?? null) === null ? code !== undefined : 200);
  },
  headers_sent: () => false,
};

function rebound(vm: Vm, fn: Value, self: Value): Value {
  const o = vm.obj(fn);
  return vm.make({ ...(o ?? { k: 'fn' }), p: { ...o?.p, '%self': self } });
}
