import { isErrno } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';

/** What a program passes on from its standard input to a process in a guest. */
interface GuestInput {
  /** Is there more to come? */
  readonly input: boolean;
  /** Read and not yet taken by the guest. */
  readonly pending: string;
}

/** What was typed goes to the guest, as much as it takes; at the end of the input the guest's is closed. */
export function forwardInput({ input, pending }: GuestInput, stdin: number, sys: Sys): GuestInput {
  let open = input;
  let left = pending;
  while (open) {
    if (left !== '') {
      const taken = sys.write(stdin, left);
      if (taken === 'again') break;
      left = isErrno(taken) ? '' : left.slice(taken);
      if (isErrno(taken)) open = false;
      continue;
    }
    const got = sys.read(0, 4096);
    if (got === 'again') break;
    if (got === 'eof' || isErrno(got)) {
      sys.close(stdin);
      open = false;
    } else left = got.bytes;
  }
  return { input: open, pending: left };
}
