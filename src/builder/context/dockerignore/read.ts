import { type ByteString, decodeUtf8 } from '../../../kernel/bytes.ts';
import { trim } from '../../dockerfile/spaces.ts';
import { cleanPath } from './clean-path.ts';

/** The ignore files that a build looks for, in this order: the one of the Dockerfile, then that of the context. */
export function ignoreFileNames(dockerfile: string): readonly [own: string, common: string] {
  return [`${dockerfile}.dockerignore`, '.dockerignore'];
}

/**
 * The patterns of a .dockerignore file: no comments (`#` in the first column) and empty lines, white space and a slash in
 * front taken off, paths cleaned, `!` kept. As moby/patternmatcher's ignorefile.ReadAll.
 */
export function readIgnoreFile(content: ByteString): string[] {
  const text = content.startsWith('\xef\xbb\xbf') ? content.slice(3) : content;
  return decodeUtf8(text)
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => trim(line))
    .filter((line) => line !== '')
    .map((line) => (line.startsWith('!') ? `!${relative(trim(line.slice(1)))}` : relative(line)));
}

function relative(pattern: string): string {
  if (pattern === '') return '';
  const clean = cleanPath(pattern);
  return clean.length > 1 && clean.startsWith('/') ? clean.slice(1) : clean;
}
