import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { described } from './evaluate.ts';
import { isArray, JqError, show, type Value } from './value.ts';

/** The text of a value: a string as it is, others as JSON. */
export function plain(value: Value): string {
  return typeof value === 'string' ? value : show(value);
}

/** `@text`, `@json`, `@csv`, … */
export function formatted(name: string, value: Value): string {
  switch (name) {
    case '@text':
      return plain(value);
    case '@json':
      return show(value);
    case '@base64':
      return btoa(encodeUtf8(plain(value)));
    case '@base64d':
      return decodeURIComponent(
        [...atob(plain(value))].map((c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''),
      );
    case '@html':
      return plain(value).replace(
        /[<>&'"]/g,
        (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&#39;' })[c] ?? '&quot;',
      );
    case '@uri':
      return encodeURIComponent(plain(value)).replace(
        /[!'()*]/g,
        (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
      );
    case '@sh':
      return (isArray(value) ? value : [value])
        .map((item) => (typeof item === 'string' ? `'${item.replace(/'/g, "'\\''")}'` : show(item)))
        .join(' ');
    case '@csv':
    case '@tsv':
      return row(name, value);
    default:
      throw new JqError(`${name.slice(1)} is not a valid format`);
  }
}

function row(name: '@csv' | '@tsv', value: Value): string {
  if (!isArray(value))
    throw new JqError(`${described(value)} cannot be ${name.slice(1)}-formatted, only an array can be`);
  const escapes: { readonly [c: string]: string } = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' };
  return value
    .map((item) => {
      if (item === null) return '';
      if (typeof item === 'object') throw new JqError(`${described(item)} is not valid in a csv row`);
      if (typeof item !== 'string') return show(item);
      return name === '@csv' ? `"${item.replace(/"/g, '""')}"` : item.replace(/[\t\n\r\\]/g, (c) => escapes[c] ?? c);
    })
    .join(name === '@csv' ? ',' : '\t');
}
