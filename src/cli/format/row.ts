import { marshalMap } from './go/json.ts';
import { type Method, type Type, textValue, type Value } from './go/types.ts';

/** The fields of a row of a list, by the names that templates call them by; texts all. */
export type RowFields = { readonly [name: string]: () => string };

/** A row as templates see it; `type` is the Go type that errors name. `{{json .}}` prints the fields in their order. */
export function listRow(type: string, fields: RowFields): Value {
  const methods: { [name: string]: Method } = {};
  for (const [name, get] of Object.entries(fields)) methods[name] = () => textValue(get());
  methods.MarshalJSON = () =>
    textValue(marshalMap(Object.fromEntries(Object.entries(fields).map(([name, get]) => [name, get()]))));
  return { type: { kind: 'struct', name: type, fields: [], methods } satisfies Type, data: {} };
}
