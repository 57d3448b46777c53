import { describe, expect, test } from 'vitest';
import { parseNetwork } from '../../../src/cli/flags/networks.ts';
import { compareNatural } from '../../../src/cli/format/natural.ts';

const nothing = { aliases: [], ip: '', mac: '', gwPriority: 0 };

describe('--network', () => {
  test.each([
    ['front', { ...nothing, name: 'front' }],
    ['container:web', { ...nothing, name: 'container:web' }],
    ['name=front', { ...nothing, name: 'front' }],
    ['name=front,alias=a,alias=b', { ...nothing, name: 'front', aliases: ['a', 'b'] }],
    ['NAME=front, ip=10.0.0.2,gw-priority=-3', { ...nothing, name: 'front', ip: '10.0.0.2', gwPriority: -3 }],
    ['name=front,mac-address=02:00:00:00:00:07', { ...nothing, name: 'front', mac: '02:00:00:00:00:07' }],
  ])('%s', (text, wish) => {
    expect(parseNetwork(text)).toEqual(wish);
  });

  test.each([
    ['alias=web', 'network name/id is not specified'],
    ['name=front,color=red', 'invalid field key color'],
    ['front,ip=10.0.0.2', 'invalid field front'],
    ['name=front,driver-opt=a', 'drydock: the field driver-opt is not simulated'],
  ])('%s is refused', (text, why) => {
    expect(() => parseNetwork(text)).toThrow(why);
  });
});

test('numbers in names count by their value', () => {
  const names = ['net10', 'net2', 'net', 'alpha', 'net2b'];
  expect(names.toSorted(compareNatural)).toEqual(['alpha', 'net', 'net2', 'net2b', 'net10']);
});
