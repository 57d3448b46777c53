import type { Frame } from '../core/state.ts';
import { isFloat, isTagged, type Value } from '../core/values.ts';
import { Ended, Thrown, type Vm } from '../core/vm.ts';
import { flushOutput, output } from './output.ts';
import { className, floatText, text } from './values.ts';

/** Where the program is: the file and line of the function that runs. */
export function place(vm: Vm): { readonly file: string; readonly line: number } {
  const f = vm.frames[vm.frames.length - 1];
  return f ? { file: f.m, line: vm.where(f)[0] } : { file: 'Unknown', line: 0 };
}

const html = (vm: Vm): boolean => vm.globals['%html'] === true;

/** Prints a warning, notice or error in PHP's words. */
export function report(vm: Vm, kind: string, message: string, file: string, line: number): void {
  const shown = html(vm)
    ? `<br />\n<b>${kind}</b>:  ${message} in <b>${file}</b> on line <b>${line}</b><br />\n`
    : `\n${kind}: ${message} in ${file} on line ${line}\n`;
  if (vm.globals['%log errors'] === true) vm.native('%log error')(vm, [kind, message, file, line], null, {});
  if (vm.globals['%display'] !== false) output(vm, shown);
}
export function warn(vm: Vm, kind: 'Warning' | 'Notice' | 'Deprecated', message: string): void {
  if (Number(vm.globals['%silent'] ?? 0) > 0) return;
  const level = { Warning: 2, Notice: 8, Deprecated: 8192 }[kind];
  const { file, line } = place(vm);
  const handler = vm.globals['%error handler'] ?? null;
  if (handler !== null) {
    vm.globals['%error handler'] = null;
    const dealt = vm.call(handler, [level, message, file, line]);
    vm.globals['%error handler'] = handler;
    if (dealt !== false) return;
  }
  if ((Number(vm.globals['%error level'] ?? 32767) & level) !== 0) report(vm, kind, message, file, line);
}
/** Ends the program with a message that nothing can catch. */
export function fatal(vm: Vm, message: string, at = place(vm)): never {
  report(vm, 'Fatal error', message, at.file, at.line);
  throw new Ended(255);
}

/** An argument as traces show it. */
function shown(vm: Vm, v: Value): string {
  if (v === null) return 'NULL';
  if (typeof v === 'boolean') return v ? 'true' : 'false';
  if (typeof v === 'string') return v.length > 15 ? `'${v.slice(0, 15)}...'` : `'${v}'`;
  if (isFloat(v)) {
    const n = floatText(Number(v.v), 17);
    return /^-?\d+$/.test(n) ? `${n}.0` : n;
  }
  if (isTagged(v) && v.t === 'b') return `Resource id #${['STDIN', 'STDOUT', 'STDERR'].indexOf(v.n) + 1}`;
  const o = vm.obj(v);
  if (o?.k === 'array') return 'Array';
  if (o?.k === 'cell') return shown(vm, o.v ?? null);
  return o ? `Object(${className(vm, v)})` : text(vm, v);
}
export function signature(vm: Vm, name: string, args: readonly Value[]): string {
  return `${name}(${args.map((v) => shown(vm, v)).join(', ')})`;
}

/** The lines of a trace from here outwards. */
export function trace(vm: Vm): string[] {
  const frames: readonly Frame[] = vm.stack();
  const out: string[] = [];
  for (let i = frames.length - 1; i > 0; i--) {
    const [f, caller] = [frames[i], frames[i - 1]];
    if (!f || !caller) continue;
    const args = vm.obj(vm.at(f.env).p?.['%args'] ?? null)?.a ?? [];
    const what =
      f.panic === false
        ? `${f.name}('${f.m.length > 15 ? `${f.m.slice(0, 15)}...` : f.m}')`
        : signature(vm, f.name, args);
    const from = `${caller.m}(${vm.where(caller)[0]})`;
    if (typeof f.panic === 'string') {
      if (f.panic !== '') out.push(`[internal function]: ${what}`, `${from}: ${f.panic}`);
      else out.push(`[internal function]: ${what}`);
    } else out.push(`${from}: ${what}`);
  }
  return out;
}

/** An exception of a built-in class. */
export function exception(vm: Vm, cls: string, message: string): Value {
  const { file, line } = place(vm);
  const up = vm.globals[`class ${cls.toLowerCase()}`];
  const id = isTagged(up ?? null) && (up as { t: string }).t === 'ref' ? (up as { r: number }).r : 0;
  const made = vm.make({
    k: 'inst',
    up: id,
    p: { message, code: 0, file, line, previous: null },
    n: Number(vm.globals['%objects'] ?? 0) + 1,
    a: trace(vm),
    s: String(vm.stack().length),
  });
  vm.globals['%objects'] = Number(vm.globals['%objects'] ?? 0) + 1;
  return made;
}
/** Throws one. */
export function raise(vm: Vm, cls: string, message: string): never {
  throw new Thrown(exception(vm, cls, message));
}

/** An exception and those before it, as `__toString` and fatal errors show them. */
export function exceptionText(vm: Vm, v: Value): string {
  const parts: string[] = [];
  for (let one: Value = v; one !== null && parts.length < 20; one = vm.obj(one)?.p?.previous ?? null) {
    const o = vm.obj(one);
    const message = text(vm, o?.p?.message ?? '');
    const lines = [...((o?.a ?? []) as string[]), '{main}'].map((s, i) => `#${i} ${s}`);
    parts.unshift(
      `${className(vm, one)}${message === '' ? '' : `: ${message}`}${typeof o?.v === 'string' ? o.v : ''} in ${text(vm, o?.p?.file ?? '')}:${text(vm, o?.p?.line ?? 0)}\nStack trace:\n${lines.join('\n')}`,
    );
  }
  return parts.join('\n\nNext ');
}

/** What PHP prints when nothing caught it, and the exit status. */
export function uncaughtPhp(vm: Vm, thrown: Thrown): number {
  const handler = vm.globals['%exception handler'] ?? null;
  const o = vm.obj(thrown.value);
  if (handler !== null) {
    vm.globals['%exception handler'] = null;
    try {
      vm.call(handler, [thrown.value]);
    } catch (error) {
      if (error instanceof Ended) return error.code;
      if (error instanceof Thrown) return uncaughtPhp(vm, error);
      throw error;
    }
    flushOutput(vm, true);
    return 0;
  }
  const message = `Uncaught ${exceptionText(vm, thrown.value)}\n  thrown`;
  report(vm, 'Fatal error', message, text(vm, o?.p?.file ?? ''), Number(o?.p?.line ?? 0));
  vm.globals['%uncaught'] = `${message} in ${text(vm, o?.p?.file ?? '')} on line ${text(vm, o?.p?.line ?? 0)}`;
  flushOutput(vm, true);
  return 255;
}
