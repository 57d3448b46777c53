import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { StartIo } from '../../makers/io.ts';
import type { Flavour } from '../sql/values.ts';
import { installedMysql } from './data.ts';

export type Options = {
  readonly flavour: Flavour;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | null;
  readonly ask: boolean;
  readonly database: string;
  readonly execute: string | null;
  readonly format: 'box' | 'tabs' | null;
  readonly names: boolean;
  readonly verbose: number;
  readonly force: boolean;
  readonly command: string;
};

const long: { readonly [name: string]: string } = {
  '--host': 'h',
  '--port': 'P',
  '--user': 'u',
  '--password': 'p',
  '--database': 'D',
  '--execute': 'e',
  '--table': 't',
  '--batch': 'B',
  '--skip-column-names': 'N',
  '--verbose': 'v',
  '--force': 'f',
  '--silent': 's',
  '--protocol': '1',
  '--socket': 'S',
  '--version': 'V',
};

/** The command line of mysql or mysqladmin. Prints what is wrong and returns the status when it cannot be. */
export function mysqlOptions(io: StartIo, tool: 'mysql' | 'mysqladmin'): Options | number {
  const { flavour, version } = installedMysql(io.sys, io.env);
  let options: Options = {
    flavour,
    host: '',
    port: 3306,
    user: io.sys.uid === 0 ? 'root' : (io.env.USER ?? 'mysql'),
    password: io.env.MYSQL_PWD ?? null,
    ask: false,
    database: '',
    execute: null,
    format: null,
    names: true,
    verbose: 0,
    force: false,
    command: '',
  };
  const { args } = io;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (!arg.startsWith('-')) {
      options = tool === 'mysql' ? { ...options, database: arg } : { ...options, command: arg };
      continue;
    }
    const split = arg.startsWith('--')
      ? arg.split(/=(.*)/s)
      : [arg.slice(0, 2), ...(arg.length > 2 ? [arg.slice(2)] : [])];
    const [option = '', given] = split;
    const letter = option.startsWith('--') ? (long[option] ?? '') : option.slice(1);
    const value = () => given ?? args[++i] ?? '';
    if (letter === 'h') options = { ...options, host: value() };
    else if (letter === 'P') options = { ...options, port: Number(value()) };
    else if (letter === 'u') options = { ...options, user: value() };
    else if (letter === 'D') options = { ...options, database: value() };
    else if (letter === 'e') options = { ...options, execute: value() };
    else if (letter === 'p') {
      options = { ...options, password: given ?? null, ask: given === undefined };
      const warning = `${tool}: [Warning] Using a password on the command line interface can be insecure.\n`;
      if (given !== undefined && flavour === 'mysql') io.err(warning);
    } else if (letter === 't') options = { ...options, format: 'box' };
    else if (letter === 'B' || letter === 's') options = { ...options, format: 'tabs' };
    else if (letter === 'N') options = { ...options, names: false };
    else if (letter === 'f') options = { ...options, force: true };
    else if (letter === 'v') options = { ...options, verbose: options.verbose + 1 + (given?.length ?? 0) };
    else if (letter === '1' || letter === 'S') value();
    else if (letter === 'V') {
      const words =
        flavour === 'mysql' ? `Ver ${version} for Linux on x86_64 (MySQL Community Server - GPL)` : `from ${version}`;
      io.out(encodeUtf8(`${tool}  ${words}\n`));
      return 0;
    } else {
      io.err(
        encodeUtf8(
          flavour === 'mysql' ? `${tool}: [ERROR] unknown option '${arg}'.\n` : `${tool}: unknown option '${arg}'\n`,
        ),
      );
      return flavour === 'mysql' ? 7 : 2;
    }
  }
  return options;
}
