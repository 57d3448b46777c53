import { type Command, drop, type Handler, integer, put, rangeOf, refuse, syntaxError, typedValue } from './context.ts';
import { bulk, bulks, int, nil, ok, type Reply } from './resp.ts';

const key = (c: Command) => c.args[0] ?? '';

/** Commands on lists, hashes, sets and sorted sets. */
export const collectionCommands: { readonly [name: string]: readonly [arity: number, handler: Handler] } = {
  lpush: [-3, (c) => push(c, (items, more) => [...more.toReversed(), ...items])],
  rpush: [-3, (c) => push(c, (items, more) => [...items, ...more])],
  lpop: [-2, (c) => pop(c, 'left')],
  rpop: [-2, (c) => pop(c, 'right')],
  llen: [2, (c) => int(list(c).length)],
  lrange: [4, (c) => bulks(list(c).slice(...rangeOf(list(c).length, integer(c.args[1]), integer(c.args[2]))))],
  lindex: [
    3,
    (c) => {
      const found = list(c).at(integer(c.args[1]));
      return found === undefined ? nil : bulk(found);
    },
  ],
  hset: [-4, hset],
  hmset: [-4, hmset],
  hget: [3, (c) => field(fields(c)[c.args[1] ?? ''])],
  hmget: [-3, (c) => bulks(c.args.slice(1).map((name) => fields(c)[name] ?? null))],
  hgetall: [2, (c) => bulks(Object.entries(fields(c)).flat())],
  hkeys: [2, (c) => bulks(Object.keys(fields(c)))],
  hvals: [2, (c) => bulks(Object.values(fields(c)))],
  hlen: [2, (c) => int(Object.keys(fields(c)).length)],
  hexists: [3, (c) => int(fields(c)[c.args[1] ?? ''] === undefined ? 0 : 1)],
  hdel: [-3, hdel],
  hincrby: [
    4,
    (c) => {
      const [, name = '', by] = c.args;
      const before = fields(c);
      const next = integer(before[name] ?? '0') + integer(by);
      put(c, key(c), { type: 'hash', fields: { ...before, [name]: String(next) } });
      return int(next);
    },
  ],
  sadd: [
    -3,
    (c) => {
      const before = members(c);
      const more = [...new Set(c.args.slice(1))].filter((one) => !before.includes(one));
      put(c, key(c), { type: 'set', members: [...before, ...more] });
      return int(more.length);
    },
  ],
  srem: [
    -3,
    (c) => {
      const before = members(c);
      const left = before.filter((one) => !c.args.slice(1).includes(one));
      if (left.length === 0) drop(c, [key(c)]);
      else put(c, key(c), { type: 'set', members: left });
      return int(before.length - left.length);
    },
  ],
  smembers: [2, (c) => bulks(members(c))],
  sismember: [3, (c) => int(members(c).includes(c.args[1] ?? '') ? 1 : 0)],
  scard: [2, (c) => int(members(c).length)],
  zadd: [-4, zadd],
  zrange: [-4, zrange],
  zscore: [
    3,
    (c) => {
      const found = scores(c).find(([member]) => member === c.args[1]);
      return found ? bulk(String(found[1])) : nil;
    },
  ],
  zcard: [2, (c) => int(scores(c).length)],
  zrem: [
    -3,
    (c) => {
      const before = scores(c);
      const left = before.filter(([member]) => !c.args.slice(1).includes(member));
      if (left.length === 0) drop(c, [key(c)]);
      else put(c, key(c), { type: 'zset', scores: left });
      return int(before.length - left.length);
    },
  ],
};

function list(c: Command): readonly string[] {
  return typedValue(c, key(c), 'list')?.items ?? [];
}

function fields(c: Command): { readonly [field: string]: string | undefined } & { readonly [field: string]: string } {
  return typedValue(c, key(c), 'hash')?.fields ?? {};
}

function members(c: Command): readonly string[] {
  return typedValue(c, key(c), 'set')?.members ?? [];
}

function scores(c: Command): readonly (readonly [string, number])[] {
  return typedValue(c, key(c), 'zset')?.scores ?? [];
}

function field(value: string | undefined): Reply {
  return value === undefined ? nil : bulk(value);
}

function push(c: Command, join: (items: readonly string[], more: readonly string[]) => readonly string[]): Reply {
  const items = join(list(c), c.args.slice(1));
  put(c, key(c), { type: 'list', items });
  return int(items.length);
}

function pop(c: Command, side: 'left' | 'right'): Reply {
  const items = list(c);
  const count = c.args[1] === undefined ? 1 : integer(c.args[1]);
  if (items.length === 0) return nil;
  const taken = side === 'left' ? items.slice(0, count) : items.slice(-count).toReversed();
  const left = side === 'left' ? items.slice(count) : items.slice(0, Math.max(0, items.length - count));
  if (left.length === 0) drop(c, [key(c)]);
  else put(c, key(c), { type: 'list', items: left });
  return c.args[1] === undefined ? bulk(taken[0] ?? '') : bulks(taken);
}

function hmset(c: Command): Reply {
  hset(c);
  return ok;
}

function hset(c: Command): Reply {
  if (c.args.length % 2 === 0) refuse("ERR wrong number of arguments for 'hset' command");
  const before = fields(c);
  const next: { [field: string]: string } = { ...before };
  for (let i = 1; i < c.args.length; i += 2) next[c.args[i] ?? ''] = c.args[i + 1] ?? '';
  put(c, key(c), { type: 'hash', fields: next });
  return int(Object.keys(next).length - Object.keys(before).length);
}

function hdel(c: Command): Reply {
  const before = fields(c);
  const left = Object.fromEntries(Object.entries(before).filter(([name]) => !c.args.slice(1).includes(name)));
  const removed = Object.keys(before).length - Object.keys(left).length;
  if (Object.keys(left).length === 0) drop(c, [key(c)]);
  else if (removed > 0) put(c, key(c), { type: 'hash', fields: left });
  return int(removed);
}

function zadd(c: Command): Reply {
  const pairs = c.args.slice(1);
  if (pairs.length % 2 === 1) refuse(syntaxError);
  const before = new Map(scores(c));
  const count = before.size;
  for (let i = 0; i < pairs.length; i += 2) {
    const score = Number(pairs[i]);
    if (pairs[i] === '' || Number.isNaN(score)) refuse('ERR value is not a valid float');
    before.set(pairs[i + 1] ?? '', score);
  }
  const sorted = [...before].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
  put(c, key(c), { type: 'zset', scores: sorted });
  return int(before.size - count);
}

function zrange(c: Command): Reply {
  const all = scores(c);
  const options = c.args.slice(3).map((word) => word.toLowerCase());
  if (options.some((word) => word !== 'withscores' && word !== 'rev')) refuse(syntaxError);
  const ordered = options.includes('rev') ? all.toReversed() : all;
  const chosen = ordered.slice(...rangeOf(all.length, integer(c.args[1]), integer(c.args[2])));
  return bulks(
    chosen.flatMap(([member, score]) => (options.includes('withscores') ? [member, String(score)] : [member])),
  );
}
