import { second, type Us } from '../../kernel/json.ts';
import type { ProgressMessage } from '../api.ts';

/** A layer to be had, lowest first. */
export interface WantedLayer {
  /** The first twelve digits of the blob's digest. */
  readonly id: string;
  /** Bytes to download, and on disk. */
  readonly size: number;
  readonly diskSize: number;
  readonly present: boolean;
}

/** Bytes per second of the simulated line and disk. */
const lineRate = 60_000_000;
const diskRate = 250_000_000;
/** So many layers are downloaded at a time (max-concurrent-downloads). */
const atOnce = 3;
/** Smaller layers are checked before anybody could read that they are. */
const noticeable = 1_000_000;

interface Download {
  readonly layer: WantedLayer;
  left: number;
  done?: Us;
}

/**
 * What is told while layers are downloaded, a few at a time, and unpacked one after the other from the lowest up; and
 * how long it takes.
 */
export function downloads(layers: readonly WantedLayer[]): { messages: readonly ProgressMessage[]; duration: Us } {
  const messages: ProgressMessage[] = layers.map(({ id, present }) => ({
    status: present ? 'Already exists' : 'Pulling fs layer',
    id,
  }));
  const all: Download[] = layers.filter(({ present }) => !present).map((layer) => ({ layer, left: layer.size }));
  for (const { layer } of all.slice(atOnce)) messages.push({ status: 'Waiting', id: layer.id });
  let now: Us = 0;
  let unpacked = 0;
  let free: Us = 0;
  for (;;) {
    const active = all.filter(({ done }) => done === undefined).slice(0, atOnce);
    const next = [...active].sort((a, b) => a.left - b.left)[0];
    if (!next) break;
    const bytes = next.left;
    now += Math.round((bytes * active.length * second) / lineRate);
    for (const download of active) download.left -= bytes;
    next.done = now;
    if (next.layer.size >= noticeable) messages.push({ status: 'Verifying Checksum', id: next.layer.id });
    messages.push({ status: 'Download complete', id: next.layer.id });
    // what has all layers below it is unpacked
    for (let download = all[unpacked]; download?.done !== undefined; download = all[unpacked]) {
      free = Math.max(free, now) + Math.round((download.layer.diskSize * second) / diskRate);
      messages.push({ status: 'Pull complete', id: download.layer.id });
      unpacked += 1;
    }
  }
  return { messages, duration: Math.max(now, free) };
}
