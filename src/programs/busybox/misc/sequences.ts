import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Applet } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { producer } from '../../makers/producer.ts';
import { sleeper } from '../../makers/sleeper.ts';
import { parseOptions, showUsage } from '../../options.ts';

/** `yes`: a line for ever. */
export const yes: Applet = (style) =>
  producer<string>(style, {
    begin(io) {
      const line = encodeUtf8(`${io.args.join(' ') || 'y'}\n`);
      const block = line.repeat(Math.max(1, Math.floor(4096 / line.length)));
      return { state: block };
    },
    more(block, io) {
      io.out(block);
      return { state: block };
    },
  });

const seqLine = {
  usage: '[-w] [-s SEP] [FIRST [INC]] LAST',
  short: '+ws:f:',
  long: ['equal-width=w', 'separator:=s', 'format:=f'],
  operands: [1, 3] as const,
};

/** `seq -f`: what stands around the number, its width and decimals; undefined: not a format of one number. */
function seqFormat(text: string):
  | {
      readonly before: string;
      readonly after: string;
      readonly flags: string;
      readonly width: number;
      readonly decimals: number;
    }
  | undefined {
  const [, before = '', flags = '', width = '', decimals, letter, after = ''] =
    /^((?:[^%]|%%)*)%([-0]*)(\d*)(?:\.(\d+))?([gf])((?:[^%]|%%)*)$/.exec(text) ?? [];
  if (letter === undefined) return undefined;
  const places = letter === 'g' ? -1 : Number(decimals ?? 6);
  return {
    before: before.replace(/%%/g, '%'),
    after: after.replace(/%%/g, '%'),
    flags,
    width: Number(width),
    decimals: places,
  };
}

type Sequence = {
  readonly first: number;
  readonly step: number;
  readonly count: number;
  readonly at: number;
  readonly decimals: number;
  readonly width: number;
  readonly separator: string;
  readonly format: string;
};

/** `seq`: numbers from first to last. */
export const seq: Applet = (style) =>
  producer<Sequence>(style, {
    begin(start) {
      // A negative number is an operand for GNU seq; busybox takes it for an option where it stands first.
      const at = style.flavour === 'coreutils' && /^-(\d|\.)/.test(start.args[0] ?? '') ? 0 : -1;
      const io = at < 0 ? start : { ...start, args: ['--', ...start.args] };
      const options = parseOptions(
        io,
        style.flavour === 'busybox' ? { ...seqLine, short: '+ws:', long: ['equal-width=w', 'separator:=s'] } : seqLine,
      );
      if (typeof options === 'number') return options;
      const [a = '', b, c] = options.operands;
      const [firstText, stepText, lastText] =
        b === undefined ? ['1', '1', a] : c === undefined ? [a, '1', b] : [a, b, c];
      for (const text of [firstText, stepText, lastText]) {
        if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) continue;
        if (style.flavour === 'busybox') return showUsage(io, seqLine);
        complain(io, `invalid floating point argument: ‘${text}’`);
        return showUsage(io, seqLine);
      }
      const [first, step, last] = [Number(firstText), Number(stepText), Number(lastText)];
      const decimals = Math.max(...[firstText, stepText].map((text) => /\.(\d*)/.exec(text)?.[1]?.length ?? 0));
      if (step === 0 && style.flavour === 'coreutils') {
        complain(io, `invalid Zero increment value: ‘${stepText}’`);
        return showUsage(io, seqLine);
      }
      const count =
        step === 0 ? (first <= last ? Number.MAX_SAFE_INTEGER : 0) : Math.floor((last - first) / step + 1e-10) + 1;
      if (count <= 0) return 0;
      const width = options.has('w') ? Math.max(first.toFixed(decimals).length, last.toFixed(decimals).length) : 0;
      const separator = encodeUtf8(options.value('s') ?? '\n');
      const format = options.value('f') ?? '';
      if (format !== '' && !seqFormat(format)) return complain(io, `format ‘${format}’ has no % directive`);
      return { state: { first, step, count, at: 0, decimals, width, separator, format } };
    },
    more(state, io) {
      const end = Math.min(state.count, state.at + 1000);
      const format = seqFormat(state.format);
      let out = '';
      for (let i = state.at; i < end; i++) {
        const text = (state.first + i * state.step).toFixed(state.decimals);
        const padded = text.startsWith('-')
          ? `-${text.slice(1).padStart(state.width - 1, '0')}`
          : text.padStart(state.width, '0');
        out +=
          (format === undefined ? padded : formatted(format, state.first + i * state.step, text)) +
          (i + 1 === state.count ? '\n' : state.separator);
      }
      io.out(out);
      return end === state.count ? 0 : { state: { ...state, at: end } };
    },
  });

function formatted(format: NonNullable<ReturnType<typeof seqFormat>>, value: number, text: string): string {
  const { before, after, flags, width, decimals } = format;
  const number = decimals < 0 ? text : value.toFixed(decimals);
  const padded = flags.includes('-') ? number.padEnd(width) : number.padStart(width, flags.includes('0') ? '0' : ' ');
  return encodeUtf8(`${before}${padded}${after}`);
}

const units: { readonly [unit: string]: number } = { '': 1, s: 1, m: 60, h: 3600, d: 86400 };

/** `sleep`: fractions and units; several times are added up. */
export const sleep: Applet = (style) =>
  sleeper(style, (io) => {
    const line = {
      usage: style.flavour === 'busybox' ? '[N]...' : 'NUMBER[SUFFIX]...',
      short: '',
      operands: [1] as const,
    };
    if (io.args.length === 0 || (io.args.length === 1 && io.args[0] === '--help')) {
      const parsed = parseOptions(io, line);
      return typeof parsed === 'number' ? parsed : 1;
    }
    let total = 0;
    for (const arg of io.args) {
      const [, digits, unit = ''] = /^(\d+\.?\d*|\.\d+|inf(?:inity)?)([smhd]?)$/.exec(arg) ?? [];
      if (digits === undefined) {
        if (style.flavour === 'busybox') return complain(io, `invalid number '${arg}'`);
        complain(io, `invalid time interval ‘${arg}’`);
        return showUsage(io, line);
      }
      if (digits.startsWith('inf')) return { until: 'forever' };
      total += Number(digits) * (units[unit] ?? 1);
    }
    return { until: io.sys.now + Math.round(total * 1_000_000) };
  });
