import { suggestByErrors } from '../cli/suggest.ts';
import type { EngineActions } from '../engine/actions.ts';
import type { AnyStep } from '../explain/actions.ts';
import type { Failure } from '../explain/hints/hint.ts';
import { messages } from '../explain/messages/messages.ts';
import { narrate } from '../explain/narrate.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import type { Software } from '../kernel/machine.ts';
import { begin, machineOf } from '../kernel/simulation.ts';
import type { Step } from '../kernel/trace.ts';
import type { Session } from '../session/store.ts';
import { mayBeMistake } from '../shell/mistakes/may-be.ts';
import { mistakeLines } from '../shell/mistakes/mistakes.ts';
import { bootPlan } from '../vm/plan.ts';
import { outputAtOnce, runBudget } from './limits.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';
import type { Notice, Played } from './play.ts';
import { say } from './say.ts';
import { engineHost } from './seat.ts';
import { style } from './style.ts';
import { terminalFds, terminalSize } from './terminal.ts';

/** Explains what a command did, on stderr, at the level asked for. A raw terminal wants a carriage return too at the end of a line. */
export async function explain(played: Played, verb: string, options: Options, lineEnd = '\n'): Promise<void> {
  if (options.level === 'off') return;
  const failed = played.exit.code !== 0 && !played.steps.some((step) => step.action === 'container-exit');
  const width = terminalFds().includes(2) ? terminalSize().cols : undefined;
  const lines = narrate(played.steps as readonly AnyStep[], {
    level: options.level,
    lang: options.lang,
    width,
    plain: options.plain,
    style: await style(options),
    verb,
    vm: bootPlan(),
    ...(failed && played.errors !== '' ? { failure: { message: played.errors } } : {}),
  });
  if (lines.length > 0) print(2, encodeUtf8(lines.map((line) => line + lineEnd).join('')));
}

/** A wait that takes its time, and how to skip it. The terminal is raw: the line ends with a carriage return too. */
export function sayWait(seconds: number, options: Options): void {
  if (options.level !== 'off') print(2, encodeUtf8(`drydock: ${messages(options.lang).waitingKey({ seconds })}\r\n`));
}

/** A published port answers inside the simulation only: says so, and how to try it. */
export function sayPorts(played: Played, options: Options): void {
  if (options.level === 'off') return;
  const rule = played.steps.find((step) => step.action === 'nat')?.data as EngineActions['nat'] | undefined;
  if (rule?.proto === 'tcp') say([messages(options.lang).portInside({ port: rule.hostPort })]);
}

/** What was probably meant otherwise, with the reason. `status`: undefined while the command has the terminal. True: something was said. */
export async function sayMistakes(
  session: Session,
  software: Software,
  args: readonly string[],
  status: number | undefined,
  options: Options,
): Promise<boolean> {
  const argv = ['docker', ...args];
  // what another computer's engine has is not looked at
  const elsewhere = args[0]?.startsWith('-') || process.env.DOCKER_HOST !== undefined;
  if (options.level === 'off' || elsewhere || !mayBeMistake(argv, status)) return false;
  const look = {
    lang: options.lang,
    plain: options.plain,
    width: terminalFds().includes(2) ? terminalSize().cols : Number.POSITIVE_INFINITY,
    style: await style(options),
  };
  const lines = await session.transact((turn) => {
    const host = engineHost(turn.world);
    if (host === undefined) return { world: turn.world, result: [] };
    const m = machineOf(begin(turn.world, software), host);
    return { world: turn.world, result: mistakeLines(m, [argv], { status }, look) };
  });
  const end = status === undefined && terminalFds().includes(2) ? '\r\n' : '\n';
  if (lines.length > 0) print(2, encodeUtf8(lines.map((line) => line + end).join('')));
  return lines.length > 0;
}

/** For a command or a flag that docker does not know: the one that was meant, if one is near. True: something was said. */
export function saySuggestion(args: readonly string[], options: Options, errors = ''): boolean {
  const meant = options.level === 'off' ? undefined : suggestByErrors(args, errors);
  if (meant !== undefined) say([messages(options.lang).didYouMean({ words: [meant] })]);
  return meant !== undefined;
}

/** Every step of a command with its call (`drydock why`); for one that failed, also the reason and what to try. */
export async function explainFully(
  label: string,
  steps: readonly Step[],
  options: Options,
  more: { readonly heading?: string; readonly failure?: Failure } = {},
): Promise<void> {
  const heading = more.heading ?? messages(options.lang).whyHeading({ command: label });
  const lines = narrate(steps as readonly AnyStep[], {
    level: 'full',
    lang: options.lang,
    width: terminalFds().includes(1) ? terminalSize().cols : undefined,
    plain: options.plain,
    style: await style(options, 1),
    verb: label,
    failure: more.failure,
  });
  print(1, encodeUtf8(`${[heading, ...lines].join('\n')}\n`));
}

/** What drydock has to say about how the command went: time skipped, stopped, taken back. */
export function sayNotices(notices: readonly Notice[], options: Options): void {
  say(noticeLines(notices, options));
}

/** The same in lines. */
export function noticeLines(notices: readonly Notice[], options: Options): readonly string[] {
  if (notices.length === 0) return [];
  const texts = messages(options.lang);
  const said: { readonly [notice in Notice]: () => string } = {
    suspended: () => texts.suspended({ minutes: 0 }),
    'hour-passed': () => texts.nowRealTime,
    budget: () => texts.outOfSteps({ steps: runBudget }),
    flood: () => texts.outputLimit({ bytes: outputAtOnce }),
    'taken-back': () => texts.takenBack,
    'session-gone': () => texts.sessionGone,
    'machine-off': () => texts.machineOff,
  };
  return [...new Set(notices)].map((notice) => `drydock: ${said[notice]()}`);
}
