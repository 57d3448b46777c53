import { isErrno } from '../../kernel/errno.ts';
import type { Wake } from '../../kernel/program.ts';
import type { Client } from '../client.ts';

/** What has come of a question: an answer, an interruption, or what was typed of an answer so far. */
export type Confirmation = 'yes' | 'no' | 'interrupted' | { readonly typed: string };

/** Reads a line of input; `y` means yes, anything else and the end of the input mean no. */
export function confirmation(client: Client, before: string, wake: Wake): Confirmation {
  if (wake.on === 'signal') return 'interrupted';
  let typed = before;
  while (!typed.includes('\n')) {
    const got = client.sys.read(0, 1024);
    if (got === 'again') return { typed };
    if (got === 'eof' || isErrno(got)) return 'no';
    typed += got.bytes;
  }
  return typed.split('\n')[0]?.trim().toLowerCase() === 'y' ? 'yes' : 'no';
}
