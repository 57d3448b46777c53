/** Bytes of `512M` or `2G`; a bare number is mebibytes, as for QEMU. Undefined for what is no size. */
export function sizeOf(text: string): number | undefined {
  const match = /^(\d{1,6})([MG]?)(?:i?B)?$/i.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * (match[2]?.toUpperCase() === 'G' ? 2 ** 30 : 2 ** 20);
}
