import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { makeDirectories } from '../../packages/unpack.ts';
import { spawnCommand } from '../execute.ts';
import { findUser } from '../lookup.ts';
import { parseCronLine } from './schedule.ts';

/** Where the tables of the users are. */
export const crontabs = '/var/spool/cron/crontabs';

type State =
  | { readonly from: 'stdin'; readonly file: string; readonly input: ByteString }
  | { readonly from: 'editor'; readonly file: string; readonly draft: string; readonly child: number };

const line = { usage: '[-c DIR] [-u USER] [-ler]|[FILE]', short: 'c:u:lerd', operands: [0, 1] as const };
const cronLine = { usage: '[-u user] [-l | -r | -e | file]', short: 'u:lerin', operands: [0, 1] as const };

/** `crontab` of busybox and of Debian's cron: shows, replaces, edits and removes a user's table. */
export const crontab: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const busybox = style.flavour === 'busybox';
      const options = parseOptions(io, busybox ? line : cronLine);
      if (typeof options === 'number') return { exit: options };
      const refused = ['i', 'n'].find((letter) => options.has(letter));
      if (refused !== undefined) return { exit: complain(io, `option -${refused} is not simulated`) };
      const name = options.value('u');
      if (name !== undefined && io.sys.uid !== 0)
        return { exit: complain(io, busybox ? 'you must be root' : 'must be privileged to use -u') };
      const user = findUser(io.sys, name ?? String(io.sys.uid));
      if (user === undefined)
        return { exit: complain(io, busybox ? `unknown user ${name ?? io.sys.uid}` : `user \`${name ?? ''}' unknown`) };
      const dir = options.value('c') ?? crontabs;
      if (!busybox) makeDirectories(io.sys, dir);
      const file = `${dir}/${user.name}`;
      if (busybox && isErrno(io.sys.fs.list(dir)))
        return { exit: complain(io, `can't change directory to '${dir}': No such file or directory`) };
      if (options.has('l')) return { exit: show(io, file, user.name) };
      if (options.has('r') || options.has('d')) return { exit: remove(io, file, user.name) };
      if (options.has('e')) return edit(io, file, io.env);
      const [source] = options.operands;
      if (source === undefined && busybox) return { exit: showUsage(io, line) };
      if (source === undefined || source === '-') return read({ from: 'stdin', file, input: '' }, io);
      const got = io.sys.fs.readFile(source);
      if (isErrno(got))
        return { exit: complain(io, `${busybox ? `can't open '${source}'` : source}: ${strerror(got)}`) };
      return { exit: replace(io, file, got.bytes, source) };
    },
    step(state, _wake, io) {
      if (state.from === 'stdin') return read(state, io);
      if (io.sys.reap(state.child) === 'again') return { state, wait: { child: state.child } };
      const got = io.sys.fs.readFile(state.draft);
      io.sys.fs.unlink(state.draft);
      return { exit: isErrno(got) ? 1 : replace(io, state.file, got.bytes, state.draft) };
    },
  });

function show(io: Io, file: string, user: string): number {
  const got = io.sys.fs.readFile(file);
  if (!isErrno(got)) {
    io.out(got.bytes);
    return 0;
  }
  if (io.style.flavour === 'busybox') return complain(io, `can't open '${user}': ${strerror(got)}`);
  io.err(encodeUtf8(`no crontab for ${user}\n`));
  return 1;
}

function remove(io: Io, file: string, user: string): number {
  const failed = io.sys.fs.unlink(file);
  if (failed === undefined || io.style.flavour === 'busybox') return 0;
  io.err(encodeUtf8(`no crontab for ${user}\n`));
  return 1;
}

function read(from: State & { readonly from: 'stdin' }, io: Io): Next<State> {
  let state = from;
  for (;;) {
    const got = io.sys.read(0, 65_536);
    if (got === 'again') return { state, wait: { readable: [0] } };
    if (got === 'eof' || isErrno(got)) return { exit: replace(io, state.file, state.input, '-') };
    state = { ...state, input: state.input + got.bytes };
  }
}

function replace(io: Io, file: string, bytes: ByteString, source: string): number {
  if (io.style.flavour !== 'busybox') {
    for (const [at, text] of decodeUtf8(bytes).split('\n').entries()) {
      const parsed = parseCronLine(text, false);
      if (!parsed || !('bad' in parsed)) continue;
      io.err(encodeUtf8(`"${source}":${at}: bad ${parsed.bad}\nerrors in crontab file, can't install.\n`));
      return 1;
    }
  }
  const failed = io.sys.fs.writeFile(file, bytes, { mode: 0o600 });
  return failed ? complain(io, `can't create ${file}: ${strerror(failed)}`) : 0;
}

function edit(io: Io, file: string, env: { readonly [name: string]: string }): Next<State> {
  const draft = `/tmp/crontab.${io.sys.pid}`;
  const old = io.sys.fs.readFile(file);
  io.sys.fs.writeFile(draft, isErrno(old) ? '' : old.bytes, { mode: 0o600 });
  const editor = env.VISUAL ?? env.EDITOR ?? (io.style.flavour === 'busybox' ? 'vi' : '/usr/bin/editor');
  const child = spawnCommand(io.sys, [...editor.split(' '), draft], env);
  if (isErrno(child)) return { exit: complain(io, `can't execute '${editor}': ${strerror(child)}`) };
  return { state: { from: 'editor', file, draft, child }, wait: { child } };
}
