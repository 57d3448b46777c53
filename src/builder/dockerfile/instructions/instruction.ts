import { instructionNames } from '../arguments.ts';
import type { Command } from '../command.ts';
import { DockerfileError } from '../errors.ts';
import { trim } from '../spaces.ts';
import { suggest } from '../suggest.ts';
import type { ArgPair, CommandLine, Instruction, KeyValue, Written } from '../types.ts';
import { readAdd, readCopy } from './copy.ts';
import type { Features } from './features.ts';
import { type FlagKind, readFlags } from './flags.ts';
import { readHealthcheck } from './health.ts';
import { readOnbuild } from './onbuild.ts';
import { readRun } from './run.ts';

/** What a command means, but for FROM, which begins a stage. Throws DockerfileError, without places. */
export function readInstruction(command: Command, features: Features): Instruction {
  const written = writtenOf(command);
  const { args, json } = command;
  switch (command.name.toLowerCase()) {
    case 'add':
      return readAdd(command, written);
    case 'arg':
      return { kind: 'arg', ...written, args: argPairs(command) };
    case 'cmd':
      noFlags(command);
      return { kind: 'cmd', ...written, command: commandLine(command) };
    case 'copy':
      return readCopy(command, written, features);
    case 'entrypoint':
      noFlags(command);
      return { kind: 'entrypoint', ...written, command: commandLine(command) };
    case 'env':
      noFlags(command);
      return { kind: 'env', ...written, pairs: keyValues('ENV', args) };
    case 'expose':
      atLeastOne('EXPOSE', args);
      noFlags(command);
      return { kind: 'expose', ...written, ports: args.toSorted(byCode) };
    case 'healthcheck':
      atLeastOne('HEALTHCHECK', args);
      return { kind: 'healthcheck', ...written, health: readHealthcheck(args, json, command.flags) };
    case 'label':
      noFlags(command);
      return { kind: 'label', ...written, pairs: keyValues('LABEL', args) };
    case 'maintainer':
      return { kind: 'maintainer', ...written, maintainer: onlyArgument('MAINTAINER', command) };
    case 'onbuild':
      return readOnbuild(command, written);
    case 'run':
      return readRun(command, written, features);
    case 'shell':
      return { kind: 'shell', ...written, shell: shellWords(command) };
    case 'stopsignal':
      return { kind: 'stopsignal', ...written, signal: onlyArgument('STOPSIGNAL', { args, flags: [] }) };
    case 'user':
      return { kind: 'user', ...written, user: onlyArgument('USER', command) };
    case 'volume':
      return { kind: 'volume', ...written, volumes: volumes(command) };
    case 'workdir':
      return { kind: 'workdir', ...written, path: onlyArgument('WORKDIR', command) };
    default:
      throw unknownInstruction(command.name);
  }
}

/** The part that all instructions have. */
export function writtenOf({ name, original, range, comments }: Command): Written {
  return { name, source: trim(original), range, comments };
}

function unknownInstruction(name: string): DockerfileError {
  const names = instructionNames.map((known) => known.toUpperCase());
  return new DockerfileError('unknown-instruction', `unknown instruction: ${name}`, [], suggest(name, names, true));
}

const wrong = (problem: string) => new DockerfileError('arguments', problem);
const none: { readonly [name: string]: FlagKind } = {};

function noFlags(command: { readonly flags: readonly string[] }): void {
  readFlags(command.flags, none);
}

export function atLeastOne(name: string, args: readonly string[]): void {
  if (args.length === 0) throw wrong(`${name} requires at least one argument`);
}

function onlyArgument(name: string, command: { readonly args: readonly string[]; readonly flags: readonly string[] }) {
  const [only, more] = command.args;
  if (only === undefined || more !== undefined) throw wrong(`${name} requires exactly one argument`);
  noFlags(command);
  return only;
}

/** Go orders strings by their bytes; so does the order of code points. */
function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function commandLine({ args, json }: Command): CommandLine {
  if (json || args.length === 0) return { words: args, shell: !json };
  return { words: [args.join(' ')], shell: true };
}

/** The parser hands over triples: name, value, and `=` or nothing between them. */
function keyValues(name: string, args: readonly string[]): KeyValue[] {
  atLeastOne(name, args);
  const pairs: KeyValue[] = [];
  for (let i = 0; i < args.length; i += 3) {
    const [key = '', value = '', between] = args.slice(i, i + 3);
    if (key === '') throw wrong(`${name} names can not be blank`);
    pairs.push(between === '' ? { key, value, legacy: true } : { key, value });
  }
  return pairs;
}

function argPairs({ args, comments }: Command): ArgPair[] {
  atLeastOne('ARG', args);
  return args.map((arg) => {
    const equals = arg.indexOf('=');
    if (equals === 0) throw wrong('ARG names can not be blank');
    const key = equals < 0 ? arg : arg.slice(0, equals);
    const description = describe(comments, key);
    return {
      key,
      ...(equals < 0 ? {} : { value: arg.slice(equals + 1) }),
      ...(description === undefined ? {} : { description }),
    };
  });
}

/** The first comment that begins with `name`: what it says about it. */
export function describe(comments: readonly string[], name: string): string | undefined {
  return comments.find((comment) => comment.startsWith(`${name} `))?.slice(name.length + 1) || undefined;
}

function shellWords(command: Command): readonly string[] {
  noFlags(command);
  atLeastOne('SHELL', command.args);
  if (!command.json) throw wrong('SHELL requires the arguments to be in JSON form');
  return command.args;
}

function volumes(command: Command): string[] {
  atLeastOne('VOLUME', command.args);
  noFlags(command);
  return command.args.map((arg) => {
    const path = trim(arg);
    if (path === '') throw wrong('VOLUME specified can not be an empty string');
    return path;
  });
}
