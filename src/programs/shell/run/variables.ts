import type { Rec } from '../../../kernel/json.ts';
import { optionLetters } from '../options.ts';
import type { Variable, Variables } from '../state.ts';
import { wording } from '../wording/words.ts';
import { element, keyOf } from './arrays.ts';
import { referred, setAttributed } from './attributes.ts';
import { dynamicValue, isDynamic } from './dynamic.ts';
import type { Shell } from './shell.ts';
import { expansionError, hasOption, ShellError } from './shell.ts';

/** A shell has at most so many variables. */
const mostVariables = 20_000;

/** The variables, changeable. */
function writable(sh: Shell): { [name: string]: Variable } {
  if (!sh.ownVariables) {
    sh.s.variables = { ...sh.s.variables };
    sh.ownVariables = true;
    // every turn copies them all
    sh.room = mostVariables - Object.keys(sh.s.variables).length;
  }
  return sh.s.variables as { [name: string]: Variable };
}

/** What is known of a variable. */
export function variable(sh: Shell, name: string): Variable | undefined {
  return Object.hasOwn(sh.s.variables, name) ? sh.s.variables[name] : undefined;
}

/** Values from this length on are counted together, and may come to this many characters. */
const large = 65_536;
const mostTogether = 32_000_000;

/** Refuses a large value that the variables together have no room for. @throws ShellError */
export function refuseTooMuch(sh: Shell, value: string): void {
  if (value.length < large) return;
  let all = value.length;
  for (const { v, a, h } of Object.values(sh.s.variables)) {
    all += v?.length ?? 0;
    for (const items of [a, h]) if (items) for (const item of Object.values(items)) all += item.length;
  }
  sh.sys.spend(all >> 10);
  if (all > mostTogether) throw new ShellError('out of memory');
}

/** Puts a variable's record in place, or takes it away; no checks. */
export function putVariable(sh: Shell, name: string, value: Variable | null): void {
  if (name === '__proto__') return;
  if (value === null) delete writable(sh)[name];
  else {
    const all = writable(sh);
    if (!Object.hasOwn(all, name) && --sh.room < 0) throw new ShellError('out of memory');
    all[name] = value;
  }
}

/** Assigns to a variable. @throws ShellError when it is read-only */
export function setVariable(sh: Shell, name: string, value: string, exported = false): void {
  const before = variable(sh, name);
  refuseTooMuch(sh, value);
  if (name === 'OPTIND' && !before?.r) sh.s.getopts = { index: Number(value) || 1, offset: 0 };
  if (before && (before.r || before.n || before.i || before.a || before.h || before.l || before.u)) {
    if (before.r) throw expansionError(sh, wording(sh).readOnly(name));
    setAttributed(sh, name, value, before, exported);
    return;
  }
  const x = before?.x || exported || hasOption(sh, 'a');
  putVariable(sh, name, x ? { v: value, x: true } : { v: value });
}

/** Removes a variable. @throws ShellError when it is read-only */
export function unsetVariable(sh: Shell, name: string): void {
  if (variable(sh, name)?.r) {
    const { flavour } = sh.s;
    throw expansionError(
      sh,
      flavour === 'bash' ? `${name}: cannot unset: readonly variable` : wording(sh).readOnly(name),
    );
  }
  putVariable(sh, name, null);
}

/** A variable's value, without special parameters. */
export function variableValue(sh: Shell, name: string): string | undefined {
  if (sh.s.flavour === 'bash') return bashValue(sh, name);
  switch (name) {
    case 'LINENO':
      return variable(sh, name) ? String(sh.frame.line) : undefined;
    case 'RANDOM':
      return variable(sh, name) ? String(sh.sys.random() & 0x7fff) : undefined;
    case 'EPOCHSECONDS':
      return variable(sh, name)?.v ?? String(Math.floor(sh.sys.now / 1e6));
    case 'EPOCHREALTIME':
      return variable(sh, name)?.v ?? (sh.sys.now / 1e6).toFixed(6);
    default:
      return variable(sh, name)?.v;
  }
}

function bashValue(sh: Shell, name: string): string | undefined {
  const known = variable(sh, name);
  if (known?.n) {
    const target = referred(sh, name);
    const at = /^(\w+)\[(.*)\]$/s.exec(target);
    if (at) return element(sh, at[1] ?? '', at[2] ?? '');
    return target === name ? known.v : bashValue(sh, target);
  }
  if (known?.v !== undefined && !isDynamic(name)) return known.v;
  if (known?.a) return known.a[0];
  if (known?.h) return known.h[keyOf('0')];
  return dynamicValue(sh, name) ?? known?.v;
}

/** The value of a parameter of any kind but `$@` and `$*`; undefined when it is not set. */
export function parameterValue(sh: Shell, name: string): string | undefined {
  const c = name.charAt(0);
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '_') return variableValue(sh, name);
  switch (name) {
    case '?':
      return String(sh.s.status);
    case '#':
      return String(sh.s.params.length);
    case '$':
      return String(sh.s.pid);
    case '!':
      return sh.s.lastBackground === null ? undefined : String(sh.s.lastBackground);
    case '-':
      return optionLetters(sh.s.options, sh.s.flavour);
    case '0':
      return sh.s.zero;
    default:
      return sh.s.params[Number(name) - 1];
  }
}

/** The characters that separate fields. */
export function fieldSeparators(sh: Shell): string {
  return variable(sh, 'IFS')?.v ?? ' \t\n';
}

/** What `$*` joins with. */
export function starSeparator(sh: Shell): string {
  return fieldSeparators(sh).charAt(0);
}

/** The environment of a command. */
export function environment(sh: Shell): Rec<string> {
  const env: { [name: string]: string } = {};
  for (const [name, { v, x }] of Object.entries(sh.s.variables)) if (x && v !== undefined) env[name] = v;
  for (const name of sh.s.exported ?? [])
    if (Object.hasOwn(sh.s.functions, name)) env[`BASH_FUNC_${name}%%`] = `() ${sh.s.functionTexts?.[name] ?? ''}`;
  return env;
}

/** The variables that a shell starts with: what it was given, and its own. */
export function initialVariables(env: Rec<string>, own: Rec<string>): Variables {
  const variables: { [name: string]: Variable } = {};
  for (const [name, value] of Object.entries(own)) variables[name] = { v: value };
  for (const [name, value] of Object.entries(env)) {
    if (/^[A-Za-z_]\w*$/.test(name) && name !== '__proto__') variables[name] = { v: value, x: true };
  }
  return variables;
}

/** A value in single quotes, as `set` and `export` print it. */
export function singleQuote(value: string): string {
  const quoted = value.replace(/([^']*)('*)/g, (whole, text: string, quotes: string) =>
    whole === '' ? '' : `'${text}'${quotes && `"${quotes}"`}`,
  );
  return quoted || "''";
}
