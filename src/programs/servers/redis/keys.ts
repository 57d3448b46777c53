import { type Command, database, drop, entryOf, type Handler, integer, put, refuse } from './context.ts';
import { infoText } from './info.ts';
import { bulk, bulks, int, nil, ok, type Reply } from './resp.ts';
import { aliveKeys, type Databases, matches } from './values.ts';

const key = (c: Command) => c.args[0] ?? '';

/** Commands on keys of any type, on the connection and on the server. */
export const keyCommands: { readonly [name: string]: readonly [arity: number, handler: Handler] } = {
  ping: [-1, (c) => (c.args[0] === undefined ? { simple: 'PONG' } : bulk(c.args[0]))],
  echo: [2, (c) => bulk(key(c))],
  quit: [-1, (c) => then(c, 'close')],
  select: [2, select],
  auth: [-2, auth],
  exists: [-2, (c) => int(c.args.filter((each) => entryOf(c, each)).length)],
  del: [-2, (c) => int(drop(c, c.args))],
  unlink: [-2, (c) => int(drop(c, c.args))],
  type: [2, (c) => ({ simple: entryOf(c, key(c))?.value.type ?? 'none' })],
  keys: [2, (c) => bulks(aliveKeys(database(c), c.now).filter((each) => matches(key(c), each)))],
  scan: [-2, scan],
  randomkey: [1, (c) => bulkOrNil(aliveKeys(database(c), c.now)[0])],
  dbsize: [1, (c) => int(aliveKeys(database(c), c.now).length)],
  expire: [-3, (c) => expire(c, c.now + integer(c.args[1]) * 1000)],
  pexpire: [-3, (c) => expire(c, c.now + integer(c.args[1]))],
  expireat: [-3, (c) => expire(c, integer(c.args[1]) * 1000)],
  persist: [2, persist],
  ttl: [2, (c) => ttl(c, 1000)],
  pttl: [2, (c) => ttl(c, 1)],
  rename: [3, rename],
  flushdb: [-1, (c) => flush(c, { ...c.databases, [c.db]: {} })],
  flushall: [-1, (c) => flush(c, {})],
  save: [1, (c) => then(c, 'save')],
  bgsave: [-1, (c) => then(c, 'bgsave', 'Background saving started')],
  lastsave: [1, (c) => int(Math.floor(c.settings.started / 1000))],
  shutdown: [-1, shutdown],
  info: [
    -1,
    (c) =>
      bulk(
        infoText(
          c,
          c.args.map((each) => each.toLowerCase()),
        ),
      ),
  ],
  time: [1, (c) => bulks([String(Math.floor(c.now / 1000)), String((c.now % 1000) * 1000)])],
  role: [1, () => ({ array: [bulk('master'), int(0), { array: [] }] })],
  config: [-2, config],
  client: [-2, client],
  command: [-1, (c) => (c.args[0]?.toLowerCase() === 'count' ? int(241) : { array: [] })],
  publish: [3, () => int(0)],
  object: [-2, object],
};

function then(c: Command, after: Command['after'], text = 'OK'): Reply {
  c.after = after;
  return { simple: text };
}

function flush(c: Command, databases: Databases): Reply {
  c.databases = databases;
  return ok;
}

function bulkOrNil(text: string | undefined): Reply {
  return text === undefined ? nil : bulk(text);
}

function select(c: Command): Reply {
  const index = integer(c.args[0]);
  if (index < 0 || index > 15) return refuse('ERR DB index is out of range');
  c.db = index;
  return ok;
}

function auth(c: Command): Reply {
  const [user, password] = c.args.length > 1 ? [c.args[0], c.args[1]] : ['default', c.args[0]];
  if (c.settings.password === '' && c.args.length === 1) {
    return refuse(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    );
  }
  if (user !== 'default' || (c.settings.password !== '' && password !== c.settings.password)) {
    return refuse('WRONGPASS invalid username-password pair or user is disabled.');
  }
  c.authenticated = true;
  return ok;
}

/** Everything in one go: cursors are not kept. */
function scan(c: Command): Reply {
  const words = c.args.map((each) => each.toLowerCase());
  const pattern = words.includes('match') ? (c.args[words.indexOf('match') + 1] ?? '*') : '*';
  return { array: [bulk('0'), bulks(aliveKeys(database(c), c.now).filter((each) => matches(pattern, each)))] };
}

function expire(c: Command, at: number): Reply {
  const entry = entryOf(c, key(c));
  if (!entry) return int(0);
  if (at <= c.now) drop(c, [key(c)]);
  else put(c, key(c), entry.value, at);
  return int(1);
}

function persist(c: Command): Reply {
  const entry = entryOf(c, key(c));
  if (entry?.expires === undefined) return int(0);
  put(c, key(c), entry.value, null);
  return int(1);
}

function ttl(c: Command, unit: number): Reply {
  const entry = entryOf(c, key(c));
  if (!entry) return int(-2);
  return int(entry.expires === undefined ? -1 : Math.round((entry.expires - c.now) / unit));
}

function rename(c: Command): Reply {
  const [from = '', to = ''] = c.args;
  const entry = entryOf(c, from);
  if (!entry) return refuse('ERR no such key');
  drop(c, [from]);
  put(c, to, entry.value, entry.expires ?? null);
  return ok;
}

function shutdown(c: Command): Reply {
  const how = c.args[0]?.toLowerCase();
  c.after = how === 'nosave' ? 'shutdown-nosave' : 'shutdown';
  return ok;
}

function config(c: Command): Reply {
  const { settings } = c;
  const known: { readonly [name: string]: string } = {
    port: String(settings.port),
    bind: settings.bind,
    dir: settings.dir,
    dbfilename: settings.file,
    appendonly: settings.appendonly ? 'yes' : 'no',
    requirepass: settings.password,
    save: settings.save,
    maxmemory: settings.maxmemory,
    'maxmemory-policy': 'noeviction',
    databases: '16',
  };
  const [what = '', ...patterns] = c.args;
  if (what.toLowerCase() !== 'get') return refuse(`ERR drydock: CONFIG ${what.toUpperCase()} is not simulated`);
  return bulks(
    Object.entries(known)
      .filter(([name]) => patterns.some((each) => matches(each, name)))
      .flat(),
  );
}

function client(c: Command): Reply {
  const what = c.args[0]?.toLowerCase();
  if (what === 'setname' || what === 'setinfo') return ok;
  if (what === 'getname') return nil;
  return what === 'id' ? int(3) : refuse(`ERR drydock: CLIENT ${(c.args[0] ?? '').toUpperCase()} is not simulated`);
}

function object(c: Command): Reply {
  const entry = entryOf(c, c.args[1] ?? '');
  if (c.args[0]?.toLowerCase() !== 'encoding')
    return refuse(`ERR drydock: OBJECT ${(c.args[0] ?? '').toUpperCase()} is not simulated`);
  if (!entry) return refuse('ERR no such key');
  const { value } = entry;
  if (value.type === 'string')
    return bulk(/^-?\d{1,18}$/.test(value.text) ? 'int' : value.text.length <= 44 ? 'embstr' : 'raw');
  return bulk({ list: 'listpack', hash: 'listpack', set: 'listpack', zset: 'listpack' }[value.type]);
}
