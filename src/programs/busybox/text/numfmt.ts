import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { instant } from '../../makers/instant.ts';
import { type Applet, complain, type Io } from '../../makers/io.ts';
import { lineFilter } from '../../makers/line-filter.ts';
import { type CommandLine, parseOptions } from '../../options.ts';

type Plan = {
  readonly from: string;
  readonly to: string;
  readonly suffix: string;
  readonly padding: number;
  readonly field: number;
  readonly header: number;
  readonly round: string;
  readonly delimiter: string;
  readonly digits: number;
  readonly seen: number;
  readonly status: number;
};

const line: CommandLine = {
  usage: '[OPTION]... [NUMBER]...',
  short: 'd:z',
  long: [
    'from:',
    'to:',
    'suffix:',
    'padding:',
    'field:',
    'header::',
    'round:',
    'delimiter:=d',
    'grouping',
    'format:',
    'invalid:',
  ],
};
const letters = 'KMGTPEZY';

/** Are numbers among the arguments, behind the options and their values? */
function hasNumbers(args: readonly string[]): boolean {
  const valued = /^(?:-d|--(?:from|to|suffix|padding|field|round|delimiter|format|invalid))$/;
  return args.some((word, at) => (!word.startsWith('-') || /^-\d/.test(word)) && !valued.test(args[at - 1] ?? ''));
}

/** `numfmt`: numbers to and from the short forms with K, M, G. */
export const numfmt: Applet = (style) => {
  const read = lineFilter<Plan>(style, {
    begin(io) {
      const plan = planOf(io);
      return typeof plan === 'number' ? plan : { state: plan.plan, inputs: [] };
    },
    line(plan, text, io) {
      if (plan.seen < plan.header) {
        io.out(`${text}\n`);
        return { ...plan, seen: plan.seen + 1 };
      }
      const status = convertLine(io, plan, text);
      if (status !== 0) io.finish(status);
      return { ...plan, status: status || plan.status };
    },
    end: ({ status }) => status,
  });
  const direct = instant(style, (io) => {
    const plan = planOf(io);
    if (typeof plan === 'number') return plan;
    for (const word of plan.numbers) {
      const status = convertLine(io, plan.plan, word);
      if (status !== 0) return status;
    }
    return 0;
  });
  return {
    start: (exec, sys) => (hasNumbers(exec.argv.slice(1)) ? direct : read).start(exec, sys),
    step: (state, wake, sys) => read.step(state, wake, sys),
  };
};

function planOf(
  io: Parameters<typeof parseOptions>[0],
): { readonly plan: Plan; readonly numbers: readonly string[] } | number {
  const options = parseOptions(io, line);
  if (typeof options === 'number') return options;
  if (options.has('z')) return complain(io, 'the option -z is not simulated');
  if (options.has('invalid')) return complain(io, 'the option --invalid is not simulated');
  const [, digits] = /^%(?:\.(\d+))?f$/.exec(options.value('format') ?? '%f') ?? ['', undefined, 'wrong'];
  if (options.has('format') && !/^%(?:\.\d+)?f$/.test(options.value('format') ?? ''))
    return complain(io, 'formats other than %f and %.Nf are not simulated');
  const plan: Plan = {
    from: options.value('from') ?? 'none',
    to: options.value('to') ?? 'none',
    suffix: options.value('suffix') ?? '',
    padding: Number(options.value('padding') ?? 0),
    field: Number(options.value('field') ?? 1),
    header: options.has('header') ? Number(options.value('header') ?? 1) : 0,
    round: options.value('round') ?? 'from-zero',
    delimiter: options.value('d') ?? '',
    digits: digits === undefined ? -1 : Number(digits),
    seen: 0,
    status: 0,
  };
  for (const [name, value] of [
    ['from', plan.from],
    ['to', plan.to],
  ] as const) {
    const known = ['none', 'si', 'iec', 'iec-i', ...(name === 'from' ? ['auto'] : [])];
    if (known.includes(value)) continue;
    complain(io, `invalid argument ‘${value}’ for ‘--${name}’`);
    io.err(
      encodeUtf8(
        `Valid arguments are:\n${known.map((each) => `  - ‘${each}’\n`).join('')}Try 'numfmt --help' for more information.\n`,
      ),
    );
    return 1;
  }
  return { plan, numbers: options.operands };
}

/** Converts the chosen field; 2 after a mistake, which has been told. */
function convertLine(io: Io, plan: Plan, text: string): number {
  const parts = plan.delimiter === '' ? text.split(/([ \t]+)/) : text.split(plan.delimiter);
  const at = plan.delimiter === '' ? (plan.field - 1) * 2 + (parts[0] === '' ? 2 : 0) : plan.field - 1;
  const word = parts[at];
  if (word !== undefined) {
    const value = parse(io, plan, word);
    if (value === undefined) return 2;
    const shown = format(plan, value) + plan.suffix;
    parts[at] = plan.padding < 0 ? shown.padEnd(-plan.padding) : shown.padStart(plan.padding);
  }
  io.out(`${parts.join(plan.delimiter)}\n`);
  return 0;
}

function parse(io: Io, plan: Plan, word: string): number | undefined {
  const bare = plan.suffix !== '' && word.endsWith(plan.suffix) ? word.slice(0, -plan.suffix.length) : word;
  const [, digits, letter = '', i = ''] = /^(-?\d+(?:\.\d+)?)([KMGTPEZY]?)(i?)$/i.exec(bare) ?? [];
  if (digits === undefined) {
    complain(io, /^-?\d/.test(bare) ? `invalid suffix in input: ‘${word}’` : `invalid number: ‘${word}’`);
    return undefined;
  }
  if (letter === '') return Number(digits);
  if (plan.from === 'none') {
    complain(io, `rejecting suffix in input: ‘${word}’ (consider using --from)`);
    return undefined;
  }
  if (plan.from === 'iec-i' && i === '') {
    complain(io, `missing 'i' suffix in input: ‘${word}’ (e.g Ki/Mi/Gi)`);
    return undefined;
  }
  const base = plan.from === 'si' || (plan.from === 'auto' && i === '') ? 1000 : 1024;
  return Number(digits) * base ** (letters.indexOf(letter.toUpperCase()) + 1);
}

function format(plan: Plan, value: number): string {
  if (plan.to === 'none') return plan.digits >= 0 ? value.toFixed(plan.digits) : String(round(plan.round, value));
  const base = plan.to === 'si' ? 1000 : 1024;
  let size = Math.abs(value);
  let power = 0;
  while (size >= base) {
    size /= base;
    power++;
  }
  const sign = value < 0 ? '-' : '';
  const scaled = (places: number): number => round(plan.round, size * 10 ** places) / 10 ** places;
  let places = plan.digits >= 0 ? plan.digits : size < 10 && power > 0 ? 1 : 0;
  let shown = scaled(places);
  if (shown >= base) {
    shown /= base;
    power++;
    places = plan.digits >= 0 ? plan.digits : 1;
  } else if (plan.digits < 0 && places === 1 && shown >= 10) places = 0;
  const unit = power === 0 ? '' : `${letters[power - 1]}${plan.to === 'iec-i' ? 'i' : ''}`;
  return `${sign}${shown.toFixed(places)}${unit}`;
}

function round(how: string, value: number): number {
  const near = Math.abs(value - Math.round(value)) < 1e-9 ? Math.round(value) : value;
  switch (how) {
    case 'up':
      return Math.ceil(near);
    case 'down':
      return Math.floor(near);
    case 'towards-zero':
      return Math.trunc(near);
    case 'nearest':
      return Math.round(near);
    default:
      return near < 0 ? Math.floor(near) : Math.ceil(near);
  }
}
