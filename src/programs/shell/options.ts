import type { Flavour } from './flavour.ts';

/** The options of `set`: name and letter, in ash's order. Names without a letter of their own have a capital here. */
const ashNames: readonly (readonly [name: string, letter: string])[] = [
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

const dashNames: typeof ashNames = [
  ...ashNames.filter(([name]) => !/^(?:errtrace|pipefail|vi|command)$/.test(name)),
  ['vi', 'V'],
  ['emacs', 'M'],
  ['privileged', 'p'],
];

/** In bash's order; capitals without meaning for bash stand for options that have no letter there. */
const bashNames: typeof ashNames = [
  ['allexport', 'a'],
  ['braceexpand', 'B'],
  ['emacs', 'M'],
  ['errexit', 'e'],
  ['errtrace', 'E'],
  ['functrace', 'T'],
  ['hashall', 'h'],
  ['histexpand', 'H'],
  ['history', 'O'],
  ['ignoreeof', 'I'],
  ['interactive-comments', 'N'],
  ['keyword', 'k'],
  ['monitor', 'm'],
  ['noclobber', 'C'],
  ['noexec', 'n'],
  ['noglob', 'f'],
  ['nolog', 'L'],
  ['notify', 'b'],
  ['nounset', 'u'],
  ['onecmd', 't'],
  ['physical', 'Y'],
  ['pipefail', 'P'],
  ['posix', 'X'],
  ['privileged', 'p'],
  ['verbose', 'v'],
  ['vi', 'V'],
  ['xtrace', 'x'],
];

/** The options of `set` in a flavour. */
export function optionNames(flavour: Flavour): typeof ashNames {
  return flavour === 'bash' ? bashNames : flavour === 'dash' ? dashNames : ashNames;
}

/** Letters that `set` itself accepts. */
const settable: { readonly [flavour in Flavour]: string } = {
  ash: 'efImnxvCabuE',
  dash: 'efImnxvCabuVEp',
  bash: 'abefhkmnptuvxBCEHT',
};

/** Options that have no letter in `$-` or in `set -…`. */
const nameless: { readonly [flavour in Flavour]: string } = { ash: 'VP', dash: 'VMP', bash: 'MOINLYPXV' };

/** What a bash starts with. */
export const bashDefaults = 'hBN';

/** The value of `$-`. */
export function optionLetters(options: string, flavour: Flavour): string {
  // bash: small letters first, and how it was called last
  const order = 'abefhikmnprtuvxBCDEHPT';
  const letters =
    flavour === 'bash'
      ? [...order].filter((letter) => options.includes(letter) && !nameless.bash.includes(letter)).join('')
      : optionNames(flavour)
          .map(([, letter]) => letter)
          .filter((letter) => options.includes(letter) && !nameless[flavour].includes(letter))
          .join('');
  if (flavour === 'dash') return letters;
  return flavour === 'bash' ? `${letters}${/[cs]/.exec(options)?.[0] ?? ''}` : letters;
}

/** The options with one switched on or off; undefined when there is none of that letter. */
export function setLetter(options: string, letter: string, on: boolean, flavour: Flavour): string | undefined {
  if (!settable[flavour].includes(letter)) return undefined;
  return change(options, letter, on);
}

/** The options with the one of this name switched on or off; undefined when there is none. */
export function setName(options: string, name: string, on: boolean, flavour: Flavour): string | undefined {
  const letter = optionNames(flavour).find(([known]) => known === name)?.[1];
  if (letter === undefined || 'isc'.includes(letter)) return undefined;
  return change(options, letter, on);
}

function change(options: string, letter: string, on: boolean): string {
  const without = options.replace(letter, '');
  return on ? without + letter : without;
}

/** Is the option of this name on? */
export function optionIsOn(options: string, name: string, flavour: Flavour): boolean {
  const letter = optionNames(flavour).find(([known]) => known === name)?.[1];
  return letter !== undefined && options.includes(letter);
}

/** What `set -o` lists (or `set +o`, as commands). */
export function listOptions(options: string, commands: boolean, flavour: Flavour): string {
  const listed = optionNames(flavour).filter(([, letter]) => !'isc'.includes(letter));
  return listed
    .map(([name, letter]) => {
      const on = options.includes(letter);
      return commands
        ? `set ${on ? '-' : '+'}o ${name}\n`
        : `${name.padEnd(flavour === 'bash' ? 15 : 16)}${flavour === 'bash' ? '\t' : ''}${on ? 'on' : 'off'}\n`;
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
  /** bash: which files an interactive shell does not read, and `-O` options. */
  readonly without?: readonly string[];
  readonly shopt?: readonly (readonly [name: string, on: boolean])[];
}

/** What bash says of itself after a wrong option. */
const bashUsage = `Usage:\tbash [GNU long option] [option] ...
\tbash [GNU long option] [option] script-file ...
GNU long options:
${[
  'debug',
  'debugger',
  'dump-po-strings',
  'dump-strings',
  'help',
  'init-file',
  'login',
  'noediting',
  'noprofile',
  'norc',
]
  .concat(['posix', 'pretty-print', 'rcfile', 'restricted', 'verbose', 'version'])
  .map((name) => `\t--${name}`)
  .join('\n')}
Shell options:
\t-ilrsD or -c command or -O shopt_option\t\t(invocation only)
\t-abefhkmnptuvxBCEHPT or -o option`;

/** Takes a shell's command line apart; a string is the complaint. */
export function parseInvocation(argv: readonly string[], flavour: Flavour): Invocation | string {
  let options = flavour === 'bash' ? bashDefaults : '';
  const without: string[] = [];
  const shopt: [string, boolean][] = [];
  const illegal = flavour === 'ash' ? 'illegal option ' : flavour === 'dash' ? '0: Illegal option ' : '';
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
    if (arg === '--login' && flavour !== 'dash') {
      login = true;
      continue;
    }
    if (flavour === 'bash' && arg.startsWith('--')) {
      if (/^--(?:norc|noprofile|noediting|posix|restricted|verbose)$/.test(arg)) {
        without.push(arg.slice(2));
        continue;
      }
      return `${arg}: invalid option\n${bashUsage}`;
    }
    const on = arg.startsWith('-');
    for (const letter of arg.slice(1)) {
      if (letter === 'c' && on) wantsCommand = true;
      else if (letter === 'l') login = on;
      else if (letter === 'i' || letter === 's') options = change(options, letter, on);
      else if (letter === 'o') {
        const changed = setName(options, argv[++i] ?? '', on, flavour);
        if (changed === undefined) {
          if (flavour === 'bash') return `line 0: ${argv[0] ?? ''}: ${argv[i] ?? ''}: invalid option name`;
          return `${illegal}${on ? '-' : '+'}o ${argv[i] ?? ''}`;
        }
        options = changed;
      } else if (letter === 'O' && flavour === 'bash') shopt.push([argv[++i] ?? '', on]);
      else {
        const changed = setLetter(options, letter, on, flavour);
        if (changed === undefined)
          return flavour === 'bash'
            ? `${on ? '-' : '+'}${letter}: invalid option\n${bashUsage}`
            : `${illegal}${on ? '-' : '+'}${letter}`;
        options = changed;
      }
    }
  }
  const rest = argv.slice(i);
  const [first] = rest;
  const base = { options, login, without, shopt };
  if (wantsCommand) {
    if (first === undefined)
      return flavour === 'bash'
        ? '-c: option requires an argument'
        : `${flavour === 'dash' ? '0: ' : ''}-c requires an argument`;
    return { ...base, options: `${options}c`, command: first, script: undefined, zero: rest[1], params: rest.slice(2) };
  }
  if (first === undefined || options.includes('s'))
    return { ...base, command: undefined, script: undefined, zero: undefined, params: rest };
  return { ...base, command: undefined, script: first, zero: first, params: rest.slice(1) };
}
