import { type Command, drop, entryOf, type Handler, integer, put, refuse, syntaxError, typedValue } from './context.ts';
import { bulk, bulks, int, nil, ok } from './resp.ts';

const text = (value: string) => ({ type: 'string', text: value }) as const;

/** Commands on strings and counters. */
export const stringCommands: { readonly [name: string]: readonly [arity: number, handler: Handler] } = {
  get: [2, (c) => bulkOf(c, c.args[0] ?? '')],
  set: [-3, set],
  setnx: [3, setnx],
  setex: [4, (c) => setFor(c, integer(c.args[1]) * 1000)],
  psetex: [4, (c) => setFor(c, integer(c.args[1]))],
  getset: [
    3,
    (c) => {
      const before = bulkOf(c, c.args[0] ?? '');
      put(c, c.args[0] ?? '', text(c.args[1] ?? ''), null);
      return before;
    },
  ],
  getdel: [
    2,
    (c) => {
      const before = bulkOf(c, c.args[0] ?? '');
      drop(c, [c.args[0] ?? '']);
      return before;
    },
  ],
  mget: [
    -2,
    (c) =>
      bulks(
        c.args.map((key) => {
          const value = entryOf(c, key)?.value;
          return value?.type === 'string' ? value.text : null;
        }),
      ),
  ],
  mset: [
    -3,
    (c) => {
      if (c.args.length % 2 === 1) refuse("ERR wrong number of arguments for 'mset' command");
      for (let i = 0; i < c.args.length; i += 2) put(c, c.args[i] ?? '', text(c.args[i + 1] ?? ''), null);
      return ok;
    },
  ],
  append: [
    3,
    (c) => {
      const next = (typedValue(c, c.args[0] ?? '', 'string')?.text ?? '') + (c.args[1] ?? '');
      put(c, c.args[0] ?? '', text(next));
      return int(next.length);
    },
  ],
  strlen: [2, (c) => int(typedValue(c, c.args[0] ?? '', 'string')?.text.length ?? 0)],
  incr: [2, (c) => add(c, 1)],
  decr: [2, (c) => add(c, -1)],
  incrby: [3, (c) => add(c, integer(c.args[1]))],
  decrby: [3, (c) => add(c, -integer(c.args[1]))],
};

function setnx(c: Command): ReturnType<Handler> {
  const [key = '', value = ''] = c.args;
  if (entryOf(c, key)) return int(0);
  put(c, key, text(value), null);
  return int(1);
}

function bulkOf(c: Command, key: string): ReturnType<Handler> {
  const value = typedValue(c, key, 'string');
  return value ? bulk(value.text) : nil;
}

function add(c: Command, by: number): ReturnType<Handler> {
  const [key = ''] = c.args;
  const next = integer(typedValue(c, key, 'string')?.text ?? '0') + by;
  put(c, key, text(String(next)));
  return int(next);
}

function setFor(c: Command, milliseconds: number): ReturnType<Handler> {
  if (milliseconds <= 0) refuse("ERR invalid expire time in 'setex' command");
  put(c, c.args[0] ?? '', text(c.args[2] ?? ''), c.now + milliseconds);
  return ok;
}

function set(c: Command): ReturnType<Handler> {
  const [key = '', value = '', ...options] = c.args;
  let expires: number | null | undefined = null;
  let only: 'nx' | 'xx' | undefined;
  let old = false;
  for (let i = 0; i < options.length; i++) {
    const option = (options[i] ?? '').toLowerCase();
    if (option === 'nx' || option === 'xx') only = option;
    else if (option === 'keepttl') expires = undefined;
    else if (option === 'get') old = true;
    else if (/^(?:ex|px|exat|pxat)$/.test(option) && i + 1 < options.length) {
      const time = integer(options[++i]);
      if (time <= 0) refuse("ERR invalid expire time in 'set' command");
      expires = (option.startsWith('e') ? time * 1000 : time) + (option.endsWith('at') ? 0 : c.now);
    } else refuse(syntaxError);
  }
  const before = old ? bulkOf(c, key) : nil;
  const there = entryOf(c, key) !== undefined;
  if ((only === 'nx' && there) || (only === 'xx' && !there)) return before;
  put(c, key, text(value), expires);
  return old ? before : ok;
}
