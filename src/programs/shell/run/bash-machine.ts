import type { Next } from '../../../kernel/program.ts';
import type { Op } from '../compile/ops.ts';
import type { Frame, ShellState } from '../state.ts';
import { finish } from './command.ts';
import { pushSource, textSource } from './levels.ts';
import { loopBlock } from './machine.ts';
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
      if (block?.b === 'time') print(sh, 2, timeText(sh.sys.now - block.started, block.posix));
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
      print(sh, 2, `${block.next === 0 ? menuText(items) : ''}${variableValue(sh, 'PS3') ?? '#? '}`);
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

/** The numbered list of `select`. */
function menuText(items: readonly string[]): string {
  const width = String(items.length).length;
  return items.map((item, index) => `${String(index + 1).padStart(width)}) ${item}\n`).join('');
}

/** What `time` prints. Processor time is the kernel's business; a simulated command is only waiting. */
function timeText(us: number, posix: boolean): string {
  const seconds = us / 1e6;
  if (posix) return `real ${seconds.toFixed(2)}\nuser 0.00\nsys 0.00\n`;
  const real = `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(3)}s`;
  return `\nreal\t${real}\nuser\t0m0.000s\nsys\t0m0.000s\n`;
}

/** Notes the file that a function is defined in, for messages and BASH_SOURCE. */
export function noteOrigin(sh: Shell, name: string): void {
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
