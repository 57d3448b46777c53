import { beforeEach, describe, expect, it } from 'vitest';
import { HostLab } from './lab.ts';

let lab: HostLab;
beforeEach(() => {
  lab = new HostLab();
  lab.make('server');
});

/** Words of the client of version 28.5.2 for an ssh connection that fails, as recorded. */
const failed = (how: string, status: number, stderr: string) =>
  `error during connect: Get "http://docker.example.com/v1.51/containers/json": command [ssh ${how}-o ConnectTimeout=30 -T -- server docker system dial-stdio] has exited with exit status ${status}, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=${stderr}\n\n`;

describe('a second computer', () => {
  it('has a kernel, an engine, processes and files of its own', () => {
    lab.docker('pull', '-q', 'alpine');
    expect(lab.docker('images', '-q').out).not.toBe('');
    expect(lab.docker('-H', 'ssh://server', 'images', '-q').out).toBe('');
    lab.sh('echo here > /tmp/f');
    expect(lab.sh('ssh server cat /tmp/f')).toMatchObject({ code: 1 });
    expect(lab.sh('ssh server hostname').out).toBe('server\n');
    expect(lab.sh('ssh server ps ax').out).not.toContain('ssh server');
  });

  it('is reached by name and address, from the host and from containers, and only at ports that somebody listens on', () => {
    expect(lab.docker('-H', 'ssh://server', 'run', '-d', '--name', 'web', '-p', '8080:80', 'nginx').code).toBe(0);
    lab.pass(1);
    expect(lab.sh('curl -sI server:8080').out).toMatch(/^HTTP\/1.1 200 OK/);
    expect(lab.docker('run', '--rm', 'alpine', 'wget', '-qO-', 'http://10.0.2.16:8080').out).toContain('nginx');
    expect(lab.sh('curl -s server:8081')).toMatchObject({ code: 7 });
    expect(lab.sh('ping -c1 server').out).toContain('1 received');
    expect(lab.sh('curl -s nosuch:80')).toMatchObject({ code: 6 });
    // the published port leads to the container with the sender's own address
    expect(lab.docker('-H', 'ssh://server', 'logs', 'web').out).toContain('10.0.2.15 - - ');
    // and the container's interface has counted the bytes
    expect(lab.docker('-H', 'ssh://server', 'exec', 'web', 'cat', '/proc/net/dev').out).not.toMatch(/eth0: +0 /);
  });

  it('carries large bodies in pieces', () => {
    lab.sh('ssh server "head -c 300000 /dev/zero | tr \\\\\\\\0 x > big"');
    expect(lab.sh('ssh server cat big | wc -c').out.trim()).toBe('300000');
    expect(lab.sh('head -c 200000 /dev/zero | ssh server wc -c').out.trim()).toBe('200000');
  });
});

describe('docker -H ssh://', () => {
  it('runs, attaches, waits and follows there', () => {
    expect(lab.docker('-H', 'ssh://server', 'run', '--rm', 'alpine', 'echo', 'hi')).toMatchObject({
      code: 0,
      out: 'hi\n',
    });
    expect(lab.docker('-H', 'ssh://server', 'run', '--rm', 'alpine', 'sh', '-c', 'exit 7').code).toBe(7);
    expect(lab.sh('echo piped | docker -H ssh://server run -i --rm alpine cat').out).toBe('piped\n');
    lab.docker('-H', 'ssh://server', 'run', '-d', '--name', 'job', 'alpine', 'sleep', '3');
    expect(lab.docker('-H', 'ssh://server', 'wait', 'job')).toMatchObject({ code: 0, out: '0\n' });
    expect(lab.docker('ps', '-aq').out).toBe('');
    expect(lab.docker('-H', 'ssh://server', 'ps', '-aq').out).not.toBe('');
  });

  it('leaves no process behind', () => {
    const before = Object.keys(lab.machine('server').kernel.processes).length;
    lab.docker('-H', 'ssh://server', 'run', '--rm', 'alpine', 'true');
    lab.docker('-H', 'ssh://server', 'events', '--since', '1h', '--until', '0s');
    lab.sh('docker -H ssh://server events & sleep 1; kill $!; wait');
    lab.pass(1);
    expect(Object.keys(lab.machine('server').kernel.processes)).toHaveLength(before);
    expect(Object.keys(lab.machine('server').kernel.pipes)).toEqual([]);
  });

  it('works by environment and by context', () => {
    expect(lab.sh('DOCKER_HOST=ssh://server docker info --format "{{.Name}}"').out).toBe('server\n');
    expect(lab.docker('context', 'create', 'there', '--docker', 'host=ssh://server').out).toBe('there\n');
    lab.docker('context', 'use', 'there');
    expect(lab.docker('info', '--format', '{{.Name}}').out).toBe('server\n');
    expect(lab.docker('-c', 'default', 'info', '--format', '{{.Name}}').out).toBe('drydock\n');
  });

  it('takes bind mounts from the other computer', () => {
    lab.sh('mkdir -p /tmp/data; echo mine > /tmp/data/f; ssh server "mkdir -p /tmp/data; echo theirs > /tmp/data/f"');
    const said = lab.docker('-H', 'ssh://server', 'run', '--rm', '-v', '/tmp/data:/d', 'alpine', 'cat', '/d/f');
    expect(said.out).toBe('theirs\n');
  });

  it('fails in the words of ssh', () => {
    const ps = (host: string) => lab.docker('-H', host, 'ps');
    expect(ps('ssh://nosuch').err).toContain(
      'stderr=ssh: Could not resolve hostname nosuch: Name or service not known\n',
    );
    expect(ps('ssh://server:2222').err).toBe(
      failed('-p 2222 ', 255, 'ssh: connect to host server port 2222: Connection refused'),
    );
    expect(ps('ssh://nobody@server').err).toBe(
      failed('-l nobody ', 255, 'nobody@server: Permission denied (publickey).'),
    );
    expect(ps('ssh://')).toMatchObject({
      code: 1,
      err: 'Failed to initialize: ssh host connection is not valid: invalid SSH URL: hostname is empty\n',
    });
    expect(ps('ssh://a:b@server').err).toContain('plain-text password is not supported');
    expect(ps('ssh://server?x=1').err).toContain('query parameters are not allowed: "x=1"');
    lab.sh('ssh server sudo systemctl stop docker');
    expect(ps('ssh://server').err).toBe(
      failed(
        '',
        1,
        'failed to open the raw stream connection: dial unix /var/run/docker.sock: connect: no such file or directory',
      ),
    );
  });

  it('says what it did', () => {
    const { steps } = lab.docker('-H', 'ssh://server', 'ps');
    const step = steps.find(({ action }) => action === 'ssh-connect');
    expect(step?.data).toMatchObject({ host: 'server', user: 'learner', address: '10.0.2.16', port: 22 });
  });
});

describe('a deployment', () => {
  it('goes from build to push to pull to run, and back by digest', () => {
    lab.sh('docker run -d --name registry -p 5000:5000 registry:2');
    lab.pass(1);
    const release = (version: string) => {
      lab.sh(`mkdir -p app; printf 'FROM alpine\\nCMD echo ${version}\\n' > app/Dockerfile`);
      expect(lab.sh(`docker build -q -t localhost:5000/app:latest app`).code).toBe(0);
      const { out } = lab.docker('push', 'localhost:5000/app:latest');
      return /digest: (sha256:[0-9a-f]{64})/.exec(out)?.[1] ?? '';
    };
    const first = release('one');
    const there = (...words: string[]) => lab.docker('-H', 'ssh://server', ...words);
    expect(there('pull', 'drydock:5000/app:latest').err).toContain(
      'Get "https://drydock:5000/v2/": http: server gave HTTP response to HTTPS client',
    );
    const settings = '{"insecure-registries": ["drydock:5000"]}';
    lab.sh(`echo '${settings}' | ssh server sudo tee /etc/docker/daemon.json`);
    expect(there('pull', 'drydock:5000/app:latest').code).toBe(1); // read at the start only
    expect(lab.sh('ssh server sudo systemctl restart docker').code).toBe(0);
    expect(there('pull', 'drydock:5000/app:latest').code).toBe(0);
    expect(there('run', '--rm', 'drydock:5000/app:latest').out).toBe('one\n');
    const next = release('two');
    expect(next).not.toBe(first);
    there('pull', 'drydock:5000/app:latest');
    expect(there('run', '--rm', 'drydock:5000/app:latest').out).toBe('two\n');
    expect(there('run', '--rm', `drydock:5000/app@${first}`).out).toBe('one\n');
    expect(there('info').out).toMatch(/Insecure Registries:\n {2}drydock:5000\n/);
  });
});

describe('taking a computer away', () => {
  it('breaks what is connected to it and is refused where it cannot be', () => {
    expect(lab.remove('drydock')).toBe('first-host');
    expect(lab.remove('nosuch')).toBe('no-such-host');
    lab.use('server');
    expect(lab.remove('server')).toBe('in-use');
    lab.use('drydock');
    expect(lab.make('server')).toBe('name-taken');
    expect(lab.make('Bad')).toBe('bad-name');
    expect(lab.remove('server')).toBe('removed');
    expect(lab.docker('-H', 'ssh://server', 'ps').err).toContain('Could not resolve hostname server');
    expect(lab.make('server')).toBe('made');
    expect(lab.docker('-H', 'ssh://server', 'ps').code).toBe(0);
  });
});
