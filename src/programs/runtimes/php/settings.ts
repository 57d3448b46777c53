import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { Natives } from '../core/lang.ts';
import { Beyond } from '../core/tree.ts';
import type { Vm } from '../core/vm.ts';
import { constantNamed } from './constants.ts';
import { text } from './values.ts';

export type Setting = readonly [name: string, value: string];

/** Settings that keep the value that PHP has without a php.ini. */
const fixed: { readonly [name: string]: string | undefined } = {
  precision: '14',
  serialize_precision: '-1',
  max_execution_time: '0',
  default_charset: 'UTF-8',
  'date.timezone': 'UTC',
};
/** Settings that act: what is shown of errors, and how much memory a program may take. */
const usual: { readonly [name: string]: string | undefined } = {
  display_errors: '1',
  error_reporting: '32767',
  memory_limit: '128M',
};

/** A setting's value as PHP keeps it: words of php.ini become 1 and nothing. */
function kept(value: string): string {
  if (/^(?:on|yes|true)$/i.test(value)) return '1';
  return /^(?:off|no|false|none)$/i.test(value) ? '' : value;
}

/** Can a setting have this value here? */
export function canSet(name: string, value: string): boolean {
  const given = kept(value);
  if (name === 'display_errors') return /^(?:0|1|)$/.test(given);
  if (name === 'error_reporting') return /^(?:\d+|E_[A-Z_]+)$/.test(given);
  // less than the usual limit would have to stop a program earlier
  if (name === 'memory_limit') return given === '-1' || bytesOf(given) >= 134217728;
  return fixed[name] === given;
}

function bytesOf(value: string): number {
  const [, digits = '0', unit = ''] = /^(\d+)([KMG]?)$/i.exec(value) ?? [];
  return Number(digits) * ({ K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[unit.toUpperCase()] ?? 1);
}

/** The settings of php.ini, as far as they act here; none where there is no such file. */
export function settingsOfFile(sys: Sys, env: { readonly [name: string]: string }): readonly Setting[] {
  const read = sys.fs.readFile(iniFile(env));
  if (isErrno(read)) return [];
  return [...read.bytes.matchAll(/^\s*([a-z_]+)\s*=\s*([^;\r\n]*)/gm)].flatMap(([, name = '', value = '']) =>
    usual[name] !== undefined && canSet(name, value.trim()) ? [[name, value.trim()] as const] : [],
  );
}

export function iniFile(env: { readonly [name: string]: string }): string {
  return `${env.PHP_INI_DIR ?? '/etc/php/8.2/cli'}/php.ini`;
}

/** Gives a program the settings that it begins with; a later one of the same name counts. */
export function begin(vm: Vm, settings: readonly Setting[]): void {
  vm.globals['%settings'] = JSON.stringify(settings);
  reset(vm);
}

/** Back to those settings: what the request before has set is forgotten. */
export function reset(vm: Vm): void {
  for (const name of Object.keys(vm.globals)) if (name.startsWith('%setting ')) delete vm.globals[name];
  const settings = JSON.parse(String(vm.globals['%settings'] ?? '[]')) as readonly Setting[];
  for (const [name, value] of settings) set(vm, name, value);
}

function set(vm: Vm, name: string, value: string): void {
  const given = kept(value);
  vm.globals[`%setting ${name}`] = given;
  if (name === 'display_errors') vm.globals['%display'] = given === '1';
  if (name === 'error_reporting') vm.globals['%error level'] = constantNamed(vm, given) ?? Number(given);
}

function get(vm: Vm, name: string): string {
  if (name === 'error_reporting') return String(vm.globals['%error level'] ?? usual.error_reporting);
  const value = vm.globals[`%setting ${name}`] ?? usual[name] ?? fixed[name];
  if (typeof value !== 'string') throw new Beyond(`the setting ${name}`);
  return value;
}

/** May a program take only as much memory as PHP lets it without a setting? */
export const hasUsualLimit = (vm: Vm): boolean => get(vm, 'memory_limit') === usual.memory_limit;

export const settingNatives: Natives = {
  ini_get: (vm, [name = '']) => get(vm, text(vm, name)),
  ini_set: (vm, [name = '', value = '']) => {
    const [key, given] = [text(vm, name), text(vm, value)];
    const old = get(vm, key);
    if (!canSet(key, given)) throw new Beyond(`the setting ${key}=${given}`);
    set(vm, key, given);
    return old;
  },
  php_ini_loaded_file: (vm) => {
    const file = iniFile(vm.start.env);
    return isErrno(vm.sys.fs.stat(file)) ? false : file;
  },
};
