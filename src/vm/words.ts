import type { Exec } from '../kernel/program.ts';
import { type Kind, kindNamed } from './kinds.ts';
import { defaultName } from './names.ts';
import type { VmRequest } from './requests.ts';
import { sizeOf } from './size.ts';

/** What the words of `vm …` ask for; `wrong`: the word that was not understood, empty when there was none. */
export type Asked =
  | VmRequest
  | { readonly op: 'kinds' }
  | { readonly op: 'iso'; readonly system: string }
  | { readonly wrong: string };

interface Given {
  readonly words: readonly string[];
  readonly memory?: number;
  readonly cpus?: number;
  readonly disk?: number;
  readonly kind?: Kind;
  readonly force: boolean;
  readonly used: ReadonlySet<string>;
}

/** The options that each command takes. */
const allowed: { readonly [verb: string]: readonly string[] } = {
  boot: ['--memory', '--cpus', '--disk', '--on'],
  stop: ['--force'],
};

/** Reads the words of a `vm` command. */
export function askedOf({ argv }: Exec): Asked {
  const [, verb = '', ...rest] = argv;
  const given = read(rest);
  if (typeof given === 'string') return { wrong: given };
  const extra = [...given.used].find((option) => !(allowed[verb] ?? []).includes(option));
  if (extra !== undefined) return { wrong: extra };
  const [first, second, further] = given.words;
  const name = first ?? defaultName;
  if (verb === 'firmware') return firmware(given.words);
  if (verb === 'snapshot') return snapshot(given.words);
  if (second !== undefined || further !== undefined) return { wrong: second ?? further ?? '' };
  const { memory, cpus, disk, kind, force } = given;
  switch (verb) {
    case 'boot':
      return {
        op: 'boot',
        name,
        ...(memory === undefined ? {} : { memory }),
        ...(cpus === undefined ? {} : { cpus }),
        ...(disk === undefined ? {} : { disk }),
        ...(kind === undefined ? {} : { kind }),
      };
    case 'stop':
      return { op: 'stop', name, force };
    case 'rm':
      return { op: 'remove', name };
    case 'pause':
    case 'save':
    case 'resume':
      return { op: 'hold', name, how: verb };
    case 'list':
    case 'ls':
      return first === undefined ? { op: 'list' } : { wrong: first };
    case 'iso':
      return { op: 'iso', system: first ?? 'debian12' };
    case 'kinds':
      return first === undefined ? { op: 'kinds' } : { wrong: first };
    default:
      return { wrong: verb };
  }
}

function firmware(words: readonly string[]): Asked {
  const [what, how, more] = words;
  if (what === undefined) return { op: 'firmware' };
  if (what !== 'vt-x' || more !== undefined) return { wrong: more ?? what };
  if (how === undefined) return { op: 'firmware' };
  return how === 'on' || how === 'off' ? { op: 'firmware', help: how === 'on' } : { wrong: how };
}

/** `vm snapshot take|restore|delete SNAPSHOT [NAME]` */
function snapshot([act = '', name, machine = defaultName, more]: readonly string[]): Asked {
  if (act !== 'take' && act !== 'restore' && act !== 'delete') return { wrong: act };
  if (name === undefined || more !== undefined) return { wrong: more ?? act };
  return { op: 'snapshot', name: machine, act, snapshot: name };
}

/** The options and the other words; a text is the word that is wrong. */
function read(rest: readonly string[]): Given | string {
  const words: string[] = [];
  const used = new Set<string>();
  const given: { memory?: number; cpus?: number; disk?: number; kind?: Kind; force: boolean } = { force: false };
  for (let i = 0; i < rest.length; i++) {
    const [word = '', attached] = (rest[i] ?? '').split(/=(.*)/s);
    const option = { '-m': '--memory', '-f': '--force' }[word] ?? word;
    const value = () => attached ?? rest[++i] ?? '';
    if (!word.startsWith('-')) {
      words.push(rest[i] ?? '');
      continue;
    }
    used.add(option);
    if (option === '--memory' || option === '--disk') {
      const size = sizeOf(value());
      if (size === undefined) return rest[i] ?? option;
      given[option === '--disk' ? 'disk' : 'memory'] = size;
    } else if (option === '--cpus') {
      given.cpus = Number(value());
      if (!Number.isInteger(given.cpus) || given.cpus < 1) return rest[i] ?? option;
    } else if (option === '--on') {
      const found = kindNamed(value());
      if (!found) return rest[i] ?? option;
      given.kind = found.kind;
    } else if (option === '--force') given.force = true;
    else return word;
  }
  return { ...given, words, used };
}
