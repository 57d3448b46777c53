/** Values between commas, as in a line of CSV: one in double quotes may have commas itself. */
export function csvFields(text: string): readonly string[] {
  return (text.match(/(?:^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? []).map((field) =>
    field.replace(/^,/, '').replace(/^"(.*)"$/s, (_, inner: string) => inner.replaceAll('""', '"')),
  );
}

/** `name=value,…` by name, names in small letters. `refuse` makes what is thrown for a field without a value. */
export function namedFields(text: string, refuse: (field: string) => Error): ReadonlyMap<string, string> {
  return new Map(
    csvFields(text).map((field) => {
      const cut = field.indexOf('=');
      if (cut < 0) throw refuse(field);
      return [field.slice(0, cut).toLowerCase(), field.slice(cut + 1)];
    }),
  );
}
