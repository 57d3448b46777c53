import { describe, expect, it } from 'vitest';
import { en } from '../../src/explain/hints/en.ts';
import { hint } from '../../src/explain/hints/hint.ts';
import type { HintKind } from '../../src/explain/hints/kinds.ts';
import { ko } from '../../src/explain/hints/ko.ts';

const id = '1f0c4e0a1b2c'.padEnd(64, '3');
const runc =
  'docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';

// the wordings are recorded from Docker 28.5
const failures: readonly (readonly [string, HintKind, string])[] = [
  [
    `docker: Error response from daemon: Conflict. The container name "/bg" is already in use by container "${id}". You have to`,
    'name-conflict',
    'bg',
  ],
  [
    'docker: Error response from daemon: Invalid container name (bad name!), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed',
    'invalid-name',
    '',
  ],
  [
    'Error response from daemon: cannot remove container "web": container is running: stop the container before removing or force remove',
    'container-running',
    'docker stop web',
  ],
  [
    `Error response from daemon: cannot kill container: app: container ${id} is not running`,
    'container-not-running',
    'app',
  ],
  [`Error response from daemon: container ${id} is not running`, 'container-not-running', '1f0c4e0a1b2c '],
  ['Error response from daemon: Container app is paused, unpause the container before exec', 'container-paused', 'app'],
  ['Error response from daemon: No such container: nosuch', 'no-such-container', 'nosuch'],
  [
    'Error response from daemon: error while removing network: network app has active endpoints (name:"db" id:"8d64355ee35e")',
    'network-in-use',
    'docker network disconnect app db',
  ],
  ['Error response from daemon: network with name app already exists', 'network-exists', 'app'],
  [
    'Error response from daemon: invalid pool request: Pool overlaps with other one on this address space',
    'pool-overlaps',
    '--subnet',
  ],
  [
    'docker: Error response from daemon: invalid config for network app: invalid endpoint settings:\nuser specified IP address is supported only when connecting to networks with user configured subnets',
    'own-address',
    '--subnet',
  ],
  ['Error: No such object: x', 'no-such-object', 'x'],
  ['Error response from daemon: No such image: alpine:9', 'no-such-image', 'alpine:9'],
  ['denied: requested access to the resource is denied', 'push-denied', 'docker login'],
  [
    'Error response from daemon: conflict: unable to delete 92532a2a8675 (cannot be forced) - image is being used by running container db9d89765061',
    'image-runs',
    'docker rm -f db9d89765061',
  ],
  [
    'Error response from daemon: conflict: unable to delete 92532a2a8675 (must be forced) - image is being used by stopped container db9d89765061',
    'image-in-use',
    'docker rm db9d89765061',
  ],
  [
    'Error response from daemon: conflict: unable to remove repository reference "busybox" (must force) - container db9d89765061 is using its referenced image 86c7036b8f8e',
    'image-in-use',
    'docker rm db9d89765061',
  ],
  [
    'Error response from daemon: conflict: unable to delete 92532a2a8675 (must be forced) - image is referenced in multiple repositories',
    'image-many-names',
    'docker rmi -f 92532a2a8675',
  ],
  [
    'Error response from daemon: conflict: unable to delete cd283bdb26bf (cannot be forced) - image has dependent child images',
    'image-has-children',
    'docker rmi',
  ],
  [
    "Error response from daemon: pull access denied for x, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    'image-not-pulled',
    'x',
  ],
  ['An image does not exist locally with the tag: localhost:5000/x', 'no-local-tag', 'localhost:5000/x'],
  ['tag does not exist: alpine:9', 'no-local-tag', 'alpine:9'],
  [
    'Error response from daemon: Get "http://localhost:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused',
    'no-registry',
    'drydock registry serve 127.0.0.1:5000',
  ],
  [
    'Get "https://192.0.2.2:5053/v2/": http: server gave HTTP response to HTTPS client',
    'http-registry',
    '192.0.2.2:5053',
  ],
  ['Error: Cannot perform an interactive login from a non TTY device', 'login-needs-terminal', '--password-stdin'],
  [`${runc}exec: "nosuchcmd": executable file not found in $PATH`, 'command-not-found', 'nosuchcmd'],
  [`${runc}exec: "--rm": executable file not found in $PATH`, 'option-after-image', '--rm'],
  [`${runc}exec: "/etc": is a directory: permission denied`, 'is-a-directory', '/etc'],
  [`${runc}exec: "/app/run.sh": permission denied`, 'permission-denied', '/app/run.sh'],
  ['docker: Error response from daemon: no command specified', 'no-command', ''],
  [
    'docker: Error response from daemon: unable to find user nosuchuser: no matching entries in passwd file',
    'unknown-user',
    'nosuchuser',
  ],
  [
    "docker: Error response from daemon: the working directory 'relative' is invalid, it needs to be an absolute path",
    'working-dir',
    '/relative',
  ],
  ['the input device is not a TTY', 'not-a-tty', '-t'],
  [
    'docker: Error response from daemon: failed to set up container networking: driver failed programming external connectivity on endpoint web2 (ID): Bind for 0.0.0.0:8080 failed: port is already allocated',
    'port-taken',
    '8080',
  ],
  [
    'docker: Error response from daemon: failed to set up container networking: driver failed programming external connectivity on endpoint web (ID): failed to bind host port for 0.0.0.0:18099:172.17.0.2:80/tcp: address already in use',
    'port-on-host',
    '18099',
  ],
  [
    'Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
    'rate-limited',
    'docker login',
  ],
  [
    'ERROR: failed to build: failed to solve: alpine: failed to resolve source metadata for docker.io/library/alpine:latest: unexpected status from HEAD request to https://registry-1.docker.io/v2/library/alpine/manifests/latest: 429 Too Many Requests',
    'rate-limited',
    'docker login',
  ],
  ['Error response from daemon: received unexpected HTTP status: 503 Service Unavailable', 'registry-down', '503'],
  ['failed to register layer: write /usr/lib/x: no space left on device', 'disk-full', 'docker system prune'],
  ['docker: Invalid containerPort: abc', 'invalid-port', 'abc'],
  ['Error response from daemon: cannot kill container: service: invalid signal: BOGUS', 'invalid-signal', 'BOGUS'],
  ["Error response from daemon: invalid filter 'nope'", 'invalid-filter', 'nope'],
  ["Error response from daemon: invalid filter 'dangling=[maybe]'", 'invalid-filter-value', 'dangling'],
  ['docker: conflicting options: cannot specify both --restart and --rm', 'restart-and-rm', '--rm'],
  ['docker: Error response from daemon: Minimum memory limit allowed is 6MB', 'memory-too-small', ''],
  [
    'docker: Error response from daemon: range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available',
    'too-many-cpus',
    '',
  ],
  ['docker: open missing.env: no such file or directory', 'env-file-missing', 'missing.env'],
  ["Error response from daemon: Couldn't find PID field in ps output", 'ps-columns', 'PID'],
  [
    "unknown flag: --nmae\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nRun 'docker run --help' for more information",
    'unknown-flag',
    '--nmae',
  ],
  ["unknown shorthand flag: 'Z' in -Z\n\nUsage:  docker ps [OPTIONS]", 'unknown-flag', '-Z'],
  ['docker: unknown command: docker rnu', 'unknown-command', 'docker rnu'],
  ["docker: 'docker exec' requires at least 2 arguments\n\nUsage:", 'wrong-arguments', ''],
  ['docker: invalid reference format: repository name (library/Bad) must be lowercase', 'invalid-reference', ''],
];

describe('hints', () => {
  it.each(failures)('%s is %s', (message, kind, mention) => {
    for (const lang of ['en', 'ko'] as const) {
      const advice = hint({ message }, lang);
      expect(advice?.kind).toBe(kind);
      expect(`${advice?.why} ${advice?.tryThis}`).toContain(mention);
      expect(`${advice?.why} ${advice?.tryThis}`).not.toMatch(/undefined|\[object/);
    }
  });

  it.each([
    [400, 'bad-request'],
    [404, 'not-found'],
    [409, 'conflict'],
    [500, 'server-error'],
  ])('an unknown message with status %i is %s', (status, kind) => {
    expect(hint({ message: 'something new', status }, 'en')?.kind).toBe(kind);
  });

  it('list the filters of the command that was given', () => {
    const message = "Error response from daemon: invalid filter 'nope'";
    expect(hint({ message, request: '/v1.51/volumes?filters=x' }, 'en')?.tryThis).toBe('dangling, driver, label, name');
    expect(hint({ message, request: '/images/json' }, 'ko')?.tryThis).toContain('dangling');
    expect(hint({ message, request: '/containers/json?all=1' }, 'en')?.tryThis).toContain('status');
    expect(hint({ message, request: '/volumes/prune' }, 'en')?.tryThis).not.toContain('status');
  });

  it('speak of a registry only where one was asked', () => {
    const local = hint({ message: 'Error response from daemon: No such image: nope:latest' }, 'en');
    expect(local?.why).toContain('asks no registry');
    const pulled = hint({ message: 'docker: Error response from daemon: pull access denied for nope, x' }, 'en');
    expect(pulled?.why).toContain('the registry that was asked');
  });

  it('say nothing where nothing is known', () => {
    expect(hint({ message: 'hello' }, 'en')).toBeUndefined();
  });

  it('exist for the same kinds, and never with the wrong particle of one form for all', () => {
    expect(Object.keys(ko)).toEqual(Object.keys(en));
    for (const text of Object.values(ko)) expect(String(text)).not.toMatch(/은\(는\)|이\(가\)|을\(를\)/);
  });
});
