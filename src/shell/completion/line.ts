import type { Machine } from '../../kernel/machine.ts';
import { ownVerbs } from '../own-verbs.ts';
import { simpleCommand } from '../simple-commands.ts';
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

/** What may follow `drydock`: docker's commands and its own. */
function drydockWords(before: readonly string[], current: string, place: Place): Candidates {
  const [verb, ...rest] = before;
  if (verb === undefined) return { words: [...Object.keys(ownVerbs), ...completeDocker([], current, place.m).words] };
  return ownWord(verb, rest, current, place) ?? completeDocker(before, current, place.m);
}

/** What may follow one of drydock's own words; undefined: it is none. */
function ownWord(word: string, before: readonly string[], current: string, place: Place): Candidates | undefined {
  const first = before.length === 0;
  if (word === 'help') return { words: [] };
  const verbs = Object.hasOwn(ownVerbs, word) ? ownVerbs[word] : undefined;
  if (verbs === undefined) return undefined;
  switch (word) {
    case 'layers':
      return { words: first ? imageNames(place.m) : [] };
    case 'explain': {
      const words = before.filter((each) => each !== '--');
      if (words.length === 0) return { words: verbs };
      return completeDocker(words[0] === 'docker' ? words.slice(1) : words, current, place.m);
    }
    case 'scenario':
      return first ? { words: verbs } : { words: before.length === 1 ? place.scenarios() : [], files: true };
    case 'compare':
      return { words: first ? verbs : ['--bars', '--json'] };
    case 'session':
      return { words: first ? verbs : [], files: before[0] === 'export' || before[0] === 'import' };
    case 'progress':
    case 'class':
      return { words: first ? verbs : [], files: true };
    case 'vagrant':
    case 'VBoxManage':
      return undefined; // their words are not known here
    default:
      return { words: first ? verbs : [] };
  }
}
