import { expect, it } from 'vitest';
import type { Exec, Program, Sys } from '../../src/kernel/program.ts';
import { imageContent, imageOnHub, imageProgram, namesOnHub, tagsOnHub } from '../../src/registry/hub.ts';

it('has tags and names', () => {
  expect(namesOnHub()).toHaveLength(144);
  expect(tagsOnHub('library/alpine')).toContain('latest');
  expect(tagsOnHub('library/nosuch')).toBeUndefined();
  expect(tagsOnHub('someone/alpine')).toBeUndefined();
});

it('has images with their content', () => {
  const result = imageOnHub('library/alpine', 'latest');
  expect(result).toMatchObject({ found: true, image: { platform: 'linux/amd64' } });
  if (!result.found) return;
  const { image, layers, trees } = imageContent(result.image);
  expect(image.id).toBe(result.image.configDigest);
  expect([layers.length, trees.length]).toEqual([1, 1]);
  expect(image.repoDigests).toEqual([`alpine@${result.image.digest}`]);
});

it('greets', () => {
  let out = '';
  const write = (_fd: number, bytes: string) => {
    out += bytes;
    return bytes.length;
  };
  const program: Program | undefined = imageProgram('hello');
  const turn = program?.start({ argv: ['/hello'], env: {} } as unknown as Exec, { write } as unknown as Sys);
  expect(turn).toMatchObject({ exit: 0 });
  expect(out.split('\n').slice(0, 2)).toEqual(['', 'Hello from Docker!']);
  expect(out.endsWith('https://docs.docker.com/get-started/\n\n')).toBe(true);
  expect(imageProgram('nginx')).toBeUndefined();
});
