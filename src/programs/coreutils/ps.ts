import type { ProcessInfo } from '../../kernel/program.ts';
import { ownerNames, readUsers } from '../busybox/lookup.ts';
import { readMemory } from '../busybox/process/memory.ts';
import { visibleProcesses } from '../busybox/process/ps.ts';
import { instant } from '../makers/instant.ts';
import type { Applet, StartIo } from '../makers/io.ts';
import { printLine } from '../makers/io.ts';
import type { PsContext } from './ps-columns.ts';
import { type PsRequest, readPs } from './ps-request.ts';
import { psCell, psLine, psRows } from './ps-rows.ts';

/** procps' `ps`: Unix options (-e -f -o …), BSD options (`aux`), --forest, --sort, --no-headers. */
export const procpsPs: Applet = (style) =>
  instant(style, (io) => {
    const request = readPs(io.args, (name) => readUsers(io.sys).some((user) => user.name === name));
    if (typeof request === 'string') {
      io.err(
        `error: ${request}\n\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n`,
      );
      return 1;
    }
    const names = ownerNames(io.sys);
    const context: PsContext = { now: io.sys.now, memory: readMemory(io.sys)('MemTotal') * 1024, ...names };
    const chosen = choose(io, request, context);
    const size = io.sys.isatty(1) ? io.sys.winsize(1) : undefined;
    const width = size !== undefined && 'cols' in size && size.cols > 0 ? size.cols : Number.MAX_SAFE_INTEGER;
    if (request.headers && request.columns.some((column) => column.title !== ''))
      printLine(io, psLine(request.columns, (column) => column.title).slice(0, width));
    for (const row of psRows(request, chosen, context)) {
      const text = psLine(request.columns, (column) => psCell(column, row, context));
      printLine(io, text.slice(0, width));
    }
    return chosen.length > 0 ? 0 : 1;
  });

function choose(io: StartIo, request: PsRequest, context: PsContext): readonly ProcessInfo[] {
  const all = visibleProcesses(io.sys);
  const mine = all.find(({ pid }) => pid === io.sys.pid);
  const picked = request.pids !== undefined || request.names !== undefined || request.users !== undefined;
  return all.filter((process) => {
    if (request.pids?.includes(process.pid) || request.names?.includes(process.comm)) return true;
    if (request.users?.some((name) => name === context.user(process.uid) || name === String(process.uid))) return true;
    if (picked) return false;
    if (request.scope === 'all') return true;
    if (process.tty === undefined && mine?.tty !== undefined) return false;
    return request.scope === 'terminals'
      ? process.tty !== undefined
      : process.uid === mine?.uid && process.tty === mine?.tty;
  });
}
