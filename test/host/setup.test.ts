import { beforeEach, describe, expect, it } from 'vitest';
import { HostLab } from './lab.ts';

let lab: HostLab;
beforeEach(() => {
  lab = new HostLab();
  lab.make('fresh', { bare: true });
  lab.use('fresh');
});

const denied =
  'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: ' +
  'Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.51/containers/json": dial unix /var/run/docker.sock: connect: permission denied\n';

describe('a Linux without Docker', () => {
  it('has nothing of it', () => {
    expect(lab.docker('ps')).toMatchObject({ code: 127 });
    expect(lab.docker('ps').err).toMatch(/^Command 'docker' not found, but can be installed with:\n/);
    expect(lab.sh('ls /usr/bin/docker* /var/lib/docker').code).not.toBe(0);
    expect(lab.sh('getent group docker').out).toBe('');
    expect(lab.sh('systemctl status docker')).toMatchObject({
      code: 4,
      err: 'Unit docker.service could not be found.\n',
    });
    expect(lab.sh('ip -br addr').out).not.toContain('docker0');
  });

  it('gets it by the convenience script', () => {
    expect(lab.sh('curl -fsSL https://get.docker.com -o get-docker.sh').code).toBe(0);
    const { code, out } = lab.sh('sudo sh get-docker.sh');
    expect(code).toBe(0);
    expect(out).toMatch(/^# Executing docker install script, commit: /);
    expect(out).toContain('Server: Docker Engine - Community');
    expect(lab.sh('ip -br addr').out).toContain('docker0');
    expect(lab.docker('ps').err).toBe(denied);
    expect(lab.sh('sudo docker run --rm alpine echo root').out).toBe('root\n');
    // groups are taken at the login: the old shell has them not, newgrp and a new login do
    expect(lab.sh('sudo usermod -aG docker $USER; docker ps').err).toBe(denied);
    expect(lab.docker('ps').code).toBe(0);
  });

  it('gives the group to a shell that was there before by newgrp', () => {
    lab.sh('sudo apt-get update -qq; sudo apt-get install -y -qq docker.io');
    const { out, err } = lab.sh('sudo usermod -aG docker $USER; newgrp docker', 'id -Gn; docker ps -q; echo $?\n');
    expect(err).not.toContain('permission denied');
    expect(out).toMatch(/^docker .*\n0\n$/);
  });

  it('installs docker.io by apt, and docker-ce only with its archive', () => {
    lab.sh('sudo apt-get update -qq');
    expect(lab.sh('sudo apt-get install -y docker-ce').err).toContain('Unable to locate package docker-ce');
    const { code, steps } = lab.sh('sudo apt-get install -y -qq docker.io');
    expect(code).toBe(0);
    const step = steps.find(({ action }) => action === 'docker-install');
    expect(step?.data).toMatchObject({ group: 988, packages: ['runc', 'containerd', 'docker.io'] });
    expect(lab.sh('sudo docker version --format "{{.Server.Version}}"').out).toBe('28.5.2\n');
    // the release's own version, and what runs all the same
    expect(lab.sh('apt-cache policy docker.io').out).toContain('Candidate: 28.2.2-0ubuntu1~24.04.1');
    expect(step?.data).toMatchObject({ package: '28.2.2', engine: '28.5.2' });
  });

  it('does not find the page without a way out', () => {
    lab.sh('sudo apt-get update -qq; sudo apt-get install -y -qq docker.io; sudo usermod -aG docker $USER');
    const said = lab.docker('run', '--rm', '--network', 'none', 'alpine/curl', 'https://get.docker.com');
    expect(said.code).not.toBe(0);
  });
});

describe('systemctl', () => {
  beforeEach(() => {
    lab.make('server');
    lab.use('server');
  });

  it('stops and starts the engine; containers come back as their restart policy says', () => {
    lab.docker('run', '-d', '--name', 'stays', '--restart', 'always', 'alpine', 'sleep', '9999');
    lab.docker('run', '-d', '--name', 'goes', 'alpine', 'sleep', '9999');
    lab.docker('run', '-d', '--name', 'was-stopped', '--restart', 'unless-stopped', 'alpine', 'sleep', '9999');
    lab.docker('stop', '-t', '0', 'was-stopped');
    expect(lab.sh('systemctl stop docker').err).toContain('Interactive authentication required.');
    expect(lab.sh('sudo systemctl stop docker').code).toBe(0);
    expect(lab.sh('systemctl is-active docker')).toMatchObject({ code: 3, out: 'inactive\n' });
    expect(lab.sh('systemctl status docker').out).toContain('Active: inactive (dead) since ');
    const version = lab.docker('version');
    expect(version.out).toContain('Client: Docker Engine - Community');
    expect(version).toMatchObject({
      code: 1,
      err: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n',
    });
    expect(lab.sh('ps ax').out).not.toContain('sleep 9999');
    expect(lab.sh('sudo systemctl start docker').code).toBe(0);
    expect(lab.docker('ps', '--format', '{{.Names}}').out).toBe('stays\n');
    expect(lab.sh('systemctl status docker').out).toMatch(/Main PID: \d+ \(dockerd\)/);
  });

  it('does not start it with settings that it cannot read', () => {
    lab.sh(`echo '{"insecure-registries": ["a:5000",]}' | sudo tee /etc/docker/daemon.json`);
    expect(lab.sh('sudo systemctl restart docker')).toMatchObject({ code: 1 });
    expect(lab.sh('systemctl status docker').out).toContain('Active: failed');
    lab.sh(`echo '{"no-such-thing": 1}' | sudo tee /etc/docker/daemon.json; sudo systemctl start docker`);
    expect(lab.sh('systemctl status docker').out).toContain(
      "the following directives don't match any configuration option: no-such-thing",
    );
    lab.sh(`echo '{"mtu": 1400}' | sudo tee /etc/docker/daemon.json; sudo systemctl start docker`);
    expect(lab.sh('systemctl status docker').out).toContain(
      'the setting mtu of /etc/docker/daemon.json is not simulated',
    );
    lab.sh('sudo rm /etc/docker/daemon.json');
    expect(lab.sh('sudo systemctl start docker; docker ps').code).toBe(0);
  });

  it('is of no use in a container', () => {
    const said = lab.docker(
      'run',
      '--rm',
      '-v',
      '/usr/bin/systemctl:/bin/systemctl',
      'alpine',
      'systemctl',
      'status',
      'docker',
    );
    expect(said).toMatchObject({ code: 1 });
    expect(said.err).toContain('System has not been booted with systemd as init system (PID 1)');
  });
});
