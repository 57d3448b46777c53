import type { ByteString } from './bytes.ts';
import type { Mutable } from './draft.ts';
import { type Errno, fail } from './errno.ts';
import type { Id } from './json.ts';
import type { Machine } from './machine.ts';
import type { ReadResult } from './program.ts';
import { writeRunOutput } from './runs.ts';
import { sendSignal, signalGroup } from './signal-delivery.ts';
import type { Signal } from './signals.ts';
import type { Process, Tty } from './state.ts';
import { runWritable, wakeSleepers } from './wait.ts';
import { nextId } from './world.ts';

/** What a master that is a service may leave untaken before writers wait, bytes. */
const outputLimit = 65536;

/** A new terminal in cooked mode. `name` is what `tty` prints without /dev/ (`pts/0`). */
export function newTty(m: Machine, name: string, size: { cols: number; rows: number }, master: Tty['master']): Id {
  const id = nextId(m, 't');
  m.draft.own(m.kernel, 'ttys')[id] = m.draft.adopt<Tty>({
    name,
    termios: { icanon: true, echo: true, isig: true, opost: true },
    cols: size.cols,
    rows: size.rows,
    foreground: 0,
    cooked: '',
    line: '',
    eofs: 0,
    hungup: false,
    master,
    output: '',
  });
  return id;
}

/** The terminal, changeable. */
export function ownTty(m: Machine, id: Id): Mutable<Tty> {
  return m.draft.own(m.draft.own(m.kernel, 'ttys'), id) as Mutable<Tty>;
}

/** The name of the next terminal of the host itself: the lowest free `pts/N` (containers count in their own devpts). */
export function freeTtyName(m: Machine): string {
  const taken = new Set(
    Object.values(m.kernel.ttys)
      .filter((tty) => tty.devpts === undefined)
      .map((tty) => tty.name),
  );
  let n = 0;
  while (taken.has(`pts/${n}`)) n += 1;
  return `pts/${n}`;
}

/** read(2) on the terminal: a line in canonical mode, whatever is there otherwise. */
export function readTty(m: Machine, id: Id, max: number): ReadResult {
  const tty = m.kernel.ttys[id];
  if (!tty) return fail('EIO');
  if (tty.cooked === '') {
    if (tty.eofs > 0) {
      ownTty(m, id).eofs -= 1;
      return 'eof';
    }
    return tty.hungup ? 'eof' : 'again';
  }
  const newline = tty.termios.icanon ? tty.cooked.indexOf('\n') + 1 : 0;
  const bytes = tty.cooked.slice(0, Math.min(max, newline || tty.cooked.length));
  ownTty(m, id).cooked = tty.cooked.slice(bytes.length);
  return { bytes };
}

/** write(2) on the terminal: output processing, then to whoever shows it. */
export function writeTty(m: Machine, id: Id, bytes: ByteString): number | 'again' | Errno {
  const tty = m.kernel.ttys[id];
  if (!tty || tty.hungup) return fail('EIO');
  if (!ttyWritable(m, id)) return 'again';
  show(m, id, tty.termios.opost ? bytes.replaceAll('\n', '\r\n') : bytes);
  return bytes.length;
}

/** Is it the process's controlling terminal, and another process group in its foreground? */
export function inBackground(m: Machine, process: Process, id: Id): boolean {
  const tty = m.kernel.ttys[id];
  if (!tty || tty.hungup || tty.foreground === 0) return false;
  return tty.session === process.sid && tty.foreground !== process.pgid;
}

/** Would a read return at once? */
export function ttyReady(m: Machine, id: Id): boolean {
  const tty = m.kernel.ttys[id];
  return tty?.cooked !== '' || tty.eofs > 0 || tty.hungup;
}

/** Would a write return at once? */
export function ttyWritable(m: Machine, id: Id): boolean {
  const tty = m.kernel.ttys[id];
  if (!tty || tty.hungup) return true;
  return 'run' in tty.master ? runWritable(m, tty.master.run) : tty.output.length < outputLimit;
}

/** Takes what the terminal shows (masters that are services). */
export function takeTtyOutput(m: Machine, id: Id, max = Number.POSITIVE_INFINITY): ByteString {
  const tty = m.kernel.ttys[id];
  if (!tty || tty.output === '') return '';
  const taken = tty.output.slice(0, max);
  ownTty(m, id).output = tty.output.slice(taken.length);
  wakeSleepers(m, id);
  return taken;
}

/** The window changed its size: the foreground group gets SIGWINCH. */
export function resizeTty(m: Machine, id: Id, cols: number, rows: number): void {
  const tty = m.kernel.ttys[id];
  if (!tty || (tty.cols === cols && tty.rows === rows)) return;
  Object.assign(ownTty(m, id), { cols, rows });
  if (tty.foreground > 0) signalGroup(m, tty.foreground, 'SIGWINCH');
}

/** The master side was closed: readers get end of file, the session's leader and the foreground group SIGHUP (tty_hangup). */
export function hangUpTty(m: Machine, id: Id): void {
  const tty = m.kernel.ttys[id];
  if (!tty || tty.hungup) return;
  ownTty(m, id).hungup = true;
  const leader = m.kernel.processes[tty.session ?? 0];
  if (leader && leader.pgid !== tty.foreground) {
    sendSignal(m, leader.pid, 'SIGHUP');
    sendSignal(m, leader.pid, 'SIGCONT');
  }
  if (tty.foreground > 0) signalGroup(m, tty.foreground, 'SIGHUP');
  wakeSleepers(m, id);
}

/** The terminal is gone for good. */
export function removeTty(m: Machine, id: Id): void {
  delete m.draft.own(m.kernel, 'ttys')[id];
}

const keySignals: { readonly [key: string]: Signal } = { '\x03': 'SIGINT', '\x1c': 'SIGQUIT', '\x1a': 'SIGTSTP' };

/** Bytes typed at the terminal go through the line discipline (termios(3): ISIG, ICANON, ECHO, ICRNL; VERASE is DEL). */
export function typeTty(m: Machine, id: Id, bytes: ByteString): void {
  for (const key of bytes) {
    const tty = m.kernel.ttys[id];
    if (!tty || tty.hungup) return;
    const signal = tty.termios.isig ? keySignals[key] : undefined;
    if (signal) {
      ownTty(m, id).line = '';
      ownTty(m, id).cooked = '';
      if (tty.termios.echo) show(m, id, `^${String.fromCharCode(key.charCodeAt(0) + 64)}`);
      if (tty.foreground > 0) signalGroup(m, tty.foreground, signal);
    } else if (tty.termios.icanon) editLine(m, id, key);
    else {
      const char = key === '\r' && tty.termios.opost ? '\n' : key;
      ownTty(m, id).cooked += char;
      if (tty.termios.echo) show(m, id, char === '\n' ? '\r\n' : char);
    }
  }
  wakeSleepers(m, id);
}

function editLine(m: Machine, id: Id, key: string): void {
  const tty = ownTty(m, id);
  const echo = (text: string): void => {
    if (tty.termios.echo) show(m, id, text);
  };
  switch (key) {
    case '\r':
    case '\n':
      tty.cooked += `${tty.line}\n`;
      tty.line = '';
      echo('\r\n');
      break;
    case '\x04':
      if (tty.line === '') tty.eofs += 1;
      else {
        tty.cooked += tty.line;
        tty.line = '';
      }
      break;
    case '\x7f':
    case '\b': {
      if (tty.line === '') break;
      const left = tty.line.replace(/(?:[\xc0-\xff][\x80-\xbf]*|[^\x80-\xbf])$/, '');
      const erased = tty.line.length - left.length > 2 ? '\b\b  \b\b' : '\b \b'; // three UTF-8 bytes or more: Hangul and the like, two columns
      tty.line = left;
      echo(erased);
      break;
    }
    case '\x15':
      echo('\b \b'.repeat(tty.line.replace(/[\x80-\xbf]/g, '').length));
      tty.line = '';
      break;
    case '\x17': {
      const left = tty.line.replace(/\S*\s*$/, '');
      echo('\b \b'.repeat(tty.line.slice(left.length).replace(/[\x80-\xbf]/g, '').length));
      tty.line = left;
      break;
    }
    default:
      tty.line += key;
      echo(key < ' ' && key !== '\t' ? `^${String.fromCharCode(key.charCodeAt(0) + 64)}` : key);
  }
}

function show(m: Machine, id: Id, bytes: ByteString): void {
  const { master } = ownTty(m, id);
  if ('run' in master) writeRunOutput(m, master.run, 1, bytes);
  else {
    ownTty(m, id).output += bytes;
    m.software.services.get(master.service)?.io?.(m, master.key);
  }
}
