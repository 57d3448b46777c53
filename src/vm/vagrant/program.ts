import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Json, Us } from '../../kernel/json.ts';
import type { Next, Program, Sys, Wake } from '../../kernel/program.ts';
import { askHypervisor, inquire } from '../ask.ts';
import { forwardInput } from '../guest-streams.ts';
import { virtualBoxWords } from '../refusal-words.ts';
import type { GuestStreams } from '../requests.ts';
import type { Act } from './acts.ts';
import { commandActs } from './commands.ts';
import { plan } from './plan.ts';
import { projectFiles } from './project.ts';
import { remember } from './store.ts';
import { failure } from './tell.ts';
import * as words from './words.ts';

/** Something that is waited for. */
type Waiting =
  | { readonly for: 'time'; readonly until: Us }
  | { readonly for: 'console'; readonly fd: number }
  | { readonly for: 'answer'; readonly act: Act & { readonly do: 'confirm' }; readonly typed: string }
  | {
      readonly for: 'guest';
      readonly act: Act & { readonly do: 'run' };
      readonly streams: GuestStreams;
      /** What has come of a line that is not complete, by stream. */
      readonly rest: readonly [string, string];
      readonly open: readonly [boolean, boolean];
      readonly input: boolean;
      /** Read from the input and not yet taken by the guest. */
      readonly pending: string;
      readonly code: number | null;
    };

type State = {
  readonly acts: readonly Act[];
  readonly status: number;
  readonly env: { readonly [name: string]: string };
  readonly waiting: Waiting | null;
};

/** `vagrant`: what it does is planned from the Vagrantfile and done one act after the other. */
export const vagrantProgram: Program = {
  start: (exec, sys) =>
    go({ acts: commandActs(exec.argv.slice(1), exec.env, sys), status: 0, env: exec.env, waiting: null }, sys),
  step: (state, wake, sys) => resume(state as unknown as State, wake, sys),
};

function wait(state: State, waiting: Waiting, how: object): Next<Json> {
  return { state: { ...state, waiting } as unknown as Json, wait: how };
}

/** Does acts until one has to wait. */
function go(before: State, sys: Sys): Next<Json> {
  let state: State = { ...before, waiting: null };
  for (;;) {
    const [act, ...rest] = state.acts;
    if (!act) return { exit: state.status };
    state = { ...state, acts: rest };
    switch (act.do) {
      case 'write': {
        const taken = sys.write(act.fd, act.bytes);
        if (taken === 'again' || (typeof taken === 'number' && taken < act.bytes.length)) {
          const left = { ...act, bytes: taken === 'again' ? act.bytes : act.bytes.slice(taken) };
          return { state: { ...state, acts: [left, ...rest] } as unknown as Json, wait: { writable: [act.fd] } };
        }
        break;
      }
      case 'exit':
        return { exit: act.status };
      case 'become': {
        const [name = ''] = act.argv;
        const replaced = sys.exec({ path: `/usr/bin/${name}`, argv: act.argv, env: state.env });
        if (!isErrno(replaced)) return replaced;
        state = { ...state, acts: failure(words.notReadyForSsh) };
        break;
      }
      case 'status':
        state = { ...state, status: act.status };
        break;
      case 'pass': {
        const until = sys.now + act.time;
        return wait(state, { for: 'time', until }, { until });
      }
      case 'remember':
        remember(sys, act.machine, act.forget);
        break;
      case 'note':
        sys.note('vagrant', act.action, act.data);
        break;
      case 'plan':
        state = { ...state, acts: [...plan(act, state.env, sys), ...rest] };
        break;
      case 'share':
        shareFolder(act, sys);
        break;
      case 'confirm': {
        if (!sys.isatty(0)) return go({ ...state, acts: failure(words.noTerminal) }, sys);
        sys.write(1, encodeUtf8(act.question));
        return answered(state, { for: 'answer', act, typed: '' }, sys);
      }
      case 'ask': {
        const next = ask(state, act, sys);
        if ('wait' in next) return next.wait;
        state = next.state;
        break;
      }
      case 'run': {
        const next = run(state, act, sys);
        if ('wait' in next) return next.wait;
        state = next.state;
        break;
      }
      default:
    }
  }
}

type Went = { readonly state: State } | { readonly wait: Next<Json> };

function ask(state: State, act: Act & { readonly do: 'ask' }, sys: Sys): Went {
  const answer = askHypervisor(sys, act.request);
  const name = 'name' in act.request ? act.request.name : '';
  if (isErrno(answer) || !answer.reply.ok) {
    const stderr =
      !isErrno(answer) && !answer.reply.ok ? virtualBoxWords(answer.reply, name) : 'VBoxManage: error: failed';
    return { state: { ...state, acts: failure(words.vboxError(act.about, stderr)) } };
  }
  const more = { ...state, acts: [...(act.meanwhile ?? []), ...state.acts] };
  if (answer.fd === undefined) return { state: more };
  // what is said meanwhile is said before the console ends
  for (const said of act.meanwhile ?? []) if (said.do === 'write') sys.write(said.fd, said.bytes);
  return { wait: drain(state, answer.fd, sys) };
}

function drain(state: State, fd: number, sys: Sys): Next<Json> {
  for (;;) {
    const got = sys.read(fd, 65_536);
    if (got === 'again') return wait(state, { for: 'console', fd }, { readable: [fd] });
    if (got === 'eof' || isErrno(got)) {
      sys.close(fd);
      return go(state, sys);
    }
  }
}

function shareFolder({ vm, name, host, guest }: Act & { readonly do: 'share' }, sys: Sys): void {
  const files = projectFiles(sys).tree(host);
  const share = { name, hostPath: host, guestPath: guest };
  askHypervisor(sys, { op: 'share', name: vm, share, ...(files ? { files: files as unknown as Json } : {}) });
}

function answered(state: State, waiting: Waiting & { readonly for: 'answer' }, sys: Sys): Next<Json> {
  let { typed } = waiting;
  for (;;) {
    const end = typed.indexOf('\n');
    if (end >= 0) {
      const yes = /^y(es)?$/i.test(typed.slice(0, end).trim());
      return go({ ...state, acts: [...(yes ? waiting.act.yes : waiting.act.no), ...state.acts] }, sys);
    }
    const got = sys.read(0, 1024);
    if (got === 'again') return wait(state, { ...waiting, typed }, { readable: [0] });
    typed += got === 'eof' || isErrno(got) ? '\n' : decodeUtf8(got.bytes);
  }
}

function run(state: State, act: Act & { readonly do: 'run' }, sys: Sys): Went {
  const streams = inquire(sys, { op: 'exec', name: act.vm, command: act.command })?.streams;
  if (!streams) return { state: { ...state, acts: failure(words.notReadyForSsh) } };
  if (!act.input) sys.close(streams.stdin);
  return {
    wait: carry(
      state,
      { for: 'guest', act, streams, rest: ['', ''], open: [true, true], input: act.input, pending: '', code: null },
      undefined,
      sys,
    ),
  };
}

/** Carries output from the guest (and input to it) until its process has ended and all has come. */
function carry(
  state: State,
  before: Waiting & { readonly for: 'guest' },
  wake: Wake | undefined,
  sys: Sys,
): Next<Json> {
  let w = before;
  if (wake?.on === 'job') {
    const reply = wake.reply as { readonly code?: number };
    w = { ...w, code: reply.code ?? 255 };
  }
  w = { ...w, ...forwardInput(w, w.streams.stdin, sys) };
  const open: [boolean, boolean] = [...w.open];
  const rest: [string, string] = [...w.rest];
  for (const i of [0, 1] as const) {
    const fd = i === 0 ? w.streams.stdout : w.streams.stderr;
    while (open[i]) {
      const got = sys.read(fd, 16_384);
      if (got === 'again') break;
      if (got === 'eof' || isErrno(got)) {
        sys.close(fd);
        open[i] = false;
      } else rest[i] = show(w.act.prefix, rest[i] + got.bytes, i === 0 ? 1 : 2, sys);
    }
    if (!open[i] && rest[i] !== '') {
      show(w.act.prefix, `${rest[i]}\n`, i === 0 ? 1 : 2, sys);
      rest[i] = '';
    }
  }
  w = { ...w, open, rest };
  if (w.code !== null && !open[0] && !open[1]) return finished(state, w, sys);
  const readable = [
    ...(open[0] ? [w.streams.stdout] : []),
    ...(open[1] ? [w.streams.stderr] : []),
    ...(w.input && w.pending === '' ? [0] : []),
  ];
  const writable = w.pending === '' ? [] : [w.streams.stdin];
  return wait(state, w, { readable, writable, ...(w.code === null ? { job: w.streams.job } : {}) });
}

function finished(
  state: State,
  { act, code, input, streams }: Waiting & { readonly for: 'guest' },
  sys: Sys,
): Next<Json> {
  if (input) sys.close(streams.stdin);
  if (code === 0) return go(state, sys);
  return go(act.strict ? { ...state, acts: failure(words.badExit) } : { ...state, status: code ?? 255 }, sys);
}

/** Writes what has come; with a prefix only complete lines, and the rest is given back. */
function show(prefix: string | null, bytes: string, fd: 1 | 2, sys: Sys): string {
  if (prefix === null) {
    sys.write(fd, bytes);
    return '';
  }
  const lines = bytes.split('\n');
  const rest = lines.pop() ?? '';
  for (const line of lines) {
    sys.write(1, `${encodeUtf8(prefix)}${line.replace(/\r$/, '').replace(/^[^\n]*\r/, '')}\n`);
  }
  return rest;
}

function resume(state: State, wake: Wake, sys: Sys): Next<Json> {
  const { waiting } = state;
  if (!waiting) return go(state, sys);
  switch (waiting.for) {
    case 'time':
      return go(state, sys);
    case 'console':
      return drain(state, waiting.fd, sys);
    case 'answer':
      return answered(state, waiting, sys);
    default:
      return carry(state, waiting, wake, sys);
  }
}
