import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deepFreeze } from '../support/freeze.ts';
import { faultsOf } from '../support/invariants.ts';
import { Sandbox } from '../support/sandbox.ts';

const network = fc.constantFrom('front', 'back', 'small', 'bridge');
const container = fc.constantFrom('web', 'db', 'job');
const mode = fc.constantFrom('front', 'back', 'small', 'bridge', 'host', 'none', 'container:web');

/** Commands about three networks and three containers, in any order: most of them fail for one reason or another. */
const command = fc.oneof(
  fc.constantFrom('network create front', 'network create --internal back', 'network prune -f', 'rm -f web db job'),
  fc.constant('network create --subnet 10.9.0.0/29 small'),
  network.map((name) => `network rm ${name}`),
  fc.tuple(network, container).map(([name, of]) => `network connect --alias x ${name} ${of}`),
  fc.tuple(network, container).map(([name, of]) => `network disconnect ${name} ${of}`),
  fc.tuple(mode, container).map(([name, of]) => `run -d --name ${of} --network ${name} alpine sleep 100`),
  container.map((of) => `run -d --name ${of} --network front --network small -p 8080:80 alpine sleep 100`),
  container.map((of) => `run -d --name ${of} --network small --ip 10.9.0.4 --rm alpine sleep 100`),
  container.map((of) => `create --name ${of} --network back alpine sleep 100`),
  fc
    .tuple(fc.constantFrom('start', 'stop -t 0', 'restart -t 0', 'rm', 'kill'), container)
    .map((words) => words.join(' ')),
  container.map((of) => `rename ${of} other; docker rename other ${of}`),
);

test('whatever is made, connected and removed: pairs are whole, addresses unique, nothing is left over', () => {
  fc.assert(
    fc.property(fc.array(command, { minLength: 4, maxLength: 14 }), (commands) => {
      const box = new Sandbox();
      for (const words of commands) {
        box.shell(`docker ${words}`);
        deepFreeze(box.world);
        expect(faultsOf(box.world), words).toEqual([]);
      }
      box.shell('docker rm -f $(docker ps -aq); docker network prune -f');
      expect(faultsOf(box.world)).toEqual([]);
      expect(box.shell('docker network ls -q | wc -l; ip -o link | wc -l').stdout).toBe('3\n3\n');
    }),
    { numRuns: 40 },
  );
});
