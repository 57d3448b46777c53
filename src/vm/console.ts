import { encodeUtf8 } from '../kernel/bytes.ts';
import { type Errno, isErrno } from '../kernel/errno.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { newPipe, pipeEnd, pushPipe, releasePipe } from '../kernel/pipes.ts';
import { giveFd } from '../kernel/process.ts';
import { hypervisor, serviceName } from './state.ts';

// The serial console of a machine: what comes from it goes to whoever reads at that time.

/** A descriptor for the client from which the console can be read, until the machine is up or off. */
export function openConsole(m: Machine, client: number, name: string): number | Errno {
  const pipe = newPipe(m, { producer: { service: serviceName, key: name } });
  const fd = giveFd(m, client, pipeEnd(m, pipe, 'read'));
  if (isErrno(fd)) {
    releasePipe(m, pipe, 'write');
    return fd;
  }
  const consoles = m.draft.own(hypervisor(m), 'consoles') as { [name: string]: readonly Id[] };
  consoles[name] = [...(consoles[name] ?? []), pipe];
  return fd;
}

/** Lines from a machine's serial port. */
export function say(m: Machine, name: string, lines: readonly string[]): void {
  for (const pipe of hypervisor(m).consoles[name] ?? []) pushPipe(m, pipe, encodeUtf8(`${lines.join('\n')}\n`));
}

/** Nothing more comes: readers get to the end. */
export function closeConsoles(m: Machine, name: string): void {
  const consoles = m.draft.own(hypervisor(m), 'consoles') as { [name: string]: readonly Id[] };
  for (const pipe of consoles[name] ?? []) releasePipe(m, pipe, 'write');
  delete consoles[name];
}

/** Lets go of consoles that nobody reads any more. */
export function forgetConsole(m: Machine, name: string): void {
  const consoles = m.draft.own(hypervisor(m), 'consoles') as { [name: string]: readonly Id[] };
  const open = (consoles[name] ?? []).filter((pipe) => (m.kernel.pipes[pipe]?.readers ?? 0) > 0);
  for (const pipe of consoles[name] ?? []) if (!open.includes(pipe)) releasePipe(m, pipe, 'write');
  consoles[name] = open;
}
