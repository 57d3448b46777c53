import type { Rec, Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { type Signal, signalNumber } from '../../kernel/signals.ts';
import type { Image } from '../../oci/image.ts';
import type { Endpoint } from '../networks/types.ts';
import { closeProgress, sendProgress } from '../progress.ts';
import { type Container, type Exec, engine, engineState } from '../state.ts';
import { type EventFilters, passes } from './event-filter.ts';

/** What the engine remembers (as the real one: no more than this). */
const mostEvents = 256;

/** Something that happened to an object of the engine. */
export interface EngineEvent {
  readonly at: Us;
  readonly type: 'container' | 'image' | 'volume' | 'network' | 'builder';
  readonly action: string;
  readonly id: string;
  readonly attributes: { readonly [name: string]: string };
}

/** A client that follows the events. */
export interface EventReader {
  readonly filters: EventFilters;
}

/** The events that are remembered, and who waits for new ones (by the id of the stream to them). */
export interface EventLog {
  readonly events: readonly EngineEvent[];
  readonly readers: Rec<EventReader>;
}

/** All that is remembered, oldest first. */
export function eventLog(m: Machine): EventLog {
  return engineState(m).events ?? { events: [], readers: {} };
}

/** Remembers an event, and tells those who follow. */
export function noteEvent(
  m: Machine,
  type: EngineEvent['type'],
  action: string,
  id: string,
  attributes: EngineEvent['attributes'] = {},
): void {
  const event: EngineEvent = { at: m.world.now, type, action, id, attributes };
  const { events, readers } = eventLog(m);
  engine(m).events = { events: [...events.slice(1 - mostEvents), event], readers };
  for (const [stream, { filters }] of Object.entries(readers)) {
    if (passes(filters, event)) sendProgress(m, stream, { ...event });
  }
}

/** An event of a container: its image, its name and its labels go with it. */
export function noteContainer(
  m: Machine,
  { id, name, config }: Container,
  action: string,
  more: EngineEvent['attributes'] = {},
): void {
  noteEvent(m, 'container', action, id, { ...config.Labels, image: config.Image ?? '', name, ...more });
}

/** A signal was sent to a container. */
export function noteKill(m: Machine, container: Container, signal: Signal): void {
  noteContainer(m, container, 'kill', { signal: String(signalNumber(signal)) });
}

/** What is done with an image; it is called by its id unless the event is about a name. */
export function noteImage(
  m: Machine,
  { id, config }: Pick<Image, 'id' | 'config'>,
  action: 'create' | 'tag' | 'save' | 'load' | 'import',
  name: string = id,
): void {
  noteEvent(m, 'image', action, id, { ...config.Labels, name });
}

/** As the real engine names them: with the command, and a blank at the end of the program's name. */
export function noteExec(
  m: Machine,
  container: Container,
  { id, argv: [program = '', ...args] }: Pick<Exec, 'id' | 'argv'>,
  action: 'exec_create' | 'exec_start',
): void {
  noteContainer(m, container, `${action}: ${program} ${args.join(' ')}`, { execID: id });
}

/** A container comes to networks, or leaves them. */
export function noteNetworks(
  m: Machine,
  container: string,
  endpoints: readonly Endpoint[],
  action: 'connect' | 'disconnect',
): void {
  for (const { network, networkId, bridge } of endpoints) {
    const type = bridge === '' ? network : 'bridge';
    noteEvent(m, 'network', action, networkId, { container, name: network, type });
  }
}

/** Volumes of a container are mounted (before its start) or let go (after its end). */
export function noteMounts(m: Machine, { id, mounts = [] }: Container, action: 'mount' | 'unmount'): void {
  for (const { name, destination, rw } of mounts) {
    if (name === undefined) continue;
    const how = { destination, propagation: '', 'read/write': String(rw) };
    noteEvent(m, 'volume', action, name, { container: id, driver: 'local', ...(action === 'mount' ? how : {}) });
  }
}

/** A follower is gone, or its time is over. */
export function dropReader(m: Machine, stream: string): void {
  const { events, readers } = eventLog(m);
  if (!readers[stream]) return;
  const { [stream]: _gone, ...others } = readers;
  engine(m).events = { events, readers: others };
  closeProgress(m, stream);
}
