import { expect, it } from 'vitest';
import { suggestCommand, suggestFlag } from '../../src/cli/suggest.ts';

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

it.each([
  [['run', '--detatch', 'alpine'], '--detatch', '--detach'],
  [['container', 'ls', '--qiet'], '--qiet', '--quiet'],
  [['network', 'create', '--subent', 'x', 'y'], '--subent', '--subnet'],
  [['ps', '--zzzzzz'], '--zzzzzz', undefined],
])('%j may mean another flag', (args, flag, suggestion) => {
  expect(suggestFlag(args, flag)).toBe(suggestion);
});
