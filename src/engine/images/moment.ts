import { second, type Us } from '../../kernel/json.ts';
import { EngineError } from '../errors.ts';

const units: { readonly [unit: string]: number } = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };
const duration = /^(?:\d+(?:\.\d*)?(?:h|ms|m|s|us|µs|ns))+$/;
const date = /^\d{4}-\d\d-\d\d(?:T\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?)?(?:Z|[+-]\d\d:\d\d)?$/;

/** A moment as the filter `until` names it: a time, seconds since 1970, or how long ago (`24h`). Throws `bad-parameter`. */
export function moment(text: string, now: Us): Us {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * second;
  if (duration.test(text)) {
    const parts = text.matchAll(/(\d+(?:\.\d*)?)([a-zµ]+)/g);
    return now - [...parts].reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0) * second;
  }
  const found = date.test(text) ? Date.parse(normal(text)) : Number.NaN;
  if (Number.isNaN(found)) {
    throw new EngineError('bad-parameter', 400, `failed to parse value as time or duration: ${JSON.stringify(text)}`);
  }
  return found * 1000;
}

/** A time as images carry it (RFC 3339), to the microsecond; 0 for what is none. */
export function instant(text: string): Us {
  const [, whole = '', fraction = '', zone = ''] = /^([^.]*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const at = Date.parse(`${whole}${zone}`);
  return Number.isNaN(at) ? 0 : at * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

/** With all parts that a time can leave out, in UTC where no zone is said. */
function normal(text: string): string {
  const [, day = '', time = '', zone = 'Z'] = /^(.{10})(?:T(.*?))?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  const [hours = '00', minutes = '00', seconds = '00'] = time === '' ? [] : time.split(':');
  return `${day}T${hours}:${minutes}:${seconds}${zone}`;
}
