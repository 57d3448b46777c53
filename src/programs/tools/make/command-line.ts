/** What stands behind `make`. */
export interface MakeLine {
  readonly goals: readonly string[];
  readonly variables: readonly (readonly [name: string, text: string])[];
  readonly file: string | null;
  readonly folder: string | null;
  readonly silent: boolean;
  readonly dry: boolean;
  readonly always: boolean;
  readonly ignore: boolean;
  readonly quietFolder: boolean;
  readonly version: boolean;
}

const long: { readonly [name: string]: string | undefined } = {
  '--silent': 's',
  '--quiet': 's',
  '--just-print': 'n',
  '--dry-run': 'n',
  '--recon': 'n',
  '--always-make': 'B',
  '--ignore-errors': 'i',
  '--version': 'v',
  '--directory': 'C',
  '--file': 'f',
  '--makefile': 'f',
  '--jobs': 'j',
  '--no-builtin-rules': 'r',
  '--no-print-directory': 'W',
};

/** Reads the command line; the text of an error otherwise. Jobs run one after the other, however many may; there are no built-in rules (-r). */
export function readMakeLine(args: readonly string[]): MakeLine | string {
  const goals: string[] = [];
  const variables: (readonly [string, string])[] = [];
  const flags = new Set<string>();
  let [file, folder]: [string | null, string | null] = [null, null];
  for (let i = 0; i < args.length; i++) {
    const one = args[i] ?? '';
    const [, name, text] = /^([\w.-]+)\s*:{0,2}=(.*)$/s.exec(one) ?? [];
    if (!one.startsWith('-')) {
      if (name !== undefined) variables.push([name, text ?? '']);
      else goals.push(one);
      continue;
    }
    const [head = '', inline] = one.startsWith('--') ? one.split(/=(.*)/s) : [one];
    const letters = one.startsWith('--') ? long[head] : one.slice(1);
    if (letters === undefined) return `drydock: make ${head} is not simulated`;
    for (let at = 0; at < letters.length; at++) {
      const letter = letters[at] ?? '';
      const stuck = one.startsWith('--') ? inline : letters.slice(at + 1) || undefined;
      if (letter === 'f' || letter === 'C') {
        const value = stuck ?? args[++i] ?? '';
        if (letter === 'f') file = value;
        else folder = folder === null ? value : `${folder}/${value}`;
        break;
      }
      if (letter === 'j') {
        if (stuck === undefined && /^\d+$/.test(args[i + 1] ?? '')) i++;
        break;
      }
      // -W is another one than the long option that goes by this letter here
      if (!/^[snBivr]$/.test(letter) && !(letter === 'W' && one.startsWith('--')))
        return `drydock: make -${letter} is not simulated`;
      flags.add(letter);
    }
  }
  return {
    goals,
    variables,
    file,
    folder,
    silent: flags.has('s'),
    dry: flags.has('n'),
    always: flags.has('B'),
    ignore: flags.has('i'),
    quietFolder: flags.has('W'),
    version: flags.has('v'),
  };
}

/** The same for makes that recipes start, as MAKEFLAGS has it: letters, long options, and the variables behind `--`. */
export function flagsOf({ silent, dry, always, ignore, quietFolder, variables }: MakeLine): string {
  const letters = `${always ? 'B' : ''}${ignore ? 'i' : ''}${dry ? 'n' : ''}${silent ? 's' : ''}`;
  const given = variables.map(([name, text]) => `${name}=${text.replace(/[\\\s]/g, '\\$&')}`);
  return `${letters}${quietFolder ? ' --no-print-directory' : ''}${given.length > 0 ? ` -- ${given.join(' ')}` : ''}`;
}

/** MAKEFLAGS as words of a command line. */
export function wordsOfFlags(flags: string): readonly string[] {
  const words = flags.match(/(?:\\.|\S)+/gs) ?? [];
  return words.flatMap((word, i) => {
    if (word === '--') return [];
    const text = word.replace(/\\(.)/gs, '$1');
    // letters stand first, before any blank
    return [i === 0 && /^[A-Za-z]+$/.test(word) && !/^\s/.test(flags) ? `-${text}` : text];
  });
}
