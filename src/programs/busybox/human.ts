const units = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/**
 * A number of bytes for people as busybox's tools print it: one decimal below ten-thousand units ("1.5K", "23.5G").
 * With `block` the value counts blocks of so many bytes. Zero is "0".
 */
export function humanSize(value: number, block = 1): string {
  let size = value * block;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  if (unit === 0) return String(size);
  return `${(Math.floor(size * 10 + 0.5) / 10).toFixed(1)}${units[unit]}`;
}

/** The same as GNU tools print it: rounded up, a decimal only below ten ("1.5K", "24G"). */
export function gnuSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  if (unit === 0) return String(size);
  const tenths = Math.ceil(size * 10) / 10;
  return `${tenths < 10 ? tenths.toFixed(1) : Math.ceil(size)}${units[unit]}`;
}
