import type { ServiceAnswer } from '../kernel/program.ts';
import type { VmAnswer, VmRefusal } from './requests.ts';

/** What the hypervisor answers when it refuses. */
export function refuse(
  refusal: VmRefusal,
  more: { readonly free?: number; readonly port?: number } = {},
): ServiceAnswer {
  return { reply: { ok: false, refusal, ...more } satisfies VmAnswer };
}
