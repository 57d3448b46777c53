import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import { machineSelf } from '../../vm/self.ts';
import { serviceName as hypervisor } from '../../vm/state.ts';

/** The system is to go down, as `reboot`, `poweroff` and `halt` ask for; the power goes as with poweroff, also after halt. */
export function powerRequest(name: string, sys: Sys): number {
  const again = name === 'reboot';
  const refuse = (text: string) => {
    sys.write(2, encodeUtf8(`${text}\n`));
    return 1;
  };
  if (sys.uid !== 0) {
    return refuse(`Call to ${again ? 'Reboot' : 'PowerOff'} failed: Interactive authentication required.`);
  }
  if (!machineSelf(sys)) return refuse(`drydock: ${name} of this computer is not simulated`);
  return isErrno(sys.request(hypervisor, { op: 'power', again })) ? 1 : 0;
}
