import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { World } from '../../src/kernel/state.ts';

import { openSession } from '../../src/session/store.ts';
import { retention } from '../../src/session/turn.ts';
import { inFolder } from '../session/worlds.ts';
import { faultsOf } from '../support/invariants.ts';
import { tries } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';
import { stockFaults } from '../support/stock-invariants.ts';

const first = new Sandbox().world;

const container = fc.constantFrom('web', 'db', 'job', 'nosuch');
const image = fc.constantFrom('alpine', 'busybox', 'mine', 'mine:2', 'hello-world', 'nosuch', 'Bad Name');
const volume = fc.constantFrom('data', 'logs', 'bad/name');
const port = fc.constantFrom('8080:80', '8080:81', '127.0.0.1:8080:80', '9000-9002:80', '80', '70000:80', 'x:1');
const flags = fc.subarray(
  ['-d', '--rm', '-t', '--read-only', '-v data:/d', '-v /d', '--network front', '-m 64m', '-P'],
  {
    maxLength: 4,
  },
);
const work = fc.constantFrom('true', 'sleep 100', "sh -c 'echo x > /d/f; exit 3'", 'rm /etc/motd', 'nosuch', '');
const words = (...parts: (string | fc.Arbitrary<string>)[]) =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((each) => each.join(' '));

/** Valid and invalid commands about everything that an engine keeps. */
const command = fc.oneof(
  fc
    .tuple(flags, container, port, image, work)
    .map(([f, c, p, i, w]) => `run ${f.join(' ')} -p ${p} --name ${c} ${i} ${w}`),
  fc.tuple(flags, image, work).map(([f, i, w]) => `run ${f.join(' ')} ${i} ${w}`),
  words('create --name', container, image, work),
  words(
    fc.constantFrom('start', 'stop -t 0', 'restart -t 0', 'pause', 'unpause', 'kill', 'rm', 'rm -f -v', 'wait'),
    container,
  ),
  words('exec', container, fc.constantFrom('touch /new', 'rm -r /tmp', "sh -c 'echo hi > /etc/motd'", 'nosuch')),
  words('commit', container, image),
  words('rename', container, container),
  words('update -m 80m --memory-swap -1', container),
  words('pull -q', fc.constantFrom('hello-world', 'alpine:3.19', 'nosuch/image', 'busybox:latest')),
  words('tag', image, image),
  words(fc.constantFrom('rmi', 'rmi -f'), image),
  words(fc.constantFrom('volume create', 'volume rm', 'volume inspect'), volume),
  words('cp', container, fc.constantFrom(':/etc/hosts /tmp/h', ':/nosuch /tmp/h')).map((text) =>
    text.replace(' :', ':'),
  ),
  fc.constantFrom('network create front', 'network rm front', 'network create --subnet 300.0.0.0/8 back'),
  words('network connect front', container),
  fc.constantFrom('save -o /tmp/saved.tar mine', 'load -i /tmp/saved.tar', 'import /tmp/saved.tar mine:2'),
  fc.constantFrom(
    'container prune -f',
    'image prune -f',
    'image prune -a -f',
    'volume prune -a -f',
    'network prune -f',
    'system prune -f',
  ),
  fc.constantFrom('ps -a', 'images', 'system df', 'nosuchverb', 'run', 'rm --nosuch', 'ps --format {{.Nosuch}}'),
);

const digest = (world: World) => createHash('sha256').update(JSON.stringify(world.hosts)).digest('hex');

test('after any commands everything fits together, and undoing them all gives every earlier machine back', () =>
  fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 200, size: 'max' }), (commands) =>
      inFolder(async (home) => {
        const session = openSession(home, 'default', { create: () => first });
        const befores: string[] = [];
        for (const each of commands) {
          await session.transact((turn) => {
            const before = turn.world;
            turn.begin(each, each);
            const sandbox = new Sandbox(before);
            sandbox.shell(`docker ${each}`);
            expect([...faultsOf(sandbox.world), ...stockFaults(sandbox.world)], each).toEqual([]);
            turn.end(each, { label: each, changed: true, trace: [] });
            befores.push(digest(before));
            return { world: sandbox.world, result: undefined };
          });
        }
        for (const before of befores.slice(-retention).reverse()) {
          const back = await session.transact((turn) => {
            const { world } = turn.undo();
            return { world, result: digest(world) };
          });
          expect(back).toBe(before);
        }
      }),
    ),
    tries(3),
  ));
