import type { RootFiles } from '../../oci/rootfs.ts';
import { isAlpine, type LayerPlan, textAt } from './layer.ts';

interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid?: number;
  readonly home: string;
  readonly shell: string;
}

const nologin = '/usr/sbin/nologin';
const onDebian: { readonly [repository: string]: Account | undefined } = {
  nginx: { name: 'nginx', uid: 101, home: '/nonexistent', shell: '/bin/false' },
  redis: { name: 'redis', uid: 999, home: '/home/redis', shell: '/bin/sh' },
  memcached: { name: 'memcache', uid: 11211, home: '/home/memcache', shell: '/bin/sh' },
  postgres: { name: 'postgres', uid: 999, home: '/var/lib/postgresql', shell: '/bin/bash' },
  mysql: { name: 'mysql', uid: 999, home: '/var/lib/mysql', shell: '/bin/false' },
  mariadb: { name: 'mysql', uid: 999, home: '/var/lib/mysql', shell: '/bin/sh' },
  mongo: { name: 'mongodb', uid: 999, home: '/data/db', shell: '/bin/sh' },
  rabbitmq: { name: 'rabbitmq', uid: 999, home: '/var/lib/rabbitmq', shell: nologin },
  node: { name: 'node', uid: 1000, home: '/home/node', shell: '/bin/bash' },
};
const onAlpine: typeof onDebian = {
  nginx: { name: 'nginx', uid: 101, home: '/var/cache/nginx', shell: '/sbin/nologin' },
  redis: { name: 'redis', uid: 999, gid: 1000, home: '/home/redis', shell: '/sbin/nologin' },
  postgres: { name: 'postgres', uid: 70, home: '/var/lib/postgresql', shell: '/bin/sh' },
  node: { name: 'node', uid: 1000, home: '/home/node', shell: '/bin/sh' },
  adminer: { name: 'adminer', uid: 100, gid: 101, home: '/home/adminer', shell: '/sbin/nologin' },
};

/** The account that a row makes (`useradd`, `adduser`), in the files that list accounts. */
export function accountFiles(plan: LayerPlan): RootFiles {
  if (!/\b(?:useradd|adduser)\b/.test(plan.instruction) && !adds(plan)) return {};
  if (plan.instruction.includes('www-data'))
    return accountLines(plan, { name: 'www-data', uid: 82, home: '/home/www-data', shell: '/sbin/nologin' });
  const table = isAlpine(plan) ? { ...onDebian, ...onAlpine } : onDebian;
  const account = Object.hasOwn(table, plan.repository) ? table[plan.repository] : undefined;
  return account ? accountLines(plan, account) : {};
}

/** rabbitmq's account is made within a longer row. */
function adds({ repository, main }: LayerPlan): boolean {
  return repository === 'rabbitmq' && main;
}

/** The lines of an account in the files that list accounts. */
export function accountLines({ below }: LayerPlan, { name, uid, gid = uid, home, shell }: Account): RootFiles {
  const passwd = textAt(below, '/etc/passwd');
  const group = textAt(below, '/etc/group');
  if (passwd.includes(`\n${name}:`)) return {};
  return {
    '/etc/passwd': `${passwd}${name}:x:${uid}:${gid}::${home}:${shell}\n`,
    '/etc/group': `${group}${name}:x:${gid}:\n`,
    ...(home.startsWith('/home/node') ? { [home]: { dir: true as const, mode: 0o755, uid, gid } } : {}),
  };
}

/** The numbers of a user and its group in a tree's /etc/passwd; root's when there is none of that name. */
export function ownerOf(plan: Pick<LayerPlan, 'below'>, name: string): { readonly uid: number; readonly gid: number } {
  const line = textAt(plan.below, '/etc/passwd')
    .split('\n')
    .find((text) => text.startsWith(`${name}:`));
  const [, , uid = 0, gid = 0] = line?.split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}
