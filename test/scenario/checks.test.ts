// Checks on worlds: what is so, what is not, and what is said about what comes near.
import { describe, expect, it } from 'vitest';
import { firstHost } from '../../src/client/first-host.ts';
import { simulatedEnv } from '../../src/client/options.ts';
import { judge } from '../../src/scenario/checks/judge.ts';
import { nothingSeen, type Seen, witness } from '../../src/scenario/checks/seen.ts';
import { fetchInside } from '../../src/scenario/fetch.ts';
import type { Check } from '../../src/scenario/schema/check.ts';
import { Stage } from '../../src/scenario/stage.ts';
import { Sandbox, software } from '../support/sandbox.ts';

/** A world in which these lines were typed, to be asked. */
function after(...lines: string[]) {
  const stage = new Stage(new Sandbox().world, software, { host: firstHost, env: simulatedEnv([], {}) });
  let seen: Seen = nothingSeen;
  for (const line of lines) {
    const { steps, printed, status } = stage.line(line);
    seen = witness(seen, steps, printed, status);
  }
  const view = { m: stage.machine, seen, fetch: (url: string) => fetchInside(stage.machine, url) };
  return (check: Check) => {
    const { ok, says } = judge(check, view);
    expect(says.ko, 'in Korean').toMatch(/[가-힣]/);
    return ok ? 'ok' : says.en;
  };
}

describe('containers', () => {
  const ask = after(
    'docker network create shelf',
    'docker run -d --name web --network shelf -e MODE=test -l tier=front -p 8080:80 -v store:/data --restart always -m 64m -u 1000 alpine sh -c "echo ready; sleep 600"',
    'docker run --name gone alpine sh -c "exit 3"',
    'docker run -d --name odd -p 80:9090 alpine sleep 600',
  );

  it.each<[Check, string]>([
    [{ container: 'web' }, 'ok'],
    [{ container: 'w*', state: 'running', image: 'alpine:latest' }, 'ok'],
    [{ container: '*', count: 2, state: 'running', image: 'alpine' }, 'ok'],
    [{ container: '*', count: 3, state: 'running' }, '3 are needed (a running container); so far there are 2'],
    [{ container: 'web', env: [['MODE', 'te*']], labels: [['tier', 'front']] }, 'ok'],
    [{ container: 'web', env: [['MODE', 'live']] }, 'there is a container web, but MODE=test is set in it'],
    [{ container: 'web', env: [['LEVEL', '1']] }, 'there is a container web, but LEVEL is not set in it'],
    [{ container: 'web', port: '8080:80', restart: 'always', memory: '64m', user: '1000', network: 'shelf' }, 'ok'],
    [{ container: 'web', mount: { at: '/data', volume: 'store' }, logs: 'ready', process: 'sleep 600' }, 'ok'],
    [
      { container: 'web', mount: { at: '/data', volume: 'other' } },
      'there is a container web, but at /data is the volume store, not the volume other',
    ],
    [
      { container: 'web', memory: '32m' },
      'there is a container web, but its memory limit is 67108864 bytes, more than 32m',
    ],
    [{ container: 'web', file: { path: '/etc/alpine-release' }, lacks: '/nowhere' }, 'ok'],
    [{ container: 'gone', state: 'running' }, 'there is a container gone, but it has exited with 3'],
    [{ container: 'gone', exit: 0 }, 'there is a container gone, but its exit status is 3, not 0'],
    [{ container: 'web', image: 'nginx' }, 'there is a container web, but its image is alpine, not nginx'],
    [
      { container: 'odd', port: '9090:80' },
      "there is a container odd, but it publishes 80:9090/tcp: the host's port comes first, 9090:80",
    ],
    [
      { container: 'shop', state: 'exited' },
      'there is no container called shop; gone would do, but for its name (--name, docker rename)',
    ],
    [{ not: { container: 'shop' } }, 'ok'],
    [{ not: { container: 'web' } }, 'this should not be so: there is a container web'],
    [{ all: [{ container: 'web' }, { container: 'gone' }] }, 'ok'],
    [
      { any: [{ container: 'x' }, { container: 'y' }] },
      'there is no container called x; web would do, but for its name (--name, docker rename); or else: there is no container called y; web would do, but for its name (--name, docker rename)',
    ],
    [{ any: [{ container: 'x' }, { container: 'web' }] }, 'ok'],
    [{ network: 'shelf', containers: ['web'] }, 'ok'],
    [{ network: 'shelf', containers: ['odd'] }, 'there is a network shelf, but odd is not on it'],
    [{ network: 'attic' }, 'there is no network attic'],
    [{ process: 'sleep 600' }, 'ok'],
    [{ vm: 'box' }, 'there is no virtual machine box'],
  ])('%j: %s', (check, says) => expect(ask(check)).toBe(says));

  it('says what the author wants said', () => {
    expect(ask({ container: 'x', otherwise: { en: 'mine', ko: '내 말' } })).toBe('mine');
  });
});

describe('images, volumes and files', () => {
  const ask = after(
    'docker run --name maker -v store:/data alpine sh -c "echo words > /data/note; printf s3%s cret > /key; touch /kept"',
    'docker commit maker leaky',
    'docker run --name cleaner leaky rm /key',
    'docker commit cleaner leaky:2',
    'mkdir -p site; echo page > site/index.html',
  );

  it.each<[Check, RegExp]>([
    [{ image: 'alpine', layers: 1, below: '20MB', file: '/bin/busybox' }, /^ok$/],
    [{ image: 'alpine', below: '1MB' }, /but it takes \d/],
    [{ image: 'leaky', file: '/key', layers: 1 }, /but it has 2 layers$/],
    [{ image: 'leaky:2', file: '/key' }, /it has no \/key$/],
    [{ image: 'leaky:2', lacks: '/key' }, /\/key is in its layer 2$/],
    [{ image: 'leaky:2', secret: 's3cret' }, /"s3cret" is in \/key of layer 2$/],
    [{ image: 'alpine', secret: 's3cret', lacks: '/key' }, /^ok$/],
    [{ image: 'leaky:9' }, /^there is no image leaky:9$/],
    [{ image: 'alpine', history: 'no such words' }, /its history does not have/],
    [{ volume: 'store', file: '/note', contains: 'words' }, /^ok$/],
    [{ volume: 'store', file: '/note', contains: 'others' }, /does not contain "others"$/],
    [{ volume: 'store', file: '/other' }, /it has no \/other$/],
    [{ volume: 'attic' }, /^there is no volume attic$/],
    [{ file: '/home/learner/site/index.html', contains: 'page' }, /^ok$/],
    [{ file: '/home/learner/site/index.html', contains: 'pages' }, /does not contain/],
    [{ file: '/etc/none' }, /^the host has no \/etc\/none$/],
    [{ container: 'maker', file: { path: '/data/note', contains: 'words' } }, /^ok$/],
  ])('%j: %s', (check, says) => expect(ask(check)).toMatch(says));
});

describe('what was seen', () => {
  const ask = after('docker ps --all --no-trunc', 'docker container ls -a', 'echo told; false');

  it.each<[Check, string]>([
    [{ used: 'docker ps -*a*' }, 'ok'],
    [{ used: 'docker ls -a' }, 'ok'],
    [{ used: 'docker logs' }, 'docker logs has not been used in this step'],
    [{ printed: 'CONTAINER ID' }, 'ok'],
    [{ printed: 'told' }, 'ok'],
    [{ status: 1 }, 'ok'],
    [{ status: 0 }, 'the last command ended with 1, wanted is 0'],
    [{ cached: 1 }, 'nothing was built in this step'],
  ])('%j: %s', (check, says) => expect(ask(check)).toBe(says));
});

describe('http', () => {
  it('is asked inside the simulation, and changes nothing', () => {
    const stage = new Stage(new Sandbox().world, software, { host: firstHost, env: simulatedEnv([], {}) });
    stage.line('docker run -d --name web -p 8080:80 nginx');
    const before = JSON.stringify(stage.world);
    const m = stage.machine;
    const ask = (check: Check) => judge(check, { m, seen: nothingSeen, fetch: (url) => fetchInside(m, url) });
    expect(ask({ http: 'http://localhost:8080/', contains: 'nginx' }).ok).toBe(true);
    expect(ask({ http: 'http://localhost:8080/none', status: 404 }).ok).toBe(true);
    expect(ask({ http: 'http://localhost:8080/none' }).says.en).toBe(
      'http://localhost:8080/none answers with status 404, not 200',
    );
    expect(ask({ http: 'http://localhost:8081/' }).says.en).toBe('nothing answers at http://localhost:8081/');
    expect(JSON.stringify(stage.world)).toBe(before);
  });
});
