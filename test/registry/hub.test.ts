import { expect, it } from 'vitest';
import { imageContent, imageOnHub, namesOnHub, tagsOnHub } from '../../src/registry/hub.ts';

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
