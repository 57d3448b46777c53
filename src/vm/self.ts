import type { Sys } from '../kernel/program.ts';
import { inquire } from './ask.ts';
import type { GuestSelf } from './requests.ts';

/** What the computer that a program runs on is, when it is a virtual machine of this world. */
export function machineSelf(sys: Sys): GuestSelf | undefined {
  return inquire(sys, { op: 'self' })?.self;
}
