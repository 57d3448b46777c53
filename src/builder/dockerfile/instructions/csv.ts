import { DockerfileError } from '../errors.ts';

/**
 * The fields of one line of comma-separated values; a field in double quotes may hold commas, and quotes written twice.
 * `what` names the values in the error. Throws DockerfileError.
 */
export function csvFields(line: string, what: string): string[] {
  const fields: string[] = [];
  const wrong = (at: number, problem: string) =>
    new DockerfileError('mount', `failed to parse csv ${what}: parse error on line 1, column ${at + 1}: ${problem}`);
  if (line === '') throw new DockerfileError('mount', `failed to parse csv ${what}: EOF`);
  for (let at = 0; ; ) {
    if (line[at] !== '"') {
      const comma = line.indexOf(',', at);
      const end = comma < 0 ? line.length : comma;
      const quote = line.slice(at, end).indexOf('"');
      if (quote >= 0) throw wrong(at + quote, 'bare " in non-quoted field');
      fields.push(line.slice(at, end));
      if (comma < 0) return fields;
      at = comma + 1;
      continue;
    }
    let field = '';
    for (at++; ; at += 2) {
      const quote = line.indexOf('"', at);
      if (quote < 0) throw wrong(at, 'extraneous or missing " in quoted-field');
      field += line.slice(at, quote);
      at = quote;
      if (line[at + 1] !== '"') break;
      field += '"';
    }
    fields.push(field);
    if (at + 1 >= line.length) return fields;
    if (line[at + 1] !== ',') throw wrong(at, 'extraneous or missing " in quoted-field');
    at += 2;
  }
}
