import { cleanPath } from '../../kernel/fs/tree.ts';
import { ConfigBuilder } from './objects.ts';
import { evaluate } from './ruby/evaluate.ts';
import { parseRuby } from './ruby/parser.ts';
import { SyntaxProblem } from './ruby/syntax.ts';
import { type HashValue, RubyError, type RubyObject, textOf, type Value } from './ruby/values.ts';
import type { MachineConfig } from './settings.ts';

/** What a Vagrantfile may ask of the computer that it is on. */
export interface Surroundings {
  /** The folder that it is in. */
  readonly folder: string;
  readonly env: { readonly [name: string]: string };
  exists(path: string): boolean;
}

/** The machines of a Vagrantfile, or Vagrant's own words for what is wrong with it. */
export type VagrantfileResult = { readonly machines: readonly MachineConfig[] } | { readonly problem: string };

/** Reads a Vagrantfile: runs its Ruby as far as such files use it. */
export function readVagrantfile(source: string, path: string, around: Surroundings): VagrantfileResult {
  const builder = new ConfigBuilder();
  try {
    evaluate(parseRuby(source), { names: namesFor(builder, around), source });
  } catch (error) {
    if (error instanceof SyntaxProblem) return { problem: early(syntaxText(path, error, source)) };
    if (error instanceof RubyError) return { problem: rubyText(path, error) };
    throw error;
  }
  return { machines: builder.result() };
}

function early(text: string): string {
  return `Vagrant failed to initialize at a very early stage:\n\n${text}`;
}

/** Characters before the place of a mistake that Ruby shows. */
const margin = 31;

function syntaxText(path: string, { problems }: SyntaxProblem, source: string): string {
  const lines = problems
    .map(({ line, words }) => `${path}:${line}: ${words}${problems.length === 1 ? place(source, line, words) : ''}`)
    .join('\n');
  return `There is a syntax error in the following Vagrantfile. The syntax error\nmessage is reproduced below for convenience:\n\n${lines}`;
}

/** The end of the source with a mark, where something is missing there. */
function place(source: string, line: number, words: string): string {
  if (!words.includes('unexpected end-of-input')) return '';
  const text = source.split('\n')[line - 1] ?? '';
  const before = text.length > margin ? '...' : '';
  return `\n${before}${text.slice(-margin)}\n${before}${' '.repeat(Math.min(text.length, margin))}^`;
}

function rubyText(path: string, { kind, message, line }: RubyError): string {
  if (kind === 'not-simulated') return `drydock: ${path}:${line}: ${message}: not simulated`;
  const head =
    'There was an error loading a Vagrantfile. The file being loaded\nand the error message are shown below. This is usually caused by\n';
  // with Ruby 3 the line of a name that is not there is told as 0
  if (kind === 'NameError') {
    return early(`${head}an invalid or undefined variable.\n\nPath: ${path}\nLine number: 0\nMessage: ${message}`);
  }
  return early(`${head}a syntax error.\n\nPath: ${path}\nLine number: ${line}\nMessage: ${kind}: ${message}`);
}

function namesFor(builder: ConfigBuilder, around: Surroundings): ReadonlyMap<string, Value> {
  const object = (methods: { readonly [name: string]: (...args: readonly Value[]) => Value }): RubyObject => ({
    call: (name, args) => (Object.hasOwn(methods, name) ? methods[name]?.(...args) : undefined),
  });
  const vagrant: RubyObject = {
    call: (name, args, block) => {
      if (name === 'configure') {
        block?.run([builder.config()]);
        return null;
      }
      if (name === 'has_plugin?') return false;
      return name === 'require_version' ? true : name === 'VERSION' && args.length === 0 ? '2.3.4' : undefined;
    },
  };
  const absolute = (path: string, base = around.folder) => (path.startsWith('/') ? path : `${base}/${path}`);
  const file = object({
    expand_path: (path = '', base = null) =>
      cleanPath(absolute(textOf(path), base === null ? undefined : absolute(textOf(base)))),
    join: (...parts) => parts.map(textOf).join('/'),
    'exist?': (path = '') => around.exists(absolute(textOf(path))),
    'exists?': (path = '') => around.exists(absolute(textOf(path))),
    'file?': (path = '') => around.exists(absolute(textOf(path))),
    'directory?': (path = '') => around.exists(absolute(textOf(path))),
    basename: (path = '') => textOf(path).split('/').at(-1) ?? '',
    dirname: (path = '') => textOf(path).split('/').slice(0, -1).join('/') || '.',
  });
  const env: HashValue = { pairs: new Map(Object.entries(around.env)) };
  const dir = object({ pwd: () => around.folder });
  return new Map<string, Value>([
    ['Vagrant', vagrant],
    ['VAGRANTFILE_API_VERSION', '2'],
    ['File', file],
    ['Dir', dir],
    ['ENV', env],
  ]);
}
