/** What requests carry for `--filter`: `{"name":{"web":true}}` of `name=web`; undefined without filters. */
export function filterJson(filters: readonly string[]): string | undefined {
  const all: { [name: string]: { [value: string]: boolean } } = {};
  for (const filter of filters.filter((text) => text !== '')) {
    const cut = filter.indexOf('=');
    const name = filter.slice(0, cut);
    all[name] = { ...all[name], [filter.slice(cut + 1)]: true };
  }
  return Object.keys(all).length === 0 ? undefined : JSON.stringify(all);
}
