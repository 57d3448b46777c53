import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { firstHost } from '../../src/client/first-host.ts';
import { firstWorld } from '../../src/client/first-world.ts';
import { hostFiles } from '../../src/client/host-files.ts';
import { simulatedEnv } from '../../src/client/options.ts';
import { installedSoftware } from '../../src/client/software.ts';
import { learner } from '../../src/host/linux.ts';
import { startRun } from '../../src/kernel/client-run.ts';
import { isErrno } from '../../src/kernel/errno.ts';
import { drainRun } from '../../src/kernel/runs.ts';
import { advance, begin, machineOf, snapshot } from '../../src/kernel/simulation.ts';
import { epoch } from '../support/sandbox.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drydock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A command typed on the real computer, in `folder`. */
function typed() {
  const software = installedSoftware(hostFiles(folder, 7));
  let world = firstWorld(software, epoch, 'test');
  const type = (path: string, ...argv: string[]): string => {
    const sim = begin(world, software);
    const m = machineOf(sim, firstHost);
    const { home: cwd, uid, gid, groups } = learner;
    const exec = { path, argv, env: simulatedEnv(argv, {}) };
    const run = startRun(m, { exec, cwd, uid, gid, groups, budget: 20_000_000, client: 7 });
    if (isErrno(run)) throw new Error(run.errno);
    let text = '';
    for (let i = 0; i < 50 && !sim.world.runs[run]?.exit; i++) {
      advance(sim, { until: Number.POSITIVE_INFINITY, ops: 1_000_000, run });
      for (const { bytes } of drainRun(machineOf(sim, firstHost), run)) text += bytes;
    }
    for (const { bytes } of drainRun(machineOf(sim, firstHost), run)) text += bytes;
    world = snapshot(sim);
    return text;
  };
  // the image comes first, so that no progress is printed later
  type(docker, 'docker', 'run', '--rm', 'alpine', 'true');
  return Object.assign(type, { services: () => world.hosts[firstHost]?.services });
}

const docker = '/usr/bin/docker';

test('an env file is that of the real folder, but not in the simulated shell', () => {
  writeFileSync(join(folder, 'my.env'), 'A=1\n');
  const type = typed();
  const words = ['docker', 'run', '--rm', '--env-file', 'my.env', 'alpine', 'sh', '-c', 'echo $A'];
  expect(type(docker, ...words)).toBe('1\n');
  expect(type('/usr/bin/sh', 'sh', '-c', 'docker run --env-file my.env alpine true; true')).toContain(
    'open my.env: no such file or directory',
  );
});

test('cp writes only below the folder that was named', () => {
  mkdirSync(join(folder, 'out'));
  mkdirSync(join(folder, 'secret'));
  symlinkSync('../secret', join(folder, 'out', 'd'));
  const type = typed();
  type(docker, 'docker', 'run', '--name', 'cc', 'alpine', 'sh', '-c', 'mkdir -p /p/d; echo x > /p/d/f; echo y > /p/g');
  type(docker, 'docker', 'cp', 'cc:/p/.', 'out');
  expect(readFileSync(join(folder, 'out', 'g'), 'utf8')).toBe('y\n');
  expect(() => readFileSync(join(folder, 'secret', 'f'))).toThrow();
});

test('a bind mount shows the real folder; what the container writes stays in the simulation', () => {
  mkdirSync(join(folder, 'site'));
  writeFileSync(join(folder, 'site', 'a'), 'one\n');
  const type = typed();
  const run = (line: string) => type(docker, 'docker', 'run', '--rm', '-v', './site:/w', 'alpine', 'sh', '-c', line);
  expect(run('cat /w/a; echo new > /w/b')).toBe('one\n');
  writeFileSync(join(folder, 'site', 'a'), 'two\n');
  expect(run('cat /w/a /w/b')).toBe('two\nnew\n');
  expect(() => readFileSync(join(folder, 'site', 'b'))).toThrow();
});

test('a folder that was only read is forgotten with its last container; one that was written to is not', () => {
  mkdirSync(join(folder, 'site'));
  writeFileSync(join(folder, 'site', 'a'), 'one\n');
  const type = typed();
  const kept = () => Object.keys(((type.services()?.dockerd ?? {}) as { readonly binds?: object }).binds ?? {});
  const words = ['docker', 'run', '-v', './site:/w', '--name'];
  type(docker, ...words, 'c1', 'alpine', 'cat', '/w/a');
  type(docker, ...words, 'c2', 'alpine', 'cat', '/w/a');
  type(docker, 'docker', 'rm', 'c1');
  expect(kept()).toEqual([join(folder, 'site')]);
  type(docker, 'docker', 'rm', 'c2');
  expect(kept()).toEqual([]);
  type(docker, 'docker', 'run', '--rm', '-v', './site:/w', 'alpine', 'touch', '/w/b');
  expect(kept()).toEqual([join(folder, 'site')]);
});
