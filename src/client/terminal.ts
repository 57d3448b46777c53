import { fstatSync, statSync } from 'node:fs';
import type { Signal } from '../kernel/signals.ts';

/** Which of the client's descriptors are a terminal. */
export function terminalFds(): readonly (0 | 1 | 2)[] {
  return ([0, 1, 2] as const).filter(isTerminal);
}

/** Asks node's tty module, which is slow to load, only where it can be a terminal. */
function isTerminal(fd: number): boolean {
  try {
    const stat = process.platform === 'win32' ? undefined : fstatSync(fd); // a console there has no such facts
    if (stat && (!stat.isCharacterDevice() || stat.rdev === statSync('/dev/null').rdev)) return false;
  } catch {
    return false; // closed
  }
  return process.getBuiltinModule('node:tty').isatty(fd);
}

/** The terminal's size in characters; 80 × 24 when it does not say. */
export function terminalSize(): { readonly cols: number; readonly rows: number } {
  const { columns = 80, rows = 24 } = process.stdout.isTTY
    ? process.stdout
    : process.stderr.isTTY
      ? process.stderr
      : {};
  return { cols: columns || 80, rows: rows || 24 };
}

/** What comes from the person or the pipe in front of the client. */
export interface ClientEvents {
  readonly bytes: (chunk: Buffer) => void;
  /** A pipe's or file's end. */
  readonly eof: () => void;
  /** The terminal was closed. */
  readonly hangup: () => void;
  readonly signal: (signal: Signal) => void;
  readonly resize: () => void;
}

const passedOn: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/** The client's side of the real terminal or pipe. Reading begins when it is asked for, so that unread input stays unread. */
export class Keyboard {
  private reading = false;
  private readonly raw: boolean;
  private readonly events: ClientEvents;
  private readonly handlers: (() => void)[] = [];

  constructor(raw: boolean, events: ClientEvents) {
    this.raw = raw;
    this.events = events;
    for (const signal of passedOn) {
      const handler = (): void => events.signal(signal);
      process.on(signal, handler);
      this.handlers.push(() => process.removeListener(signal, handler));
    }
    if (raw) {
      process.on('SIGWINCH', events.resize);
      this.handlers.push(() => process.removeListener('SIGWINCH', events.resize));
    }
  }

  /** Starts to read (keys come as they are typed, the simulated terminal makes lines and signals of them). */
  read(): void {
    if (this.reading) return;
    this.reading = true;
    const { stdin } = process;
    if (this.raw) stdin.setRawMode(true);
    stdin.on('data', this.events.bytes);
    const ended = this.raw ? this.events.hangup : this.events.eof;
    stdin.on('end', ended);
    stdin.on('error', ended);
    stdin.resume();
  }

  /** Gives the terminal back as it was. */
  close(): void {
    for (const undo of this.handlers) undo();
    if (!this.reading) return;
    const { stdin } = process;
    stdin.removeAllListeners('data');
    stdin.pause();
    if (this.raw) stdin.setRawMode(false);
    if ('unref' in stdin) stdin.unref(); // a file has no such thing
  }
}
