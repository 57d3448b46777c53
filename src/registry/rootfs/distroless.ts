import type { RootEntry } from '../../oci/rootfs.ts';
import { type LayerFiles, program, programs } from './layer.ts';

/** Is it a row of images that are known of other registries than Docker Hub? */
export function isOutsideRow(instruction: string): boolean {
  return instruction.startsWith('bazel build distroless ') || /^COPY \/?uv \/?uvx /.test(instruction);
}

/** What such a row holds. */
export function outsideFiles(instruction: string): LayerFiles {
  if (instruction.startsWith('COPY')) {
    const folder = instruction.includes('/usr/local/bin/') ? '/usr/local/bin' : '';
    return { files: programs(`${folder}/uv`, `${folder}/uvx`), bulk: [`${folder}/uv`] };
  }
  const [, kind = '', version = '12'] = /distroless (\S+) debian(\d+)/.exec(instruction) ?? [];
  const name = version === '11' ? 'bullseye' : version === '13' ? 'trixie' : 'bookworm';
  const files: { [path: string]: RootEntry } = {
    '/etc/passwd':
      'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n',
    '/etc/group': 'root:x:0:\nnobody:x:65534:\ntty:x:5:\nstaff:x:50:\nnonroot:x:65532:\n',
    '/etc/nsswitch.conf': 'hosts: files dns\n',
    '/etc/os-release': `PRETTY_NAME="Distroless"\nNAME="Debian GNU/Linux"\nID="debian"\nVERSION_ID="${version}"\nVERSION="Debian GNU/Linux ${version} (${name})"\n`,
    '/etc/ssl/certs/ca-certificates.crt': { bytes: '', size: 219_342 },
    '/usr/share/zoneinfo/UTC': { bytes: 'TZif2' },
    '/home/nonroot': { dir: true, mode: 0o700, uid: 65532, gid: 65532 },
    '/tmp': { dir: true, mode: 0o1777 },
    '/root': { dir: true, mode: 0o700 },
  };
  const bulk: string[] = [];
  const main = kind.startsWith('node')
    ? '/nodejs/bin/node'
    : kind.startsWith('java') && kind !== 'java-base'
      ? '/usr/bin/java'
      : undefined;
  if (main !== undefined) {
    Object.assign(files, programs(main));
    bulk.push(main);
  } else if (kind === 'python3') {
    files['/usr/bin/python3'] = program('python3');
    files['/usr/bin/python'] = { link: 'python3' };
    bulk.push('/usr/bin/python3');
  } else bulk.push(kind === 'static' ? '/usr/share/zoneinfo/tzdata.zi' : '/lib/x86_64-linux-gnu/libc.so.6');
  if (instruction.endsWith(' debug')) {
    files['/busybox/busybox'] = program('busybox');
    for (const one of ['sh', 'ls', 'cat', 'echo', 'ps', 'id', 'env', 'wget', 'ash', 'find', 'grep'])
      files[`/busybox/${one}`] = { link: '/busybox/busybox' };
  }
  return { files, bulk };
}
