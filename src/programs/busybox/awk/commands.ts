import { isErrno } from '../../../kernel/errno.ts';
import type { Awk } from './state.ts';
import { text } from './state.ts';
import { release, shell } from './streams.ts';
import type { Stop } from './vm.ts';

/** `system`: with the command on the stack; comes back when the child has ended. */
export function system(m: Awk): Stop | undefined {
  const { v } = m;
  if (v.child === null) {
    // what was printed must be out before the command prints
    release(m);
    if (v.pending.length > 0) {
      v.pc--;
      return 'yield';
    }
    const child = shell(m, text(m, v.stack.at(-1) ?? null), { 0: 0, 1: 1, 2: 2 });
    if (isErrno(child)) {
      v.stack[v.stack.length - 1] = 127;
      return;
    }
    v.child = child;
  }
  const done = m.io.sys.reap(v.child);
  if (done === 'again') {
    v.pc--;
    return { wait: { child: v.child } };
  }
  v.child = null;
  const { exit } = isErrno(done) ? { exit: { code: 0 } } : done;
  const signal = 'signal' in exit && exit.signal !== undefined;
  v.stack[v.stack.length - 1] = signal ? exit.code + 128 : exit.code;
  return;
}

/** `close`: ends a file or a command, and waits for the command. */
export function close(m: Awk): Stop | undefined {
  const { v } = m;
  const name = text(m, v.stack.at(-1) ?? null);
  if (v.child === null) {
    const sink = v.sinks[name];
    const source = v.sources[`<${name}`] ?? v.sources[`|${name}`];
    const stream = sink ?? source;
    if (stream === undefined) {
      v.stack[v.stack.length - 1] = m.mawk ? -1 : 0;
      return;
    }
    if (v.pending.some(([fd]) => fd === stream.fd)) {
      v.pc--;
      return 'yield';
    }
    if (stream.fd > 2) m.io.sys.close(stream.fd);
    if (sink !== undefined) delete v.sinks[name];
    else {
      delete v.sources[`<${name}`];
      delete v.sources[`|${name}`];
    }
    if (stream.pid === null) {
      v.stack[v.stack.length - 1] = 0;
      return;
    }
    v.child = stream.pid;
  }
  return system(m);
}
