import { commandCatalog } from '../../cli/help/catalog.ts';
import { engineState } from '../../engine/state.ts';
import { hostDisk } from '../../host/disk.ts';
import { engineOf } from '../../host/engine-host.ts';
import { lookup } from '../../kernel/fs/tree.ts';
import type { Machine } from '../../kernel/machine.ts';
import { simpleCommands, type Word } from '../simple-commands.ts';
import { latinKeys } from './hangul.ts';
import type { Mistake } from './kinds.ts';

const notFound = 127;

/** What was probably meant by a line in which a command's name is no command; `printed`: what the line printed. */
export function typingMistake(m: Machine, line: string, status: number, printed: string): Mistake | undefined {
  if (status !== notFound) return undefined;
  // the blank ends what would else be a word half typed
  const commands = simpleCommands(`${line} `) ?? [];
  for (const [first, ...rest] of commands) {
    const blamed = first && (commands.length === 1 || isBlamed(first.text, printed));
    const found = blamed ? wrongWord(m, line, first, rest) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Did a shell say that it did not find this command? Others in the line may be commands by the name of a verb of docker's. */
function isBlamed(name: string, printed: string): boolean {
  return printed.split('\n').some((line) => /\bnot found\b/.test(line) && line.split(/[\s:']+/).includes(name));
}

/** What is wrong with the first word of a command that begins there in the line. */
function wrongWord(m: Machine, line: string, { text, from }: Word, rest: readonly Word[]): Mistake | undefined {
  const [next] = rest;
  const before = line.slice(0, from);
  const behind = line.slice(from + text.length);
  if ((text === '$' || text === '%') && next && next.text !== '') {
    return { kind: 'prompt-typed', data: { mark: text, meant: before + line.slice(next.from) } };
  }
  const latin = latinKeys(text);
  if (latin !== text && isCommand(m, latin)) {
    return { kind: 'hangul-typed', data: { word: text, meant: before + latinKeys(line.slice(from)) } };
  }
  const called = Object.hasOwn(calledHere, text) ? calledHere[text] : undefined;
  if (called) return { kind: 'called-otherwise', data: { word: text, meant: before + called + behind } };
  if (isContainer(m, text) || /^(?:CONTAINER|REPOSITORY|NETWORK|Status:|Digest:)$/.test(text)) {
    return { kind: 'output-typed', data: { word: text } };
  }
  if (text !== 'docker' && /^[dockersi]{4,8}$/.test(text) && /^[dco]{2,}.*k|^d.*er$/.test(text)) {
    return { kind: 'docker-misspelt', data: { word: text, meant: `${before}docker${behind}` } };
  }
  const verbs = commandCatalog().get('')?.commands ?? [];
  const known = verbs.some(({ name }) => name === text);
  return known
    ? { kind: 'docker-left-out', data: { verb: text, meant: `${before}docker ${text}${behind}` } }
    : undefined;
}

/** What people know by another name from other programs and systems. */
const calledHere: { readonly [word: string]: string } = {
  quit: 'exit',
  q: 'exit',
  bye: 'exit',
  ':q': 'exit',
  '?': 'help',
  cls: 'clear',
  copy: 'cp',
  move: 'mv',
  del: 'rm',
  md: 'mkdir',
  ipconfig: 'ip addr',
};

/** The id of a container of the engine's, or the beginning of one that docker prints. */
function isContainer(m: Machine, text: string): boolean {
  const engine = /^[0-9a-f]{12,64}$/.test(text) ? engineOf(m) : undefined;
  return engine !== undefined && Object.keys(engineState(engine).containers).some((id) => id.startsWith(text));
}

const builtins = new Set(['cd', 'echo', 'exit', 'export', 'history', 'jobs', 'pwd', 'type']);

/** Would a shell of the host find it? */
function isCommand(m: Machine, name: string): boolean {
  const root = hostDisk(m)?.root;
  if (!root || !/^[A-Za-z][\w.-]*$/.test(name)) return false;
  return builtins.has(name) || ['/usr/local/bin', '/usr/bin', '/usr/sbin'].some((at) => lookup(root, `${at}/${name}`));
}
