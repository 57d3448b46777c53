import type { Command, DocumentStart } from './command.ts';
import { DockerfileError } from './errors.ts';
import { expandWord } from './expand/word.ts';

const start = /^(\d*)<<(-?)[\t\n\f\r ]*([^<]*)$/;
const nothing = () => undefined;

/** Reads one word as the beginning of a here-document; undefined when it is none. Throws on a quote left open. */
function readDocumentStart(word: string): DocumentStart | undefined {
  const [, descriptor = '', dash = '', rest = ''] = start.exec(word) ?? [];
  if (rest === '') return undefined;
  const { words } = expandWord(rest, nothing, { escape: '\\', keepUnset: true });
  const [name] = words;
  if (name === undefined || words.length !== 1) return undefined;
  const [raw = ''] = expandWord(rest, nothing, { escape: '\\', keepUnset: true, keepQuotes: true }).words;
  const expand = quotes(name) === quotes(raw);
  return { name, descriptor: Number(descriptor || '0'), chomp: dash === '-', expand };
}

/** As `readDocumentStart`, but a word that cannot be read is none. */
export function documentStart(word: string): DocumentStart | undefined {
  try {
    return readDocumentStart(word);
  } catch (error) {
    if (error instanceof DockerfileError) return undefined;
    throw error;
  }
}

function quotes(text: string): number {
  return text.match(/['"]/g)?.length ?? 0;
}

/** The here-documents that a logical line begins, in order. */
export function documentStarts(line: string): DocumentStart[] {
  return wordsOf(line).flatMap((word) => readDocumentStart(word) ?? []);
}

function wordsOf(line: string): readonly string[] {
  try {
    return expandWord(line, nothing, { escape: '\\', keepQuotes: true, keepEscapes: true, keepUnset: true }).words;
  } catch (error) {
    // a line whose quotes or substitutions are left open has no words, hence no here-documents
    if (error instanceof DockerfileError) return [];
    throw error;
  }
}

const takers = new Set(['add', 'copy', 'run']);

/** Can here-documents follow this command? */
export function takesDocuments(command: Omit<Command, 'documents'>): boolean {
  const subject = command.name.toLowerCase() === 'onbuild' ? (command.trigger ?? command) : command;
  return takers.has(subject.name.toLowerCase()) && !subject.json;
}

/** The content of a `<<-` document: without tabs in front of its lines. */
export function chompHereDocument(content: string): string {
  return content.replace(/(^|\n)\t+/g, '$1');
}
