import { EngineError } from '../errors.ts';

/**
 * Does a name match a pattern by the rules of Go's path.Match: `*` and `?` stop at slashes, `[a-c]` and `[^a]` are
 * classes, a backslash takes what follows as it is? Throws `bad-parameter` for a pattern that ends too early.
 */
export function globMatches(pattern: string, name: string): boolean {
  return new RegExp(`^${translate(pattern)}$`, 'su').test(name);
}

function translate(pattern: string): string {
  const chars = [...pattern];
  let out = '';
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] ?? '';
    if (char === '*') out += '[^/]*';
    else if (char === '?') out += '[^/]';
    else if (char === '[') {
      const end = chars.indexOf(']', i + 1);
      if (end < 0 || end === i + 1) throw badPattern();
      const inside = chars.slice(i + 1, end).join('');
      const negated = inside.startsWith('^');
      const members = (negated ? inside.slice(1) : inside).replace(/[\\[\]^]/g, '\\$&');
      if (members === '' || /^-|-$/.test(members)) throw badPattern();
      out += `[${negated ? '^' : ''}${members}]`;
      i = end;
    } else if (char === '\\') {
      i++;
      if (i >= chars.length) throw badPattern();
      out += quoted(chars[i] ?? '');
    } else out += quoted(char);
  }
  return out;
}

function quoted(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&');
}

function badPattern(): EngineError {
  return new EngineError('bad-parameter', 400, 'syntax error in pattern');
}
