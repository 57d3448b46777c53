import { encodeUtf8 } from '../kernel/bytes.ts';
import type { HostConfig } from './api.ts';
import { EngineError } from './errors.ts';
import { logFileSize } from './log-size.ts';
import { checkTag, tagOf } from './log-tag.ts';
import type { Container } from './state.ts';

type LogConfig = HostConfig['LogConfig']['Config'];

/** What `docker logs --details` puts before a line: the tag, the labels and variables that the log's options name. */
export function logDetails(container: Container): string {
  const { config, hostConfig } = container;
  const options = hostConfig.LogConfig?.Config ?? {};
  const env = (config.Env ?? []).map((each) => each.split(/=(.*)/s).slice(0, 2) as [string, string]);
  const { tag = '' } = options;
  const found: (readonly [string, string])[] = [
    ...(tag === '' ? [] : [['tag', tagOf(tag, container)] as const]),
    ...chosen(Object.entries(config.Labels ?? {}), options.labels, options['labels-regex']),
    ...chosen(env, options.env, options['env-regex']),
  ];
  const unique = [...new Map(found)].sort(([a], [b]) => (a < b ? -1 : 1));
  return unique.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join(',');
}

function chosen(all: readonly [string, string][], names = '', pattern = ''): readonly [string, string][] {
  const listed = names.split(',');
  return all.filter(([name]) => listed.includes(name) || (pattern !== '' && new RegExp(pattern).test(name)));
}

/** As Go's url.QueryEscape. */
function escaped(text: string): string {
  return [...encodeUtf8(text)]
    .map((c) => {
      if (c === ' ') return '+';
      return /[\w.~-]/.test(c) ? c : `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/**
 * Checks the options of a container's log when the container is made. Throws `bad-parameter` in a real engine's words, and
 * `not-simulated` for what is not.
 */
export function checkLogOptions(options: LogConfig, driver: string): void {
  for (const option of Object.keys(options)) {
    if (driver === 'local' && !knownLocally.includes(option)) {
      throw refuse(`unknown log opt '${option}' for log driver local`);
    }
    if (!known.includes(option)) throw refuse(`unknown log opt '${option}' for ${driver} log driver`);
  }
  const { mode = 'blocking', tag = '', compress } = options;
  if (mode !== 'blocking' && mode !== 'non-blocking') throw refuse(`logger: logging mode not supported: ${mode}`);
  const buffer = options['max-buffer-size'];
  if (buffer !== undefined && mode === 'blocking') {
    throw refuse("logger: max-buffer-size option is only supported with 'mode=non-blocking'");
  }
  if (buffer !== undefined && logFileSize(buffer) === undefined) {
    throw refuse(`error parsing option max-buffer-size: invalid size: '${buffer}'`);
  }
  checkTag(tag);
  if (compress === 'true') throw new EngineError('not-simulated', 501, 'drydock: compressed logs are not simulated');
  for (const name of ['labels-regex', 'env-regex'] as const) checkPattern(options[name] ?? '', name);
}

/** Patterns are Go's; of these only what reads the same here is taken, and nothing that could take for ever. */
function checkPattern(pattern: string, option: string): void {
  if (/^\^?[\w.-]*\$?$/.test(pattern)) return;
  throw new EngineError('not-simulated', 501, `drydock: the log option ${option}=${pattern} is not simulated`);
}

const known = [
  'max-file',
  'max-size',
  'compress',
  'labels',
  'labels-regex',
  'env',
  'env-regex',
  'tag',
  'mode',
  'max-buffer-size',
];

/** Of the driver `local`. */
const knownLocally = ['compress', 'max-buffer-size', 'max-file', 'max-size', 'mode'];

function refuse(message: string): EngineError {
  return new EngineError('bad-parameter', 400, message);
}
