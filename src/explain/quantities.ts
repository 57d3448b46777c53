/** Bytes with a binary unit, as `docker stats` writes them: `64 MiB`, `1.5 GiB`, `512 B`. */
export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toFixed(1))} ${units[unit]}`;
}

/** How many CPUs a cgroup's cpu.max (quota and period in microseconds) allows: `0.5`. */
export function cpus([quota, period]: readonly [number, number]): string {
  return String(Number((quota / period).toFixed(2)));
}

/** Microseconds as `0 ms`, `1.5 ms`, `24 ms`, `10.2 s`. */
export function duration(us: number): string {
  if (us >= 1_000_000) return `${Number((us / 1_000_000).toFixed(1))} s`;
  return `${Number((us / 1000).toFixed(us < 10_000 ? 1 : 0))} ms`;
}

/** `1 layer`, `7 layers`; an irregular plural is the third argument. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** An id as people see it: the first twelve of 64 hex digits. Names stay as they are. */
export function shortId(id: string): string {
  return /^(?:sha256:)?[0-9a-f]{64}$/.test(id) ? id.replace('sha256:', '').slice(0, 12) : id;
}

/** A text in which every long id is cut to twelve digits. */
export function shortIds(text: string): string {
  return text.replace(/[0-9a-f]{64}/g, (id) => `${id.slice(0, 12)}…`);
}

/** Which of the files it is that the engine keeps for a container and mounts over the image's own. */
export function engineFile(target: string): string | undefined {
  return /\/etc\/(resolv\.conf|hostname|hosts)$/.exec(target)?.[1];
}

/** An address without the length of its network: `172.17.0.2/16` to `172.17.0.2`. */
export function bareAddress(address: string): string {
  return address.replace(/\/\d+$/, '');
}

/** Words as one command line that a shell would read back; long ones are cut. */
export function commandLine(argv: readonly string[], limit = 60): string {
  const line = argv
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}

/** The namespace kinds as the manual names them (`mnt` is the mount namespace). */
export function kindNames(kinds: readonly string[]): string {
  return kinds.map((kind) => (kind === 'mnt' ? 'mount' : kind)).join(', ');
}

/** The number behind an exit status above 128, where a signal ended the process (POSIX shells: 128 + n). */
export function signalOfStatus(code: number): number | undefined {
  return code > 128 && code < 128 + 65 ? code - 128 : undefined;
}

/** A kernel's release as people say it: `6.8.0-45-generic` to `6.8`. */
export function shortRelease(release: string): string {
  return /^\d+\.\d+/.exec(release)?.[0] ?? release;
}

/** A count with commas between the thousands: `200,000`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
