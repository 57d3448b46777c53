import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import { type Json, second } from '../../kernel/json.ts';
import type { Exec, Next, Program, Sys } from '../../kernel/program.ts';
import type { SystemdAnswer, SystemdRequest, UnitStatus } from './systemd.ts';
import { systemdService } from './units.ts';

/** What the program goes on with while a unit stops. */
type State = { readonly verb: string; readonly unit: string };

const verbs = ['status', 'start', 'stop', 'restart', 'reload', 'enable', 'disable', 'is-active', 'is-enabled'];

/** `systemctl VERB UNIT`: asks the host's systemd. */
export const systemctl: Program<State> = {
  start(exec, sys) {
    const wish = parse(exec);
    if (typeof wish === 'string') return fail(sys, wish, 1);
    const { verb, units, now } = wish;
    if (verb === 'daemon-reload') return { exit: sys.uid === 0 ? 0 : denied(sys, 'daemon-reload', '') };
    const [unit = ''] = units;
    const op = verb.startsWith('is-') ? 'status' : (verb as Exclude<SystemdRequest['op'], 'installed'>);
    if (now && (op === 'enable' || op === 'disable')) ask(sys, { op, unit });
    const request = now ? (op === 'enable' ? 'start' : op === 'disable' ? 'stop' : op) : op;
    const answer = sys.request(systemdService, { op: request, unit });
    if (isErrno(answer)) return notBooted(sys);
    if ('job' in answer) return { state: { verb, unit }, wait: { job: answer.job } };
    return tell(sys, verb, unit, answer.reply as unknown as SystemdAnswer);
  },
  step(state, wake, sys) {
    if (wake.on !== 'job') return { exit: 1 };
    return tell(sys, state.verb, state.unit, wake.reply as unknown as SystemdAnswer);
  },
};

function ask(sys: Sys, request: { readonly op: string; readonly unit: string }): void {
  sys.request(systemdService, request as unknown as Json);
}

function parse({
  argv,
}: Exec): { readonly verb: string; readonly units: readonly string[]; readonly now: boolean } | string {
  const words = argv.slice(1);
  const options = words.filter((word) => word.startsWith('-'));
  const [verb = '', ...units] = words.filter((word) => !word.startsWith('-'));
  const unknown = options.find((word) => !['--now', '--no-pager', '-l', '--full', '--quiet', '-q'].includes(word));
  if (unknown !== undefined) return `drydock: the option ${unknown} of systemctl is not simulated`;
  if (verb === 'daemon-reload') return { verb, units, now: false };
  if (!verbs.includes(verb)) {
    return verb === ''
      ? 'drydock: systemctl without a verb is not simulated'
      : `drydock: systemctl ${verb} is not simulated`;
  }
  if (units.length === 0)
    return verb === 'status' ? 'drydock: systemctl status without a unit is not simulated' : 'Too few arguments.';
  if (units.length > 1) return 'drydock: several units at once are not simulated';
  return { verb, units, now: options.includes('--now') };
}

function tell(sys: Sys, verb: string, unit: string, answer: SystemdAnswer): Next<State> {
  const full = unit.includes('.') ? unit : `${unit}.service`;
  if ('status' in answer) return show(sys, verb, answer.status);
  if ('did' in answer) return { exit: 0 };
  if ('failed' in answer) {
    const text = `Job for ${full} failed because the control process exited with error code.\nSee "systemctl status ${full}" and "journalctl -xeu ${full}" for details.`;
    return fail(sys, text, 1);
  }
  if (answer.refused === 'not-booted') return notBooted(sys);
  if (answer.refused === 'not-simulated') return fail(sys, `drydock: systemctl ${verb} ${full} is not simulated`, 1);
  if (answer.refused === 'not-root') return { exit: denied(sys, verb, full) };
  if (verb === 'status') return fail(sys, `Unit ${full} could not be found.`, 4);
  if (verb === 'is-active') return print(sys, 'inactive', 3);
  if (verb.startsWith('is-') || verb === 'enable' || verb === 'disable') {
    return fail(
      sys,
      `Failed to ${verb === 'is-enabled' ? 'get unit file state for' : `${verb} unit:`} ${full}: No such file or directory`,
      1,
    );
  }
  return fail(sys, `Failed to ${verb} ${full}: Unit ${full} not found.`, 5);
}

function denied(sys: Sys, verb: string, unit: string): number {
  const what = unit === '' ? 'reload daemon' : `${verb} ${unit}`;
  const hint = unit === '' ? '' : `\nSee system logs and 'systemctl status ${unit}' for details.`;
  sys.write(2, encodeUtf8(`Failed to ${what}: Interactive authentication required.${hint}\n`));
  return 1;
}

function notBooted(sys: Sys): Next<State> {
  const text =
    "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down";
  return fail(sys, text, 1);
}

function show(sys: Sys, verb: string, status: UnitStatus): Next<State> {
  const { state, unit, enabled } = status;
  if (verb === 'is-active') {
    return print(
      sys,
      state === 'running' ? 'active' : state === 'dead' ? 'inactive' : 'failed',
      state === 'running' ? 0 : 3,
    );
  }
  if (verb === 'is-enabled') return print(sys, enabled ? 'enabled' : 'disabled', enabled ? 0 : 1);
  const mark = state === 'running' ? '●' : state === 'failed' ? '×' : '○';
  const active = { running: 'active (running)', dead: 'inactive (dead)', failed: 'failed (Result: exit-code)' }[state];
  const lines = [
    `${mark} ${unit.name} - ${unit.description}`,
    `     Loaded: loaded (${unit.file}; ${enabled ? 'enabled' : 'disabled'}; preset: enabled)`,
    `     Active: ${active} since ${when(status.since)}; ${ago(sys.now - status.since)} ago`,
    ...(unit.name === 'docker.service' ? [`TriggeredBy: ${state === 'running' ? '●' : '○'} docker.socket`] : []),
    `       Docs: ${unit.docs}`,
    ...(status.pid === null ? [] : running(status)),
    ...(status.why === null ? [] : ['', `${unit.program}: ${status.why}`]),
  ];
  return print(sys, lines.join('\n'), state === 'running' ? 0 : 3);
}

function running({ pid, processes, memory, cpu, unit }: UnitStatus): readonly string[] {
  const name = unit.program;
  return [
    `   Main PID: ${pid} (${name})`,
    `      Tasks: ${processes.length}`,
    `     Memory: ${(memory / 1_048_576).toFixed(1)}M`,
    `        CPU: ${Math.round(cpu / 1000)}ms`,
    `     CGroup: /system.slice/${unit.name}`,
    ...processes.map((each, i) => `             ${i === processes.length - 1 ? '└' : '├'}─${each.pid} ${each.command}`),
  ];
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function when(at: number): string {
  const date = new Date(Math.floor(at / 1000));
  return `${days[date.getUTCDay()] ?? ''} ${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** As systemd writes how long ago something was: its two largest units. */
function ago(time: number): string {
  const seconds = Math.max(0, Math.floor(time / second));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return minutes < 10 ? `${minutes}min ${seconds % 60}s` : `${minutes}min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours}h ${minutes % 60}min` : `${Math.floor(hours / 24)} day${hours < 48 ? '' : 's'}`;
}

function print(sys: Sys, text: string, exit: number): Next<State> {
  sys.write(1, encodeUtf8(`${text}\n`));
  return { exit };
}

function fail(sys: Sys, text: string, exit: number): Next<State> {
  sys.write(2, encodeUtf8(`${text}\n`));
  return { exit };
}
