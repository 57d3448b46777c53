import { type ByteString, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Id, Json } from '../../kernel/json.ts';
import type { Exec, Next, Program, Sys, Termios, Wake } from '../../kernel/program.ts';
import { sshService } from './names.ts';
import { sshPort } from './reach.ts';
import type { SshAnswer, SshRequest } from './sessions.ts';

type State = {
  readonly host: string;
  readonly line: number;
  readonly err: number | null;
  readonly session: Id;
  readonly there: Id;
  readonly job: Id;
  /** The exit status, once the other side has told it. */
  readonly code: number | null;
  readonly input: 'open' | 'over';
  readonly lineOver: boolean;
  readonly toLine: ByteString;
  readonly out: readonly (readonly [fd: 1 | 2, bytes: ByteString])[];
  /** How the terminal was before it was made raw. */
  readonly cooked: { readonly [mode in keyof Termios]: boolean } | null;
};

const usage = `usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-B bind_interface]
           [-b bind_address] [-c cipher_spec] [-D [bind_address:]port]
           [-E log_file] [-e escape_char] [-F configfile] [-I pkcs11]
           [-i identity_file] [-J [user@]host[:port]] [-L address]
           [-l login_name] [-m mac_spec] [-O ctl_cmd] [-o option] [-p port]
           [-Q query_option] [-R address] [-S ctl_path] [-W host:port]
           [-w local_tun[:remote_tun]] destination [command [argument ...]]
`;

/** `ssh [-tTq] [-l USER] [-p PORT] [-o OPTION] [USER@]HOST [COMMAND…]`: a shell or a command on another computer. */
export const ssh: Program = {
  start(exec, sys) {
    const wish = parse(exec);
    if (typeof wish === 'string') return complain(sys, wish);
    const wantsTty = wish.tty === 'always' || (wish.tty === 'usual' && wish.command === undefined);
    const tty = wantsTty && sys.isatty(0);
    if (wantsTty && !tty) note(sys, 'Pseudo-terminal will not be allocated because stdin is not a terminal.\n');
    const size = sys.winsize(0);
    const asked: SshRequest = {
      op: 'open',
      to: { host: wish.host, port: wish.port, ...(wish.user === undefined ? {} : { user: wish.user }) },
      ...(wish.command === undefined ? {} : { command: wish.command }),
      ...(tty
        ? { tty: { ...(isErrno(size) ? { cols: 80, rows: 24 } : size), term: exec.env.TERM ?? 'xterm-256color' } }
        : {}),
    };
    const answer = sys.request(sshService, asked as unknown as Json);
    if (isErrno(answer)) return complain(sys, `ssh: ${strerror(answer)}\n`);
    if (!('reply' in answer)) return { exit: 255 };
    const reply = answer.reply as unknown as SshAnswer;
    if ('refused' in reply) return complain(sys, `${reply.refused}\n`);
    const cooked = tty && sys.isatty(0) ? sys.termios(0) : undefined;
    if (cooked && !isErrno(cooked)) sys.termios(0, { icanon: false, echo: false, isig: false, opost: false });
    if (tty) sys.onSignal('SIGWINCH', 'catch');
    sys.onSignal('SIGPIPE', 'ignore');
    return go(
      {
        host: wish.host,
        line: answer.fd ?? -1,
        err: reply.err,
        session: reply.session,
        there: reply.host,
        job: reply.job,
        code: null,
        input: wish.noInput ? 'over' : 'open',
        lineOver: false,
        toLine: '',
        out: [],
        cooked: cooked && !isErrno(cooked) ? cooked : null,
      },
      sys,
    );
  },
  step: (json, wake, sys) => go(afterWake(json as State, wake, sys), sys),
};

function afterWake(state: State, wake: Wake, sys: Sys): State {
  if (wake.on === 'job') return { ...state, code: (wake.reply as { readonly code: number }).code };
  if (wake.on === 'signal' && wake.signal === 'SIGWINCH') {
    const size = sys.winsize(0);
    const asked = { op: 'resize', session: state.session, host: state.there } as const;
    if (!isErrno(size)) sys.request(sshService, { ...asked, ...size });
  }
  return state;
}

/** Moves bytes as far as they go; then sleeps, or ends with the other side's status. */
function go(before: State, sys: Sys): Next<Json> {
  const state = flush(fromLine(toLine(before, sys), sys), sys);
  const over = state.lineOver && state.err === null && state.out.length === 0;
  if (over && state.code !== null) return leave(state, sys);
  const { line, err, out, input, job, code } = state;
  const readable = [
    ...(out.length > 0 ? [] : [...(state.lineOver ? [] : [line]), ...(err === null ? [] : [err])]),
    ...(input === 'open' && state.toLine === '' ? [0] : []),
  ];
  const writable = [...(out[0] ? [out[0][0]] : []), ...(state.toLine === '' ? [] : [line])];
  return { state: { ...state }, wait: { readable, writable, ...(code === null ? { job } : {}) } };
}

function leave({ cooked, host, code }: State, sys: Sys): Next<Json> {
  if (cooked) {
    sys.termios(0, cooked);
    note(sys, `Connection to ${host} closed.\n`);
  }
  return { exit: code ?? 255 };
}

function toLine(before: State, sys: Sys): State {
  let { toLine: waiting, input } = before;
  for (;;) {
    if (waiting !== '') {
      const taken = sys.write(before.line, waiting);
      if (taken === 'again') break;
      waiting = isErrno(taken) ? '' : waiting.slice(taken);
    } else {
      const got = input === 'open' ? sys.read(0, 4096) : 'again';
      if (got === 'again') break;
      if (got === 'eof' || isErrno(got)) {
        input = 'over';
        sys.net.shutdown(before.line);
        break;
      }
      waiting = got.bytes;
    }
  }
  return { ...before, toLine: waiting, input };
}

function fromLine(before: State, sys: Sys): State {
  if (before.out.length > 0) return before;
  const out: (readonly [1 | 2, ByteString])[] = [];
  let { lineOver, err } = before;
  const read = (fd: number, to: 1 | 2): boolean => {
    const got = sys.read(fd, 16_384);
    if (got === 'again') return false;
    if (got === 'eof' || isErrno(got)) return true;
    out.push([to, got.bytes]);
    return false;
  };
  if (!lineOver) lineOver = read(before.line, 1);
  if (err !== null && read(err, 2)) err = null;
  return { ...before, out, lineOver, err };
}

/** Writes what was read; what comes after it is asked for when all of it is written. */
function flush(before: State, sys: Sys): State {
  let state = before;
  while (state.out.length > 0) {
    const left: (readonly [1 | 2, ByteString])[] = [];
    for (const [fd, bytes] of state.out) {
      const taken = left.length > 0 ? 0 : sys.write(fd, bytes);
      const count = taken === 'again' ? 0 : isErrno(taken) ? bytes.length : taken;
      if (count < bytes.length) left.push([fd, bytes.slice(count)]);
    }
    if (left.length > 0) return { ...state, out: left };
    state = fromLine({ ...state, out: [] }, sys);
  }
  return state;
}

interface Wish {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly command?: string;
  readonly tty: 'usual' | 'always' | 'never';
  readonly noInput: boolean;
}

/** What the words ask for, or what is wrong with them. */
function parse({ argv, env }: Exec): Wish | string {
  let user: string | undefined;
  let port = String(sshPort);
  let tty: Wish['tty'] = 'usual';
  let noInput = false;
  let i = 1;
  for (; /^-./.test(argv[i] ?? ''); i++) {
    const word = argv[i] ?? '';
    if (word === '--') {
      i += 1;
      break;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word.charAt(at);
      const value = () => {
        const rest = word.slice(at + 1) || (argv[++i] ?? '');
        at = word.length;
        return rest;
      };
      if (letter === 'l') user = value();
      else if (letter === 'p') port = value();
      else if (letter === 'o' || letter === 'i' || letter === 'F') value();
      else if (letter === 't') tty = 'always';
      else if (letter === 'T') tty = 'never';
      else if (letter === 'n') noInput = true;
      else if (!'qxaAC46v'.includes(letter)) return refusal(letter);
    }
  }
  const [destination, ...words] = argv.slice(i);
  if (destination === undefined) return usage;
  const [, named, host = ''] = /^(?:ssh:\/\/)?(?:(.*)@)?(.*)$/s.exec(destination) ?? [];
  const name = named ?? user ?? env.USER;
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) return `Bad port '${port}'\n`;
  return {
    host,
    port: Number(port),
    ...(name === undefined ? {} : { user: name }),
    ...(words.length > 0 ? { command: words.join(' ') } : {}),
    tty,
    noInput,
  };
}

function refusal(letter: string): string {
  const known = 'BbcDEefGgIJKkLMmNOQRSsVWwXYy'.includes(letter);
  return known ? `drydock: the option -${letter} of ssh is not simulated\n` : `unknown option -- ${letter}\n${usage}`;
}

function note(sys: Sys, text: string): void {
  sys.write(2, encodeUtf8(text));
}

function complain(sys: Sys, text: string): Next<Json> {
  note(sys, text);
  return { exit: 255 };
}
