import type { HostConfig } from './api.ts';

/** Bytes that a size like `10m` means; undefined: it is none (go-units, RAMInBytes). */
export function logFileSize(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * 1024 ** ' kmgtp'.indexOf(unit.toLowerCase() || ' ');
}

/** What all files of a container's log may take up: `max-size` of each, `max-file` of them (1 by default). */
export function logBytes({ Config }: HostConfig['LogConfig']): number | undefined {
  const size = Config['max-size'] === undefined ? undefined : logFileSize(Config['max-size']);
  return size === undefined ? undefined : size * Math.max(1, Number(Config['max-file'] ?? 1));
}
