import { collectionCommands } from './collections.ts';
import { type Command, type Handler, Refused } from './context.ts';
import { keyCommands } from './keys.ts';
import type { Reply } from './resp.ts';
import { stringCommands } from './strings.ts';

type Table = { readonly [name: string]: readonly [arity: number, handler: Handler] };

const tables: readonly Table[] = [keyCommands, stringCommands, collectionCommands];

/** Commands that only read: nothing of them is written to an append-only file. */
const reading =
  /^(?:ping|echo|quit|select|auth|exists|type|keys|scan|randomkey|dbsize|ttl|pttl|save|bgsave|lastsave|shutdown|info|time|role|config|client|command|publish|object|get|mget|strlen|llen|lrange|lindex|hget|hmget|hgetall|hkeys|hvals|hlen|hexists|smembers|sismember|scard|zrange|zscore|zcard)$/;

export function changes(name: string): boolean {
  return !reading.test(name.toLowerCase());
}

/** Executes a command; `name` as it was sent. */
export function execute(name: string, command: Command): Reply {
  const lower = name.toLowerCase();
  const table = tables.find((each) => Object.hasOwn(each, lower));
  const found = table?.[lower];
  if (!found) {
    const args = command.args.slice(0, 20).map((arg) => `'${arg.slice(0, 128)}' `);
    return { error: `ERR unknown command '${name}', with args beginning with: ${args.join('')}` };
  }
  const [arity, handler] = found;
  const count = command.args.length + 1;
  if (arity > 0 ? count !== arity : count < -arity)
    return { error: `ERR wrong number of arguments for '${lower}' command` };
  if (command.settings.password !== '' && !command.authenticated && lower !== 'auth' && lower !== 'quit') {
    return { error: 'NOAUTH Authentication required.' };
  }
  const before = command.databases;
  try {
    return handler(command);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    command.databases = before;
    return { error: error.message };
  }
}
