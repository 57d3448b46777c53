import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { StartIo } from '../../makers/io.ts';

/** apk's command line, understood. */
export interface ApkLine {
  readonly command: string | undefined;
  readonly words: readonly string[];
  readonly cache: boolean;
  readonly update: boolean;
  readonly quiet: boolean;
  readonly simulate: boolean;
  readonly version: boolean;
  readonly help: boolean;
  readonly virtual: string | undefined;
  /** `info`: options that say what is asked for. */
  readonly letters: ReadonlySet<string>;
}

/** Options that change nothing here: signatures, progress bars, timeouts, … are not simulated or always so. */
const harmless = new Set(
  '--allow-untrusted --no-progress --progress --force-refresh --force-overwrite --force-broken-world --no-scripts --purge --clean-protected --upgrade --latest --available --no-interactive --no-check-certificate --force --all --no-chown --rdepends --initdb'.split(
    ' ',
  ),
);
const withValue = new Set([
  '--repository',
  '--repositories-file',
  '--wait',
  '--timeout',
  '--cache-max-age',
  '--arch',
  '--keys-dir',
  '--cache-dir',
]);
const letters: { readonly [long: string]: string | undefined } = {
  '--installed': 'e',
  '--contents': 'L',
  '--size': 's',
  '--description': 'd',
  '--depends': 'R',
  '--who-owns': 'W',
  '--exact': 'x',
};

/** Reads apk's options and operands; a status when a mistake was told. */
export function parseApk(io: StartIo): ApkLine | number {
  const line = {
    command: undefined as string | undefined,
    words: [] as string[],
    cache: true,
    update: false,
    quiet: false,
    simulate: false,
    version: false,
    help: false,
    virtual: undefined as string | undefined,
    letters: new Set<string>(),
  };
  const wrong = (option: string): number => {
    io.err(encodeUtf8(`ERROR: command line: unrecognized option '${option}'\n`));
    return 1;
  };
  for (let i = 0; i < io.args.length; i++) {
    const arg = io.args[i] ?? '';
    const [name = '', value] = arg.startsWith('--') ? arg.split('=', 2) : [arg];
    if (name === '--no-cache') line.cache = false;
    else if (name === '--update' || name === '--update-cache') line.update = true;
    else if (name === '--quiet') line.quiet = true;
    else if (name === '--simulate') line.simulate = true;
    else if (name === '--version') line.version = true;
    else if (name === '--help') line.help = true;
    else if (name === '--verbose') line.letters.add('v');
    else if (name === '--virtual') line.virtual = value ?? io.args[++i];
    else if (name === '--root') return refuse(io, '--root');
    else if (withValue.has(name)) i += value === undefined ? 1 : 0;
    else if (Object.hasOwn(letters, name)) line.letters.add(letters[name] ?? '');
    else if (harmless.has(name)) continue;
    else if (name.startsWith('--')) return wrong(name);
    else if (arg.startsWith('-') && arg.length > 1) {
      for (let at = 1; at < arg.length; at++) {
        const letter = arg[at] ?? '';
        if (letter === 't' || letter === 'X' || letter === 'p') {
          const given = arg.slice(at + 1) || io.args[++i];
          if (letter === 'p') return refuse(io, '-p');
          if (letter === 't') line.virtual = given;
          break;
        }
        if (letter === 'U') line.update = true;
        else if (letter === 'q') line.quiet = true;
        else if (letter === 's' && line.command !== 'info') line.simulate = true;
        else if (letter === 'V') line.version = true;
        else if (letter === 'h') line.help = true;
        else if ('uflali'.includes(letter) && line.command !== 'info' && line.command !== 'list') continue;
        else if ('veLsdRWIax'.includes(letter)) line.letters.add(letter);
        else return wrong(`-${letter}`);
      }
    } else if (line.command === undefined) line.command = arg;
    else if (arg !== '') line.words.push(arg);
  }
  return line;
}

function refuse(io: StartIo, option: string): number {
  io.err(`drydock: apk ${option} is not simulated\n`);
  return 1;
}
