const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A number of bytes as Go's `%.2f` of tonistiigi/units prints it: `527B`, `1.08MB`. */
export function transferSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return unit === 0 ? `${bytes}B` : `${Number(value.toFixed(2))}${units[unit]}`;
}
