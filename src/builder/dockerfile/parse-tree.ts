import type { ByteString } from '../../kernel/bytes.ts';
import { divideArguments } from './arguments.ts';
import type { Command, ParsedDocument } from './command.ts';
import { DirectiveReader } from './directives.ts';
import { DockerfileError, located } from './errors.ts';
import { documentStarts, takesDocuments } from './here-documents.ts';
import { isComment, LineReader, trimContinuation, trimNewline } from './lines.ts';
import { cutBlanks, trim, trimLeft } from './spaces.ts';
import type { Directive, EscapeToken, LineRange } from './types.ts';
import { splitFlags } from './words.ts';

/** A Dockerfile in its commands. */
export interface ParseTree {
  readonly commands: readonly Command[];
  readonly directives: readonly Directive[];
  readonly escape: EscapeToken;
  /** Last lines of the instructions that have an empty line among their continuation lines. */
  readonly emptyContinuations: readonly number[];
}

/**
 * Divides a Dockerfile into commands, as BuildKit's parser does: directives, comments, continuation lines and
 * here-documents; which instruction may have which arguments is asked later. Throws DockerfileError.
 */
export function parseTree(source: ByteString): ParseTree {
  const lines = new LineReader(source);
  const directives = new DirectiveReader();
  const commands: Command[] = [];
  const emptyContinuations: number[] = [];
  let comments: string[] = [];
  for (let raw = lines.next(); raw !== undefined; raw = lines.next()) {
    const first = lines.line;
    const text = trimLeft(trimNewline(raw));
    // a directive that is wrong is reported on the line before it, as BuildKit counts
    if (located(oneLine(first - 1), () => directives.read(text, first))) continue;
    if (text.startsWith('#')) {
      // the first character goes, be it the # or a blank before it: so BuildKit keeps its comments
      const comment = trim(raw.slice(1));
      if (comment === '') comments = [];
      else comments.push(comment);
      continue;
    }
    const logical = joinContinuations(text, lines, directives.escape);
    if (logical === undefined) continue;
    if (logical.emptyLine) emptyContinuations.push(lines.line);
    const place = { start: first, end: lines.line };
    const command = located(place, () => commandOf(logical.text, directives.escape, comments, place));
    commands.push(
      located(
        () => ({ start: first, end: lines.line }),
        () => withDocuments(command, lines),
      ),
    );
    comments = [];
  }
  if (commands.length === 0) {
    throw new DockerfileError('no-instructions', 'file with no instructions', [oneLine(lines.line)]);
  }
  if (lines.tooLong) {
    const problem = 'dockerfile line greater than max allowed size of 65535';
    throw new DockerfileError('line-too-long', problem, [oneLine(lines.line)]);
  }
  return { commands, directives: directives.found, escape: directives.escape, emptyContinuations };
}

const oneLine = (line: number): LineRange => ({ start: line, end: line });

/** A line with those that it continues on; undefined for an empty one. */
function joinContinuations(
  first: string,
  lines: LineReader,
  token: EscapeToken,
): { text: string; emptyLine: boolean } | undefined {
  const begin = trimContinuation(first, token);
  if (!begin.continues && begin.text === '') return undefined;
  const parts = [begin.text];
  let emptyLine = false;
  for (let more = begin.continues; more; ) {
    const raw = lines.next();
    if (raw === undefined) break;
    if (isComment(raw)) continue;
    const text = trimNewline(raw);
    if (trimLeft(text) === '') {
      emptyLine = true;
      continue;
    }
    const next = trimContinuation(text, token);
    parts.push(next.text);
    more = next.continues;
  }
  return { text: parts.join(''), emptyLine };
}

type Undocumented = Omit<Command, 'documents'>;

/** ONBUILD in ONBUILD: refused later, but its text has to be read first. */
const deepest = 100;

function commandOf(
  line: string,
  token: EscapeToken,
  comments: readonly string[],
  range: LineRange,
  depth = 0,
): Undocumented {
  if (depth > deepest) throw new DockerfileError('too-deep', 'ONBUILD is nested too deeply');
  const words = trim(line);
  const [name, tail] = cutBlanks(words) ?? [words, ''];
  const { flags, rest } = splitFlags(tail, token);
  const base = { name, flags, original: line, comments, range };
  const argument = trim(rest);
  if (name.toLowerCase() !== 'onbuild') return { ...base, ...divideArguments(name.toLowerCase(), argument, token) };
  if (argument === '') return { ...base, args: [], json: false };
  const trigger = { ...commandOf(argument, token, [], range, depth + 1), documents: [] };
  return { ...base, args: [trigger.name, ...trigger.args], json: false, trigger };
}

function withDocuments(command: Undocumented, lines: LineReader): Command {
  const documents: ParsedDocument[] = [];
  if (takesDocuments(command) && command.original.includes('<<')) {
    for (const start of documentStarts(command.original)) {
      documents.push({ ...start, content: readDocument(start.name, start.chomp, lines) });
    }
  }
  return { ...command, documents, range: { start: command.range.start, end: lines.line } };
}

function readDocument(end: string, chomp: boolean, lines: LineReader): string {
  const content: string[] = [];
  for (let raw = lines.next(); raw !== undefined; raw = lines.next()) {
    const text = trimNewline(raw);
    if ((chomp ? text.replace(/^\t+/, '') : text) === end) return content.join('');
    content.push(raw);
  }
  throw new DockerfileError('here-document', 'unterminated heredoc');
}
