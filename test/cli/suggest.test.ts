import { expect, it } from 'vitest';
import { suggestCommand } from '../../src/cli/suggest.ts';

it.each([
  [['rnu', 'alpine'], 'docker run'],
  [['pz'], 'docker ps'],
  [['container', 'strat', 'web'], 'docker container start'],
  [['imagse'], 'docker images'],
  [['ps'], undefined],
  [['xyzzy'], undefined],
  [['foo'], undefined],
  [['--bogus', 'ps'], undefined],
  [[], undefined],
])('%j may mean %s', (args, suggestion) => {
  expect(suggestCommand(args)).toBe(suggestion);
});
