import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { StartIo } from '../../makers/io.ts';

/** apt's command line, understood. */
export interface AptLine {
  readonly command: string | undefined;
  readonly words: readonly string[];
  readonly yes: boolean;
  readonly assumeNo: boolean;
  /** 1: `-q`, 2: `-qq`. */
  readonly quiet: number;
  readonly recommends: boolean;
  readonly purge: boolean;
  readonly simulate: boolean;
  readonly downloadOnly: boolean;
  readonly autoRemove: boolean;
  readonly reinstall: boolean;
  readonly installedOnly: boolean;
  readonly version: boolean;
  readonly help: boolean;
}

/** Options that change nothing here: what they speak of (signatures, proxies, locks, …) is not simulated or always so. */
const harmless =
  /^--(?:allow-(?:unauthenticated|downgrades|releaseinfo-change|change-held-packages|remove-essential|insecure-repositories)|fix-missing|fix-broken|show-progress|no-show-upgraded|show-upgraded|force-yes|ignore-missing|no-upgrade|all-versions|names-only|no-cache)$/;
const harmlessShort = new Set(['m', 'f', 'u', 'V', 'b']);

/** Reads apt's options and operands; a status when a mistake was told. */
export function parseApt(io: StartIo, program: string): AptLine | number {
  const line = {
    command: undefined as string | undefined,
    words: [] as string[],
    yes: false,
    assumeNo: false,
    quiet: 0,
    recommends: true,
    purge: false,
    simulate: false,
    downloadOnly: false,
    autoRemove: false,
    reinstall: false,
    installedOnly: false,
    version: false,
    help: false,
  };
  const error = (text: string): number => {
    io.err(encodeUtf8(`${program === 'apt' ? 'Error' : 'E'}: ${text}\n`));
    return 100;
  };
  const setting = (text: string): void => {
    const [name = '', value = ''] = text.split('=');
    const on = /^(?:1|true|yes|on)$/i.test(value.replaceAll('"', ''));
    if (/^apt::get::assume-yes$/i.test(name)) line.yes = on;
    if (/^apt::install-recommends$/i.test(name)) line.recommends = on;
  };
  const flags: { readonly [name: string]: Partial<AptLine> | undefined } = {
    '--yes': { yes: true },
    '--assume-yes': { yes: true },
    '--assume-no': { assumeNo: true },
    '--no-install-recommends': { recommends: false },
    '--install-recommends': { recommends: true },
    '--no-install-suggests': {},
    '--purge': { purge: true },
    '--simulate': { simulate: true },
    '--dry-run': { simulate: true },
    '--just-print': { simulate: true },
    '--download-only': { downloadOnly: true },
    '--auto-remove': { autoRemove: true },
    '--autoremove': { autoRemove: true },
    '--reinstall': { reinstall: true },
    '--installed': { installedOnly: true },
    '--upgradable': {},
    '--version': { version: true },
    '--help': { help: true },
  };
  const flag = (name: string): boolean => {
    if (name === '--quiet') line.quiet += 1;
    else if (Object.hasOwn(flags, name)) Object.assign(line, flags[name]);
    else return false;
    return true;
  };
  const short: { readonly [letter: string]: string | undefined } = {
    y: '--yes',
    q: '--quiet',
    s: '--simulate',
    d: '--download-only',
    v: '--version',
    h: '--help',
  };
  for (let i = 0; i < io.args.length; i++) {
    const arg = io.args[i] ?? '';
    if (arg === '-o' || arg === '-t' || arg === '-c') {
      const value = io.args[++i];
      if (value === undefined) return error(`Option ${arg} requires an argument.`);
      if (arg === '-o') setting(value);
    } else if (arg.startsWith('--')) {
      if (flag(arg)) continue;
      if (arg.startsWith('--option=')) setting(arg.slice(9));
      else if (arg.startsWith('--quiet=')) line.quiet = Number(arg.slice(8));
      else if (arg.startsWith('--target-release=') || arg.startsWith('--default-release=')) continue;
      else if (arg === '--no-remove' || arg === '--with-source' || arg === '--print-uris')
        return error(`${arg} is not simulated by drydock`);
      else if (!harmless.test(arg))
        return error(`Command line option ${arg} is not understood in combination with the other options`);
    } else if (arg.startsWith('-o') && arg.length > 2) setting(arg.slice(2));
    else if (arg.startsWith('-q=')) line.quiet = Number(arg.slice(3));
    else if (arg.startsWith('-') && arg !== '-') {
      for (const letter of arg.slice(1)) {
        const name = short[letter];
        if (name !== undefined) flag(name);
        else if (!harmlessShort.has(letter))
          return error(
            `Command line option '${letter}' [from ${arg}] is not understood in combination with the other options.`,
          );
      }
    } else if (line.command === undefined) line.command = arg;
    else line.words.push(arg);
  }
  // -qq implies -y
  return line.quiet > 1 ? { ...line, yes: true } : line;
}
