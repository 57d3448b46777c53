import { compile } from '../compile/commands.ts';
import type { Code } from '../compile/ops.ts';
import type { Dialect } from '../flavour.ts';
import type { Block, Frame, Restore, Source } from '../state.ts';
import { parseLine } from '../syntax/parser.ts';
import type { OpenDocument } from '../syntax/scanner.ts';
import { NeedMore, SyntaxProblem } from '../syntax/scanner.ts';
import { wording } from '../wording/words.ts';
import { hasShopt } from './matching.ts';
import { flush } from './output.ts';
import { forgetRedirects, undoRedirects } from './redirects.ts';
import type { Shell } from './shell.ts';
import { complain, emptyFrame, hasOption, ownTop, print, pushFrame, ShellError } from './shell.ts';
import { putVariable } from './variables.ts';
import { restoreAssigns } from './words.ts';

/** A text to be run as a script. */
export function textSource(text: string, line: number): Source {
  return { text, pos: 0, line, fd: null, tail: '', eof: true, shown: false };
}

/** Begins a level that runs a text: `eval`, a sourced file, a trap's action. */
export function pushSource(sh: Shell, kind: Frame['kind'], source: Source, tested: boolean, restore: Restore): void {
  pushFrame(sh, { ...emptyFrame(kind), source, tested, line: sh.frame.line, restore });
}

/** Begins a function call. */
export function pushCall(sh: Shell, name: string, code: Code, args: readonly string[], tested: boolean): void {
  const bash = sh.s.flavour === 'bash';
  const traps = bash ? hideTraps(sh) : {};
  const file = sh.s.origins?.[name] ?? 'environment';
  pushFrame(sh, {
    ...emptyFrame('function'),
    code,
    tested,
    line: sh.frame.line,
    ...(bash ? { called: name, file, from: sh.frame.line } : {}),
    restore: { params: sh.s.params, locals: {}, ...traps },
  });
  sh.s.params = args;
}

/** A function does not see bash's ERR, DEBUG and RETURN traps, unless `set -E` and `-T` say so. */
function hideTraps(sh: Shell): { traps?: { [name: string]: string } } {
  const hidden = Object.entries(sh.s.traps).filter(
    ([name]) =>
      (name === 'ERR' && !hasOption(sh, 'E')) || ((name === 'DEBUG' || name === 'RETURN') && !hasOption(sh, 'T')),
  );
  if (hidden.length === 0) return {};
  sh.s.traps = Object.fromEntries(
    Object.entries(sh.s.traps).filter(([name]) => !hidden.some(([other]) => other === name)),
  );
  return { traps: Object.fromEntries(hidden) };
}

/** Undoes what a block did. */
function undo(sh: Shell, block: Block): void {
  if (block.b === 'redirects' || block.b === 'lastpipe') undoRedirects(sh, block.saved);
  else if (block.b === 'assigns') restoreAssigns(sh, block.saved);
}

/** Ends the innermost block of the level. */
export function popBlock(sh: Shell): Block | undefined {
  const block = sh.frame.blocks.pop();
  if (block) undo(sh, block);
  return block;
}

/** Lets the innermost block's changes stay (`exec >file`, assignments before a special built-in). */
export function keepBlock(sh: Shell, kind: 'redirects' | 'assigns'): void {
  const index = sh.frame.blocks.findLastIndex((block) => block.b === kind);
  const block = sh.frame.blocks[index];
  if (block?.b === 'redirects') {
    forgetRedirects(sh, block.saved);
    sh.frame.blocks[index] = { b: 'redirects', saved: [] };
  } else if (block?.b === 'assigns') sh.frame.blocks[index] = { b: 'assigns', saved: [] };
}

/** Ends the innermost level, whatever state it is in. The one around it is innermost then. */
export function popFrame(sh: Shell): Frame {
  const { frame } = sh;
  while (frame.blocks.length > 0) popBlock(sh);
  const { params, locals, commandName, traps } = frame.restore;
  if (traps) sh.s.traps = { ...traps, ...sh.s.traps };
  for (const [name, before] of Object.entries(locals ?? {})) putVariable(sh, name, before);
  if (params) sh.s.params = params;
  if (commandName !== undefined) sh.s.commandName = commandName;
  sh.s.frames.pop();
  ownTop(sh);
  return frame;
}

/** Ends the shell: after the EXIT trap, if there is one, and after all output is written. */
export function leave(sh: Shell, status: number): void {
  const leaving = sh.frame.kind === 'exit';
  const action = leaving ? undefined : sh.s.traps.EXIT;
  while (sh.s.frames.length > 0) popFrame(sh);
  sh.s.pending = null;
  sh.s.status = status;
  const source = action ? textSource(action, 0) : null;
  if (action !== undefined)
    sh.s.traps = Object.fromEntries(Object.entries(sh.s.traps).filter(([name]) => name !== 'EXIT'));
  pushFrame(sh, { ...emptyFrame('exit'), source, restore: { status } });
}

/** An error that ends the shell, or in an interactive one the command line. */
export function abort(sh: Shell, error: ShellError): void {
  if (error.message !== '') {
    // bash: a message of the shell itself, whatever built-in ran
    complain(sh, error.message);
  }
  // redirections still hold for the message
  flush(sh);
  if (error.line && sh.s.flavour === 'bash' && dropLine(sh, error.status)) return;
  const main = sh.s.frames[0];
  if (!hasOption(sh, 'i') || sh.s.level > 0 || main?.kind !== 'main') {
    // bash: an expansion that ends the whole shell gives 127, and 1 in a subshell of it
    leave(sh, error.status === 127 && sh.s.flavour === 'bash' && sh.s.level > 0 ? 1 : error.status);
    return;
  }
  while (sh.s.frames.length > 1) popFrame(sh);
  while (sh.frame.blocks.length > 0) popBlock(sh);
  const { frame } = sh;
  frame.code = [];
  frame.pc = 0;
  frame.words = [];
  frame.args = [];
  frame.redirects = [];
  if (frame.source) frame.source.pos = frame.source.text.length;
  sh.s.pending = null;
  sh.s.commandName = null;
  sh.s.status = error.status;
}

/** bash: an expansion that failed ends only the line that it stands in. Returns false in a subshell, which ends. */
function dropLine(sh: Shell, status: number): boolean {
  if (sh.s.level > 0 && sh.s.frames[0]?.kind === 'sub') return false;
  const index = sh.s.frames.findLastIndex(
    (frame) => frame.source !== null && frame.kind !== 'eval' && frame.kind !== 'trap',
  );
  if (index < 0 || sh.s.frames[index]?.kind === 'exit') return false;
  while (sh.s.frames.length > index + 1) popFrame(sh);
  while (sh.frame.blocks.length > 0) popBlock(sh);
  Object.assign(sh.frame, { code: [], pc: 0, words: [], args: [], redirects: [] });
  sh.s.pending = null;
  sh.s.commandName = null;
  sh.s.status = status;
  return true;
}

/** The language of the next line, as the options have it. */
function dialect(sh: Shell): Dialect {
  const { flavour } = sh.s;
  return { bash: flavour === 'bash', flavour, extglob: hasShopt(sh, 'extglob') };
}

function warnOfDocument(sh: Shell, { delimiter, begun, line }: OpenDocument): void {
  const ends = `here-document at line ${begun} delimited by end-of-file (wanted \`${delimiter}')`;
  print(sh, 2, `${wording(sh).prefix(sh, line)}warning: ${ends}\n`);
}

/** Whether the next line of a level's text could be parsed. */
export type Loaded = 'code' | 'end' | 'more';

/** Parses and compiles the next command line of the innermost level's text. */
export function loadLine(sh: Shell): Loaded {
  const { frame } = sh;
  const { source } = frame;
  if (!source) return 'end';
  if (!source.eof && source.pos >= source.text.length) return 'more';
  try {
    const { text, pos, line, eof } = source;
    const parsed = parseLine({
      text,
      pos,
      line,
      final: eof,
      aliases: sh.s.flavour === 'bash' && !hasShopt(sh, 'expand_aliases') ? {} : sh.s.aliases,
      dialect: dialect(sh),
    });
    if (parsed.openDocument && sh.s.flavour === 'bash') warnOfDocument(sh, parsed.openDocument);
    if (source.shown && hasOption(sh, 'v')) print(sh, 2, parsed.text.slice(pos, parsed.pos));
    const used = parsed.pos > 4096 && source.fd !== null;
    source.text = used ? parsed.text.slice(parsed.pos) : parsed.text;
    source.pos = used ? 0 : parsed.pos;
    source.line = parsed.line;
    if (!parsed.command) return source.eof ? 'end' : 'more';
    if (hasOption(sh, 'n') && !hasOption(sh, 'i')) return loadLine(sh);
    frame.code = compile(parsed.command, { tested: false, last: isLast(sh, source) });
    frame.pc = 0;
    return 'code';
  } catch (error) {
    if (error instanceof NeedMore) return 'more';
    if (!(error instanceof SyntaxProblem)) throw error;
    const wrong = sourceLine(source, error.line);
    print(sh, 2, wording(sh).syntax(sh, error, wrong));
    if (sh.s.flavour === 'bash' && frame.kind !== 'main' && frame.kind !== 'sub') {
      popFrame(sh);
      sh.s.status = frame.kind === 'dot' || frame.kind === 'eval' ? 2 : sh.s.status;
      return 'code';
    }
    throw new ShellError('', /bad for loop/.test(error.message) && sh.s.flavour === 'bash' ? 1 : 2);
  }
}

/** The line of the script with this number. */
function sourceLine(source: Source, line: number): string {
  const from = source.text.slice(source.pos).split('\n');
  return from[Math.max(0, line - source.line)] ?? '';
}

/** Is this the last command of `sh -c`, so that the process may become what it runs? */
function isLast(sh: Shell, source: Source): boolean {
  return (
    sh.frame.kind === 'main' &&
    source.eof &&
    source.fd === null &&
    !source.shown &&
    /^\s*$/.test(source.text.slice(source.pos))
  );
}
