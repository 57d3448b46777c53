import { expect, test } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

test('a link follows the other container to its new address, and its name goes with either of the two', () => {
  const box = new Sandbox();
  box.shell('docker run -d --name db alpine sleep 1000; docker run -d --name web --link db:database alpine sleep 1000');
  box.shell('docker stop -t 0 db; docker run -d --name other alpine sleep 1000; docker start db');
  const hosts = box.shell('docker exec web cat /etc/hosts').stdout;
  expect(hosts).toMatch(/^172\.17\.0\.4\tdatabase [0-9a-f]{12} db$/m);
  expect(box.shell('docker exec web ping -c1 database').code).toBe(0);
  const names = () => box.shell("docker ps -a --no-trunc --filter name=db --format '{{.Names}}'").stdout;
  expect(names()).toBe('db,web/database\n');
  box.shell('docker rename web site');
  expect(names()).toBe('db,site/database\n');
  box.shell('docker rm -f site');
  expect(names()).toBe('db\n');
});

test('a link is told in the trace where it takes effect', () => {
  const box = new Sandbox();
  box.shell('docker run -d --name db alpine sleep 1000');
  const { steps } = box.shell('docker run --rm --name web --link db alpine true');
  expect(steps.filter(({ action }) => action === 'link')).toMatchObject([
    { actor: 'dockerd', data: { container: 'web', target: 'db', alias: 'db', address: '172.17.0.2' } },
  ]);
});
