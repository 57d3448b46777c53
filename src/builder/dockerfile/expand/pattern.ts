import { DockerfileError } from '../errors.ts';

/**
 * A shell pattern as a regular expression: `?` one character, `*` as few as possible or, when `greedy`, as many; `\`
 * makes them plain, and nothing else may follow it but `\`, `}` and `/`. Throws when something else does.
 */
function patternSource(pattern: string, greedy: boolean): string {
  const chars = Array.from(pattern);
  let out = '';
  for (let i = 0; i < chars.length; i++) {
    let char = chars[i] ?? '';
    if (char === '*') out += greedy ? '[^\\n]*' : '[^\\n]*?';
    else if (char === '?') out += '[^\\n]';
    else if (char === '\\') {
      const next = chars[i + 1];
      if (next === '}' || next === '/') continue;
      char = chars[++i] ?? '\ufffd';
      if (char !== '*' && char !== '?' && char !== '\\') {
        const problem = `invalid escape '\\${char}'`;
        throw new DockerfileError('expansion', `invalid pattern (${pattern}) in substitution: ${problem}`);
      }
      out += `\\${char}`;
    } else out += /[[\]{}.+()|^$/]/.test(char) ? `\\${char}` : char;
  }
  return out;
}

/** `${X#pattern}`, `${X##pattern}`: the value without the shortest or longest beginning that matches. */
export function withoutPrefix(value: string, pattern: string, longest: boolean): string {
  const found = anchoredLength(value, pattern, longest);
  return found === undefined ? value : value.slice(found);
}

/** `${X%pattern}`, `${X%%pattern}`: the same for its end, found by reading both backwards as BuildKit does. */
export function withoutSuffix(value: string, pattern: string, longest: boolean): string {
  const backwards = Array.from(value).reverse().join('');
  const kept = withoutPrefix(backwards, reversedPattern(pattern), longest);
  return Array.from(kept).reverse().join('');
}

/** `${X/pattern/text}` and, with `all`, `${X//pattern/text}`. Every `*` takes as much as it can. */
export function withReplacement(value: string, pattern: string, text: string, all: boolean): string {
  const source = patternSource(pattern, true);
  if (!all) return value.replace(new RegExp(source, 'u'), () => text);
  let end = -1;
  return value.replace(new RegExp(source, 'gu'), (match: string, at: number) => {
    // Go passes over an empty match right behind another one, JavaScript does not
    if (match === '' && at === end) return '';
    end = at + match.length;
    return goTemplate(text, match);
  });
}

/** The text that Go puts in place of each match: `$0` is the match, other `$NAME`s are groups that there are none of. */
function goTemplate(text: string, match: string): string {
  return text.replace(/\$(\$|\w+|\{\w+\})/g, (_all, name: string) => {
    if (name === '$') return '$';
    return name === '0' || name === '{0}' ? match : '';
  });
}

function anchoredLength(value: string, pattern: string, longest: boolean): number | undefined {
  return new RegExp(`^${patternSource(pattern, longest)}`, 'u').exec(value)?.[0].length;
}

/** The pattern's characters in reverse, each still behind its own `\`. */
function reversedPattern(pattern: string): string {
  const chars = Array.from(pattern);
  const out: string[] = [];
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] ?? '';
    out.push(char === '\\' && i + 1 < chars.length ? char + (chars[++i] ?? '') : char);
  }
  return out.reverse().join('');
}
