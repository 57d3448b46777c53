import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Program, Sys } from '../../kernel/program.ts';
import { bootLines } from '../../vm/boot-lines.ts';
import { machineSelf } from '../../vm/self.ts';
import { journalText } from './journal-text.ts';
import type { SystemdAnswer } from './manager.ts';
import { type JournalLine, systemdService } from './state.ts';

/** -x adds nothing: it explains messages that have an entry in the catalog, and none of these lines carries the number of one. */
const flags = ['-b', '-k', '--dmesg', '--no-pager', '-e', '-x', '-q', '-r', '--reverse', '--boot'];

/** `journalctl`: what the kernel and systemd wrote since the system booted, and what units were told to do. */
export const journalctl: Program = {
  start({ argv }, sys) {
    const wish = parse(argv.slice(1));
    if (typeof wish === 'string') return { exit: refuse(sys, wish) };
    const lines = [...ofBoot(sys, wish.kernel), ...(wish.kernel ? [] : ofUnits(sys))].sort(inOrder);
    const chosen = wish.units.length === 0 ? lines : lines.filter(({ unit }) => wish.units.includes(unit));
    const last = chosen.slice(Number.isFinite(wish.most) ? Math.max(0, chosen.length - wish.most) : 0);
    const { hostname } = sys.uname();
    const shown = (wish.reverse ? last.reverse() : last).map((line) => journalText(line, hostname));
    if (shown.length === 0 && wish.quiet) return { exit: 0 };
    sys.write(1, encodeUtf8(`${shown.length === 0 ? '-- No entries --' : shown.join('\n')}\n`));
    return { exit: 0 };
  },
  step: () => ({ exit: 1 }),
};

/** By time; of what has the same, a target is reached after its units have started, and these after systemd itself. */
function inOrder(a: JournalLine, b: JournalLine): number {
  const rank = ({ unit }: JournalLine) => (unit === '' ? 0 : unit.endsWith('.target') ? 2 : 1);
  return a.at - b.at || rank(a) - rank(b);
}

interface Wish {
  readonly units: readonly string[];
  readonly most: number;
  readonly kernel: boolean;
  readonly reverse: boolean;
  /** Nothing is said of there being no lines. */
  readonly quiet: boolean;
}

function parse(argv: readonly string[]): Wish | string {
  const units: string[] = [];
  let most = Number.POSITIVE_INFINITY;
  const set = new Set<string>();
  // short options in one word, as in -xeu UNIT; a value may be joined with its option
  const words = argv.flatMap((word) => {
    if (/^--(unit|lines)=/.test(word)) return [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)];
    if (/^-[bkexqr]+[un]?$/.test(word)) return [...word.slice(1)].map((letter) => `-${letter}`);
    return /^-[un].+/.test(word) ? [word.slice(0, 2), word.slice(2)] : [word];
  });
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '-u' || word === '--unit') {
      const unit = words[++i];
      if (unit === undefined) return "journalctl: option requires an argument -- 'u'";
      units.push(unit.includes('.') ? unit : `${unit}.service`);
    } else if (word === '-n' || word === '--lines') {
      const given = words[i + 1];
      if (given !== undefined && /^\d+$/.test(given)) i++;
      most = given !== undefined && /^\d+$/.test(given) ? Number(given) : 10;
    } else if (flags.includes(word)) set.add(word);
    else return `drydock: journalctl ${word}: not simulated`;
  }
  return {
    units,
    most,
    kernel: set.has('-k') || set.has('--dmesg'),
    reverse: set.has('-r') || set.has('--reverse'),
    quiet: set.has('-q'),
  };
}

/** The kernel's lines and those of process 1 as the console had them; units are told of by their own lines. */
function ofBoot(sys: Sys, kernelOnly: boolean): readonly JournalLine[] {
  const self = machineSelf(sys);
  if (!self) return [];
  return bootLines(self, kernelOnly)
    .filter(({ text }) => !/^\[ {2}OK {2}\] Started /.test(text))
    .map(({ at, text }) => ({
      at: self.poweredOn + at,
      unit: /(\S+\.target) - /.exec(text)?.[1] ?? '',
      by: text.startsWith('[  OK') || text.includes('systemd[1]:') ? 'systemd[1]' : 'kernel',
      text: /^\[ *[\d.]+\] (?:systemd\[1\]: )?(.*)$/.exec(text)?.[1] ?? text.replace(/^\[ {2}OK {2}\] /, ''),
    }));
}

function ofUnits(sys: Sys): readonly JournalLine[] {
  const answer = sys.request(systemdService, { op: 'journal' });
  if (isErrno(answer) || !('reply' in answer)) return [];
  const reply = answer.reply as unknown as SystemdAnswer;
  return 'journal' in reply ? reply.journal : [];
}

function refuse(sys: Sys, text: string): number {
  sys.write(2, encodeUtf8(`${text}\n`));
  return 1;
}
