import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Program, Sys } from '../../kernel/program.ts';
import { matches as matchesPattern } from '../../programs/shell/pattern.ts';
import type { SystemdAnswer, SystemdRequest } from './manager.ts';
import { powerRequest } from './power.ts';
import { systemdService } from './state.ts';
import type { SystemStatus, UnitRow, UnitStatus } from './status.ts';
import { statusLines, systemLines, unitTable } from './systemctl-text.ts';

/** What the program goes on with while a unit stops. */
type State = { readonly verb: string; readonly unit: string };

const changes = ['start', 'stop', 'restart', 'reload', 'enable', 'disable'];
const looks = ['status', 'is-active', 'is-enabled', 'is-failed'];
const wholes = ['list-units', 'is-system-running', 'daemon-reload', 'reboot', 'poweroff', 'halt'];

/** What is asked for on the command line. */
interface Wish {
  readonly verb: string;
  readonly units: readonly string[];
  readonly options: ReadonlySet<string>;
  readonly types: readonly string[];
  readonly states: readonly string[];
}

/** `systemctl VERB UNIT…`: asks the host's systemd. */
export const systemctl: Program<State> = {
  start(exec, sys) {
    const wish = parse(exec);
    if (typeof wish === 'string') return fail(sys, wish, 1);
    const { verb, units } = wish;
    const [unit = ''] = units;
    if (verb === 'list-units') return list(sys, wish);
    if (verb === 'is-system-running') return whole(sys);
    if (verb === 'reboot' || verb === 'poweroff' || verb === 'halt') return { exit: powerRequest(verb, sys) };
    if (verb === 'daemon-reload') return { exit: sys.uid === 0 ? 0 : denied(sys, 'daemon-reload', '') };
    if (looks.includes(verb)) return look(sys, wish);
    const now = wish.options.has('--now');
    if (now && (verb === 'enable' || verb === 'disable')) ask(sys, { op: verb, unit });
    const op = (now ? { enable: 'start', disable: 'stop' }[verb] : undefined) ?? verb;
    const answer = ask(sys, { op: op as 'start', unit });
    if (answer === undefined) return notBooted(sys);
    if ('job' in answer) return { state: { verb, unit }, wait: { job: answer.job } };
    return { exit: tell(sys, wish, unit, answer.reply) };
  },
  step({ verb, unit }, wake, sys) {
    if (wake.on !== 'job') return { exit: 1 };
    const wish = { verb, units: [unit], options: new Set<string>(), types: [], states: [] };
    return { exit: tell(sys, wish, unit, wake.reply as unknown as SystemdAnswer) };
  },
};

function ask(
  sys: Sys,
  request: SystemdRequest,
): { readonly reply: SystemdAnswer } | { readonly job: string } | undefined {
  const answer = sys.request(systemdService, request as unknown as Json);
  if (isErrno(answer)) return undefined;
  return 'job' in answer ? { job: answer.job } : { reply: answer.reply as unknown as SystemdAnswer };
}

const flags = [
  '--now',
  '--no-pager',
  '-l',
  '--full',
  '--quiet',
  '-q',
  '--all',
  '-a',
  '--no-legend',
  '--failed',
  '--plain',
];

function parse({ argv }: Exec): Wish | string {
  const options = new Set<string>();
  const values: { [option: string]: string[] } = { '--type': [], '--state': [] };
  const words: string[] = [];
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] ?? '';
    const [name = '', value] = word.startsWith('--') ? word.split('=', 2) : [word];
    const long = name === '-t' ? '--type' : name;
    if (long === '--type' || long === '--state') {
      const given = value ?? argv[++i];
      if (given === undefined) return `systemctl: option '${name}' requires an argument`;
      values[long]?.push(...given.split(','));
    } else if (!word.startsWith('-')) words.push(word);
    else if (flags.includes(word)) options.add(word);
    else return `drydock: the option ${word} of systemctl is not simulated`;
  }
  if (options.has('--failed')) values['--state'] = ['failed'];
  const [verb = 'list-units', ...units] = words;
  if (![...changes, ...looks, ...wholes].includes(verb)) return `drydock: systemctl ${verb} is not simulated`;
  const wish = { verb, units, options, types: values['--type'] ?? [], states: values['--state'] ?? [] };
  if (wholes.includes(verb) && verb !== 'list-units' && units.length > 0) return 'Too many arguments.';
  if (changes.includes(verb) || (looks.includes(verb) && verb !== 'status' && verb !== 'is-failed')) {
    if (units.length === 0) return 'Too few arguments.';
    if (units.length > 1 && changes.includes(verb)) return 'drydock: several units at once are not simulated';
  }
  return wish;
}

/** `status` and the questions with `is-`: of several units one after the other. */
function look(sys: Sys, wish: Wish): Next<State> {
  const { verb, units } = wish;
  if (units.length === 0) return verb === 'status' ? whole(sys, true) : fail(sys, 'Too few arguments.', 1);
  let exit = verb === 'is-active' || verb === 'is-failed' ? 3 : 0;
  for (const [i, unit] of units.entries()) {
    if (i > 0 && verb === 'status') write(sys, 1, '');
    const answer = ask(sys, { op: 'status', unit });
    if (answer === undefined || 'job' in answer) return notBooted(sys);
    const said = tell(sys, wish, unit, answer.reply);
    // one that is active is enough, one that is not makes status fail
    if (units.length === 1) exit = said;
    else if (verb === 'status') exit = said || exit;
    else if (said === 0) exit = 0;
  }
  return { exit };
}

function tell(sys: Sys, wish: Wish, unit: string, answer: SystemdAnswer): number {
  const { verb } = wish;
  const full = unit.includes('.') ? unit : `${unit}.service`;
  const quiet = wish.options.has('-q') || wish.options.has('--quiet');
  if ('status' in answer) return show(sys, verb, answer.status, quiet);
  if ('failed' in answer) {
    const text = `Job for ${full} failed because the control process exited with error code.\nSee "systemctl status ${full}" and "journalctl -xeu ${full}" for details.`;
    return write(sys, 2, text, 1);
  }
  if (!('refused' in answer)) return 0;
  if (answer.refused === 'not-booted') return sayNotBooted(sys);
  if (answer.refused === 'not-simulated')
    return write(sys, 2, `drydock: systemctl ${verb} ${full} is not simulated`, 1);
  if (answer.refused === 'not-root') return denied(sys, verb, full);
  if (verb === 'status') return write(sys, 2, `Unit ${full} could not be found.`, 4);
  if (verb === 'is-active' || verb === 'is-failed') return quiet ? 3 : write(sys, 1, 'inactive', 3);
  if (verb === 'is-enabled' || verb === 'enable' || verb === 'disable') {
    const what = verb === 'is-enabled' ? 'get unit file state for' : `${verb} unit: Unit file`;
    const why = verb === 'is-enabled' ? `${full}: No such file or directory` : `${full} does not exist.`;
    return write(sys, 2, `Failed to ${what} ${why}`, 1);
  }
  return write(sys, 2, `Failed to ${verb} ${full}: Unit ${full} not found.`, 5);
}

function show(sys: Sys, verb: string, status: UnitStatus, quiet: boolean): number {
  const { state, fileState } = status;
  const say = (text: string, exit: number) => (quiet ? exit : write(sys, 1, text, exit));
  const active = { running: 'active', dead: 'inactive', failed: 'failed' }[state];
  if (verb === 'is-active') return say(active, state === 'running' ? 0 : 3);
  if (verb === 'is-failed') return say(active, state === 'failed' ? 0 : 1);
  if (verb === 'is-enabled') return say(fileState, fileState === 'disabled' ? 1 : 0);
  return write(sys, 1, statusLines(status, sys.now, sys.uname().hostname).join('\n'), state === 'running' ? 0 : 3);
}

/** `is-system-running`, and `status` without a unit. */
function whole(sys: Sys, full = false): Next<State> {
  const system = systemOf(sys);
  if (!system) return notBooted(sys);
  const state = system.failed > 0 ? 'degraded' : 'running';
  if (!full) return { exit: write(sys, 1, state, state === 'running' ? 0 : 1) };
  return { exit: write(sys, 1, systemLines(system, state, sys.now, sys.uname().hostname).join('\n')) };
}

function systemOf(sys: Sys): SystemStatus | undefined {
  const answer = ask(sys, { op: 'system' });
  return answer && 'reply' in answer && 'system' in answer.reply ? answer.reply.system : undefined;
}

function list(sys: Sys, { units, types, states, options }: Wish): Next<State> {
  const answer = ask(sys, { op: 'list' });
  const system = systemOf(sys);
  if (!system || !answer || !('reply' in answer) || !('rows' in answer.reply)) return notBooted(sys);
  const other = types.find((type) => type !== 'service' && type !== 'target');
  if (other !== undefined) return fail(sys, `drydock: systemctl --type=${other} is not simulated`, 1);
  const all = options.has('--all') || options.has('-a');
  const matches = (row: UnitRow) =>
    (types.length === 0 || types.some((type) => row.name.endsWith(`.${type}`))) &&
    (states.length === 0
      ? all || row.active !== 'inactive'
      : states.some((state) => state === row.active || state === row.sub || state === 'loaded')) &&
    (units.length === 0 || units.some((pattern) => matchesPattern(pattern, row.name)));
  const legend = !options.has('--no-legend') && !options.has('-q') && !options.has('--quiet');
  const lines = unitTable(answer.reply.rows.filter(matches), {
    all,
    legend,
    plain: options.has('--plain'),
    version: system.number,
  });
  return { exit: lines.length === 0 ? 0 : write(sys, 1, lines.join('\n')) };
}

function denied(sys: Sys, verb: string, unit: string): number {
  const what = unit === '' ? 'reload daemon' : `${verb} ${unit}`;
  const hint = unit === '' ? '' : `\nSee system logs and 'systemctl status ${unit}' for details.`;
  return write(sys, 2, `Failed to ${what}: Interactive authentication required.${hint}`, 1);
}

function sayNotBooted(sys: Sys): number {
  const text =
    "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down";
  return write(sys, 2, text, 1);
}

function notBooted(sys: Sys): Next<State> {
  return { exit: sayNotBooted(sys) };
}

function write(sys: Sys, fd: 1 | 2, text: string, exit = 0): number {
  sys.write(fd, encodeUtf8(`${text}\n`));
  return exit;
}

function fail(sys: Sys, text: string, exit: number): Next<State> {
  return { exit: write(sys, 2, text, exit) };
}
