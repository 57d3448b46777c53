import { DockerfileError } from '../../builder/dockerfile/errors.ts';
import { expandWord } from '../../builder/dockerfile/expand/word.ts';
import { readInstruction } from '../../builder/dockerfile/instructions/instruction.ts';
import { parseTree } from '../../builder/dockerfile/parse-tree.ts';
import type { CommandLine, Healthcheck, Instruction } from '../../builder/dockerfile/types.ts';
import { splitPair } from '../../builder/graph/stage-state.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import { cleanPath, joinPath } from '../../kernel/fs/tree.ts';
import type { Json } from '../../kernel/json.ts';
import { parseSignal } from '../../kernel/signals.ts';
import type { JsonObject } from '../../oci/engine-config.ts';
import { EngineError } from '../errors.ts';

/** What `--change` may say. */
const words = ['cmd', 'entrypoint', 'healthcheck', 'env', 'expose', 'label', 'onbuild', 'stopsignal', 'user', 'volume'];
const changeable = [...words, 'workdir'];

type Config = { [key: string]: Json };

/**
 * A container's configuration after Dockerfile instructions (`--change` of `docker commit` and `docker import`), and what
 * is silent in the result taken from the container again. Throws `bad-parameter` with the engine's words.
 */
export function changedConfig(config: JsonObject, changes: readonly string[]): JsonObject {
  if (changes.length === 0) return config;
  try {
    const commands = parseTree(encodeUtf8(changes.join('\n'))).commands;
    for (const { name } of commands) {
      if (!changeable.includes(name.toLowerCase())) throw bad(`${name} is not a valid change command`);
    }
    const changed: Config = { ...(config as Config) };
    let cmdSet = false;
    for (const command of commands) {
      const instruction = expanded(readInstruction(command, {}), changed);
      apply(changed, instruction, cmdSet);
      cmdSet ||= instruction.kind === 'cmd';
    }
    return merged(changed, config);
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    throw bad(error.message);
  }
}

/** With the variables of the configuration's environment filled in where the engine does so. */
function expanded(instruction: Instruction, config: Config): Instruction {
  const env = new Map(strings(config.Env).map((item) => splitPair(item)));
  const fill = (word: string): string => expandWord(word, (name) => env.get(name), { escape: '\\' }).text;
  const pairs = (list: readonly { key: string; value: string }[]) =>
    list.map((pair) => ({ ...pair, key: fill(pair.key), value: fill(pair.value) }));
  switch (instruction.kind) {
    case 'env':
    case 'label':
      return { ...instruction, pairs: pairs(instruction.pairs) };
    case 'expose':
      return { ...instruction, ports: instruction.ports.map(fill) };
    case 'volume':
      return { ...instruction, volumes: instruction.volumes.map(fill) };
    case 'workdir':
      return { ...instruction, path: fill(instruction.path) };
    case 'user':
      return { ...instruction, user: fill(instruction.user) };
    case 'stopsignal':
      return { ...instruction, signal: fill(instruction.signal) };
    default:
      return instruction;
  }
}

function apply(config: Config, instruction: Instruction, cmdSet: boolean): void {
  switch (instruction.kind) {
    case 'cmd':
      config.Cmd = argv(instruction.command);
      break;
    case 'entrypoint':
      config.Entrypoint = instruction.command.words.length > 0 ? argv(instruction.command) : [];
      if (!cmdSet) config.Cmd = null;
      break;
    case 'env':
      for (const { key, value } of instruction.pairs) config.Env = withVariable(strings(config.Env), key, value);
      break;
    case 'label':
      for (const { key, value } of instruction.pairs) config.Labels = { ...record(config.Labels), [key]: value };
      break;
    case 'expose':
      config.ExposedPorts = { ...record(config.ExposedPorts), ...setOf(instruction.ports.flatMap(portsOf)) };
      break;
    case 'healthcheck':
      config.Healthcheck = healthJson(instruction.health);
      break;
    case 'onbuild':
      config.OnBuild = [...strings(config.OnBuild), instruction.expression];
      break;
    case 'stopsignal':
      if (!parseSignal(instruction.signal)) throw bad(`invalid signal: ${instruction.signal}`);
      config.StopSignal = instruction.signal;
      break;
    case 'user':
      config.User = instruction.user;
      break;
    case 'volume':
      if (instruction.volumes.includes('')) throw bad('VOLUME specified can not be an empty string');
      config.Volumes = { ...record(config.Volumes), ...setOf(instruction.volumes) };
      break;
    case 'workdir':
      config.WorkingDir = folder(typeof config.WorkingDir === 'string' ? config.WorkingDir : '', instruction.path);
      break;
    default:
  }
}

/** The engine fills in again what the changes have emptied (moby's daemon/commit.go, `merge`). */
function merged(changed: Config, before: JsonObject): JsonObject {
  if (strings(changed.Entrypoint).length > 0) return changed;
  const cmd = strings(changed.Cmd).length > 0 ? changed.Cmd : before.Cmd;
  return { ...changed, Cmd: cmd ?? null, Entrypoint: changed.Entrypoint ?? before.Entrypoint ?? null };
}

function argv({ words: given, shell }: CommandLine): readonly string[] {
  const line = given.join(' ');
  return shell ? ['/bin/sh', '-c', ...(line === '' ? [] : [line])] : given;
}

function strings(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function record(value: Json | undefined): Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...(value as Config) } : {};
}

function setOf(names: readonly string[]): Config {
  return Object.fromEntries(names.map((name) => [name, {}]));
}

function withVariable(env: readonly string[], key: string, value: string): readonly string[] {
  const at = env.findIndex((item) => splitPair(item)[0] === key);
  return at < 0 ? [...env, `${key}=${value}`] : env.map((item, i) => (i === at ? `${key}=${value}` : item));
}

/** `80`, `80/udp`, `8000-8005`. */
function portsOf(text: string): readonly string[] {
  const [, from = '', to = from, proto = 'tcp'] = /^(\d+)(?:-(\d+))?(?:\/(.*))?$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (from === '' || last > 65_535) throw bad(`Invalid containerPort: ${text.replace(/\/.*/, '')}`);
  if (first > last) throw bad(`Invalid containerPort: ${text.replace(/\/.*/, '')}`);
  const name = proto.toLowerCase() || 'tcp';
  if (!['tcp', 'udp', 'sctp'].includes(name)) throw bad(`Invalid proto: ${proto}`);
  return Array.from({ length: last - first + 1 }, (_, i) => `${first + i}/${name}`);
}

function healthJson(health: Healthcheck): Json {
  const nanoseconds = (us: number | undefined): number | undefined => (us ? us * 1000 : undefined);
  const { test, interval, timeout, startPeriod, startInterval, retries } = health;
  const all: { [key: string]: Json | undefined } = {
    Test: test,
    Interval: nanoseconds(interval),
    Timeout: nanoseconds(timeout),
    StartPeriod: nanoseconds(startPeriod),
    StartInterval: nanoseconds(startInterval),
    Retries: retries || undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Json;
}

function folder(before: string, path: string): string {
  const whole = path.startsWith('/') ? path : joinPath(before === '' ? '/' : before, path);
  return cleanPath(whole);
}

function bad(message: string): EngineError {
  return new EngineError('bad-parameter', 400, message);
}
