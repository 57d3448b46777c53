/**
 * The words of a command line that a shell would pass on as they stand: quotes taken off. Undefined when the line has
 * anything in it that only a shell can do (variables, pipes, redirections, patterns, several commands).
 */
export function plainWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let rest = line.trim();
  while (rest !== '') {
    let word = '';
    while (rest !== '' && !/^\s/.test(rest)) {
      const part = /^'([^']*)'|^"([^"$`\\]*)"|^([^\s'"\\$`|&;<>()*?[\]~#{}!]+)/.exec(rest);
      if (!part) return undefined;
      word += part[1] ?? part[2] ?? part[3] ?? '';
      rest = rest.slice(part[0].length);
    }
    words.push(word);
    rest = rest.trimStart();
  }
  return words;
}
