import { type Client, complain } from '../client.ts';
import { ApiError, CliError, notSimulated } from '../errors.ts';
import { atLeast } from '../flags/arity.ts';
import { boolFlag, textFlag } from '../flags/parse.ts';
import type { Verb } from '../verb.ts';
import { findContainer } from './container/inspect.ts';
import { findImage } from './image/inspect.ts';
import { type Found, inspectAll } from './inspector.ts';
import { findNetwork } from './network/inspect.ts';

const types = ['config', 'container', 'image', 'network', 'node', 'plugin', 'secret', 'service', 'task', 'volume'];

/** docker inspect: objects of any kind; the first kind that has one of that name. */
export const inspect: Verb = {
  names: ['inspect'],
  usage: '[OPTIONS] NAME|ID [NAME|ID...]',
  flags: 'format,f:string size,s type:string',
  arity: atLeast(1),
  run(client, flags, args) {
    const type = textFlag(flags, 'type');
    const size = boolFlag(flags, 'size');
    if (type !== undefined) checkType(type);
    return inspectAll(client, textFlag(flags, 'format'), args, (name) => find(client, name, type, size));
  },
};

type Finder = (client: Client, name: string, size: boolean) => Found;

/** Kinds of objects in the order in which they are looked through. */
const finders: readonly (readonly [type: string, find: Finder])[] = [
  ['container', findContainer],
  ['image', findImage],
  ['network', findNetwork],
];

function checkType(type: string): void {
  const choice = `must be one of ${types.map((name) => `"${name}"`).join(', ')}`;
  if (type === '') throw new CliError(`type is empty: ${choice}`);
  if (!types.includes(type)) throw new CliError(`unknown type: "${type}": ${choice}`);
  if (!finders.some(([name]) => name === type)) throw notSimulated(`docker inspect --type ${type}`);
}

function find(client: Client, name: string, type: string | undefined, size: boolean): Found {
  for (const [kind, finder] of finders) {
    if (type !== undefined && type !== kind) continue;
    try {
      const found = finder(client, name, size);
      if (size && kind !== 'container') complain(client, `WARNING: --size ignored for ${kind}`);
      return found;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404 || type !== undefined) throw error;
    }
  }
  throw new CliError(`Error: No such object: ${name}`);
}
