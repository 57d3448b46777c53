import { instant } from '../../makers/instant.ts';
import { type Applet, complain, printLine } from '../../makers/io.ts';
import { lineFilter } from '../../makers/line-filter.ts';
import { wholeInput } from '../../makers/whole-input.ts';
import { parseOptions, showUsage } from '../../options.ts';

/** `factor`: the prime factors of numbers up to 2⁵³. */
export const factor: Applet = (style) => {
  const act = (io: Parameters<typeof complain>[0], word: string): number => {
    const number = Number(word);
    if (!/^\+?\d+$/.test(word)) {
      if (style.flavour === 'busybox')
        return showUsage({ ...io, args: [], env: {} }, { usage: '[NUMBER]...', short: '' });
      return complain(io, `‘${word}’ is not a valid positive integer`);
    }
    if (number > Number.MAX_SAFE_INTEGER) return complain(io, `${word}: numbers beyond 2^53 are not simulated`);
    printLine(
      io,
      `${number}:${factors(number)
        .map((each) => ` ${each}`)
        .join('')}`,
    );
    return 0;
  };
  const reading = lineFilter<{ readonly status: number }>(style, {
    begin: () => ({ state: { status: 0 }, inputs: [] }),
    line: (state, line, io) => {
      let { status } = state;
      for (const word of line.split(/\s+/).filter(Boolean)) status = act(io, word) || status;
      return { status };
    },
    end: ({ status }) => status,
  });
  const direct = instant(style, (io) => {
    const options = parseOptions(io, { usage: '[NUMBER]...', short: '' });
    if (typeof options === 'number') return options;
    let status = 0;
    for (const word of options.operands) {
      status = act(io, word) || status;
      if (status !== 0 && style.flavour === 'busybox') break;
    }
    return status;
  });
  return {
    start: (exec, sys) => (exec.argv.length > 1 ? direct : reading).start(exec, sys),
    // the program that does all at once never waits but for its reader, and both keep what is unread in the same way
    step: (state, wake, sys) => reading.step(state, wake, sys),
  };
};

function factors(of: number): readonly number[] {
  const found: number[] = [];
  let rest = of;
  for (let by = 2; by * by <= rest; by += by === 2 ? 1 : 2) {
    while (rest % by === 0) {
      found.push(by);
      rest /= by;
    }
  }
  return rest > 1 ? [...found, rest] : found;
}

/** `cksum`: POSIX's CRC-32 and the size. `sum`: BSD's check sum and the size in KiB. */
export const cksum: Applet = (style) =>
  wholeInput<{ readonly named: boolean; readonly many: boolean; readonly sysv: boolean }>(style, {
    begin(io) {
      const sum = style.name === 'sum';
      const options = parseOptions(io, {
        usage: sum ? '[-rs] [FILE]...' : '[FILE]...',
        short: sum ? 'rs' : '',
        ...(sum ? { long: ['sysv=s'] } : {}),
      });
      if (typeof options === 'number') return options;
      const { operands } = options;
      const state = { named: operands.length > 0, many: operands.length > 1, sysv: options.has('s') };
      return { state, inputs: operands };
    },
    file(state, bytes, input, io) {
      const name = state.named ? ` ${input}` : '';
      if (style.name === 'cksum') printLine(io, `${crc(bytes)} ${bytes.length}${name}`);
      else if (state.sysv) printLine(io, `${systemV(bytes)} ${Math.ceil(bytes.length / 512)}${name}`);
      else {
        const blocks = String(Math.ceil(bytes.length / 1024)).padStart(5);
        printLine(io, `${String(bsd(bytes)).padStart(5, '0')} ${blocks}${state.named ? name : ''}`);
      }
      return state;
    },
  });

function crc(bytes: string): number {
  let sum = 0;
  const add = (byte: number): void => {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  };
  for (let at = 0; at < bytes.length; at++) add(bytes.charCodeAt(at));
  for (let left = bytes.length; left > 0; left = Math.floor(left / 256)) add(left & 0xff);
  return ~sum >>> 0;
}

function bsd(bytes: string): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at++) sum = ((sum >> 1) + ((sum & 1) << 15) + bytes.charCodeAt(at)) & 0xffff;
  return sum;
}

function systemV(bytes: string): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at++) sum += bytes.charCodeAt(at);
  const once = (sum & 0xffff) + (Math.floor(sum / 65536) & 0xffff);
  return (once & 0xffff) + (once >> 16);
}
