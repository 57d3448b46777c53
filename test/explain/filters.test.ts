import { describe, expect, it } from 'vitest';
import { filtersOf } from '../../src/explain/hints/filters.ts';
import { EngineLab } from '../support/engine.ts';

const lists = ['/containers/json', '/images/json', '/volumes', '/networks'];
const names = [...new Set(lists.flatMap((path) => filtersOf(path) ?? []))];
const lab = new EngineLab();

/** Does the engine know a filter of this name? What it says of a value is another matter. */
function knows(path: string, name: string): boolean {
  const filters = JSON.stringify({ [name]: ['true'] });
  return lab.call('GET', path, { query: { filters } }).body.message !== `invalid filter '${name}'`;
}

describe('the filters that the hint names', () => {
  it.each(lists)('are those that the engine takes for %s', (path) => {
    expect(names.filter((name) => knows(path, name))).toEqual(names.filter((name) => filtersOf(path)?.includes(name)));
    expect(knows(path, 'nonsense')).toBe(false);
  });

  it('are found by the path of a request with its version and query', () => {
    expect(filtersOf('/v1.51/volumes?filters=x')).toEqual(filtersOf('/volumes'));
    expect(filtersOf('/info')).toBeUndefined();
  });
});
