import { second, type Us } from '../../kernel/json.ts';

const heading =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
  '                                 Dload  Upload   Total   Spent    Left  Speed\n';

/** The start of curl's progress meter: heading, and a line of zeros that later ones overwrite. */
export function meterStart(): string {
  return `${heading}${meterLine({ total: 0, got: 0, spent: 0 })}`;
}

export interface Transferred {
  /** Bytes that the server announced (0: unknown), bytes that came, time since the start. */
  readonly total: number;
  readonly got: number;
  readonly spent: Us;
}

/** One line of the meter, with the carriage return before it and without a newline after it. */
export function meterLine({ total, got, spent }: Transferred): string {
  const percent = total > 0 ? Math.floor((got * 100) / total) : got > 0 ? 100 : 0;
  const speed = got === 0 ? 0 : Math.floor((got * second) / Math.max(spent, 1000));
  const announced = total > 0 ? total : got;
  const sizes = `${share(percent)} ${amount(announced)}  ${share(total > 0 ? percent : 0)} ${amount(got)}  ${share(0)} ${amount(0)}`;
  return `\r${sizes}  ${amount(speed)}  ${amount(0)} ${time(0)} ${time(spent)} ${time(0)} ${amount(speed)}`;
}

function share(percent: number): string {
  return String(percent).padStart(3);
}

const kibi = 1024;
const mebi = 1024 * kibi;

/** Five columns: the bytes while they fit, then k, tenths of M, M, G. */
function amount(bytes: number): string {
  if (bytes < 100_000) return String(bytes).padStart(5);
  if (bytes < 10_000 * kibi) return `${String(Math.floor(bytes / kibi)).padStart(4)}k`;
  if (bytes < 100 * mebi)
    return `${String(Math.floor(bytes / mebi)).padStart(2)}.${Math.floor((bytes % mebi) / (mebi / 10))}M`;
  if (bytes < 10_000 * mebi) return `${String(Math.floor(bytes / mebi)).padStart(4)}M`;
  return `${String(Math.floor(bytes / (kibi * mebi))).padStart(4)}G`;
}

function time(us: Us): string {
  const seconds = Math.floor(us / second);
  if (seconds < 1) return '--:--:--';
  const two = (n: number) => String(n).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`.padStart(8);
}
