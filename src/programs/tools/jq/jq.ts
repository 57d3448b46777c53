import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Program } from '../../../kernel/program.ts';
import type { Io, StartIo } from '../../makers/io.ts';
import { wholeInput } from '../../makers/whole-input.ts';
import { packagedVersion } from '../../runtimes/versions.ts';
import { Undefined } from './builtins.ts';
import { type Scope, TooLong, truth, valuesOf } from './evaluate.ts';
import { BadFilter, type Filter, parseFilter } from './syntax.ts';
import { BadJson, JqError, readAll, show, type Value } from './value.ts';

/** Steps that one run may take. */
const budget = 2_000_000;

type State = {
  readonly program: string;
  readonly flags: string;
  readonly indent: string;
  readonly names: readonly (readonly [string, string, boolean])[];
  readonly env: { readonly [name: string]: string };
  readonly text: string;
  readonly wrong: boolean;
};

const letters = 'rjcnseaSMCR';
const longs: { readonly [name: string]: string } = {
  'raw-output': 'r',
  'join-output': 'j',
  'compact-output': 'c',
  'null-input': 'n',
  slurp: 's',
  'exit-status': 'e',
  'ascii-output': 'a',
  'sort-keys': 'S',
  'monochrome-output': 'M',
  'color-output': 'C',
  'raw-input': 'R',
};

/** `jq`: a filter for JSON, worded as jq 1.6. Colours and modules are not simulated. */
export const jq: Program = wholeInput<State>(
  { name: 'jq', flavour: 'coreutils' },
  {
    begin: (io) => begin(io),
    file: (state, bytes) => ({ ...state, text: state.text + decodeUtf8(bytes) }),
    failed(state, input, error, _when, io) {
      io.err(encodeUtf8(`jq: error: Could not open ${input}: ${strerror(error)}\n`));
      return { ...state, wrong: true };
    },
    end: (state, io) => filterAll(state, io),
  },
);

function unknown(io: Io, word: string): number {
  io.err(
    encodeUtf8(
      `jq: Unknown option ${word}\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n`,
    ),
  );
  return 2;
}

function usage(io: Io, text: string): number {
  if (text !== '')
    io.err(
      encodeUtf8(
        `jq: error: ${text}\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n`,
      ),
    );
  else
    io.err(
      'Usage:\tjq [OPTIONS] FILTER [FILES...]\n\tjq [OPTIONS] --args FILTER [ARGUMENTS...]\n\tjq [OPTIONS] --jsonargs FILTER [JSON_VALUES...]\n',
    );
  return 2;
}

function begin(io: StartIo): { readonly state: State; readonly inputs: readonly string[] } | number {
  let flags = '';
  let indent = '  ';
  let program: string | undefined;
  const names: (readonly [string, string, boolean])[] = [];
  const inputs: string[] = [];
  const words = [...io.args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const long = word.startsWith('--') ? word.slice(2) : undefined;
    if (long === 'arg' || long === 'argjson')
      names.push([words.shift() ?? '', words.shift() ?? '', long === 'argjson']);
    else if (long === 'tab') indent = '\t';
    else if (long === 'indent') indent = ' '.repeat(Number(words.shift() ?? 2));
    else if (long !== undefined && longs[long] !== undefined) flags += longs[long];
    else if (long === 'version' || word === '-V') {
      io.out(`jq-${packagedVersion(io.sys, /^jq$/)?.replace(/-.*/, '') ?? '1.6'}\n`);
      return 0;
    } else if (word === '-f' || long === 'from-file') {
      const file = words.shift() ?? '';
      const got = io.sys.fs.readFile(file);
      if (isErrno(got)) {
        io.err(encodeUtf8(`jq: error: Could not open ${file}: ${strerror(got)}\n`));
        return 2;
      }
      program = decodeUtf8(got.bytes);
    } else if (/^-[A-Za-z]+$/.test(word) && [...word.slice(1)].every((c) => letters.includes(c)))
      flags += word.slice(1);
    else if (/^-./.test(word)) return unknown(io, word);
    else if (program === undefined) program = word;
    else inputs.push(word);
  }
  if (program === undefined) return usage(io, '');
  const state = { program, flags, indent, names, env: io.env, text: '', wrong: false };
  return { state, inputs: flags.includes('n') && inputs.length === 0 ? ['/dev/null'] : inputs };
}

function filterAll(state: State, io: Io): number {
  let filter: Filter;
  try {
    filter = parseFilter(state.program);
  } catch (error) {
    if (!(error instanceof BadFilter)) throw error;
    io.err(
      encodeUtf8(
        `jq: error: ${error.message} (Unix shell quoting issues?) at <top-level>, line 1:\n${state.program}\njq: 1 compile error\n`,
      ),
    );
    return 3;
  }
  const variables = new Map<string, Value>([
    ['ENV', new Map(Object.entries(state.env))],
    ['__now', io.sys.now / 1_000_000],
  ]);
  try {
    for (const [name, value, json] of state.names) variables.set(name, json ? (readAll(value)[0] ?? null) : value);
  } catch {
    return usage(io, 'Invalid JSON text passed to --argjson');
  }
  const scope: Scope = { variables, functions: new Map(), budget: { left: budget } };
  const run: Run = { state, io, filter, scope, status: state.wrong ? 2 : 0, last: undefined };
  const line = state.text.split('\n').length - 1;
  try {
    for (const input of inputsOf(state)) one(run, input, line);
  } catch (error) {
    if (error instanceof Undefined) {
      io.err(
        encodeUtf8(`jq: error: ${error.message} at <top-level>, line 1:\n${state.program}\njq: 1 compile error\n`),
      );
      return 3;
    }
    if (error instanceof TooLong) {
      io.err('jq: this filter takes more steps than are simulated\n');
      return 5;
    }
    if (!(error instanceof BadJson)) throw error;
    io.err(encodeUtf8(`parse error: ${error.message}\n`));
    return 2;
  }
  if (run.status === 0 && state.flags.includes('e')) return run.last === undefined ? 4 : truth(run.last) ? 0 : 1;
  return run.status;
}

function* inputsOf({ flags, text }: State): Generator<Value> {
  if (flags.includes('n')) yield null;
  else if (flags.includes('R')) {
    if (flags.includes('s')) yield text;
    else yield* text.replace(/\n$/, '').split('\n');
  } else if (flags.includes('s')) yield readAll(text);
  else yield* readAll(text);
}

interface Run {
  readonly state: State;
  readonly io: Io;
  readonly filter: Filter;
  readonly scope: Scope;
  status: number;
  last: Value | undefined;
}

function one(run: Run, input: Value, line: number): void {
  const { state, io, filter, scope } = run;
  const { flags } = state;
  const before = scope.budget.left;
  const layout = {
    indent: flags.includes('c') ? '' : state.indent,
    sorted: flags.includes('S'),
    ascii: flags.includes('a'),
  };
  try {
    for (const value of valuesOf(filter, input, scope)) {
      run.last = value;
      const raw = /[rj]/.test(flags) && typeof value === 'string';
      io.out(encodeUtf8((raw ? value : show(value, layout)) + (flags.includes('j') ? '' : '\n')));
    }
  } catch (error) {
    if (!(error instanceof JqError)) throw error;
    const where = flags.includes('n') ? '<unknown>' : `<stdin>:${line}`;
    io.err(
      encodeUtf8(
        `jq: error (at ${where})${typeof error.value === 'string' ? '' : ' (not a string)'}: ${typeof error.value === 'string' ? error.value : show(error.value)}\n`,
      ),
    );
    run.status = 5;
  }
  io.sys.spend(before - scope.budget.left);
}
