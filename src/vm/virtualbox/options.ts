/** `--name value` options and other words of a VBoxManage command; each option has a value unless it is one of `flags`. */
export interface Given {
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  /** All options in order, for those that can be given more than once. */
  readonly all: readonly (readonly [string, string])[];
}

/** Reads the words; `flags`: options without a value. A text is the option whose value is missing. */
export function readOptions(words: readonly string[], flags: readonly string[]): Given | string {
  const rest: string[] = [];
  const all: [string, string][] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!word.startsWith('--')) {
      rest.push(word);
      continue;
    }
    const [option = '', attached] = word.split(/=(.*)/s);
    if (flags.includes(option)) all.push([option, '']);
    else {
      const value = attached ?? words[++i];
      if (value === undefined) return option;
      all.push([option, value]);
    }
  }
  return { words: rest, options: new Map(all), all };
}
