import { encodeUtf8 } from '../kernel/bytes.ts';
import { isErrno, strerror } from '../kernel/errno.ts';
import type { Next, Program, Sys } from '../kernel/program.ts';
import { askHypervisor } from './ask.ts';
import { isoBytes } from './install.ts';
import { kinds } from './kinds.ts';
import type { VmAnswer, VmRequest, VmSummary } from './requests.ts';
import { systems } from './systems.ts';
import { type VmTexts, vmTexts } from './texts.ts';
import { askedOf } from './words.ts';

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
    const asked = askedOf(exec);
    if ('wrong' in asked) return complain(sys, texts, asked.wrong);
    if (asked.op === 'kinds') return print(sys, kindLines(texts));
    if (asked.op === 'iso') return fetchIso(asked.system, sys, texts);
    const answer = askHypervisor(sys, asked);
    if (isErrno(answer)) return fail(sys, strerror(answer));
    const { reply } = answer;
    const name = 'name' in asked ? asked.name : '';
    if (!reply.ok) return fail(sys, refusalText(texts, reply, name, 'snapshot' in asked ? asked.snapshot : ''));
    if (reply.list) return print(sys, listLines(reply.list, texts));
    if (asked.op === 'firmware') return print(sys, [reply.help === true ? texts.helpOn : texts.helpOff]);
    const last = closing(asked, texts);
    if (answer.fd === undefined) return print(sys, [last({ name })]);
    return pump({ fd: answer.fd, pending: '', last: encodeUtf8(`${last({ name })}\n`) }, sys);
  },
  step: (state, _wake, sys) => pump(state, sys),
};

/** Puts an installer's ISO image into the folder, as a download would (663 MB for Debian's network installer). */
function fetchIso(system: string, sys: Sys, texts: VmTexts): Next<State> {
  const found = systems.find(({ id }) => id === system && id !== 'debian12-cloud');
  if (!found) return complain(sys, texts, system);
  const path = `${sys.cwd() === '/' ? '' : sys.cwd()}/${found.id}.iso`;
  const failed = sys.fs.writeFile(path, isoBytes(found.id)) ?? sys.fs.declareSize(path, 663_000_000);
  return failed ? fail(sys, `${path}: ${strerror(failed)}`) : print(sys, [path]);
}

/** What is said when a command has done what it was to do. */
function closing(asked: VmRequest, texts: VmTexts) {
  if (asked.op === 'boot') return texts.up;
  if (asked.op === 'stop') return texts.off;
  if (asked.op === 'hold') return texts.held[asked.how === 'discard' ? 'save' : asked.how];
  return asked.op === 'snapshot' ? texts.snapshots[asked.act] : texts.removed;
}

function refusalText(
  texts: VmTexts,
  { refusal, free = 0, port = 0 }: VmAnswer & { readonly ok: false },
  name: string,
  snapshot: string,
): string {
  return texts.refused[refusal]({ name, free: mebibytes(free), port: String(port), snapshot });
}

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

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20)} MiB`;
}

const headings = ['NAME', 'ON', 'STATE', 'MEMORY', 'CPUS', 'DISK', 'KERNEL', 'PROCESSES', 'HOST PID'];

function listLines(list: readonly VmSummary[], texts: VmTexts): readonly string[] {
  if (list.length === 0) return [texts.none];
  const rows = list.map((vm) => [
    vm.name,
    vm.kind,
    vm.state,
    mebibytes(vm.memory),
    `${vm.cpus}`,
    mebibytes(vm.disk),
    vm.release ?? '-',
    vm.release === null ? '-' : `${vm.processes}`,
    vm.pid === null ? '-' : `${vm.pid}`,
  ]);
  return table([headings, ...rows]);
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => columns(row[i] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - columns(cell)))
      .join('   ')
      .trimEnd(),
  );
}

/** Columns on a screen: Hangul takes two. */
function columns(text: string): number {
  let count = 0;
  for (const c of text) count += /[\u1100-\u115f\u3131-\u318e\uac00-\ud7a3]/.test(c) ? 2 : 1;
  return count;
}

function kindLines(texts: VmTexts): readonly string[] {
  const rows = kinds.map(({ kind, name, type, guest, drivers, control, korean }) => {
    const [own, by] = texts.lang === 'ko' ? korean : [drivers, control];
    return [kind, name, String(type), guest === 'process' ? texts.asProcess : texts.asDomain, own, by];
  });
  return table([texts.kindHeadings, ...rows]);
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
