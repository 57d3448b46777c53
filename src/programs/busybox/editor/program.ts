import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Sys, Termios, Wake } from '../../../kernel/program.ts';
import type { Applet, StartIo, Style } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import type { Editor } from './buffer.ts';
import { newEditor } from './buffer.ts';
import { openText, take } from './files.ts';
import { readKeys } from './keys.ts';
import { nanoKey } from './nano.ts';
import { draw } from './screen.ts';
import { viKey } from './vi.ts';
import { colon } from './vi-ex.ts';

type State = { readonly editor: Editor; readonly modes: Termios; readonly pending: string };

/** How long an escape may be the beginning of a longer key. */
const escapeTime = 50_000;

/** `vi` (busybox's) and `nano`: one small screen editor with two sets of keys. */
export const editor: Applet = (style) => ({
  start: (exec, sys) => start(style, exec, sys) as Next<Json>,
  step: (state, wake, sys) => step(state as unknown as State, wake, sys) as Next<Json>,
});

function start(style: Style, exec: Exec, sys: Sys): Next<State> {
  const write = (fd: 1 | 2) => (bytes: string) => void sys.write(fd, bytes);
  const io: StartIo = { style, sys, out: write(1), err: write(2), args: exec.argv.slice(1), env: exec.env };
  const kind = style.name === 'vi' ? 'vi' : 'nano';
  const plus = io.args.find((arg) => /^\+\d*$/.test(arg));
  const options = parseOptions(
    { ...io, args: io.args.filter((arg) => arg !== plus) },
    kind === 'vi'
      ? { usage: '[-c CMD] [-R] [-H] [FILE]...', short: 'c:R' }
      : { usage: '[OPTIONS] [FILE]', short: 'v', long: ['view=v'] },
  );
  if (typeof options === 'number') return { exit: options };
  if (options.operands.length > 1) return { exit: complain(io, 'more than one file is not simulated') };
  if (!sys.isatty(0) || !sys.isatty(1))
    return { exit: complain(io, kind === 'vi' ? "can't read user input" : 'Standard input is not a terminal') };
  const [path = ''] = options.operands;
  const opened = path === '' ? { lines: [''], bytes: 0, isNew: true, readOnly: false } : openText(sys, path);
  if (typeof opened === 'string') return { exit: complain(io, opened) };
  const modes = sys.termios(0);
  const size = sys.winsize(1);
  if (isErrno(modes) || isErrno(size)) return { exit: complain(io, "can't read user input") };
  sys.termios(0, { icanon: false, echo: false, isig: false, opost: false });
  sys.onSignal('SIGWINCH', 'catch');
  sys.onSignal('SIGTERM', 'catch');
  const e = newEditor(kind, path, [''], sized(size));
  take(e, path, opened);
  // nano shows the empty line behind the last newline
  if (kind === 'nano' && opened.bytes > 0) e.lines = [...opened.lines, ''];
  if (options.has('R') || options.has('v')) e.readOnly = true;
  if (plus !== undefined) e.y = Math.min(e.lines.length, Number(plus.slice(1) || e.lines.length)) - 1;
  const lines = opened.bytes === 0 ? 0 : opened.lines.length;
  if (kind === 'vi')
    e.message =
      `${path === '' ? '' : `'${path}'`}${opened.isNew && path !== '' ? ' [New file]' : ''} ${lines}L, ${opened.bytes}C`.trim();
  else if (path !== '') e.message = opened.isNew ? 'New File' : `Read ${lines} line${lines === 1 ? '' : 's'}`;
  const first = options.value('c');
  if (first !== undefined) colon(e, first, sys);
  return show({ editor: e, modes, pending: '\x1b[?1049h\x1b[2J' }, sys);
}

function sized({ cols, rows }: { readonly cols: number; readonly rows: number }) {
  return { cols: Math.max(20, cols || 80), rows: Math.max(5, rows || 24) };
}

function step(state: State, wake: Wake, sys: Sys): Next<State> {
  // what is changed in place below is this step's own
  const e: Editor = { ...state.editor, undo: [...state.editor.undo] };
  if (wake.on === 'signal') {
    if (wake.signal === 'SIGTERM') return finish({ ...state, editor: e }, sys, 143);
    const size = sys.winsize(1);
    if (!isErrno(size)) Object.assign(e, sized(size), { screen: [] });
  }
  const got = sys.read(0, 4096);
  let ended = false;
  if (typeof got === 'object' && 'bytes' in got) e.partial += got.bytes;
  else if (got !== 'again') ended = true;
  const { keys, rest } = readKeys(e.partial, wake.on === 'time');
  e.partial = rest;
  for (const one of keys) {
    if (e.kind === 'vi') viKey(e, one, sys);
    else nanoKey(e, one, sys);
    sys.spend(20);
    if (e.end !== null) break;
  }
  const next = { ...state, editor: e };
  if (e.end !== null || ended) return finish(next, sys, e.end ?? 1);
  return show(next, sys);
}

function show(state: State, sys: Sys): Next<State> {
  const { editor: e } = state;
  let pending = state.pending + encodeUtf8(draw(e));
  while (pending !== '') {
    const taken = sys.write(1, pending);
    if (typeof taken !== 'number') break;
    pending = pending.slice(taken);
  }
  const next = { ...state, pending };
  if (pending !== '') return { state: next, wait: { writable: [1] } };
  if (e.partial !== '') return { state: next, wait: { readable: [0], until: sys.now + escapeTime } };
  return { state: next, wait: { readable: [0] } };
}

function finish(state: State, sys: Sys, status: number): Next<State> {
  sys.write(1, `\x1b[${state.editor.rows};1H\x1b[K\x1b[?1049l`);
  sys.termios(0, state.modes);
  return { exit: status };
}
