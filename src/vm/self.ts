import { isErrno } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import type { GuestSelf, VmAnswer } from './requests.ts';
import { serviceName } from './state.ts';

/** What the computer that a program runs on is, when it is a virtual machine of this world. */
export function machineSelf(sys: Sys): GuestSelf | undefined {
  const answer = sys.request(serviceName, { op: 'self' });
  if (isErrno(answer) || !('reply' in answer)) return undefined;
  const reply = answer.reply as unknown as VmAnswer;
  return reply.ok ? reply.self : undefined;
}
