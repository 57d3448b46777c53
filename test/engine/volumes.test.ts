import { describe, expect, test } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

describe('volumes', () => {
  test('outlive containers, are read-only on demand, and get what the image has', () => {
    const box = new Sandbox();
    expect(box.shell('docker volume create data && docker volume ls').stdout).toBe(
      'data\nDRIVER    VOLUME NAME\nlocal     data\n',
    );
    const saved = box.shell(
      "docker run --rm -v data:/d alpine sh -c 'echo saved > /d/f'; docker run -v data:/d alpine cat /d/f",
    );
    expect(saved.stdout).toBe('saved\n');
    expect(box.shell("docker run --rm -v data:/d:ro alpine sh -c 'echo no > /d/f'").stderr).toBe(
      "sh: can't create /d/f: Read-only file system\n",
    );
    const filled = box.shell('docker run --rm -v etc:/etc alpine true; docker run --rm -v etc:/x alpine cat /x/passwd');
    expect(filled.stdout).toMatch(/^root:/);
    expect(filled.steps.some((step) => step.action === 'volume')).toBe(true);
  });

  test('anonymous ones go with --rm and rm -v; those in use stay', () => {
    const box = new Sandbox();
    const count = () => box.shell('docker volume ls -q | wc -l').stdout.trim();
    box.shell('docker run --rm -v /a alpine true; docker run --name keep -v /b -v data:/d alpine true');
    expect(count()).toBe('2');
    expect(box.shell('docker volume rm data').stderr).toMatch(
      /^Error response from daemon: remove data: volume is in use - \[[0-9a-f]{64}\]\n$/,
    );
    box.shell('docker rm -v keep');
    expect(count()).toBe('1');
    expect(box.shell('docker volume prune -f').stdout).toBe('Total reclaimed space: 0B\n');
    expect(box.shell('docker volume prune -af').stdout).toBe('Deleted Volumes:\ndata\n\nTotal reclaimed space: 0B\n');
  });

  test('of the local driver with options are mounts for as long as a container has them', () => {
    const box = new Sandbox();
    box.shell('docker volume create -o type=tmpfs -o device=tmpfs -o o=size=1m,mode=700 memory');
    box.shell("docker run -d --name one -v memory:/m alpine sh -c 'echo kept > /m/f; sleep 1000'");
    box.shell('docker run --rm -v memory:/m alpine true');
    expect(box.shell('docker run --rm -v memory:/m alpine cat /m/f').stdout).toBe('kept\n');
    const mounted = () => box.shell('mount | grep -c volumes/memory', { root: true }).stdout;
    expect(mounted()).toBe('1\n');
    box.shell('docker rm -f one');
    expect(mounted()).toBe('0\n');
    expect(box.shell('docker run --rm -v memory:/m alpine ls /m').stdout).toBe('');
    box.shell('mkdir site; docker volume create -o type=none -o o=bind -o device=$PWD/site folder');
    box.shell("docker run --rm -v folder:/m alpine sh -c 'echo here > /m/f'");
    expect(box.shell('cat site/f').stdout).toBe('here\n');
  });

  test('of the local driver: flags of the mount and options of a tmpfs show as the kernel shows them', () => {
    const box = new Sandbox();
    const shown = (options: string): string => {
      box.shell(`docker volume create -o type=tmpfs -o device=tmpfs -o o=${options} vol`);
      return box.shell("docker run --rm -v vol:/x alpine grep ' /x ' /proc/mounts; docker volume rm -f vol >/dev/null")
        .stdout;
    };
    expect(shown('size=1m,noexec,nosuid,nodev,uid=1000')).toBe(
      'tmpfs /x tmpfs rw,nosuid,nodev,noexec,relatime,size=1024k,uid=1000,inode64 0 0\n',
    );
    expect(shown('noatime,exec,size=1m')).toBe('tmpfs /x tmpfs rw,noatime,size=1024k,inode64 0 0\n');
    const create = (...options: string[]) =>
      box.docker('volume', 'create', ...options.flatMap((each) => ['-o', each]), 'other').stderr;
    expect(create('type=tmpfs', 'device=x', 'o=size=10%')).toContain(
      'drydock: a volume with the mount option size=10%',
    );
    expect(create('type=proc', 'device=x')).toContain('drydock: a volume that is a mount of type proc');
  });

  test('wrong specifications', () => {
    const box = new Sandbox();
    const run = (...flags: string[]) => box.docker('run', '--rm', ...flags, 'alpine', 'true').stderr;
    expect(run('-v', 'data:relative')).toContain("'relative' mount path must be absolute");
    expect(run('-v', 'data:/a:zz')).toContain('invalid mode: zz');
    expect(run('-v', 'data:/d', '-v', 'other:/d')).toContain('Duplicate mount point: /d');
    expect(run('--mount', 'type=bogus,target=/x')).toContain('mount type unknown');
    expect(run('--mount', 'type=bind,source=/tmp')).toContain('target is required');
    expect(run('--mount', 'type=bind,source=/absent,target=/x')).toContain('bind source path does not exist: /absent');
    expect(run('--tmpfs', '/a:bogus')).toContain('invalid tmpfs option "bogus"');
  });
});
