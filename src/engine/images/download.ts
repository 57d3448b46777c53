import { millisecond, second, type Us } from '../../kernel/json.ts';
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

/** A message, and when it comes after the beginning. */
export interface TimedMessage {
  readonly at: Us;
  readonly message: ProgressMessage;
}

/** Bytes per second of the simulated line and disk. */
export const lineRate = 40_000_000;
const diskRate = 250_000_000;
/** So many layers are downloaded at a time (max-concurrent-downloads). */
const atOnce = 3;
/** Smaller layers are checked before anybody could read that they are. */
const noticeable = 1_000_000;
/** How often the engine tells of one layer's progress. */
export const tick = 100 * millisecond;

interface Download {
  readonly layer: WantedLayer;
  left: number;
  done?: Us;
}

/**
 * What is told while layers are downloaded, a few at a time, and unpacked one after the other from the lowest up; and
 * how long it takes. The messages are in the order of their times.
 */
export function downloads(layers: readonly WantedLayer[]): { messages: readonly TimedMessage[]; duration: Us } {
  const messages: TimedMessage[] = [];
  const say = (at: Us, status: string, id: string, current?: number, total?: number): void => {
    const progressDetail = current === undefined || total === undefined ? {} : { current, total };
    messages.push({ at, message: { status, progressDetail, id } });
  };
  for (const { id, present } of layers) say(0, present ? 'Already exists' : 'Pulling fs layer', id);
  const all: Download[] = layers.filter(({ present }) => !present).map((layer) => ({ layer, left: layer.size }));
  for (const { layer } of all.slice(atOnce)) say(0, 'Waiting', layer.id);
  download(all, say);
  const duration = unpack(all, say);
  return { messages: messages.sort((a, b) => a.at - b.at), duration };
}

type Say = (at: Us, status: string, id: string, current?: number, total?: number) => void;

/** The line is shared by those that are under way; notes when each one is done. */
function download(all: readonly Download[], say: Say): void {
  let now: Us = 0;
  let next: Us = tick;
  for (;;) {
    const active = all.filter(({ done }) => done === undefined).slice(0, atOnce);
    if (active.length === 0) return;
    const rate = lineRate / active.length;
    const first = Math.min(...active.map(({ left }) => left));
    const finish = now + Math.round((first * second) / rate);
    const until = Math.min(next, finish);
    const bytes = until === finish ? first : ((until - now) * rate) / second;
    now = until;
    for (const each of active) {
      const { id, size } = each.layer;
      each.left -= bytes;
      if (each.left <= 0.5) {
        each.done = now;
        if (size >= noticeable) say(now, 'Verifying Checksum', id);
        say(now, 'Download complete', id);
      } else if (until === next) say(now, 'Downloading', id, Math.floor(size - each.left), size);
    }
    if (until === next) next += tick;
  }
}

/** A layer is unpacked when it is there and all below it are; what is told of it is how far its blob is read. */
function unpack(all: readonly Download[], say: Say): Us {
  let free: Us = 0;
  for (const { layer, done = 0 } of all) {
    const { id, size, diskSize } = layer;
    const start = Math.max(free, done);
    free = start + Math.round((diskSize * second) / diskRate);
    for (let at = start + tick; at < free; at += tick) {
      say(at, 'Extracting', id, Math.floor((size * (at - start)) / (free - start)), size);
    }
    say(free, 'Extracting', id, size, size);
    say(free, 'Pull complete', id);
  }
  return free;
}
