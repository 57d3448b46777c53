/** The options of `set`: name and letter, in ash's order. Names without a letter of their own have a capital here. */
export const optionNames: readonly (readonly [name: string, letter: string])[] = [
  ['errexit', 'e'],
  ['noglob', 'f'],
  ['ignoreeof', 'I'],
  ['interactive', 'i'],
  ['monitor', 'm'],
  ['noexec', 'n'],
  ['stdin', 's'],
  ['xtrace', 'x'],
  ['verbose', 'v'],
  ['noclobber', 'C'],
  ['allexport', 'a'],
  ['notify', 'b'],
  ['nounset', 'u'],
  ['errtrace', 'E'],
  ['vi', 'V'],
  ['pipefail', 'P'],
  ['command', 'c'],
];

/** Letters that `set` itself accepts. */
const settable = 'efImnxvCabuE';

/** Options that have no letter in `$-` or in `set -…`. */
const nameless = 'VP';

/** The value of `$-`. */
export function optionLetters(options: string): string {
  return optionNames
    .map(([, letter]) => letter)
    .filter((letter) => options.includes(letter) && !nameless.includes(letter))
    .join('');
}

/** The options with one switched on or off; undefined when there is none of that letter. */
export function setLetter(options: string, letter: string, on: boolean): string | undefined {
  if (!settable.includes(letter)) return undefined;
  return change(options, letter, on);
}

/** The options with the one of this name switched on or off; undefined when there is none. */
export function setName(options: string, name: string, on: boolean): string | undefined {
  const letter = optionNames.find(([known]) => known === name)?.[1];
  if (letter === undefined || 'isc'.includes(letter)) return undefined;
  return change(options, letter, on);
}

function change(options: string, letter: string, on: boolean): string {
  const without = options.replace(letter, '');
  return on ? without + letter : without;
}

/** What `set -o` lists (or `set +o`, as commands). */
export function listOptions(options: string, commands: boolean): string {
  const listed = optionNames.filter(([, letter]) => !'isc'.includes(letter));
  return listed
    .map(([name, letter]) => {
      const on = options.includes(letter);
      return commands ? `set ${on ? '-' : '+'}o ${name}\n` : `${name.padEnd(16)}${on ? 'on' : 'off'}\n`;
    })
    .join('');
}

/** How a shell was called. */
export interface Invocation {
  readonly options: string;
  /** Text of `-c`. */
  readonly command: string | undefined;
  /** File with the script. */
  readonly script: string | undefined;
  readonly zero: string | undefined;
  readonly params: readonly string[];
  readonly login: boolean;
}

/** Takes a shell's command line apart; a string is the complaint. */
export function parseInvocation(argv: readonly string[]): Invocation | string {
  let options = '';
  let wantsCommand = false;
  let login = argv[0]?.startsWith('-') ?? false;
  let i = 1;
  for (; i < argv.length; i++) {
    const arg = argv[i] ?? '';
    if (!/^[-+]./.test(arg)) {
      if (arg === '-') i++;
      break;
    }
    if (arg === '--') {
      i++;
      break;
    }
    if (arg === '--login') {
      login = true;
      continue;
    }
    const on = arg.startsWith('-');
    for (const letter of arg.slice(1)) {
      if (letter === 'c' && on) wantsCommand = true;
      else if (letter === 'l') login = on;
      else if (letter === 'i' || letter === 's') options = change(options, letter, on);
      else if (letter === 'o') {
        const changed = setName(options, argv[++i] ?? '', on);
        if (changed === undefined) return `illegal option ${on ? '-' : '+'}o ${argv[i] ?? ''}`;
        options = changed;
      } else {
        const changed = setLetter(options, letter, on);
        if (changed === undefined) return `illegal option ${on ? '-' : '+'}${letter}`;
        options = changed;
      }
    }
  }
  const rest = argv.slice(i);
  const [first] = rest;
  const base = { options, login };
  if (wantsCommand) {
    if (first === undefined) return '-c requires an argument';
    return { ...base, options: `${options}c`, command: first, script: undefined, zero: rest[1], params: rest.slice(2) };
  }
  if (first === undefined || options.includes('s'))
    return { ...base, command: undefined, script: undefined, zero: undefined, params: rest };
  return { ...base, command: undefined, script: first, zero: first, params: rest.slice(1) };
}
