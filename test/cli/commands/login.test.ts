import { describe, expect, it } from 'vitest';
import { besideRegistry, Sandbox } from '../../support/sandbox.ts';

const notice = `
WARNING! Your credentials are stored unencrypted in '/home/learner/.docker/config.json'.
Configure a credential helper to remove this warning. See
https://docs.docker.com/go/credential-store/

`;

// as recorded from Docker 28.5.2
describe('docker login', () => {
  it('takes the password from a pipe, warns once, and knows the user later', () => {
    const sandbox = new Sandbox(besideRegistry(new Sandbox().world));
    const first = sandbox.shell('echo secret | docker login 127.0.0.1:5000 -u ann --password-stdin');
    expect(first).toMatchObject({ code: 0, stdout: 'Login Succeeded\n', stderr: notice });
    const again = sandbox.docker('login', '127.0.0.1:5000');
    expect(again.stderr).toBe(
      "Authenticating with existing credentials... [Username: ann]\n\n Info -> To login with a different account, run 'docker logout' followed by 'docker login'\n\n\n",
    );
    expect(again.stdout).toBe('Login Succeeded\n');
    const config = sandbox.shell('cat ~/.docker/config.json').stdout;
    expect(config).toMatch(
      /^\{\n\t"auths": \{\n\t\t"127\.0\.0\.1:5000": \{\n\t\t\t"auth": "[\w=]+"\n\t\t\}\n\t\}\n\}$/,
    );
    expect(JSON.stringify(sandbox.world)).not.toContain(Buffer.from('ann:secret').toString('base64'));
    expect(sandbox.docker('logout', '127.0.0.1:5000').stdout).toBe('Removing login credentials for 127.0.0.1:5000\n');
    expect(sandbox.shell('cat ~/.docker/config.json').stdout).toBe('{\n\t"auths": {}\n}');
  });

  it.each([
    ['-u a', '', 'Error: Cannot perform an interactive login from a non TTY device\n'],
    ['--password-stdin', 'x', 'the --password-stdin option requires --username to be set\n'],
    ['-u a --password-stdin', '\n', 'Error: Cannot perform an interactive login from a non TTY device\n'],
    [
      '-u a -p b 127.0.0.1:5009',
      '',
      'WARNING! Using --password via the CLI is insecure. Use --password-stdin.\nError response from daemon: Get "http://127.0.0.1:5009/v2/": dial tcp 127.0.0.1:5009: connect: connection refused\n',
    ],
  ])('refuses %s', (words, stdin, expected) => {
    const argv = ['docker', 'login', ...words.split(' ')];
    expect(new Sandbox().exec('/usr/bin/docker', argv, { stdin })).toMatchObject({ code: 1, stderr: expected });
  });

  it('refuses a password in two ways', () => {
    const outcome = new Sandbox().docker('login', '-u', 'a', '-p', 'b', '--password-stdin');
    expect(outcome.stderr).toBe('conflicting options: cannot specify both --password and --password-stdin\n');
  });

  it('asks on a terminal, without showing the password', () => {
    const sandbox = new Sandbox(besideRegistry(new Sandbox().world));
    const live = sandbox.start('/usr/bin/docker', ['docker', 'login', '127.0.0.1:5000'], { tty: true });
    expect(live.wait(0.1).stdout).toBe('Username: ');
    expect(live.type('ann\r').stdout).toBe('ann\r\nPassword: ');
    const end = live.type('secret\r');
    expect(end.stdout).toContain('\r\n');
    expect(end.stdout).not.toContain('secret');
    expect(end.stdout).toContain('Login Succeeded\r\n');
    expect(end.code).toBe(0);
  });

  it('needs a name, and a password', () => {
    const sandbox = new Sandbox();
    const live = sandbox.start('/usr/bin/docker', ['docker', 'login'], { tty: true });
    live.wait(0.1);
    expect(live.type('\r').stdout).toContain('Error: Non-null Username Required\r\n');
    const second = sandbox.start('/usr/bin/docker', ['docker', 'login', '-u', 'ann'], { tty: true });
    second.wait(0.1);
    expect(second.type('\r').stdout).toContain('Error: Password Required\r\n');
  });
});

describe('docker search', () => {
  it('finds official images by their names, the very name first', () => {
    const names = new Sandbox().docker('search', '--format', '{{.Name}}', 'nginx').stdout;
    expect(names.split('\n')[0]).toBe('nginx');
  });

  it.each([
    [['--limit', '200', 'x'], 'limit 200 is outside the range of [1, 100]'],
    [['--filter', 'bad=1', 'x'], "invalid filter 'bad'"],
    [['--filter', 'stars=x', 'x'], `invalid filter 'stars=x': strconv.Atoi: parsing "x": invalid syntax`],
    [['--filter', 'is-official=x', 'x'], "invalid filter 'is-official=[x]'"],
    [['--filter', 'stars=3', 'x'], 'drydock: the filter stars is not simulated'],
  ])('refuses %j', (words, message) => {
    const outcome = new Sandbox().docker('search', ...words);
    expect(outcome).toMatchObject({ code: 1, stderr: `Error response from daemon: ${message}\n` });
  });
});
