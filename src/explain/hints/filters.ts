/** The filters of the lists that the engine's API gives, by their paths. */
const lists: { readonly [path: string]: readonly string[] } = {
  '/containers/json': [
    'ancestor',
    'before',
    'exited',
    'expose',
    'health',
    'id',
    'is-task',
    'isolation',
    'label',
    'name',
    'network',
    'publish',
    'since',
    'status',
    'volume',
  ],
  '/images/json': ['before', 'dangling', 'label', 'reference', 'since', 'until'],
  '/volumes': ['dangling', 'driver', 'label', 'name'],
  '/networks': ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'],
};

/** The filters that a request for a list may have, by its path (a version and a query do not matter); undefined for other requests. */
export function filtersOf(path: string): readonly string[] | undefined {
  const bare = path.replace(/\?.*$/, '').replace(/^\/v\d[\d.]*(?=\/)/, '');
  return Object.hasOwn(lists, bare) ? lists[bare] : undefined;
}
