import type { Machine } from '../../kernel/machine.ts';
import { EngineError } from '../errors.ts';
import { findContainer, findImage } from '../lookup.ts';
import { onNetwork } from '../networks/json.ts';
import { type Container, engineState } from '../state.ts';
import { portTest } from './port-filter.ts';

const states = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];
const known = [
  'ancestor',
  'before',
  'exited',
  'expose',
  'health',
  'id',
  'is-task',
  'isolation',
  'label',
  'name',
  'network',
  'publish',
  'since',
  'status',
  'volume',
];
const healths = ['none', 'starting', 'healthy', 'unhealthy'];

type Test = (container: Container) => boolean;

/**
 * What `filters` of GET /containers/json lets through. The text is JSON: `{"status":{"exited":true}}` or
 * `{"status":["exited"]}`. Values of one filter are alternatives (labels: all must match). Errors as in transcript 05.
 */
export function matcher(
  m: Machine,
  filters: string | undefined,
): { readonly matches: Test; readonly wantsAll: boolean } {
  const wanted = filters === undefined || filters === '' ? {} : (JSON.parse(filters) as { [key: string]: unknown });
  const tests: Test[] = [];
  const ports = { publish: [] as string[], expose: [] as string[] };
  let wantsAll = false;
  for (const [key, raw] of Object.entries(wanted)) {
    const values = Array.isArray(raw) ? raw.map(String) : Object.keys(raw as object);
    if (!known.includes(key)) throw new EngineError('bad-parameter', 400, `invalid filter '${key}'`);
    if (key === 'status' || key === 'exited') wantsAll = true;
    if (key === 'publish' || key === 'expose') {
      ports[key].push(...values);
      continue;
    }
    const alternatives = values.map((value) => test(m, key, value));
    tests.push((c) => (key === 'label' ? alternatives.every((t) => t(c)) : alternatives.some((t) => t(c))));
  }
  if (ports.publish.length + ports.expose.length > 0) tests.push(portTest(m, ports.publish, ports.expose));
  return { matches: (c) => tests.every((t) => t(c)), wantsAll };
}

function test(m: Machine, key: string, value: string): Test {
  switch (key) {
    case 'status':
      if (!states.includes(value)) {
        throw notOneOf('status', value, states);
      }
      return (c) => c.state.status === value;
    case 'exited': {
      if (!/^-?\d+$/.test(value)) {
        throw new EngineError(
          'bad-parameter',
          400,
          `invalid filter 'exited=${value}': strconv.Atoi: parsing "${value}": invalid syntax`,
        );
      }
      return (c) => c.state.status === 'exited' && c.state.exitCode === Number(value);
    }
    case 'label': {
      const cut = value.indexOf('=');
      const label = cut < 0 ? value : value.slice(0, cut);
      const has = (c: Container): boolean => Object.hasOwn(c.config.Labels ?? {}, label);
      return cut < 0 ? has : (c) => has(c) && c.config.Labels?.[label] === value.slice(cut + 1);
    }
    case 'name':
      return namePattern(value);
    case 'id': {
      // an id that fits several containers fits none
      const fitting = Object.keys(engineState(m).containers).filter((id) => id.startsWith(value));
      return (c) => fitting.length === 1 && c.id === fitting[0];
    }
    case 'network':
      return onNetwork(m, value);
    case 'health':
      if (!healths.includes(value)) throw notOneOf('health', value, healths);
      return (c) => (c.health?.status ?? 'none') === value;
    case 'is-task': {
      if (!/^(?:1|0|true|false)$/i.test(value)) {
        throw new EngineError('bad-parameter', 400, `invalid filter 'is-task=[${value}]'`);
      }
      // tasks are of a swarm, and there is none here
      return () => /^(?:0|false)$/i.test(value);
    }
    case 'isolation':
      return () => true;
    case 'volume':
      return (c) =>
        (c.mounts ?? []).some((mount) => [mount.name, mount.source, mount.destination].includes(value) && value !== '');
    case 'ancestor': {
      const ids = ancestors(m, value);
      return (c) => ids.includes(c.image);
    }
    case 'before': {
      const { created, id } = findContainer(m, value);
      return (c) => c.created < created && c.id !== id;
    }
    default: {
      const { created, id } = findContainer(m, value);
      return (c) => c.created > created && c.id !== id;
    }
  }
}

function notOneOf(key: string, value: string, values: readonly string[]): EngineError {
  const what = key === 'status' ? 'state' : key;
  const why = `invalid value for ${what} (${value}): must be one of ${values.join(', ')}`;
  return new EngineError('bad-parameter', 400, `invalid filter '${key}=${value}': ${why}`);
}

/** Names match as a regular expression anywhere, with or without the leading slash. */
function namePattern(value: string): Test {
  let pattern: RegExp | undefined;
  try {
    pattern = new RegExp(value);
  } catch {
    pattern = undefined;
  }
  return (c) =>
    c.name === value ||
    `/${c.name}` === value ||
    (pattern?.test(c.name) ?? false) ||
    (pattern?.test(`/${c.name}`) ?? false);
}

function ancestors(m: Machine, value: string): readonly string[] {
  try {
    const image = findImage(m, value);
    const chain = image.layers.map((layer) => layer.diffId).join();
    return Object.values(engineState(m).images)
      .filter((other) =>
        other.layers
          .map((layer) => layer.diffId)
          .join()
          .startsWith(chain),
      )
      .map((other) => other.id);
  } catch {
    return [];
  }
}
