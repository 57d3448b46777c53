import { describe, expect, it } from 'vitest';
import { firstHost } from '../../../src/client/first-host.ts';
import { engineState } from '../../../src/engine/state.ts';
import { begin, machineOf } from '../../../src/kernel/simulation.ts';
import { besideRegistry, emptyEngine, Sandbox, software } from '../../support/sandbox.ts';

const address = '127.0.0.1:5000';

function beside(): Sandbox {
  const sandbox = new Sandbox();
  sandbox.world = besideRegistry(sandbox.world);
  return sandbox;
}

function images(sandbox: Sandbox) {
  return engineState(machineOf(begin(sandbox.world, software), firstHost)).images;
}

describe('a private registry', () => {
  it('takes images and gives them back, also to an engine that has nothing of them', () => {
    const sandbox = beside();
    sandbox.docker('tag', 'alpine', `${address}/a/b:1`);
    const before = Object.keys(images(sandbox)).sort();
    const pushed = sandbox.docker('push', `${address}/a/b:1`);
    expect(pushed.stdout).toMatch(
      /^The push refers to repository \[127\.0\.0\.1:5000\/a\/b\]\n\w{12}: Preparing\n\w{12}: Pushed\n1: digest: sha256:\w{64} size: 527\n$/,
    );
    expect(pushed.steps.map(({ action }) => action)).toContain('push-layers');
    const files = sandbox.docker('run', '--rm', 'alpine', 'find', '/etc').stdout;
    sandbox.docker('rmi', 'alpine', `${address}/a/b:1`);
    expect(sandbox.docker('pull', '-q', `${address}/a/b:1`).stdout).toBe(`${address}/a/b:1\n`);
    expect(Object.keys(images(sandbox)).sort()).toEqual(before);
    expect(sandbox.docker('run', '--rm', `${address}/a/b:1`, 'find', '/etc').stdout).toBe(files);
  });

  it('has a layer once: it exists already, or is mounted from another repository', () => {
    const sandbox = beside();
    for (const name of ['one', 'two']) sandbox.docker('tag', 'alpine', `${address}/${name}`);
    expect(sandbox.docker('push', `${address}/one`).stdout).toContain(': Pushed\n');
    expect(sandbox.docker('push', `${address}/one`).stdout).toContain(': Layer already exists\n');
    expect(sandbox.docker('push', `${address}/two`).stdout).toContain(': Mounted from one\n');
  });

  it('knows the layers of an image also below what was committed on them', () => {
    const sandbox = beside();
    sandbox.shell(`docker tag alpine ${address}/base && docker push -q ${address}/base`);
    sandbox.shell(`docker run --name made alpine touch /new && docker commit made ${address}/made`);
    const { stdout } = sandbox.docker('push', `${address}/made`);
    expect(stdout).toMatch(/\w{12}: Pushed\n/);
    expect(stdout).toContain(': Mounted from base\n');
    sandbox.shell(`docker rm made && docker rmi ${address}/made`);
    expect(sandbox.docker('run', '--rm', `${address}/made`, 'ls', '/new').stdout).toBe('/new\n');
  });

  it('answers with curl inside the sandbox', () => {
    const sandbox = beside();
    sandbox.shell(`docker tag alpine ${address}/x:1 && docker push -q ${address}/x:1`);
    expect(sandbox.shell(`curl -s http://${address}/v2/_catalog`).stdout).toBe('{"repositories":["x"]}\n');
    expect(sandbox.shell(`curl -s http://${address}/v2/x/tags/list`).stdout).toBe('{"name":"x","tags":["1"]}\n');
    expect(sandbox.shell(`curl -s http://${address}/v2/`).stdout).toBe('{}');
    const digest = sandbox.shell(`docker image inspect ${address}/x:1 -f '{{index .RepoDigests 0}}'`).stdout;
    const manifest = sandbox.shell(`curl -s http://${address}/v2/x/manifests/1 | sha256sum`).stdout;
    expect(digest).toContain(manifest.slice(0, 64));
  });

  it('runs in a container too, and keeps what it has in its volume', () => {
    const sandbox = new Sandbox();
    expect(sandbox.docker('run', '-d', '-p', '5000:5000', '--name', 'reg', 'registry:2').code).toBe(0);
    sandbox.shell(`docker tag alpine localhost:5000/x && docker push localhost:5000/x`);
    sandbox.docker('restart', 'reg');
    expect(sandbox.shell('curl -s localhost:5000/v2/_catalog').stdout).toBe('{"repositories":["x"]}\n');
    sandbox.docker('stop', 'reg');
    expect(sandbox.docker('push', 'localhost:5000/x').stderr).toBe(
      'Get "http://localhost:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused\n',
    );
  });
});

describe('docker push', () => {
  it.each([
    [`${address}/none`, /An image does not exist locally with the tag: 127\.0\.0\.1:5000\/none\n$/],
    ['localhost:1/x', /An image does not exist locally with the tag: localhost:1\/x\n$/],
    ['alpine:9', /^tag does not exist: alpine:9\n$/],
    ['alpine', /^denied: requested access to the resource is denied\n$/],
    [`alpine@sha256:${'a'.repeat(64)}`, /^cannot push a digest reference\n$/],
    ['-a alpine:latest', /^tag can't be used with --all-tags\/-a\n$/],
    ['--platform linux/arm64 alpine', /platform.*not simulated/],
  ])('refuses %s', (words, expected) => {
    const outcome = beside().docker('push', ...words.split(' '));
    expect(outcome.stderr).toMatch(expected);
    expect(outcome.code).not.toBe(0);
  });

  it('lets a user write to the own namespace of Docker Hub', () => {
    const sandbox = new Sandbox(emptyEngine());
    sandbox.shell('docker pull -q alpine && docker tag alpine ann/app && docker tag alpine bob/app');
    expect(sandbox.docker('push', 'ann/app').stderr).toBe('denied: requested access to the resource is denied\n');
    expect(sandbox.shell('echo x | docker login -u ann --password-stdin').stdout).toBe('Login Succeeded\n');
    expect(sandbox.docker('push', 'ann/app').stdout).toContain(': Mounted from library/alpine\n');
    expect(sandbox.docker('push', 'bob/app').stderr).toBe('denied: requested access to the resource is denied\n');
    sandbox.docker('rmi', 'ann/app');
    expect(sandbox.docker('pull', '-q', 'ann/app').stdout).toBe('docker.io/ann/app:latest\n');
    expect(sandbox.docker('search', '--format', '{{.Name}} {{.IsOfficial}}.', 'ann/').stdout).toBe('ann/app .\n');
  });

  it('is given up when its client goes', () => {
    const sandbox = new Sandbox(besideRegistry(emptyEngine()));
    const live = sandbox.start('/usr/bin/docker', ['docker', 'pull', 'debian']);
    live.wait(0.5);
    live.end();
    sandbox.pass(60);
    const { pulls, progress } = engineState(machineOf(begin(sandbox.world, software), firstHost));
    expect(pulls).toEqual({});
    expect(progress).toEqual({});
    expect(sandbox.docker('images', '-q').stdout).toBe('');
  });

  it('goes on after the world was saved at any moment', () => {
    const played = (saving: boolean): string => {
      const sandbox = new Sandbox(emptyEngine());
      const live = sandbox.start('/usr/bin/docker', ['docker', 'pull', 'debian'], { tty: true });
      let out = '';
      for (let i = 0; i < 100; i++) {
        const { stdout, code } = live.wait(0.07);
        out += stdout;
        if (code !== undefined) return out;
        if (saving) sandbox.world = JSON.parse(JSON.stringify(sandbox.world));
      }
      throw new Error('it does not end');
    };
    const whole = played(false);
    expect(whole).toContain(': Downloading ');
    expect(whole).toContain(': Extracting ');
    expect(whole).toMatch(/Status: Downloaded newer image for debian:latest\r\n/);
    expect(played(true)).toBe(whole);
  });
});
