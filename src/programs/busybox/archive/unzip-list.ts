import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Io } from '../../makers/io.ts';
import { formatTime } from '../date-format.ts';
import { unzipEntry, type ZipEntry } from './zip-format.ts';

/** `unzip -l` and `-v`: the members of an archive; Debian's unzip writes dates as ISO 8601, busybox's as in America. */
export function listZip(io: Io, entries: readonly ZipEntry[], form: 'short' | 'long', quiet: boolean): number {
  const busybox = io.style.flavour === 'busybox';
  const line = (text: string) => io.out(encodeUtf8(`${text}\n`));
  const date = ({ mtime }: ZipEntry) => formatTime(mtime, busybox ? '%m-%d-%Y %H:%M' : '%Y-%m-%d %H:%M');
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packed.length, 0);
  const saved = (whole: number, left: number) => {
    const percent = whole === 0 ? 0 : ((whole - left) * 100) / whole;
    return `${busybox ? Math.floor(percent) : Math.round(percent)}%`.padStart(4);
  };
  const files = `${entries.length} file${entries.length === 1 ? '' : 's'}`;
  if (form === 'short') {
    if (!quiet) line('  Length      Date    Time    Name\n---------  ---------- -----   ----');
    for (const entry of entries) line(`${String(entry.size).padStart(9)}  ${date(entry)}   ${entry.name}`);
    if (!quiet) line(`${busybox ? ' --------' : '---------'}                     -------`);
    if (!quiet) line(`${String(size).padStart(9)}                     ${files}`);
    return 0;
  }
  if (!quiet) {
    line(' Length   Method    Size  Cmpr    Date    Time   CRC-32   Name');
    line('--------  ------  ------- ---- ---------- ----- --------  ----');
  }
  for (const entry of entries) {
    const method = entry.method === 0 ? 'Stored' : 'Defl:N';
    const crc = entry.crc.toString(16).padStart(8, '0');
    const sizes = `${String(entry.size).padStart(8)}  ${method}  ${String(entry.packed.length).padStart(7)}`;
    line(`${sizes} ${saved(entry.size, entry.packed.length)} ${date(entry)} ${crc}  ${entry.name}`);
  }
  if (quiet) return 0;
  line(
    `--------          ------- ${busybox ? '----' : ' ---'}                            ${busybox ? '----' : '-------'}`,
  );
  const sums = `${String(size).padStart(8)}         ${String(packed).padStart(8)}`;
  line(`${sums} ${saved(size, packed)}                            ${files}`);
  return 0;
}

/** `unzip -t`: whether what is packed is what its check sums say. */
export function testZip(io: Io, entries: readonly ZipEntry[], archive: string, quiet: boolean): number {
  const busybox = io.style.flavour === 'busybox';
  let wrong = 0;
  for (const entry of entries) {
    const good = typeof unzipEntry(entry) === 'string' && !['damaged', 'method'].includes(unzipEntry(entry));
    if (!good) wrong++;
    if (busybox && good) continue;
    if (!quiet || !good) io.out(encodeUtf8(`    testing: ${entry.name.padEnd(22)}   ${good ? 'OK' : 'bad CRC'}\n`));
  }
  if (busybox) return wrong > 0 ? 1 : 0;
  const text = wrong > 0 ? 'At least one error was detected in' : 'No errors detected in compressed data of';
  io.out(encodeUtf8(`${text} ${archive}.\n`));
  return wrong > 0 ? 2 : 0;
}
