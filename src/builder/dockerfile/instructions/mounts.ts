import { quoteGo } from '../../../kernel/go/quote.ts';
import { DockerfileError } from '../errors.ts';
import { suggest } from '../suggest.ts';
import type { MountType, RunDevice, RunMount } from '../types.ts';
import { csvFields } from './csv.ts';

/** Fills in the variables of a value. */
export type Expand = (word: string) => string;

const types: readonly MountType[] = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const sharings = ['shared', 'private', 'locked'] as const;
const keys =
  'type from source target readonly id sharing required size mode uid gid src dst destination ro rw readwrite env'.split(
    ' ',
  );

type Draft = { -readonly [Key in keyof RunMount]: RunMount[Key] };

/**
 * A `--mount=` of RUN: `type=cache,target=/root/.cache`. Without `expand` (while the Dockerfile is being parsed) only
 * `from` is read, in which no variable may be; with it everything is. Throws DockerfileError.
 */
export function parseMount(value: string, expand?: Expand): RunMount {
  const mount: Draft = { type: 'bind', readOnly: false, required: false };
  let access: boolean | undefined;
  for (const field of csvFields(value, 'mounts')) {
    const equals = field.indexOf('=');
    const key = (equals < 0 ? field : field.slice(0, equals)).toLowerCase();
    if (!expand) {
      if (key === 'from' && equals >= 0) mount.from = plainFrom(field.slice(equals + 1));
      continue;
    }
    const text = equals < 0 ? undefined : expand(field.slice(equals + 1));
    if (text === undefined && !bare.has(key)) throw wrong(`invalid field '${field}' must be a key=value pair`);
    if (key === 'readonly' || key === 'ro') access = text === undefined || goBoolean(key, text);
    else if (key === 'readwrite' || key === 'rw') access = text !== undefined && !goBoolean(key, text);
    else setField(mount, key, field, text);
  }
  checkOwner(mount);
  mount.readOnly = access ?? (mount.type !== 'cache' && mount.type !== 'tmpfs');
  checkTogether(mount);
  return mount;
}

const wrong = (problem: string) => new DockerfileError('mount', problem);

/** What may stand without a value. */
const bare = new Set(['readonly', 'ro', 'readwrite', 'rw', 'required']);

function plainFrom(value: string): string {
  const dollar = value.indexOf('$');
  if (dollar < 0 || dollar === value.length - 1) return value;
  throw wrong("'from' doesn't support variable expansion, define alias stage instead");
}

/** As strconv.ParseBool. */
function goBoolean(key: string, value: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value)) return false;
  throw wrong(`invalid value for ${key}: ${value}`);
}

function setField(mount: Draft, key: string, field: string, value = 'true'): void {
  switch (key) {
    case 'type':
      mount.type = oneOf(types, value, `unsupported mount type ${quoteGo(value)}`);
      break;
    case 'from':
      mount.from = value;
      break;
    case 'source':
    case 'src':
      mount.source = value;
      break;
    case 'target':
    case 'dst':
    case 'destination':
      mount.target = value;
      break;
    case 'required':
      onlyFor(mount, key, ['secret', 'ssh']);
      mount.required = goBoolean(key, value);
      break;
    case 'size':
      onlyFor(mount, key, ['tmpfs']);
      mount.sizeLimit = bytesOf(key, value);
      break;
    case 'id':
      mount.id = value;
      break;
    case 'sharing':
      mount.sharing = oneOf(sharings, value, `unsupported sharing value ${quoteGo(value)}`);
      break;
    case 'mode':
      mount.mode = numberOf(key, value, 8);
      break;
    case 'uid':
    case 'gid':
      mount[key] = numberOf(key, value, 10);
      break;
    case 'env':
      mount.env = value;
      break;
    default:
      throw new DockerfileError('mount', `unexpected key '${key}' in '${field}'`, [], suggest(key, keys));
  }
}

function oneOf<T extends string>(options: readonly T[], value: string, problem: string): T {
  const found = options.find((option) => option === value.toLowerCase());
  if (found !== undefined) return found;
  throw new DockerfileError('mount', problem, [], suggest(value, options));
}

function onlyFor(mount: Draft, key: string, allowed: readonly MountType[]): void {
  if (!allowed.includes(mount.type)) throw wrong(`unexpected key '${key}' for mount type '${mount.type}'`);
}

function numberOf(key: string, value: string, base: 8 | 10): number {
  const number = (base === 8 ? /^[0-7]+$/ : /^[0-9]+$/).test(value) ? Number.parseInt(value, base) : Number.NaN;
  if (number <= 0xffff_ffff) return number;
  throw wrong(`invalid value ${value} for ${key}`);
}

/** go-units' RAMInBytes: a number and, perhaps after a space, `b`, `k`, `kb`, `kib`, `m`, …; powers of 1024. */
function bytesOf(key: string, value: string): number {
  const [, number = '', prefix = ''] = /^(\d+(?:\.\d*)?|\.\d+) ?(?:([kmgtp])(?:i?b)?|b)?$/i.exec(value) ?? [];
  if (number === '') throw wrong(`invalid value for ${key}: ${value}`);
  return Math.trunc(Number(number) * 1024 ** ' kmgtp'.indexOf(prefix.toLowerCase() || ' '));
}

function checkOwner(mount: Draft): void {
  if (mount.type !== 'bind' && mount.type !== 'tmpfs') return;
  for (const key of ['mode', 'uid', 'gid'] as const) {
    if (mount[key] !== undefined) throw wrong(`${key} not allowed for ${quoteGo(mount.type)} type mounts`);
  }
}

function checkTogether({ type, from, sharing, source, target, id }: RunMount): void {
  if (type === 'secret') {
    if (from) throw wrong('secret mount should not have a from');
    if (sharing) throw wrong('secret mount should not define sharing');
    if (!source && !target && !id) throw wrong('invalid secret mount. one of source, target required');
    if (source && id) throw wrong("both source and id can't be set");
  }
  if (sharing && type !== 'cache') throw wrong(`invalid cache sharing set for ${type} mount`);
}

/** A `--device=` of RUN: a name, `required`. Throws DockerfileError. */
export function parseDevice(value: string): RunDevice {
  let name = '';
  let required = false;
  for (const field of csvFields(value, 'devices')) {
    const equals = field.indexOf('=');
    const key = (equals < 0 ? field : field.slice(0, equals)).toLowerCase();
    const text = equals < 0 ? undefined : field.slice(equals + 1);
    if (key === 'required') required = text === undefined || goBoolean(key, text);
    else if (key === 'name' && text !== undefined) {
      if (name !== '') throw wrong(`device name already set to ${name}`);
      name = text;
    } else if (name === '') name = field;
    else if (text === undefined) throw wrong(`invalid field '${field}' must be a key=value pair`);
    else {
      throw new DockerfileError(
        'mount',
        `unexpected key '${key}' in '${field}'`,
        [],
        suggest(key, ['name', 'required']),
      );
    }
  }
  return { name, required };
}
