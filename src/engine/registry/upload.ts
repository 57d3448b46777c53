import { millisecond, second, type Us } from '../../kernel/json.ts';
import { lineRate, type TimedMessage, tick } from '../images/download.ts';

/** A layer on its way to a registry, the highest first. */
export interface UploadLayer {
  /** The first twelve digits of its diff id. */
  readonly id: string;
  /** Bytes that go over the line, and of the archive in them. */
  readonly size: number;
  readonly archive: number;
  /** What the registry says of it: it has it in this repository, in another one (from there it is mounted), or not. */
  readonly state: 'exists' | 'mounted' | 'sent';
  readonly from?: string;
}

/** So many layers are sent at a time (max-concurrent-uploads). */
const atOnce = 5;
/** The time that one question to the registry takes. */
const askTime: Us = 40 * millisecond;

/** What is told before anything is asked: all layers, and those that wait because others come first. */
export function preparing(layers: readonly UploadLayer[]): readonly TimedMessage[] {
  const say = (status: string) => (layer: UploadLayer) => message(0, status, layer.id);
  return [...layers.map(say('Preparing')), ...layers.slice(atOnce).map(say('Waiting'))];
}

/** The seconds that the engine waits before it asks a registry that does not answer once more (recorded of 28.5.2). */
const waits = [5, 10, 15, 20];

/** What is told while a registry does not answer: it is asked again and again, and then no more. */
export function retries(layers: readonly UploadLayer[]): { messages: readonly TimedMessage[]; duration: Us } {
  const messages = [...preparing(layers)];
  let now: Us = askTime;
  for (const wait of waits) {
    for (let left = wait; left > 0; left--) {
      const status = `Retrying in ${left} ${left === 1 ? 'second' : 'seconds'}`;
      for (const { id } of layers.slice(0, atOnce)) messages.push(message(now, status, id));
      now += second;
    }
    now += askTime;
  }
  return { messages, duration: now };
}

/** What is told while layers are sent, a few at a time, and how long that takes. */
export function uploads(layers: readonly UploadLayer[]): { messages: readonly TimedMessage[]; duration: Us } {
  const messages = [...preparing(layers)];
  const all = layers.map((layer) => ({ layer, left: layer.state === 'sent' ? layer.size : 0, done: false }));
  let now: Us = askTime;
  let next: Us = now + tick;
  for (;;) {
    const active = all.filter(({ done }) => !done).slice(0, atOnce);
    if (active.length === 0) return { messages, duration: now + askTime };
    const sending = active.filter(({ left }) => left > 0);
    const rate = lineRate / Math.max(1, sending.length);
    const first = Math.min(...active.map(({ left }) => left));
    const finish = now + Math.round((first * second) / rate);
    const until = Math.min(next, finish);
    const bytes = until === finish ? first : ((until - now) * rate) / second;
    now = until;
    for (const each of active) {
      each.left -= Math.min(each.left, bytes);
      const { id, size, archive } = each.layer;
      if (each.left <= 0.5) {
        each.done = true;
        if (each.layer.state === 'sent') messages.push(progress(now, id, inBlocks(archive), archive));
        messages.push(message(now, ended(each.layer), id));
      } else if (until === next)
        messages.push(progress(now, id, Math.floor(archive * (1 - each.left / size)), archive));
    }
    if (until === next) next += tick;
  }
}

/** The archive as it is sent: whole blocks of 512 bytes, and the empty blocks at its end. */
function inBlocks(archive: number): number {
  return Math.ceil(archive / 512) * 512 + 1536;
}

function ended({ state, from = '' }: UploadLayer): string {
  return state === 'sent' ? 'Pushed' : state === 'exists' ? 'Layer already exists' : `Mounted from ${from}`;
}

function message(at: Us, status: string, id: string): TimedMessage {
  return { at, message: { status, progressDetail: {}, id } };
}

function progress(at: Us, id: string, current: number, total: number): TimedMessage {
  return { at, message: { status: 'Pushing', progressDetail: { current, total }, id } };
}
