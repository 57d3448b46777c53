import { describe, expect, it } from 'vitest';
import { HostLab } from './lab.ts';

function at(kind: 'mac' | 'windows'): HostLab {
  const lab = new HostLab();
  lab.make('desk', { kind });
  return lab.use('desk');
}

describe('Docker Desktop', () => {
  it('on a Mac keeps engine and containers in a virtual machine with a Linux kernel', () => {
    const lab = at('mac');
    expect(lab.docker('run', '-d', '--name', 'web', '-p', '8080:80', 'nginx').code).toBe(0);
    lab.pass(1);
    expect(lab.sh('uname -s').out).toBe('Darwin\n');
    expect(lab.docker('exec', 'web', 'uname', '-sr').out).toBe('Linux 6.10.0-linuxkit\n');
    const processes = lab.sh('ps ax').out;
    expect(processes).toContain('com.docker.virtualization');
    expect(processes).not.toMatch(/nginx|dockerd|containerd/);
    expect(lab.sh('ls /proc').code).not.toBe(0);
    expect(lab.sh('curl -sI localhost:8080').out).toMatch(/^HTTP\/1.1 200 OK/);
    expect(lab.sh('curl -s localhost:8081').code).toBe(7);
    const container = lab.docker('inspect', '-f', '{{.NetworkSettings.IPAddress}}', 'web').out.trim();
    expect(lab.sh(`curl -s -m 3 http://${container}`).code).not.toBe(0); // the bridge is in there
  });

  it('shows the virtual machine in docker info, and the Mac in docker version', () => {
    const lab = at('mac');
    const format = '{{.OperatingSystem}}|{{.KernelVersion}}|{{.OSType}}|{{.NCPU}}|{{.MemTotal}}|{{.Name}}';
    expect(lab.docker('info', '-f', format).out).toBe(
      `Docker Desktop|6.10.0-linuxkit|linux|8|${8 * 2 ** 30}|docker-desktop\n`,
    );
    expect(lab.docker('version', '-f', '{{.Client.Os}} {{.Server.Os}}').out).toBe('darwin linux\n');
    expect(lab.docker('context', 'show').out).toBe('desktop-linux\n');
    const step = lab.docker('ps').steps.find(({ action }) => action === 'desktop-forward');
    expect(step?.data).toMatchObject({ kind: 'mac', release: '6.10.0-linuxkit', hostSystem: 'Darwin 24.6.0' });
  });

  it('shares the files of the Mac with containers', () => {
    const lab = at('mac');
    lab.sh('mkdir work; echo shared > work/f');
    const { out } = lab.docker('run', '--rm', '-v', '/Users/learner/work:/w', 'alpine', 'cat', '/w/f');
    expect(out).toBe('shared\n');
  });

  it('reaches registries and computers of the local network as the Mac', () => {
    const lab = new HostLab();
    lab.make('server');
    lab.sh('ssh server docker run -d -p 8080:80 --name web nginx');
    lab.make('desk', { kind: 'mac' });
    lab.pass(1);
    lab.use('desk');
    expect(lab.docker('run', '--rm', 'alpine', 'wget', '-qO-', 'http://server:8080').out).toContain('nginx');
    expect(lab.docker('-H', 'ssh://server', 'logs', 'web').out).toContain('10.0.2.17 - - ');
  });

  it('on Windows shares one virtual machine and kernel with the Ubuntu of WSL 2', () => {
    const lab = at('windows');
    lab.docker('run', '-d', '--name', 'web', '-p', '8080:80', 'nginx');
    lab.pass(1);
    const kernel = lab.sh('uname -r').out;
    expect(kernel).toContain('microsoft-standard-WSL2');
    expect(lab.docker('exec', 'web', 'uname', '-r').out).toBe(kernel);
    expect(lab.sh('ps ax').out).not.toMatch(/nginx|dockerd/);
    expect(lab.sh('ip -br addr').out).not.toContain('docker0');
    expect(lab.sh('curl -sI localhost:8080').out).toMatch(/^HTTP\/1.1 200 OK/);
    const step = lab.docker('ps').steps.find(({ action }) => action === 'desktop-forward');
    expect(step?.data).toMatchObject({ kind: 'windows', hostSystem: 'Windows_NT 10.0.26100' });
  });

  it('goes with its computer', () => {
    const lab = at('mac').use('drydock');
    expect(Object.keys(lab.world.hosts)).toEqual(['drydock', 'desk', 'desk/vm']);
    expect(lab.remove('desk')).toBe('removed');
    expect(Object.keys(lab.world.hosts)).toEqual(['drydock']);
  });
});
