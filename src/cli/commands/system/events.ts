import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { type Client, say } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { noArgs } from '../../flags/arity.ts';
import { filterJson } from '../../flags/filters.ts';
import { listFlag, textFlag } from '../../flags/parse.ts';
import { type EventMessage, eventLine, eventValue } from '../../format/event-row.ts';
import { TemplateError } from '../../format/template/error.ts';
import { readTemplate, render } from '../../format/template/template.ts';
import { timestamp } from '../../format/timestamp.ts';
import { type Following, openProgress, progressWait, readProgress } from '../../streams/progress.ts';
import { done, type Turn, type Verb } from '../../verb.ts';

interface EventsState {
  readonly following: Following;
  readonly format: string;
}

/** docker events: what happens to the engine's objects, and what it remembers of that. */
export const events: Verb = {
  names: ['events', 'system events'],
  usage: '[OPTIONS]',
  flags: 'filter,f:filter format:string since:string until:string',
  arity: noArgs,
  run(client, flags) {
    const format = textFlag(flags, 'format') ?? '';
    if (format !== '') line(nothing, format);
    const filters = filterJson(listFlag(flags, 'filter'));
    const query = {
      ...moment(client, 'since', textFlag(flags, 'since')),
      ...moment(client, 'until', textFlag(flags, 'until')),
      ...(filters === undefined ? {} : { filters }),
    };
    return show(client, { following: openProgress(client, { method: 'GET', path: '/events', query }), format });
  },
  resume(state, _wake, client) {
    return show(client, state as unknown as EventsState);
  },
};

const nothing: EventMessage = { at: 0, type: '', action: '', id: '', attributes: {} };

function moment(client: Client, name: string, text: string | undefined): { readonly [name: string]: string } {
  if (!text) return {};
  const value = timestamp(text, client.sys.now);
  if (value === undefined) throw new CliError(`failed to parse value as time or duration: ${JSON.stringify(text)}`);
  return { [name]: value };
}

function show(client: Client, { following, format }: EventsState): Turn {
  const { messages, following: more } = readProgress(client, following);
  for (const message of messages) {
    const event = message as unknown as EventMessage;
    if (format === '') say(client, eventLine(event));
    else client.output.push([1, encodeUtf8(`${line(event, format)}\n`)]);
  }
  if (!more) return done;
  return { state: { following: more, format } as unknown as Following, wait: progressWait(more) };
}

/** An event by a template. Throws CliError. */
function line(event: EventMessage, format: string): string {
  try {
    return render(readTemplate(format === 'json' ? '{{json .}}' : format), eventValue(event));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new CliError(`Error parsing format: ${error.message}`, 64);
  }
}
