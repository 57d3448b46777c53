import { type Errno, fail, isErrno } from '../kernel/errno.ts';
import type { Json } from '../kernel/json.ts';
import type { Sys } from '../kernel/program.ts';
import type { VmAnswer, VmRequest } from './requests.ts';
import { serviceName } from './state.ts';

/** What the hypervisor answers at once, with the descriptor of a serial console where there is one. */
export interface Asked {
  readonly reply: VmAnswer;
  readonly fd?: number;
}

/** Asks the host's hypervisor as a program of the host. ENOENT: there is none. */
export function askHypervisor(sys: Sys, request: VmRequest): Asked | Errno {
  const answer = sys.request(serviceName, request as unknown as Json);
  if (isErrno(answer)) return answer;
  if (!('reply' in answer)) return fail('EINVAL');
  return { reply: answer.reply as unknown as VmAnswer, ...(answer.fd === undefined ? {} : { fd: answer.fd }) };
}

/** Asks for something that is granted at once; undefined when it is refused. */
export function inquire(sys: Sys, request: VmRequest): (VmAnswer & { readonly ok: true }) | undefined {
  const asked = askHypervisor(sys, request);
  return !isErrno(asked) && asked.reply.ok ? asked.reply : undefined;
}
