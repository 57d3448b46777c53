import type { ByteString } from '../kernel/bytes.ts';
import { feedRun, type RunInput, wantsInput } from '../kernel/client-run.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';

/**
 * What was typed or came through a pipe, and the run has not been given yet. `byLine`: for a shell whose lines are commands of
 * their own, so that what is typed ahead waits for whoever reads next.
 */
export class TypedInput {
  private waiting: RunInput[] = [];
  /** Keys were kept for whoever reads next. */
  private kept = false;
  /** Something has come in since a wait was skipped last. */
  private fresh = false;
  private readonly byLine: boolean;

  constructor(byLine: boolean) {
    this.byLine = byLine;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  get isKept(): boolean {
    return this.kept;
  }

  /** Something has come in. */
  add(input: RunInput): void {
    this.waiting.push(input);
    this.fresh = true;
  }

  /** Keys that were typed; line by line where lines are commands. */
  type(bytes: ByteString): void {
    for (const part of this.byLine ? (bytes.match(/[^\r]*\r|[^\r]+/g) ?? []) : [bytes]) this.add({ bytes: part });
  }

  /** What happened to the run's output, which is no reason to wake anybody. */
  note(input: RunInput): void {
    this.waiting.push(input);
  }

  /** What goes in before all else. */
  first(input: RunInput): void {
    this.waiting.unshift(input);
  }

  /** Gives the run what it can take now; returns what there was no room for. */
  feed(m: Machine, run: Id): readonly RunInput[] {
    const waiting = this.waiting.splice(0);
    this.kept = false;
    const urgent = waiting.findLastIndex((input) => !isTypedAhead(input));
    for (const [i, input] of waiting.entries()) {
      const held = i > urgent ? !wantsInput(m, run) : hasUnreadKeys(m, run);
      if (this.byLine && held) {
        this.kept = true;
        return this.keep(waiting.slice(i)); // for whoever reads next: the shell reads it as a line of its own
      }
      const taken = feedRun(m, run, input);
      if ('bytes' in input && taken < input.bytes.length)
        return this.keep([{ bytes: input.bytes.slice(taken) }, ...waiting.slice(i + 1)]);
      if (this.byLine && 'bytes' in input && /[\r\x03]$/.test(input.bytes)) {
        this.keep(waiting.slice(i + 1)); // the next line comes in a turn of its own
        break;
      }
    }
    return [];
  }

  private keep(rest: readonly RunInput[]): readonly RunInput[] {
    this.waiting.unshift(...rest);
    return rest;
  }

  /** Takes a plain key out that skips a wait which nobody reads the keyboard in; true when there was one. */
  takeSkip(): boolean {
    const { waiting } = this;
    const at = waiting.findIndex((input) => 'bytes' in input && !/[\x00-\x08\x0b\x0c\x0e-\x1f]/.test(input.bytes));
    const key = waiting[at];
    if (!key || !this.fresh) return false;
    this.fresh = false;
    // what is typed ahead in a shell stays typed
    const stays = this.byLine && isTypedAhead(key) && 'bytes' in key && /[^ \r\n]/.test(key.bytes);
    if (!stays) waiting.splice(at, 1);
    return true;
  }
}

/** Not a key that becomes a signal at once. */
function isTypedAhead(input: RunInput): boolean {
  return 'bytes' in input && !/[\x03\x1a\x1c]/.test(input.bytes);
}

/** Keys have not been read by a program that makes signals of keys itself: another key has to wait for its turn. */
function hasUnreadKeys(m: Machine, id: Id): boolean {
  const tty = m.kernel.ttys[m.world.runs[id]?.tty ?? ''];
  return tty !== undefined && tty.cooked !== '' && !tty.termios.isig;
}
