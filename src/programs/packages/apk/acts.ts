import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import type { Io } from '../../makers/io.ts';
import { filesOf } from '../contents.ts';
import { makeDirectories, removeFiles, unpackFiles, writeSized } from '../unpack.ts';
import { readSystem, recordOf, writeSystem } from './database.ts';
import { choose } from './plan.ts';

/** A change that apk makes to the system. */
export type Act =
  | { readonly do: 'index'; readonly bytes: number }
  | { readonly do: 'add'; readonly name: string }
  /** A package without files that stands for others. */
  | { readonly do: 'virtual'; readonly name: string; readonly version: string; readonly depends: readonly string[] }
  | { readonly do: 'delete'; readonly name: string }
  | { readonly do: 'world'; readonly entries: readonly (readonly [string, string])[] }
  | { readonly do: 'told'; readonly count: number; readonly bytes: number; readonly unknown: readonly string[] }
  | { readonly do: 'told-deleted'; readonly count: number; readonly bytes: number };

const cache = '/var/cache/apk';
/** Of the indices of main and community, as they are kept. */
export const indexFiles: readonly (readonly [name: string, bytes: number])[] = [
  ['APKINDEX.4a6a0840.tar.gz', 505_000],
  ['APKINDEX.e2a3bd2c.tar.gz', 2_310_000],
];

/** Carries out a change; a message when it failed. */
export function perform(act: Act, { sys }: Io): string | undefined {
  switch (act.do) {
    case 'index':
      makeDirectories(sys, cache);
      for (const [name, bytes] of indexFiles) writeSized(sys, `${cache}/${name}`, '', bytes);
      tell(sys, 'apk', 'package-lists', { manager: 'apk', bytes: act.bytes, folder: cache });
      return undefined;
    case 'add': {
      const system = readSystem(sys);
      const pack = choose(system.table, act.name);
      if (!pack) return undefined;
      const files = filesOf(pack, 'alpine');
      const problem = unpackFiles(sys, files);
      if (problem !== undefined) return `ERROR: ${pack.name}-${pack.version}: failed to extract ${problem}\n`;
      addAccount(sys, pack.name);
      const paths = files.map(({ path }) => path);
      writeSystem(sys, new Map([...system.installed, [pack.name, recordOf(pack, paths)]]), system.world);
      return undefined;
    }
    case 'virtual': {
      const { installed, world } = readSystem(sys);
      const { name, version, depends } = act;
      const record = { name, version, installed: 0, depends, description: 'virtual meta package', files: [] };
      writeSystem(sys, new Map([...installed, [name, record]]), world);
      return undefined;
    }
    case 'delete': {
      const { installed, world } = readSystem(sys);
      removeFiles(sys, installed.get(act.name)?.files ?? []);
      writeSystem(sys, new Map([...installed].filter(([name]) => name !== act.name)), world);
      return undefined;
    }
    case 'world':
      writeSystem(sys, readSystem(sys).installed, new Map(act.entries));
      return undefined;
    case 'told': {
      const { count, bytes, unknown } = act;
      tell(sys, 'apk', 'packages-installed', { manager: 'apk', count, bytes, typical: true, unknown });
      return undefined;
    }
    case 'told-deleted':
      tell(sys, 'apk', 'packages-removed', { manager: 'apk', count: act.count, bytes: act.bytes });
      return undefined;
  }
}

/** The users that servers' packages make for themselves. */
const accounts: {
  readonly [name: string]: readonly [uid: number, gid: number, home: string, user?: string] | undefined;
} = {
  apache2: [100, 101, '/var/www', 'apache'],
  nginx: [100, 101, '/var/lib/nginx'],
  redis: [101, 102, '/var/lib/redis'],
};

function addAccount(sys: Sys, name: string): void {
  const account = Object.hasOwn(accounts, name) ? accounts[name] : undefined;
  const read = sys.fs.readFile('/etc/passwd');
  if (account === undefined || isErrno(read)) return;
  const [uid, gid, home, who = name] = account;
  if (decodeUtf8(read.bytes).includes(`\n${who}:`)) return;
  const user = `${who}:x:${uid}:${gid}:${who}:${home}:/sbin/nologin\n`;
  sys.fs.writeFile('/etc/passwd', encodeUtf8(user), { append: true });
  sys.fs.writeFile('/etc/group', encodeUtf8(`${who}:x:${gid}:${who}\n`), { append: true });
}
