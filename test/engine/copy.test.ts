import { describe, expect, test } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

describe('docker cp', () => {
  test('files and folders, both ways', () => {
    const box = new Sandbox();
    box.shell(
      'docker run -d --name box -v data:/d alpine sleep 300; mkdir -p up/sub; echo 1 > up/one; echo 2 > up/sub/two',
    );
    box.shell('docker cp up box:/payload; docker cp up/. box:/opt2; docker cp up/one box:/d');
    expect(box.shell("docker exec box sh -c 'find /payload /opt2 /d -type f | sort'").stdout).toBe(
      '/d/one\n/opt2/one\n/opt2/sub/two\n/payload/one\n/payload/sub/two\n',
    );
    expect(box.shell('docker cp box:/payload back; find back -type f | sort').stdout).toBe('back/one\nback/sub/two\n');
    expect(box.shell('docker cp box:/d/one two; cat two').stdout).toBe('1\n');
    expect(
      box.shell('docker cp box:/payload - > p.tar; docker cp - box:/tmp < p.tar; docker exec box ls /tmp').stdout,
    ).toBe('payload\n');
  });

  test('a container that does not run; diff shows it', () => {
    const box = new Sandbox();
    box.shell('docker create --name idle alpine true; echo x > note; docker cp note idle:/n');
    expect(box.docker('diff', 'idle').stdout).toBe('A /n\n');
    expect(box.shell('docker cp idle:/n back; cat back').stdout).toBe('x\n');
  });

  test.each([
    ['idle:/nosuch .', 'Error response from daemon: Could not find the file /nosuch in container idle'],
    ['nosuch idle:/tmp', 'lstat /home/learner/nosuch: no such file or directory'],
    ['note nosuch:/tmp', 'Error response from daemon: No such container: nosuch'],
    ['note idle:/no/such/', 'no such directory'],
    ['note other', 'must specify at least one container source'],
    ['idle:/a idle:/b', 'copying between containers is not supported'],
    ['idle:/etc note', 'cannot copy directory'],
    ['idle:/etc/passwd nodir/x', 'invalid output path: directory "/home/learner/nodir" does not exist'],
  ])('%s', (words, message) => {
    const box = new Sandbox();
    box.shell('docker create --name idle alpine true; echo x > note');
    expect(box.shell(`docker cp ${words}`)).toMatchObject({ stderr: `${message}\n`, code: 1 });
  });
});

describe('docker update and prune', () => {
  test('limits hold at once', () => {
    const box = new Sandbox();
    box.shell('docker run -d --name box --memory 64m alpine sleep 300');
    expect(box.shell('docker update --memory 128m --memory-swap 256m --pids-limit 20 box').stdout).toBe('box\n');
    expect(box.shell("docker exec box sh -c 'cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/pids.max'").stdout).toBe(
      '134217728\n20\n',
    );
    expect(box.docker('update', 'box').stderr).toBe('you must provide one or more flags when using this command\n');
    expect(box.docker('update', '--memory', '1m', 'box').stderr).toContain('Minimum memory limit allowed is 6MB');
  });

  test('prune asks first', () => {
    const box = new Sandbox();
    const question = 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue? [y/N] ';
    const id = box.docker('create', 'alpine', 'true').stdout;
    expect(box.shell('echo n | docker container prune').stdout).toBe(question);
    expect(box.shell('echo y | docker container prune').stdout).toBe(
      `${question}Deleted Containers:\n${id}\nTotal reclaimed space: 0B\n`,
    );
  });
});
