import { encodeUtf8 } from '../kernel/bytes.ts';
import type { Exec, Sys } from '../kernel/program.ts';
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
    dated ? text.replace(/^\[[^\]]*\]/, `[${clock(self.poweredOn + at)}]`) : text,
  );
  sys.write(1, encodeUtf8(`${lines.join('\n')}\n`));
  return 0;
}

const options = ['-T', '--ctime', '-H', '--color=never'];

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function clock(at: number): string {
  const date = new Date(Math.floor(at / 1000));
  const day = String(date.getUTCDate()).padStart(2);
  const time = date.toISOString().slice(11, 19);
  return `${days[date.getUTCDay()] ?? ''} ${months[date.getUTCMonth()] ?? ''} ${day} ${time} ${date.getUTCFullYear()}`;
}

function refuse(sys: Sys, text: string): number {
  sys.write(2, encodeUtf8(`${text}\n`));
  return 1;
}
