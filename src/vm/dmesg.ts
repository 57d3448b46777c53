import { encodeUtf8 } from '../kernel/bytes.ts';
import type { Exec, Sys } from '../kernel/program.ts';
import { formatTime } from '../programs/busybox/date-format.ts';
import { bootLines } from './boot-lines.ts';
import { machineSelf } from './self.ts';

/** `dmesg` in a guest: what its kernel wrote at its own boot. Returns the exit status. */
export function dmesg({ argv }: Exec, sys: Sys): number {
  const words = argv.slice(1);
  const other = words.find((word) => word.startsWith('-') && !options.includes(word));
  if (other !== undefined) return refuse(sys, `drydock: dmesg ${other}: not simulated`);
  const self = machineSelf(sys);
  if (sys.uid !== 0 || !self) return refuse(sys, 'dmesg: read kernel buffer failed: Operation not permitted');
  const dated = words.includes('-T') || words.includes('--ctime');
  const lines = bootLines(self, true).map(({ at, text }) =>
    dated ? text.replace(/^\[[^\]]*\]/, `[${formatTime(self.poweredOn + at, '%a %b %e %H:%M:%S %Y')}]`) : text,
  );
  sys.write(1, encodeUtf8(`${lines.join('\n')}\n`));
  return 0;
}

const options = ['-T', '--ctime', '--color=never'];

function refuse(sys: Sys, text: string): number {
  sys.write(2, encodeUtf8(`${text}\n`));
  return 1;
}
