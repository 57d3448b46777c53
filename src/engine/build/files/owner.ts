import type { DirNode } from '../../../kernel/fs/node.ts';
import { EngineError } from '../../errors.ts';
import { follow } from './source.ts';

/**
 * Who `--chown` or USER means, by the files of the image: `name`, `uid`, `name:group`, `uid:gid`. A number without a
 * group is the group's number too (seen on the real engine). Undefined for an empty text. Throws EngineError.
 */
export function ownerOf(text: string, tree: DirNode): { readonly uid: number; readonly gid: number } | undefined {
  if (text === '') return undefined;
  const [user = '', group] = text.split(':');
  const entry = table(tree, '/etc/passwd').find((row) => row[0] === user);
  const uid = /^\d+$/.test(user) ? Number(user) : Number(entry?.[2] ?? Number.NaN);
  if (Number.isNaN(uid)) throw unknown('uid', 'user', user);
  if (group === undefined || group === '') return { uid, gid: /^\d+$/.test(user) ? uid : Number(entry?.[3] ?? uid) };
  const found = table(tree, '/etc/group').find((row) => row[0] === group);
  const gid = /^\d+$/.test(group) ? Number(group) : Number(found?.[2] ?? Number.NaN);
  if (Number.isNaN(gid)) throw unknown('gid', 'group', group);
  return { uid, gid };
}

function table(tree: DirNode, path: string): readonly (readonly string[])[] {
  const node = follow(tree, path)?.node;
  return node?.t === 'file' ? node.data.split('\n').map((line) => line.split(':')) : [];
}

function unknown(what: string, kind: string, name: string): EngineError {
  const words = `unable to convert uid/gid chown string to host mapping: can't find ${what} for ${kind} ${name}: no such ${kind}: ${name}`;
  return new EngineError('bad-parameter', 400, words);
}
