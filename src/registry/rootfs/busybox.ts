import type { RootEntry } from '../../oci/rootfs.ts';
import { busyboxNames } from '../../programs/names.ts';
import type { LayerFiles } from './layer.ts';
import { program } from './layer.ts';

const passwd = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
sys:x:3:3:sys:/dev:/bin/false
sync:x:4:100:sync:/bin:/bin/sync
mail:x:8:8:mail:/var/spool/mail:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
operator:x:37:37:Operator:/var:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
`;
const group = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
mail:x:8:
www-data:x:33:
operator:x:37:
users:x:100:
nogroup:x:65534:
`;

/** The busybox image: one binary, and the applets in /bin (hard links there; links by name carry less and act the same). */
export function busyboxFiles(): LayerFiles {
  const dir: RootEntry = { dir: true };
  const files: { [path: string]: RootEntry } = {
    '/bin/busybox': program('busybox', 1_305_576),
    '/dev': dir,
    '/etc/group': group,
    '/etc/passwd': passwd,
    '/home': { dir: true, uid: 65534, gid: 65534 },
    '/lib64': { link: 'lib' },
    '/root': { dir: true, mode: 0o700 },
    '/tmp': { dir: true, mode: 0o1777 },
    '/usr/bin/env': { link: '../../bin/env' },
    '/usr/sbin': { dir: true, uid: 1, gid: 1 },
    '/var/spool/mail': { dir: true, uid: 8, gid: 8 },
    '/var/www': { dir: true, uid: 33, gid: 33 },
  };
  for (const applet of busyboxNames()) files[`/bin/${applet}`] = { link: '/bin/busybox' };
  return { files, bulk: ['/lib/libc.so.6', '/lib/libm.so.6'] };
}
