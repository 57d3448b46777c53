import { days, months } from '../../busybox/date-format.ts';

/** What PHP's date() makes of a time (microseconds since 1970, UTC) and a format. */
export function date(at: number, format: string): string {
  const d = new Date(Math.floor(at / 1000));
  const two = (n: number): string => String(n).padStart(2, '0');
  const [y, mo, day, wd, h] = [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCDay(), d.getUTCHours()];
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const yday = Math.floor((Date.UTC(y, mo, day) - Date.UTC(y, 0, 1)) / 86_400_000);
  const suffix =
    day % 10 === 1 && day !== 11
      ? 'st'
      : day % 10 === 2 && day !== 12
        ? 'nd'
        : day % 10 === 3 && day !== 13
          ? 'rd'
          : 'th';
  const thursday = new Date(Date.UTC(y, mo, day - ((wd + 6) % 7) + 3));
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 604_800_000);
  const parts: { readonly [c: string]: () => string } = {
    d: () => two(day),
    D: () => (days[wd] ?? '').slice(0, 3),
    j: () => String(day),
    l: () => days[wd] ?? '',
    N: () => String(wd || 7),
    S: () => suffix,
    w: () => String(wd),
    z: () => String(yday),
    W: () => two(week),
    F: () => months[mo] ?? '',
    m: () => two(mo + 1),
    M: () => (months[mo] ?? '').slice(0, 3),
    n: () => String(mo + 1),
    t: () => String(new Date(Date.UTC(y, mo + 1, 0)).getUTCDate()),
    L: () => (leap ? '1' : '0'),
    o: () => String(thursday.getUTCFullYear()),
    Y: () => String(y),
    y: () => two(y % 100),
    a: () => (h < 12 ? 'am' : 'pm'),
    A: () => (h < 12 ? 'AM' : 'PM'),
    g: () => String(h % 12 || 12),
    G: () => String(h),
    h: () => two(h % 12 || 12),
    H: () => two(h),
    i: () => two(d.getUTCMinutes()),
    s: () => two(d.getUTCSeconds()),
    u: () => '000000',
    v: () => '000',
    e: () => 'UTC',
    I: () => '0',
    O: () => '+0000',
    P: () => '+00:00',
    p: () => 'Z',
    T: () => 'UTC',
    Z: () => '0',
    U: () => String(Math.floor(at / 1e6)),
    c: () => date(at, 'Y-m-d\\TH:i:sP'),
    r: () => date(at, 'D, d M Y H:i:s O'),
  };
  return format.replace(
    /\\(.)|([A-Za-z])/g,
    (_w, plain: string | undefined, c: string) => plain ?? (Object.hasOwn(parts, c) ? (parts[c]?.() ?? c) : c),
  );
}
