import type { Next } from '../../../kernel/program.ts';
import type { CommandOp, Op } from '../compile/ops.ts';
import { textWidth } from '../line-editor.ts';
import type { Frame, ShellState } from '../state.ts';
import { finish, waitFor } from './command.ts';
import { popBlock, pushSource, textSource } from './levels.ts';
import { loopBlock } from './machine.ts';
import { place } from './redirects.ts';
import type { Shell } from './shell.ts';
import { hasOption, print } from './shell.ts';
import { setVariable, variableValue } from './variables.ts';

/** Operations on commands that only bash has; others are passed over. */
export function executeBash(sh: Shell, op: Op): Next<ShellState> | undefined {
  const { frame } = sh;
  switch (op.o) {
    case 'outcome':
      frame.pc++;
      finish(sh, sh.s.status, op.tested);
      return undefined;
    case 'endProcesses':
      for (const fd of frame.processes ?? []) sh.sys.close(fd);
      frame.processes = [];
      break;
    case 'timeStart':
      frame.blocks.push({ b: 'time', started: sh.sys.now, posix: op.posix });
      break;
    case 'timeEnd': {
      const block = frame.blocks.pop();
      if (block?.b === 'time') print(sh, 2, timeText(sh, sh.sys.now - block.started, block.posix));
      break;
    }
    case 'menu': {
      const block = loopBlock(sh);
      const { items = [] } = block;
      if (items.length === 0) {
        sh.s.status = 1;
        break;
      }
      // the list is shown again only after an empty reply
      print(
        sh,
        2,
        `${block.next === 0 ? menuText(items, Number(variableValue(sh, 'COLUMNS')) || 80) : ''}${variableValue(sh, 'PS3') ?? '#? '}`,
      );
      frame.blocks[frame.blocks.length - 1] = { ...block, next: 1 };
      sh.s.pending = {
        p: 'read',
        tested: true,
        read: {
          fd: 0,
          names: [],
          raw: true,
          delimiter: '\n',
          limit: null,
          until: null,
          bytes: '',
          quoted: [],
          escaped: false,
          modes: null,
        },
      };
      break;
    }
    case 'chosen': {
      const block = loopBlock(sh);
      if (sh.s.status !== 0) {
        print(sh, 1, '\n');
        frame.blocks[frame.blocks.length - 1] = { ...block, kept: 1 };
        frame.pc = block.brk;
        return undefined;
      }
      const reply = variableValue(sh, 'REPLY') ?? '';
      if (reply.trim() === '') {
        frame.blocks[frame.blocks.length - 1] = { ...block, next: 0 };
        frame.pc = op.again;
        return undefined;
      }
      const item = /^\s*\d+\s*$/.test(reply) ? block.items?.[Number(reply) - 1] : undefined;
      setVariable(sh, block.name ?? '', item ?? '');
      break;
    }
    default:
  }
  frame.pc++;
  return undefined;
}

/** The numbered list of `select`: down and then to the right, as many columns as the width allows (execute_cmd.c). */
function menuText(items: readonly string[], width: number): string {
  const digits = String(items.length).length;
  const widest = Math.max(...items.map(textWidth)) + digits + 2 + 2;
  let across = Math.max(1, Math.floor(width / widest));
  let rows = Math.ceil(items.length / across);
  across = Math.ceil(items.length / rows);
  if (rows === 1) [rows, across] = [across, 1];
  const first = String(rows).length;
  let out = '';
  for (let row = 0; row < rows; row++) {
    let at = 0;
    for (let index = row; index < items.length; index += rows) {
      const item = items[index] ?? '';
      const text = `${String(index + 1).padStart(index < rows ? first : digits)}) ${item}`;
      out += text;
      if (index + rows >= items.length) break;
      out += tabs(at + textWidth(text), at + widest);
      at += widest;
    }
    out += '\n';
  }
  return out;
}

/** From one column to another with tabs where they fit, as bash's indent does. */
function tabs(from: number, to: number): string {
  let out = '';
  for (let at = from; at < to; ) {
    if (Math.floor(to / 8) > Math.floor(at / 8)) {
      out += '\t';
      at += 8 - (at % 8);
    } else {
      out += ' ';
      at++;
    }
  }
  return out;
}

/** `TIMEFORMAT`: `%[digits][l]R` (and U, S, which are nothing here), `%P`, `%%`. */
function formatted(format: string, seconds: number): string {
  return format.replace(/%(?:%|(\d?)(l?)([RUS])|P)/g, (whole, digits: string, long: string, what: string) => {
    if (whole === '%%') return '%';
    if (whole === '%P') return '0.00';
    const value = what === 'R' ? seconds : 0;
    const places = Math.min(3, digits === '' ? 3 : Number(digits));
    return long ? `${Math.floor(value / 60)}m${(value % 60).toFixed(places)}s` : value.toFixed(places);
  });
}

/** What `time` prints. Processor time is the kernel's business; a simulated command is only waiting. */
function timeText(sh: Shell, us: number, posix: boolean): string {
  const seconds = us / 1e6;
  const format = posix ? undefined : variableValue(sh, 'TIMEFORMAT');
  if (format === '') return '';
  if (format !== undefined) return `${formatted(format, seconds)}\n`;
  if (posix) return `real ${seconds.toFixed(2)}\nuser 0.00\nsys 0.00\n`;
  const real = `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(3)}s`;
  return `\nreal\t${real}\nuser\t0m0.000s\nsys\t0m0.000s\n`;
}

/** Notes the command at hand for BASH_COMMAND, which a trap's own commands leave as it was. */
export function noteCommand(sh: Shell, text: string): void {
  if (!sh.s.frames.some((frame) => frame.kind === 'trap')) sh.s.command = text;
}

/** Notes a function's text, and the file that it is defined in, for messages and BASH_SOURCE. */
export function noteOrigin(sh: Shell, { name, text = '' }: CommandOp & { o: 'define' }): void {
  sh.s.functionTexts = { ...sh.s.functionTexts, [name]: text };
  const file = sh.s.frames.findLast((frame) => frame.file !== undefined)?.file;
  const { [name]: _, ...others } = sh.s.origins ?? {};
  sh.s.origins = file === undefined ? others : { ...others, [name]: file };
}

/** The RETURN trap, behind a function or a sourced file. Returns whether it runs now. */
export function runReturnTrap(sh: Shell, ended: Frame): boolean {
  const action = sh.s.traps.RETURN;
  if (!action || sh.s.flavour !== 'bash' || sh.s.frames.some((frame) => frame.kind === 'trap')) return false;
  if (ended.kind === 'function' && ended.restore.traps?.RETURN !== undefined && !hasOption(sh, 'T')) return false;
  pushSource(sh, 'trap', textSource(action, 1), true, { status: sh.s.status });
  return true;
}

/** `shopt -s lastpipe`: this shell runs a pipeline's last member, with `input` for its standard input. */
export function beginLastMember(
  sh: Shell,
  op: CommandOp & { o: 'pipeline' },
  pc: number,
  pids: readonly number[],
  input: number,
): void {
  const saved: (readonly [fd: number, copy: number | null])[] = [];
  place(sh, input, 0, saved);
  const { to, text, tested } = op;
  sh.frame.blocks.push({ b: 'lastpipe', saved, pids, to, text, tested });
  sh.frame.pc = pc;
}

/** The end of such a member: the others are waited for. Returns false when none is being run. */
export function endLastMember(sh: Shell): boolean {
  const block = sh.frame.blocks.at(-1);
  if (block?.b !== 'lastpipe') return false;
  popBlock(sh);
  sh.frame.pc = block.to;
  waitFor(sh, block.pids, block.text, block.tested);
  const { pending } = sh.s;
  if (pending?.p !== 'job') return true;
  const processes = [...pending.job.processes, { pid: 0, exit: { code: sh.s.status } }];
  sh.s.pending = { ...pending, job: { ...pending.job, processes } };
  return true;
}
