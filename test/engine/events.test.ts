import { describe, expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

const told = "--format '{{.Type}} {{.Action}}'";

function shell(sandbox: Sandbox, line: string): string {
  return sandbox.shell(line).stdout;
}

describe('docker events', () => {
  it('tells what happened, in the order of the real engine', () => {
    const sandbox = new Sandbox();
    const run = "docker run --name one -v data:/d alpine sh -c 'exit 3'; docker rm one > /dev/null";
    // as recorded from 28.5.2
    expect(shell(sandbox, `${run}; docker events --since 1m --until 0s ${told}`).trim().split('\n')).toEqual([
      'volume create',
      'container create',
      'container attach',
      'volume mount',
      'network connect',
      'container start',
      'network disconnect',
      'volume unmount',
      'container die',
      'container destroy',
    ]);
  });

  it('tells of signals, and whether the engine stopped the container', () => {
    const sandbox = new Sandbox();
    shell(
      sandbox,
      'docker run -d --name one --label tier=web alpine sleep 300; docker restart -t 0 one; docker kill one',
    );
    const format = "--format '{{.Action}} {{.Actor.Attributes.signal}} {{.Actor.Attributes.exitCode}}'";
    const { stdout } = sandbox.shell(`docker events --since 1m --until 0s --filter label=tier=web ${format}`);
    expect(stdout.replaceAll('<no value>', '-').trim().split('\n')).toEqual([
      'create - -',
      'start - -',
      'kill 15 -',
      'kill 9 -',
      'stop - -',
      'die - 137',
      'start - -',
      'restart - -',
      'kill 9 -',
      'die - 137',
    ]);
  });

  it('filters by type, event, container, image, label; an unknown filter lets all through', () => {
    const sandbox = new Sandbox();
    shell(sandbox, 'docker run --rm --name web --label x=y alpine true; docker run --rm --name db busybox true');
    shell(sandbox, 'docker run -d --name box alpine sleep 300; docker exec box true');
    const count = (filter: string) => Number(shell(sandbox, `docker events --since 1m --until 0s ${filter} | wc -l`));
    expect(count('--filter event=die')).toBe(2);
    expect(count('--filter event=exec_create')).toBe(1);
    expect(count('--filter container=web --filter event=die')).toBe(1);
    expect(count('--filter container=web --filter container=db --filter event=die')).toBe(2);
    expect(count('--filter image=busybox --filter event=create')).toBe(1);
    expect(count('--filter label=x --filter event=start')).toBe(1);
    expect(count('--filter type=volume')).toBe(0);
    expect(count('--filter nosuch=1 --filter event=die')).toBe(2);
  });

  it('prints a line, or JSON, for each', () => {
    const sandbox = new Sandbox();
    shell(sandbox, 'docker volume create data');
    expect(shell(sandbox, 'docker events --since 1m --until 0s')).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z volume create data \(driver=local\)\n$/,
    );
    expect(JSON.parse(shell(sandbox, 'docker events --since 1m --until 0s --format json'))).toMatchObject({
      Type: 'volume',
      Action: 'create',
      Actor: { ID: 'data', Attributes: { driver: 'local' } },
      scope: 'local',
    });
  });

  it('follows what comes, and ends when its reader goes', () => {
    const sandbox = new Sandbox();
    const live = sandbox.start('/usr/bin/docker', ['docker', 'events', '--format', '{{.Action}}']);
    expect(live.wait(1).stdout).toBe('');
    shell(sandbox, 'docker run --rm alpine true');
    expect(live.wait(1).stdout).toBe('create\nattach\nconnect\nstart\ndisconnect\ndie\ndestroy\n');
    live.end();
  });

  it('forgets a reader that has gone', () => {
    const sandbox = new Sandbox();
    shell(sandbox, 'timeout 1 docker events; docker volume create data');
    const [host] = Object.values(sandbox.world.hosts);
    const dockerd = host?.services.dockerd as { events?: { readers: object } } | undefined;
    expect(dockerd?.events?.readers).toEqual({});
  });

  it('remembers the last 256', () => {
    const sandbox = new Sandbox();
    shell(sandbox, 'i=0; while [ $i -lt 140 ]; do i=$((i+1)); docker volume create v$i; docker volume rm v$i; done');
    expect(shell(sandbox, 'docker events --since 1h --until 0s | wc -l')).toBe('256\n');
  });

  it('refuses moments and templates that are none', () => {
    const sandbox = new Sandbox();
    expect(sandbox.shell('docker events --since x')).toMatchObject({
      code: 1,
      stderr: 'failed to parse value as time or duration: "x"\n',
    });
    const { stderr, code } = sandbox.shell("docker events --format '{{.Bogus}}'");
    expect(stderr).toMatch(
      /^Error parsing format: template: .* can't evaluate field Bogus in type \*events\.Message\n$/,
    );
    expect(code).toBe(64);
  });
});

describe('docker stats', () => {
  it('counts what the model counts: processor, memory, processes, network', () => {
    const sandbox = new Sandbox();
    shell(
      sandbox,
      "docker run -d --name busy -m 64m alpine sh -c 'while :; do :; done'; docker run -d --name idle alpine sleep 99",
    );
    const format = "--format '{{.Name}} {{.CPUPerc}} {{.MemUsage}} {{.MemPerc}} {{.NetIO}} {{.BlockIO}} {{.PIDs}}'";
    expect(shell(sandbox, `docker stats --no-stream ${format}`)).toBe(
      'idle 0.00% 1.5MiB / 8GiB 0.02% 0B / 0B 0B / 0B 1\nbusy 100.00% 1.5MiB / 64MiB 2.34% 0B / 0B 0B / 0B 1\n',
    );
    expect(shell(sandbox, 'docker rm -f busy; docker create --name off alpine; docker stats -a --no-stream')).toMatch(
      /^\S+ +off +0\.00% +0B \/ 0B +0\.00% +0B \/ 0B +0B \/ 0B +0$/m,
    );
  });

  it('repaints each second until it is told to stop', () => {
    const sandbox = new Sandbox();
    shell(sandbox, 'docker run -d --name idle alpine sleep 99');
    const live = sandbox.start('/usr/bin/docker', ['docker', 'stats', '--format', '{{.Name}}']);
    const picture = '\x1b[Hidle\n\x1b[Hidle \x1b[K\n \x1b[K\n\x1b[J';
    expect(live.wait(2.5).stdout).toBe(picture.repeat(2));
    live.end();
  });
});
