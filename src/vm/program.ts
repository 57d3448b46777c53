import { encodeUtf8 } from '../kernel/bytes.ts';
import { isErrno, strerror } from '../kernel/errno.ts';
import type { Json } from '../kernel/json.ts';
import type { Exec, Next, Program, Sys } from '../kernel/program.ts';
import type { VmAnswer, VmRequest, VmSummary } from './hypervisor.ts';
import { defaultName } from './names.ts';
import { serviceName } from './state.ts';
import { type VmTexts, vmTexts } from './texts.ts';

type State = {
  /** The serial console that is shown. */
  readonly fd: number;
  /** What has been read and not been written yet. */
  readonly pending: string;
  readonly last: string;
};

/** `vm boot|list|stop|rm`: asks the host's hypervisor, and shows the serial console while a machine comes up or goes down. */
export const vmProgram: Program<State> = {
  start(exec, sys) {
    const texts = vmTexts(exec.env.DRYDOCK_LANG);
    if (exec.argv.slice(1).some((word) => word === '--help' || word === '-h')) return print(sys, texts.usage);
    const asked = parse(exec);
    if (typeof asked === 'string') return complain(sys, texts, asked);
    const answer = sys.request(serviceName, asked as unknown as Json);
    if (isErrno(answer)) return fail(sys, strerror(answer));
    if (!('reply' in answer)) return { exit: 1 };
    const reply = answer.reply as unknown as VmAnswer;
    const name = 'name' in asked ? asked.name : '';
    if (!reply.ok) {
      return fail(sys, texts.refused[reply.refusal]({ name, free: mebibytes(reply.free ?? 0) }));
    }
    if (reply.list) return print(sys, listLines(reply.list, texts));
    const last = asked.op === 'boot' ? texts.up : asked.op === 'stop' ? texts.off : texts.removed;
    if (answer.fd === undefined) return print(sys, [last({ name })]);
    return pump({ fd: answer.fd, pending: '', last: encodeUtf8(`${last({ name })}\n`) }, sys);
  },
  step: (state, _wake, sys) => pump(state, sys),
};

/** From the console to the output, until the console is closed. */
function pump(state: State, sys: Sys): Next<State> {
  let { pending } = state;
  for (;;) {
    if (pending !== '') {
      const taken = sys.write(1, pending);
      if (taken === 'again') return { state: { ...state, pending }, wait: { writable: [1] } };
      if (isErrno(taken)) return { exit: 1 };
      pending = pending.slice(taken);
      continue;
    }
    const got = sys.read(state.fd, 4096);
    if (got === 'again') return { state: { ...state, pending }, wait: { readable: [state.fd] } };
    if (got === 'eof' || isErrno(got)) {
      sys.write(2, state.last);
      return { exit: 0 };
    }
    pending = got.bytes;
  }
}

/** The request that the words mean; a text says which word was wrong, an empty one that there was none. */
function parse({ argv }: Exec): VmRequest | string {
  const [, verb = '', ...rest] = argv;
  const words: string[] = [];
  let memory: number | undefined;
  let cpus: number | undefined;
  let force = false;
  for (let i = 0; i < rest.length; i++) {
    const [option = '', given] = (rest[i] ?? '').split(/=(.*)/s);
    const value = () => given ?? rest[++i] ?? '';
    if (option === '--memory' || option === '-m') {
      memory = sizeOf(value());
      if (memory === undefined) return rest[i] ?? option;
    } else if (option === '--cpus') {
      cpus = Number(value());
      if (!Number.isInteger(cpus) || cpus < 1) return rest[i] ?? option;
    } else if (option === '--force' || option === '-f') force = true;
    else if (option.startsWith('-')) return option;
    else words.push(option);
  }
  const [name = defaultName, further] = words;
  if (further !== undefined) return further;
  if (verb === 'boot') {
    return { op: 'boot', name, ...(memory === undefined ? {} : { memory }), ...(cpus === undefined ? {} : { cpus }) };
  }
  if (memory !== undefined || cpus !== undefined) return '--memory, --cpus';
  if (verb === 'stop') return { op: 'stop', name, force };
  if (force) return '--force';
  if (verb === 'rm') return { op: 'remove', name };
  if ((verb === 'list' || verb === 'ls') && words.length === 0) return { op: 'list' };
  return verb;
}

/** Bytes of `512M` or `2G`; a bare number is mebibytes, as for QEMU. */
function sizeOf(text: string): number | undefined {
  const match = /^(\d{1,6})([MG]?)(?:i?B)?$/i.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * (match[2]?.toUpperCase() === 'G' ? 2 ** 30 : 2 ** 20);
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20)} MiB`;
}

const headings = ['NAME', 'STATE', 'MEMORY', 'CPUS', 'DISK', 'KERNEL', 'PROCESSES', 'HOST PID'];

function listLines(list: readonly VmSummary[], texts: VmTexts): readonly string[] {
  if (list.length === 0) return [texts.none];
  const rows = list.map((vm) => [
    vm.name,
    vm.state,
    mebibytes(vm.memory),
    `${vm.cpus}`,
    mebibytes(vm.disk),
    vm.release ?? '-',
    vm.release === null ? '-' : `${vm.processes}`,
    vm.pid === null ? '-' : `${vm.pid}`,
  ]);
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]?.length ?? 0)));
  return [headings, ...rows].map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}

function print(sys: Sys, lines: readonly string[]): Next<State> {
  sys.write(1, encodeUtf8(`${lines.join('\n')}\n`));
  return { exit: 0 };
}

function complain(sys: Sys, texts: VmTexts, word: string): Next<State> {
  const about = word === '' ? [] : [`vm: ${texts.unknownOption({ option: word })}`];
  sys.write(2, encodeUtf8(`${[...about, ...texts.usage].join('\n')}\n`));
  return { exit: 2 };
}

function fail(sys: Sys, text: string): Next<State> {
  sys.write(2, encodeUtf8(`vm: ${text}\n`));
  return { exit: 1 };
}
