import { expect, test } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

// what the engine makes of requests at the edge, as recorded from Docker 28.5.2

function withWeb(): Sandbox {
  const box = new Sandbox();
  box.shell("docker run -d --name web alpine sh -c 'echo a; echo b; sleep 1000'");
  return box;
}

test('a tail that is no number means all of the log', () => {
  const box = withWeb();
  for (const tail of ['x', '-5', '1.5', 'all']) expect(box.docker('logs', '--tail', tail, 'web').stdout).toBe('a\nb\n');
  expect(box.docker('logs', '--tail', '+1', 'web').stdout).toBe('b\n');
  expect(box.docker('logs', '--tail', '0', 'web').stdout).toBe('');
});

test('exec needs its working directory, run makes it', () => {
  const box = withWeb();
  const exec = (path: string) => box.shell(`docker exec -w ${path} web pwd; echo $?`).stdout;
  const failure = (path: string) =>
    `OCI runtime exec failed: exec failed: unable to start container process: chdir to cwd ("${path}") set in config.json failed: `;
  // as output: the real engine writes it into the stream of the process
  expect(exec('/nodir')).toBe(`${failure('/nodir')}no such file or directory\r\n127\n`);
  expect(exec('/etc/passwd')).toContain(`${failure('/etc/passwd')}not a directory: Are you trying`);
  expect(exec('/etc/passwd')).toMatch(/\n127\n$/);
  expect(box.docker('run', '--rm', '-w', '/nodir', 'alpine', 'pwd').stdout).toBe('/nodir\n');
});

test("an empty entrypoint takes the image's command away", () => {
  const box = new Sandbox();
  expect(box.shell("docker run --rm --entrypoint '' alpine echo x").stdout).toBe('x\n');
  expect(box.shell("docker run --rm --entrypoint '' alpine; echo $?")).toMatchObject({
    stdout: '125\n',
    stderr:
      "docker: Error response from daemon: no command specified\n\nRun 'docker run --help' for more information\n",
  });
});

test('cp sees the network files of a running container, and cannot replace them', () => {
  const box = withWeb();
  expect(box.shell('docker cp web:/etc/hostname - | tar xOf -').stdout).toBe(
    box.docker('exec', 'web', 'hostname').stdout,
  );
  expect(box.shell('docker cp web:/etc/hosts h; cat h').stdout).toBe(
    box.docker('exec', 'web', 'cat', '/etc/hosts').stdout,
  );
  expect(box.docker('cp', '/etc/hosts', 'web:/etc/hosts').stderr).toBe(
    'Error response from daemon: RemoveAll hosts: device or resource busy\n',
  );
});

test('the size of a writable layer counts hard links once', () => {
  const box = new Sandbox();
  box.shell("docker run --name links alpine sh -c 'echo abc > /a; ln /a /b; echo >> /etc/passwd'");
  const lines = Number(box.shell('docker run --rm alpine wc -c /etc/passwd').stdout.split(' ')[0]);
  expect(box.docker('inspect', '-s', '-f', '{{.SizeRw}}', 'links').stdout).toBe(`${lines + 5}\n`);
});

test('scratch is a reserved name', () => {
  const box = new Sandbox();
  const refusal = "Error response from daemon: 'scratch' is a reserved name\n";
  expect(box.docker('pull', 'scratch').stderr).toBe(refusal);
  expect(box.docker('run', 'scratch').stderr).toContain(`docker: ${refusal}`);
});

test('a relative path alone is an anonymous volume', () => {
  const box = new Sandbox();
  expect(box.docker('run', '--name', 'rel', '-v', 'foo', 'alpine', 'ls', '-d', '/foo').stdout).toBe('/foo\n');
  expect(box.docker('inspect', '-f', '{{(index .Mounts 0).Destination}}', 'rel').stdout).toBe('foo\n');
});

test('names and signals as they were given', () => {
  const box = withWeb();
  expect(box.shell('touch cid; docker run --cidfile cid alpine true').stderr).toContain('or delete cid\n');
  expect(box.docker('rename', 'web', 'a b').stderr).toContain('Invalid container name (/a b), only');
  expect(box.docker('stop', '-s', 'FOO', 'web').stderr).toContain('cannot stop container: web: invalid signal: FOO\n');
  expect(box.docker('restart', '-s', 'FOO', 'web').stderr).toContain('Cannot restart container web: invalid signal: F');
});

test('maps are shown by their keys, empty ones as maps', () => {
  const box = new Sandbox();
  box.shell('docker create --name maps --label z=1 --label b=2 --expose 9000 --expose 80 -v /zz -v /b alpine');
  const { stdout } = box.docker('inspect', 'maps');
  for (const [first, second] of [
    ['"b": "2"', '"z": "1"'],
    ['"80/tcp": {}', '"9000/tcp": {}'],
    ['"/b": {}', '"/zz": {}'],
  ] as const) {
    expect(stdout.indexOf(first)).toBeGreaterThan(0);
    expect(stdout.indexOf(first)).toBeLessThan(stdout.indexOf(second));
  }
  box.docker('volume', 'create', 'data');
  const show = (format: string) => box.docker('volume', 'inspect', '-f', format, 'data').stdout;
  expect(show('{{.Labels}} {{.Options}} {{.UsageData}}')).toBe('map[] map[] <nil>\n');
});

test('a swap limit below the memory limit is refused, and nothing changes', () => {
  const box = new Sandbox();
  box.docker('run', '-d', '--name', 'small', '-m', '64m', 'alpine', 'sleep', '100');
  expect(box.docker('update', '--memory-swap', '32m', 'small').stderr).toMatch(
    /^Error response from daemon: Cannot update container [0-9a-f]{64}: runc did not terminate successfully: exit status 1: /,
  );
  expect(box.docker('update', '-m', '32m', '--memory-swap', '30m', 'small').stderr).toContain(
    'Minimum memoryswap limit should be larger than memory limit, see usage',
  );
  expect(box.docker('inspect', '-f', '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}', 'small').stdout).toBe(
    '67108864 134217728\n',
  );
});
