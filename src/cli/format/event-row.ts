import { quoteJson } from './go/json.ts';
import { structType } from './go/structs.ts';
import { textValue, type Value } from './go/types.ts';

/** An event as the engine tells it; `at` in microseconds since 1970. */
export interface EventMessage {
  readonly at: number;
  readonly type: string;
  readonly action: string;
  readonly id: string;
  readonly attributes: { readonly [name: string]: string };
}

/** The line of an event without a format: time, object, what happened, and its attributes by name. */
export function eventLine({ at, type, action, id, attributes }: EventMessage): string {
  const time = new Date(Math.floor(at / 1e6) * 1000).toISOString().slice(0, 19);
  const listed = names(attributes).map((name) => `${name}=${attributes[name]}`);
  const more = listed.length > 0 ? ` (${listed.join(', ')})` : '';
  return `${time}.${fraction(at)}000Z ${type} ${action} ${id}${more}`;
}

/** What events look like before the API had types: containers and images have these fields, too. */
function old({ type, action, id, attributes }: EventMessage): { readonly [field: string]: string } {
  if (type !== 'container' && type !== 'image') return {};
  return { status: action, id, ...(type === 'container' ? { from: attributes.image ?? '' } : {}) };
}

/** An event as templates of `docker events` see it (events.Message). */
export function eventValue(event: EventMessage): Value {
  const { at, type, action, id, attributes } = event;
  const { status = '', id: oldId = '', from = '' } = old(event);
  const known = structType(
    {
      Message:
        'Status:string ID:string From:string Type:string Action:string Actor:Actor Scope:string Time:int TimeNano:int',
      Actor: 'ID:string Attributes:map:string',
    },
    'Message',
    'events',
  );
  const message = known.kind === 'struct' ? { ...known, name: '*events.Message' } : known;
  return {
    type: { ...message, methods: { MarshalJSON: () => textValue(eventJson(event)) } } as Value['type'],
    data: {
      Status: status,
      ID: oldId,
      From: from,
      Type: type,
      Action: action,
      Actor: { ID: id, Attributes: attributes },
      Scope: 'local',
      Time: Math.floor(at / 1e6),
      TimeNano: at * 1000,
    },
  };
}

function eventJson(event: EventMessage): string {
  const { at, type, action, id, attributes } = event;
  const field = (name: string, text: string): string => `${quoteJson(name)}:${quoteJson(text)}`;
  const actor = `{${field('ID', id)},"Attributes":{${names(attributes)
    .map((name) => field(name, attributes[name] ?? ''))
    .join(',')}}}`;
  const fields = [
    ...Object.entries(old(event)).map(([name, text]) => field(name, text)),
    field('Type', type),
    field('Action', action),
    `"Actor":${actor}`,
    field('scope', 'local'),
    `"time":${Math.floor(at / 1e6)}`,
    `"timeNano":${at}000`,
  ];
  return `{${fields.join(',')}}`;
}

function names(attributes: EventMessage['attributes']): readonly string[] {
  return Object.keys(attributes).sort();
}

function fraction(at: number): string {
  return String(at % 1e6).padStart(6, '0');
}
