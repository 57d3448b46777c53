/** A word of a line, as it was typed, and where it begins. */
export interface Word {
  readonly text: string;
  readonly from: number;
}

/** Words that a command may stand behind. */
const openers = new Set([
  'then',
  'do',
  'else',
  'if',
  'elif',
  'while',
  'until',
  '!',
  '{',
  'sudo',
  'time',
  'xargs',
  'watch',
]);

/**
 * The words of the command that the end of a text is in; the last one is what was typed of a word (it may be empty). None
 * within quotes: nothing is known about those.
 */
export function simpleCommand(text: string): readonly Word[] {
  return simpleCommands(text)?.at(-1) ?? [];
}

/**
 * The simple commands of a line, each in words without assignments and what a command may stand behind. The last word of all
 * is what was typed of one (it may be empty). Undefined within quotes and where a file is to follow.
 */
export function simpleCommands(text: string): readonly (readonly Word[])[] | undefined {
  const commands: Word[][] = [[]];
  const add = (word: Word) => commands.at(-1)?.push(word);
  let at = 0;
  for (;;) {
    while (/[ \t]/.test(text.charAt(at))) at += 1;
    if (at >= text.length) {
      add({ text: '', from: text.length });
      return commands;
    }
    const mark = /^(?:\$\(|[;&|(){`\n]|[<>]+&?)/.exec(text.slice(at))?.[0];
    if (mark !== undefined) {
      if (!/[<>]/.test(mark)) commands.push([]);
      else if (/^[ \t]*[^\s;&|()<>]*$/.test(text.slice(at + mark.length))) return undefined; // a file is to follow
      at += mark.length;
      continue;
    }
    const word = /^(?:\\.|'[^']*'|"[^"]*"|[^\s;&|()<>`'"\\])+/s.exec(text.slice(at))?.[0];
    if (word === undefined) return undefined;
    const end = at + word.length;
    if (end >= text.length) {
      add({ text: word, from: at });
      return commands;
    }
    const first = commands.at(-1)?.length === 0;
    if (!first || !(openers.has(word) || /^\w+=/.test(word))) add({ text: word, from: at });
    at = end;
  }
}
