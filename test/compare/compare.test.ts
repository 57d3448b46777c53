import { expect, test } from 'vitest';
import { firstHost } from '../../src/client/first-host.ts';
import { hostPrograms } from '../../src/client/first-world.ts';
import { measure } from '../../src/compare/measure.ts';
import { type Measure, parts, wayIds } from '../../src/compare/types.ts';
import { typicals } from '../../src/compare/typical.ts';
import { type Work, workNamed } from '../../src/compare/works.ts';
import { noStyle } from '../../src/explain/layout.ts';
import { compareBars, compareTable, sourcedFacts } from '../../src/explain/views/compare.ts';
import { columns } from '../../src/explain/width.ts';
import { emptyEngine, software } from '../support/sandbox.ts';

const work = workNamed('nginx') as Work;
const measures = wayIds.map((way) =>
  measure(way, work, emptyEngine(), software, { first: firstHost, programs: hostPrograms() }),
);
const of = (way: Measure['way']): Measure => measures.find((each) => each.way === way) as Measure;

test('a container adds no kernel and shares the one that is there; a virtual machine brings its own', () => {
  expect(measures.map(({ kernels }) => kernels)).toEqual([0, 0, 1, 1, 1]);
  expect(of('container').release).toBe(of('process').release);
  expect(of('hosted').release).not.toBe(of('process').release);
  expect(of('process').shared).toEqual(parts);
  expect(of('container').shared).toEqual(['kernel', 'users']);
  for (const way of ['hosted', 'metal', 'desktop'] as const) expect(of(way).shared).toEqual([]);
  expect(of('hosted').neighbours).toEqual([]);
  expect(of('desktop').neighbours).toEqual(['kernel', 'users']); // containers share the hidden machine's kernel
});

test('what is seen of it on the computer: all processes of a container, one of a type 2 machine, none of a type 1', () => {
  expect(of('container').processes).toBeGreaterThanOrEqual(of('process').processes);
  expect(of('hosted').processes).toBe(1);
  expect(of('metal').processes).toBe(0);
  expect(of('container').visible).toBeLessThan(of('process').visible);
});

test('memory and disk are set aside for machines only, and booting takes longest', () => {
  expect(measures.map(({ memoryReserved }) => memoryReserved > 0)).toEqual([false, false, true, true, true]);
  expect(of('hosted').memoryReserved).toBe(1024 ** 3);
  expect(of('container').time).toBeLessThan(1_000_000);
  expect(of('hosted').time).toBeGreaterThan(10_000_000);
  expect(of('process').diskUsed).toBeLessThan(of('container').diskUsed);
});

test('both kinds of machines take the same boot to answer, and use memory for a system of their own', () => {
  expect(Math.abs(of('metal').time - of('hosted').time)).toBeLessThan(100_000);
  // a guest's `free` was measured with 134 to 171 MiB at its login prompt, without nginx
  for (const way of ['hosted', 'metal'] as const) {
    expect(of(way).memoryUsed / 2 ** 20).toBeGreaterThan(134);
    expect(of(way).memoryUsed / 2 ** 20).toBeLessThan(190);
    expect(of(way).memoryUsed).toBeGreaterThan(3 * of('container').memoryUsed);
  }
});

test('each way goes through those who do it', () => {
  expect(Object.keys(of('container').steps)).toEqual(expect.arrayContaining(['docker', 'dockerd', 'shim', 'runc']));
  expect(Object.keys(of('process').steps)).toEqual(['kernel', 'nginx']);
  const boot = ['hypervisor', 'firmware', 'boot loader', 'guest kernel', 'guest init'];
  expect(Object.keys(of('hosted').steps).filter((actor) => actor !== 'kernel')).toEqual(boot);
});

const view = { plain: false, style: noStyle, size: (bytes: number) => `${bytes}B` };

test.each([
  ['en', 100],
  ['ko', 100],
  ['en', 40],
  ['ko', 40],
] as const)('the table in %s keeps within %d columns', (lang, width) => {
  const lines = compareTable('nginx', measures, typicals, { ...view, lang, width });
  expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(width);
  expect(lines.join('\n')).toContain('6.8.0');
});

test('bars are as long as what they show', () => {
  const lines = compareBars('nginx', measures, { ...view, lang: 'en', width: 80, plain: true });
  const bar = (name: string) => lines.find((line) => line.startsWith(name))?.match(/#+/)?.[0].length ?? 0;
  expect(bar('VM, type 1')).toBeGreaterThan(30);
  expect(bar('container')).toBe(1);
});

test('the facts that are not computed name their source', () => {
  for (const lang of ['en', 'ko'] as const) {
    for (const fact of sourcedFacts(typicals, lang))
      expect(fact).toMatchObject({ source: expect.stringMatching(/QEMU|NSDI/) });
  }
});
