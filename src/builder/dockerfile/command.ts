import { quoteGo } from '../../kernel/go/quote.ts';
import { trim } from './spaces.ts';
import type { LineRange } from './types.ts';

/** An instruction in its words: what the parser makes of one logical line, before anyone asks what it means. */
export interface Command {
  /** The instruction as written. */
  readonly name: string;
  readonly flags: readonly string[];
  readonly args: readonly string[];
  /** The arguments came as a JSON array. */
  readonly json: boolean;
  /** ONBUILD's instruction. */
  readonly trigger?: Command;
  /** The logical line: continuation lines joined. */
  readonly original: string;
  readonly documents: readonly ParsedDocument[];
  readonly comments: readonly string[];
  readonly range: LineRange;
}

/** A here-document. */
export interface ParsedDocument extends DocumentStart {
  readonly content: string;
}

/** The word that begins a here-document: `<<EOF`, `<<-"EOF"`, `3<<EOF`. */
export interface DocumentStart {
  readonly name: string;
  readonly descriptor: number;
  /** `<<-` */
  readonly chomp: boolean;
  /** The end word was not quoted. */
  readonly expand: boolean;
}

/** The commands as an s-expression, as BuildKit's parser dumps its tree. */
export function dumpCommands(commands: readonly Command[]): string {
  return commands.map((command) => `(${dumpCommand(command)})`).join('\n');
}

function dumpCommand(command: Command): string {
  const flags = command.flags.length > 0 ? [`[${command.flags.map((flag) => quoteGo(flag)).join(' ')}]`] : [];
  const args = command.trigger ? [`(${dumpCommand(command.trigger)})`] : command.args.map((arg) => quoteGo(arg));
  return trim([command.name.toLowerCase(), ...flags, ...args].join(' '));
}
