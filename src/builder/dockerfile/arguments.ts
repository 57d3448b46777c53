import { quoteGo } from '../../kernel/go/quote.ts';
import { DockerfileError } from './errors.ts';
import { readJsonArray } from './json-array.ts';
import { cutBlanks, isSpace, splitBlanks } from './spaces.ts';
import type { EscapeToken } from './types.ts';
import { splitWords } from './words.ts';

/** The arguments of an instruction, as its own grammar divides them. */
export interface Arguments {
  readonly args: readonly string[];
  /** They were a JSON array. */
  readonly json: boolean;
}

type Grammar = (rest: string, token: EscapeToken) => Arguments;

const plain = (args: readonly string[]): Arguments => ({ args, json: false });
const whole: Grammar = (rest) => plain(rest === '' ? [] : [rest]);
const byBlanks: Grammar = (rest) => plain(rest === '' ? [] : splitBlanks(rest));

const jsonOr =
  (otherwise: Grammar): Grammar =>
  (rest, token) => {
    const items = readJsonArray(rest);
    return items ? { args: items, json: true } : otherwise(rest, token);
  };

const jsonOrShell = jsonOr(whole);
const jsonOrList = jsonOr(byBlanks);

/** `CMD curl …` or `NONE`: a type, then a command. */
const health: Grammar = (rest, token) => {
  let end = 0;
  while (end < rest.length && !isSpace(rest.charAt(end))) end++;
  let next = end;
  while (next < rest.length && isSpace(rest.charAt(next))) next++;
  if (end === 0) return plain([]);
  const command = jsonOrShell(rest.slice(next), token);
  return { args: [rest.slice(0, end), ...command.args], json: command.json };
};

/** Triples of name, value and what stood between them: `=`, or nothing in the old form with one name. */
const namesAndValues =
  (instruction: string): Grammar =>
  (rest, token) => {
    const words = splitWords(rest, token);
    const [first] = words;
    if (first === undefined) return plain([]);
    if (!first.includes('=')) {
      const parts = cutBlanks(rest);
      if (!parts) throw new DockerfileError('syntax', `${instruction} must have two arguments`);
      return plain([...parts, '']);
    }
    return plain(
      words.flatMap((word) => {
        const equals = word.indexOf('=');
        if (equals >= 0) return [word.slice(0, equals), word.slice(equals + 1), '='];
        const problem = `Syntax error - can't find = in ${quoteGo(word)}. Must be of the form: name=value`;
        throw new DockerfileError('syntax', problem);
      }),
    );
  };

/** What follows each instruction. ONBUILD's is an instruction itself, and is not here. */
const grammars: { readonly [name: string]: Grammar } = {
  add: jsonOrList,
  arg: (rest, token) => plain(splitWords(rest, token)),
  cmd: jsonOrShell,
  copy: jsonOrList,
  entrypoint: jsonOrShell,
  env: namesAndValues('ENV'),
  expose: byBlanks,
  from: byBlanks,
  healthcheck: health,
  label: namesAndValues('LABEL'),
  maintainer: whole,
  run: jsonOrShell,
  shell: jsonOrShell,
  stopsignal: whole,
  user: whole,
  volume: jsonOrList,
  workdir: whole,
};

/** All instructions there are, in lower case. */
export const instructionNames: readonly string[] = [...Object.keys(grammars), 'onbuild'];

/** Divides what follows the instruction `name` (lower case) and its flags. An unknown one has one empty argument. */
export function divideArguments(name: string, rest: string, token: EscapeToken): Arguments {
  const grammar = Object.hasOwn(grammars, name) ? grammars[name] : undefined;
  return grammar ? grammar(rest, token) : plain(['']);
}
