import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { FileType, Stat } from '../../../kernel/fs/calls.ts';
import type { Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { matches } from '../../shell/pattern.ts';
import { formatTime } from '../date-format.ts';
import { ownerNames } from '../lookup.ts';
import { modeText } from '../modes.ts';
import { basename } from '../paths.ts';
import { compileRegex } from '../regex/compile.ts';
import { findMatch } from '../regex/match.ts';
import type { Expression } from './expression.ts';
import { printed } from './printf.ts';

/** One place under the search. `answers` are those of the actions that were done on it already. */
export interface Subject {
  readonly path: string;
  /** The starting point below which it was found. */
  readonly root: string;
  readonly stat: Stat;
  readonly answers: readonly boolean[];
  readonly io: Io;
}

/** All was evaluated; or a command must be run first, whose success is then the next of the answers. */
export type Evaluated =
  | {
      readonly prune: boolean;
      readonly quit: boolean;
      readonly failed: boolean;
      readonly batches: readonly { readonly slot: number; readonly argv: readonly string[] }[];
    }
  | { readonly spawn: { readonly argv: readonly string[]; readonly answers: readonly boolean[] } };

/** Thrown through the evaluation when a child must be waited for. */
class Suspended extends Error {
  readonly argv: readonly string[];

  constructor(argv: readonly string[]) {
    super('waiting for a child');
    this.argv = argv;
  }
}

const typeLetters: { readonly [type in FileType]: string } = {
  file: 'f',
  dir: 'd',
  link: 'l',
  char: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
};

/**
 * Evaluates an expression for a place. Actions answer in order; after a child was waited for, evaluation starts anew and
 * the actions that have answered already are not done again.
 */
export function evaluate(expression: Expression, subject: Subject): Evaluated {
  const walk = new Evaluation(subject);
  try {
    walk.test(expression);
  } catch (error) {
    if (!(error instanceof Suspended)) throw error;
    return { spawn: { argv: error.argv, answers: walk.answers } };
  }
  return { prune: walk.prune, quit: walk.quit, failed: walk.failed, batches: walk.batches };
}

class Evaluation {
  prune = false;
  quit = false;
  failed = false;
  readonly batches: { readonly slot: number; readonly argv: readonly string[] }[] = [];
  readonly answers: boolean[];
  private at = 0;
  private readonly subject: Subject;

  constructor(subject: Subject) {
    this.subject = subject;
    this.answers = [...subject.answers];
  }

  test(expression: Expression): boolean {
    const { path, stat, io } = this.subject;
    switch (expression.e) {
      case 'and':
        return this.test(expression.left) && !this.quit && this.test(expression.right);
      case 'or':
        return this.test(expression.left) || (!this.quit && this.test(expression.right));
      case 'not':
        return !this.test(expression.inner);
      case 'name':
        return glob(expression.pattern, basename(path), expression.ignoreCase);
      case 'path':
        return glob(expression.pattern, path, expression.ignoreCase);
      case 'regex': {
        const regex = compileRegex(expression.pattern, {});
        const match = typeof regex === 'string' ? undefined : findMatch(regex, path, 0);
        return match !== undefined && match.start === 0 && match.end === path.length;
      }
      case 'type':
        return expression.types.includes(typeLetters[stat.type]);
      case 'number':
        return this.compare(expression.what, expression.sign, expression.value, expression.unit);
      case 'perm': {
        const bits = stat.mode & 0o7777;
        if (expression.how === '-') return (bits & expression.mode) === expression.mode;
        return expression.how === '/'
          ? expression.mode === 0 || (bits & expression.mode) !== 0
          : bits === expression.mode;
      }
      case 'owner':
        return (expression.what === 'user' ? stat.uid : stat.gid) === expression.id;
      case 'newer':
        return stat.mtime > expression.than;
      case 'empty': {
        const names = stat.type === 'dir' ? io.sys.fs.list(path) : [];
        return stat.type === 'dir' ? !isErrno(names) && names.length === 0 : stat.type === 'file' && stat.size === 0;
      }
      case 'true':
        return true;
      case 'false':
        return false;
      case 'prune':
        this.prune = true;
        return true;
      case 'quit':
        this.quit = true;
        return true;
      case 'print':
        return this.once(() => this.say(`${path}\n`));
      case 'printf':
        return this.once(() => this.say(printed(expression.format, this.subject, io)));
      case 'print0':
        return this.once(() => this.say(`${path}\0`));
      case 'ls':
        return this.once(() => this.say(`${listing(path, stat, io)}\n`));
      case 'delete':
        return this.once(() => this.remove());
      case 'exec':
        if (!expression.batch) return this.run(expression.argv);
        this.batches.push({ slot: expression.slot, argv: expression.argv });
        return true;
    }
  }

  /** Does an action, unless it has answered in an evaluation before. */
  private once(action: () => boolean): boolean {
    const known = this.answers[this.at++];
    if (known !== undefined) return known;
    const answer = action();
    this.answers.push(answer);
    return answer;
  }

  private run(argv: readonly string[]): boolean {
    const known = this.answers[this.at++];
    if (known !== undefined) return known;
    throw new Suspended(argv.map((word) => word.replaceAll('{}', () => this.subject.path)));
  }

  private say(text: string): boolean {
    this.subject.io.out(encodeUtf8(text));
    return true;
  }

  private remove(): boolean {
    const { path, stat, io } = this.subject;
    if (path === '.' || path === '..') return true;
    const failed = stat.type === 'dir' ? io.sys.fs.rmdir(path) : io.sys.fs.unlink(path);
    if (!failed) return true;
    const place = io.style.flavour === 'busybox' ? path : `cannot delete ‘${path}’`;
    complain(io, `${place}: ${strerror(failed)}`);
    this.failed = true;
    return false;
  }

  private compare(what: string, sign: '' | '+' | '-', value: number, unit: number): boolean {
    const { stat, io } = this.subject;
    let actual: number;
    if (what === 'size') actual = Math.ceil(stat.size / unit);
    else if (what === 'links') actual = stat.nlink;
    else if (what === 'inum') actual = stat.ino;
    else actual = Math.floor((io.sys.now - stat.mtime) / unit);
    return sign === '+' ? actual > value : sign === '-' ? actual < value : actual === value;
  }
}

function glob(pattern: string, text: string, ignoreCase: boolean): boolean {
  return ignoreCase ? matches(pattern.toLowerCase(), text.toLowerCase()) : matches(pattern, text);
}

function listing(path: string, stat: Stat, io: Io): string {
  const names = ownerNames(io.sys);
  const blocks = stat.type === 'file' || stat.type === 'dir' ? Math.ceil(stat.size / 4096) * 4 : 0;
  const fields = [
    String(stat.ino).padStart(9),
    String(blocks).padStart(6),
    modeText(stat.type, stat.mode),
    String(stat.nlink).padStart(3),
  ];
  const owners = [names.user(stat.uid).padEnd(8), names.group(stat.gid).padEnd(8), String(stat.size).padStart(8)];
  return `${[...fields, ...owners].join(' ')} ${formatTime(stat.mtime, '%b %e %H:%M')} ${path}`;
}
