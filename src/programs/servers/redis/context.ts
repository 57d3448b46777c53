import type { Sys } from '../../../kernel/program.ts';
import type { Reply } from './resp.ts';
import { alive, type Database, type Databases, type Entry, type Value } from './values.ts';

/** How a server runs. */
export type Settings = {
  readonly port: number;
  readonly bind: string;
  readonly dir: string;
  readonly file: string;
  readonly appendonly: boolean;
  readonly password: string;
  /** The word of `save`; empty: never by itself. */
  readonly save: string;
  readonly maxmemory: string;
  readonly config: string;
  readonly version: string;
  readonly started: number;
};

/** A command that is being executed: it reads and changes the present database. */
export interface Command {
  readonly sys: Sys;
  readonly settings: Settings;
  readonly args: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly clients: number;
  databases: Databases;
  db: number;
  authenticated: boolean;
  /** What the server does after the reply. */
  after: 'nothing' | 'save' | 'bgsave' | 'shutdown' | 'shutdown-nosave' | 'close';
}

/** A mistake that ends a command: its error reply. */
export class Refused extends Error {}

export function refuse(text: string): never {
  throw new Refused(text);
}

export const wrongType = 'WRONGTYPE Operation against a key holding the wrong kind of value';
export const notInteger = 'ERR value is not an integer or out of range';
export const syntaxError = 'ERR syntax error';

export type Handler = (command: Command) => Reply;

export function database(command: Command): Database {
  return command.databases[command.db] ?? {};
}

export function entryOf(command: Command, key: string): Entry | undefined {
  return alive(database(command), key, command.now);
}

/** The value of a key, when it is of this type. Refuses another type; undefined when there is none. */
export function typedValue<T extends Value['type']>(
  command: Command,
  key: string,
  type: T,
): Extract<Value, { readonly type: T }> | undefined {
  const value = entryOf(command, key)?.value;
  if (value === undefined) return undefined;
  if (value.type !== type) refuse(wrongType);
  return value as Extract<Value, { readonly type: T }>;
}

/** Sets a key; its time to live stays unless `expires` is given (null: none). */
export function put(command: Command, key: string, value: Value, expires?: number | null): void {
  const before = entryOf(command, key)?.expires;
  const until = expires === undefined ? before : (expires ?? undefined);
  const entry: Entry = until === undefined ? { value } : { value, expires: until };
  command.databases = { ...command.databases, [command.db]: { ...database(command), [key]: entry } };
}

/** Removes keys; how many there were. */
export function drop(command: Command, keys: readonly string[]): number {
  const present = keys.filter((key, i) => entryOf(command, key) && keys.indexOf(key) === i);
  const left = Object.fromEntries(Object.entries(database(command)).filter(([key]) => !keys.includes(key)));
  command.databases = { ...command.databases, [command.db]: left };
  return present.length;
}

/** An argument that must be a whole number. */
export function integer(text: string | undefined): number {
  if (text === undefined || !/^-?\d{1,16}$/.test(text)) return refuse(notInteger);
  return Number(text);
}

/** Indices that may count from the end, as of LRANGE: first and one past the last. */
export function rangeOf(length: number, start: number, stop: number): readonly [number, number] {
  const from = Math.max(0, start < 0 ? length + start : start);
  const to = Math.min(length - 1, stop < 0 ? length + stop : stop);
  return [from, Math.max(from, to + 1)];
}
