import { expect, it } from 'vitest';
import { usageFilter } from '../../../../src/cli/commands/builder/usage-filter.ts';
import type { CacheUse } from '../../../../src/engine/build/cache-calls.ts';

const use: CacheUse = {
  ID: 'abc',
  Parents: ['def'],
  Type: 'regular',
  Description: 'mount / from exec /bin/sh -c make',
  InUse: false,
  Shared: true,
  Mutable: false,
  Size: 10,
  CreatedAt: '2026-01-01T00:00:00Z',
  LastUsedAt: '2026-01-01T00:00:00Z',
  UsageCount: 1,
};

it.each([
  [[], true],
  [['type=regular'], true],
  [['type!=regular'], false],
  [['type=regular', 'description~=make'], true],
  [['description~=cmake'], false],
  [['id=b'], true],
  // what is yes or no is there without a value
  [['shared=true'], false],
  [['nosuch=1'], false],
  [['until=24h'], true],
])('%j fits: %s', (filters, fits) => {
  expect(usageFilter(filters)(use)).toBe(fits);
});

it('refuses what it cannot read', () => {
  expect(() => usageFilter(['until=soon'])).toThrow(`"until" filter expects a duration (e.g., '24h')`);
  expect(() => usageFilter(['id~=(a+)+'])).toThrow(
    'drydock: the filter id~=(a+)+ of docker buildx du is not simulated',
  );
});
