import type { Machine } from '../../kernel/machine.ts';
import { type Candidates, completeDocker } from './docker.ts';
import { imageNames } from './world.ts';

/** Where a line is completed. */
export interface Place {
  readonly m: Machine;
  /** The names of the lessons. */
  readonly scenarios: () => readonly string[];
}

/** A word's start in the line, and what may stand there. */
export interface Found {
  readonly from: number;
  readonly words: readonly string[];
  /** More belongs to each of them. */
  readonly open?: boolean;
}

/** How the word before the cursor may go on; undefined: as any word (commands and files). */
export function completeLine(line: string, cursor: number, place: Place): Found | undefined {
  const words = simpleCommand(line.slice(0, cursor));
  const [name, ...rest] = words.map(({ text }) => text);
  const current = words.at(-1);
  if (name === undefined || !current || words.length < 2) return undefined;
  const before = rest.slice(0, -1);
  const found = candidates(name, before, current.text, place);
  if (!found) return undefined;
  const matching = [...new Set(found.words)].filter((word) => word.startsWith(current.text)).sort();
  if (matching.length === 0 && found.files) return undefined;
  return { from: current.from, words: matching, ...(found.open ? { open: true } : {}) };
}

function candidates(name: string, before: readonly string[], current: string, place: Place): Candidates | undefined {
  if (name === 'docker') return completeDocker(before, current, place.m);
  if (name === 'drydock') return drydockWords(before, current, place);
  return ownWord(name, before, current, place);
}

const own = [
  'why',
  'undo',
  'redo',
  'reset',
  'explain',
  'layers',
  'net',
  'processes',
  'disk',
  'cache',
  'compare',
  'scenario',
];
const further = [...own, 'tour', 'vm', 'host', 'session', 'shell', 'registry', 'completion', 'env'];

/** What may follow `drydock`: docker's commands and its own. */
export function drydockWords(before: readonly string[], current: string, place: Place): Candidates {
  const [verb, ...rest] = before;
  if (verb === undefined) return { words: [...further, ...completeDocker([], current, place.m).words] };
  return ownWord(verb, rest, current, place) ?? completeDocker(before, current, place.m);
}

/** What may follow one of drydock's own words; undefined: it is none. */
function ownWord(word: string, before: readonly string[], current: string, place: Place): Candidates | undefined {
  const first = before.length === 0;
  switch (word) {
    case 'layers':
      return { words: first ? imageNames(place.m) : [] };
    case 'explain': {
      const words = before.filter((each) => each !== '--');
      if (words.length === 0) return { words: ['off', 'brief', 'full', 'docker', '--'] };
      return completeDocker(words[0] === 'docker' ? words.slice(1) : words, current, place.m);
    }
    case 'scenario': {
      const verbs = ['list', 'run', 'play', 'check', 'hint', 'solve', 'reset', 'lint', 'new'];
      return first ? { words: verbs } : { words: before.length === 1 ? place.scenarios() : [], files: true };
    }
    case 'vm':
      return { words: first ? ['boot', 'list', 'shell', 'stop', 'rm'] : [] };
    case 'compare':
      return { words: first ? ['nginx'] : ['--bars', '--json'] };
    case 'host':
      return { words: first ? ['new', 'list', 'use', 'rm'] : [] };
    case 'cache':
      return { words: first ? ['why'] : [] };
    case 'session':
      return { words: first ? ['list', 'new', 'use', 'rm'] : [] };
    case 'completion':
      return { words: first ? ['bash', 'zsh', 'fish'] : [] };
    case 'why':
    case 'undo':
    case 'redo':
    case 'reset':
    case 'net':
    case 'processes':
    case 'disk':
    case 'help':
      return { words: [] };
    default:
      return undefined;
  }
}

interface Word {
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
  let words: Word[] = [];
  let at = 0;
  for (;;) {
    while (/[ \t]/.test(text.charAt(at))) at += 1;
    if (at >= text.length) return [...words, { text: '', from: text.length }];
    const mark = /^(?:\$\(|[;&|(){`\n]|[<>]+&?)/.exec(text.slice(at))?.[0];
    if (mark !== undefined) {
      if (!/[<>]/.test(mark)) words = [];
      else if (/^[ \t]*[^\s;&|()<>]*$/.test(text.slice(at + mark.length))) return []; // a file is to follow
      at += mark.length;
      continue;
    }
    const word = /^(?:\\.|'[^']*'|"[^"]*"|[^\s;&|()<>`'"\\])+/s.exec(text.slice(at))?.[0];
    if (word === undefined) return [];
    const end = at + word.length;
    if (end >= text.length) return [...words, { text: word, from: at }];
    const command = words.length === 0 && (openers.has(word) || /^\w+=/.test(word));
    if (!command) words.push({ text: word, from: at });
    at = end;
  }
}
