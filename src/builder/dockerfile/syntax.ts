import { type ByteString, decodeUtf8 } from '../../kernel/bytes.ts';
import { DirectiveReader } from './directives.ts';
import { DockerfileError } from './errors.ts';
import type { Directive } from './types.ts';

/** The value of a directive at the top of a Dockerfile, whether or not the rest can be parsed; undefined without one. */
export function readDirective(source: ByteString, name: Directive['name']): Directive | undefined {
  return directivesIn(source, '#').find((directive) => directive.name === name);
}

/**
 * The frontend that a file asks for: `# syntax=docker/dockerfile:1`, also `// syntax=…` or `{"syntax": "…"}` for files of
 * another kind; a first line `#!…` is passed over. The image's name, and the line it stands in.
 */
export function detectSyntax(source: ByteString): { image: string; line: number } | undefined {
  for (const mark of ['#', '//'] as const) {
    const found = directivesIn(source, mark).find((directive) => directive.name === 'syntax');
    if (found) return { image: found.value.split(' ', 1)[0] ?? '', line: found.line };
  }
  const value = jsonSyntax(source);
  return value === undefined ? undefined : { image: value, line: 0 };
}

function directivesIn(source: ByteString, mark: '#' | '//'): readonly Directive[] {
  const reader = new DirectiveReader();
  const text = source.startsWith('\xef\xbb\xbf') ? source.slice(3) : source;
  let at = 0;
  for (let line = 1; at < text.length; line++) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const words = decodeUtf8(text.slice(at, end)).replace(/\r$/, '');
    at = end + 1;
    if (line === 1 && words.startsWith('#!')) continue;
    if (!words.startsWith(mark)) break;
    try {
      if (!reader.read(`#${words.slice(mark.length)}`, line)) break;
    } catch (error) {
      // a repeated or wrong one ends the reading; the parser is the one to say so
      if (error instanceof DockerfileError) break;
      throw error;
    }
  }
  return reader.found;
}

function jsonSyntax(source: ByteString): string | undefined {
  if (!/^\s*\{/.test(source)) return undefined;
  try {
    const value: unknown = JSON.parse(decodeUtf8(source));
    const found = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    const [, syntax] = found.find(([key]) => key === 'syntax') ?? [];
    return typeof syntax === 'string' ? syntax : undefined;
  } catch {
    return undefined;
  }
}
