// What the command asks of the real system: nothing is executed, nothing is connected, nothing is written elsewhere.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bin, ensureBuilt } from './built.ts';
import { ready, temporaryFolder, testEnv } from './command.ts';
import { available, hasTmux, Terminal } from './terminal.ts';

beforeAll(ensureBuilt);

const hasStrace = available('strace', '-V');
const calls = '%process,%network,%file,ftruncate,fchmod,fchown';

/** System calls that change files; the paths they name must lie in the home. */
const changing =
  /^(?:creat|mkdir|rmdir|unlink|rename|link|symlink|truncate|chmod|chown|lchown|mknod|utime|mount|umount)/;
const network = /^(?:socket|connect|bind|listen|accept|sendto|sendmsg|setsockopt)/;
const harmless = new Set(['/dev/null', '/dev/tty']);

/** What in a trace should not be there. */
function offences(trace: string, home: string): readonly string[] {
  const lines = trace.split('\n').map((line) => line.replace(/^\d+\s+/, ''));
  let started = 0;
  return lines.filter((line) => {
    const call = /^(\w+)\(/.exec(line)?.[1] ?? '';
    if (call.startsWith('execve')) {
      started += 1;
      return started > 1;
    }
    if (/^(?:fork|vfork)$/.test(call)) return true;
    if (/^clone/.test(call)) return !line.includes('CLONE_THREAD'); // node's own threads
    if (network.test(call)) return !line.startsWith('socketpair');
    const paths = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '');
    const outside = paths.some((path) => path !== home && !path.startsWith(`${home}/`) && !harmless.has(path));
    if (call.startsWith('open'))
      return /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND/.test(line) && outside && !isTerminal(paths[0] ?? '');
    return changing.test(call) && outside;
  });
}

const isTerminal = (path: string) => /^\/dev\/pts\/\d+$/.test(path);

describe.skipIf(!hasStrace)('system calls of', () => {
  it('commands', { timeout: 60_000 }, async () => {
    const drydock = await ready();
    const commands: readonly (readonly string[])[] = [
      ['run', '-d', '--name', 'web', 'alpine', 'sh', '-c', 'echo begun > /note; sleep 1000'],
      [
        'run',
        '--rm',
        '-v',
        '/tmp:/mnt',
        'alpine',
        'sh',
        '-c',
        'echo x > /tmp/x; wget -O - http://example.com; cat /etc/hosts',
      ],
      ['exec', 'web', 'sh', '-c', 'echo more >> /note; rm /note'],
      ['ps', '-a'],
      ['logs', 'web'],
      ['undo'],
      ['shell', '-c', 'curl -s http://example.com; echo x > /tmp/x; ls /; kill 1'],
      ['why'],
      ['session', 'new', 'other'],
      ['session', 'rm', 'other'],
    ];
    for (const command of commands) {
      const file = join(temporaryFolder(), 'trace');
      spawnSync('strace', ['-f', '-e', `trace=${calls}`, '-o', file, process.execPath, bin, ...command], {
        env: testEnv(drydock.home),
        input: '',
      });
      const trace = readFileSync(file, 'utf8');
      expect(trace).toContain(`${drydock.home}/sessions`);
      expect(offences(trace, drydock.home), command.join(' ')).toEqual([]);
    }
  });

  it.skipIf(!hasTmux)('a shell at a terminal', async () => {
    const drydock = await ready();
    const file = join(temporaryFolder(), 'trace');
    const terminal = await Terminal.open(drydock.home);
    await terminal.enter(`strace -f -e trace=${calls} -o ${file} '${process.execPath}' ${bin} run -it alpine sh`);
    await terminal.shows('/ #');
    await terminal.enter('echo x > /tmp/x; cat /tmp/x');
    await terminal.shows('\nx');
    await terminal.press('C-d');
    await terminal.shows(/real\$$/);
    expect(offences(readFileSync(file, 'utf8'), drydock.home)).toEqual([]);
  });

  it('are judged rightly', () => {
    const bad = [
      '1 execve("/usr/bin/node", ["node"], 0x0) = 0',
      '1 execve("/bin/sh", ["sh"], 0x0) = 0',
      '1 connect(3, {sa_family=AF_INET}, 16) = 0',
      '1 openat(AT_FDCWD, "/etc/x", O_WRONLY|O_CREAT, 0666) = 3',
      '1 rename("/h/a", "/elsewhere") = 0',
      '1 openat(AT_FDCWD, "/h/a", O_WRONLY|O_CREAT, 0666) = 3',
      '1 openat(AT_FDCWD, "/etc/x", O_RDONLY) = 3',
    ];
    expect(offences(bad.join('\n'), '/h')).toHaveLength(4);
  });
});
