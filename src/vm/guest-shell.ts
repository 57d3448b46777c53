import { encodeUtf8 } from '../kernel/bytes.ts';
import { isErrno } from '../kernel/errno.ts';
import type { Json } from '../kernel/json.ts';
import type { Exec, Next, Sys, Wake } from '../kernel/program.ts';
import { askHypervisor } from './ask.ts';
import { forwardInput } from './guest-streams.ts';
import { defaultName } from './names.ts';
import type { GuestStreams } from './requests.ts';
import { vmTexts } from './texts.ts';

/** The guest is on its way up: its console, and the command line for when it is there. */
type Waiting = { readonly console: number; readonly exec: Exec };

type State = {
  readonly streams: GuestStreams;
  /** Read from the input and not yet taken by the guest. */
  readonly pending: string;
  readonly input: boolean;
  /** Which of the guest's two outputs are open. */
  readonly open: readonly [boolean, boolean];
  readonly code: number | null;
};

/** Is it the state of a shell in a guest? */
export function isGuestShell(state: Json): boolean {
  return typeof state === 'object' && state !== null && ('streams' in state || 'console' in state);
}

/**
 * `vm shell [NAME] [-c COMMAND]`: root's shell in a guest, as by ssh without a terminal. While the guest boots, its console shows on
 * the standard error, and the shell comes after that.
 */
export function startGuestShell(exec: Exec, sys: Sys): Next<Json> {
  const { argv, env } = exec;
  const words = argv.slice(2);
  const named = words[0] !== undefined && !words[0].startsWith('-');
  const name = (named ? words[0] : undefined) ?? defaultName;
  const rest = named ? words.slice(1) : words;
  const texts = vmTexts(env.DRYDOCK_LANG);
  if (rest.length > 0 && !(rest.length === 2 && rest[0] === '-c')) return { exit: complain(sys, texts.usage) };
  const boot = askHypervisor(sys, { op: 'watch-boot', name });
  if (!isErrno(boot) && boot.fd !== undefined) return watch({ console: boot.fd, exec }, sys);
  const shown = rest.length === 0 && sys.isatty(0) ? ['-i'] : rest;
  const command = { user: 'root', argv: ['/usr/bin/bash', ...shown] };
  const answer = askHypervisor(sys, { op: 'exec', name, command });
  if (isErrno(answer)) return { exit: 1 };
  const { reply } = answer;
  if (reply.ok && reply.streams)
    return carry({ streams: reply.streams, pending: '', input: true, open: [true, true], code: null }, sys);
  const refusal = reply.ok ? 'not-running' : reply.refusal;
  sys.write(2, encodeUtf8(`vm: ${texts.refused[refusal]({ name, free: '', port: '', snapshot: '' })}\n`));
  return { exit: 1 };
}

/** Goes on with it. */
export function stepGuestShell(state: Json, wake: Wake, sys: Sys): Next<Json> {
  if (typeof state === 'object' && state !== null && 'console' in state) return watch(state as unknown as Waiting, sys);
  const before = state as unknown as State;
  if (wake.on !== 'job') return carry(before, sys);
  return carry({ ...before, code: (wake.reply as { readonly code?: number }).code ?? 255 }, sys);
}

function watch(state: Waiting, sys: Sys): Next<Json> {
  for (;;) {
    const got = sys.read(state.console, 4096);
    if (got === 'again') return { state: state as unknown as Json, wait: { readable: [state.console] } };
    if (got === 'eof' || isErrno(got)) break;
    sys.write(2, got.bytes);
  }
  sys.close(state.console);
  return startGuestShell(state.exec, sys);
}

/** Carries what comes in both directions, until the guest's process has ended and all has come. */
function carry(before: State, sys: Sys): Next<Json> {
  const { streams, code } = before;
  const { input, pending } = forwardInput({ ...before, input: before.input && code === null }, streams.stdin, sys);
  const open: [boolean, boolean] = [...before.open];
  for (const i of [0, 1] as const) {
    const fd = i === 0 ? streams.stdout : streams.stderr;
    while (open[i]) {
      const got = sys.read(fd, 16_384);
      if (got === 'again') break;
      if (got === 'eof' || isErrno(got)) {
        sys.close(fd);
        open[i] = false;
      } else sys.write(i === 0 ? 1 : 2, got.bytes);
    }
  }
  if (code !== null && !open[0] && !open[1]) return { exit: code };
  const readable = [
    ...(open[0] ? [streams.stdout] : []),
    ...(open[1] ? [streams.stderr] : []),
    ...(input && pending === '' && code === null ? [0] : []),
  ];
  return {
    state: { streams, pending, input, open, code } as unknown as Json,
    wait: { readable, writable: pending === '' ? [] : [streams.stdin], ...(code === null ? { job: streams.job } : {}) },
  };
}

function complain(sys: Sys, usage: readonly string[]): number {
  sys.write(2, encodeUtf8(`${usage.join('\n')}\n`));
  return 2;
}
