import { anyValue, bool, type Field, int, mapOf, slice, string, type Type } from './types.ts';

/** Field lists of structs by name; see format/data for the notation. */
export type StructTexts = { readonly [struct: string]: string };

/** The type that a name or notation stands for. */
export function structType(texts: StructTexts, notation: string, prefix: string): Type {
  const known = new Map<string, Type>();
  const read = (text: string): Type => {
    if (text.startsWith('*')) return { kind: 'pointer', elem: read(text.slice(1)) };
    if (text.startsWith('[]')) return slice(read(text.slice(2)));
    if (text.startsWith('[2]')) return { kind: 'array', elem: read(text.slice(3)) };
    if (text.startsWith('map:')) return mapOf(read(text.slice(4)));
    // ports of a container: the keys are a string type of their own
    if (text.startsWith('ports:')) return { kind: 'map', elem: read(text.slice(6)), key: 'nat.Port' };
    return basic[text] ?? known.get(text) ?? struct(text);
  };
  const struct = (name: string): Type => {
    const fields: Field[] = [];
    const type: Type = { kind: 'struct', name: name.includes('.') ? name : `${prefix}.${name}`, fields };
    known.set(name, type);
    for (const word of (texts[name] ?? '').split(/\s+/).filter(Boolean)) {
      const cut = word.indexOf(':');
      if (cut < 0) {
        fields.push({ name: word.replace(/^\*?(?:\w+\.)?/, ''), type: read(word), embedded: true });
        continue;
      }
      const [own = '', json] = word.slice(0, cut).split('=');
      fields.push({ name: own, type: read(word.slice(cut + 1)), ...(json === undefined ? {} : { json }) });
    }
    return type;
  };
  return read(notation);
}

const basic: { readonly [name: string]: Type } = {
  string,
  bool,
  int,
  any: anyValue,
  time: { kind: 'string', name: 'time.Time' },
  uint: { kind: 'int', name: 'uint' },
};
