import type { ApkSystem, Installed } from './database.ts';

/** The last line: how much is installed now. apk 2 (before Alpine 3.23) counts whole mebibytes. */
export function okLine({ modern }: Pick<ApkSystem, 'modern'>, installed: Iterable<Installed>): string {
  let bytes = 0;
  let count = 0;
  for (const one of installed) {
    bytes += one.installed;
    count += 1;
  }
  const mebibytes = bytes / 1024 / 1024;
  return `OK: ${modern ? mebibytes.toFixed(1) : Math.floor(mebibytes)} MiB in ${count} packages\n`;
}

/** `( 1/13)`: apk 3 pads the number. */
export function counter({ modern }: Pick<ApkSystem, 'modern'>, at: number, of: number): string {
  return `(${modern ? String(at).padStart(String(of).length) : at}/${of})`;
}
