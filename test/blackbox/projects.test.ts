// The projects of the README's tour: the built command builds them, and they do what their programs say.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './built.ts';
import { Drydock } from './command.ts';

const projects = fileURLToPath(new URL('../projects', import.meta.url));

beforeAll(ensureBuilt, 180_000);

async function twice(dock: Drydock, name: string): Promise<void> {
  const first = await dock.run('build', '-t', name, join(projects, name));
  expect(first).toMatchObject({ status: 0 });
  const second = await dock.run('build', '-t', name, join(projects, name));
  const steps = second.stderr.match(/^#\d+ \[(?:\S+ )?\d+\/\d+\] (?!FROM).*$/gm) ?? [];
  expect(steps.length).toBeGreaterThan(0);
  expect(second.stderr.match(/^#\d+ CACHED$/gm)?.length).toBe(steps.length);
}

describe('projects', () => {
  const served = [
    ['static-site', '8080:80', 'curl -s localhost:8080', '<html'],
    ['node-web', '3000:3000', 'curl -s localhost:3000', ''],
    ['go-scratch', '8081:8081', 'curl -s localhost:8081', '1. Westhaven  06:00\n2. Lightside  09:00\n'],
  ] as const;
  for (const [name, ports, ask, wanted] of served) {
    it(`${name} builds, runs and answers`, async () => {
      const dock = new Drydock();
      await twice(dock, name);
      expect(await dock.run('run', '-d', '--name', name, '-p', ports, name)).toMatchObject({ status: 0 });
      // the container has started; its server listens a moment later
      const got = await dock.run('shell', '-c', `sleep 1; ${ask}`);
      expect(got).toMatchObject({ status: 0 });
      expect(got.stdout).not.toBe('');
      expect(got.stdout).toContain(wanted);
    }, 60_000);
  }

  it('python-script builds, and prints its report', async () => {
    const dock = new Drydock();
    await twice(dock, 'python-script');
    const got = await dock.run('run', '--rm', 'python-script');
    expect(got).toMatchObject({ status: 0 });
    expect(got.stdout).not.toBe('');
  }, 60_000);

  it('go-scratch has one layer, and is small', async () => {
    const dock = new Drydock();
    await dock.run('build', '-t', 'go-scratch', join(projects, 'go-scratch'));
    const layers = await dock.run('inspect', '-f', '{{len .RootFS.Layers}} {{.Size}}', 'go-scratch');
    const [count, size] = layers.stdout.trim().split(' ').map(Number);
    expect(count).toBe(1);
    expect(size).toBeLessThan(10_000_000);
  }, 60_000);
});
