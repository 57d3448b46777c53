export const two = (n: number, w = 2): string => String(n).padStart(w, '0');

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const months = 'January February March April May June July August September October November December'.split(' ');

const dayOfYear = (d: Date): number => Math.floor((d.getTime() - Date.UTC(d.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;

/** strftime for a moment in µs. */
export function strftime(at: number, format: string): string {
  const d = new Date(at / 1000);
  const day = (d.getUTCDay() + 6) % 7;
  const parts: { readonly [c: string]: string } = {
    Y: String(d.getUTCFullYear()),
    m: two(d.getUTCMonth() + 1),
    d: two(d.getUTCDate()),
    H: two(d.getUTCHours()),
    M: two(d.getUTCMinutes()),
    S: two(d.getUTCSeconds()),
    f: two(Math.floor(at % 1e6), 6),
    y: two(d.getUTCFullYear() % 100),
    A: days[day] ?? '',
    a: (days[day] ?? '').slice(0, 3),
    B: months[d.getUTCMonth()] ?? '',
    b: (months[d.getUTCMonth()] ?? '').slice(0, 3),
    I: two(d.getUTCHours() % 12 || 12),
    p: d.getUTCHours() < 12 ? 'AM' : 'PM',
    Z: 'UTC',
    z: '',
    '%': '%',
    j: two(dayOfYear(d), 3),
    U: two(Math.floor((dayOfYear(d) + 6 - d.getUTCDay()) / 7)),
    W: two(Math.floor((dayOfYear(d) + 6 - day) / 7)),
    w: String(d.getUTCDay()),
    u: String(day + 1),
    e: String(d.getUTCDate()).padStart(2),
    T: '',
    F: '',
  };
  const composed = format
    .replaceAll('%c', '%a %b %e %H:%M:%S %Y')
    .replaceAll('%x', '%m/%d/%y')
    .replaceAll('%D', '%m/%d/%y')
    .replaceAll('%X', '%H:%M:%S')
    .replaceAll('%R', '%H:%M');
  return composed.replace(/%([a-zA-Z%])/g, (whole, c: string) =>
    c === 'T'
      ? `${parts.H}:${parts.M}:${parts.S}`
      : c === 'F'
        ? `${parts.Y}-${parts.m}-${parts.d}`
        : (parts[c] ?? whole),
  );
}
