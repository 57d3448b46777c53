import { second, type Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { setTimer } from '../../kernel/process.ts';
import type { ServiceAnswer } from '../../kernel/program.ts';
import { closeProgress, openProgress, sendProgress } from '../progress.ts';
import { engine, serviceName } from '../state.ts';
import { step } from '../step.ts';
import { passes, readEventFilters } from './event-filter.ts';
import { eventLog } from './events.ts';

type Query = { readonly [key: string]: string };

/** GET /events: what is remembered since a moment, then what comes, up to a moment (none: until the client goes). */
export function watchEvents(m: Machine, pid: number, query: Query): ServiceAnswer {
  const filters = readEventFilters(query.filters);
  const since = moment(query.since);
  const until = moment(query.until);
  const { events, readers } = eventLog(m);
  const past = events.filter(
    (event) => since !== undefined && event.at >= since && event.at <= (until ?? event.at) && passes(filters, event),
  );
  const follow = until === undefined || until > m.world.now;
  step(m, 'dockerd', 'read-events', { shown: past.length, kept: events.length, follow });
  const { id, answer } = openProgress(m, pid, 'events:');
  for (const event of past) sendProgress(m, id, { ...event });
  if (!follow) closeProgress(m, id);
  else engine(m).events = { events, readers: { ...readers, [id]: { filters } } };
  if (follow && until !== undefined) setTimer(m, serviceName, `events:${id}`, until);
  return answer;
}

/** Seconds since 1970 with a fraction, as the API has times. */
function moment(text: string | undefined): Us | undefined {
  return text === undefined || text === '' ? undefined : Math.round(Number(text) * second);
}
