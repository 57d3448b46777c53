import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { StartIo } from '../../makers/io.ts';
import type { Look } from './table.ts';
import { postgresVersion } from './version.ts';

export type Target = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password: string | null;
};

export type Options = {
  readonly target: Target;
  /** What -c and -f, in order, ask for; none: standard input. */
  readonly tasks: readonly (readonly ['command' | 'file', string])[];
  readonly look: Look;
  readonly quiet: boolean;
  readonly ask: 'never' | 'needed' | 'always';
  readonly stop: boolean;
  readonly variables: { readonly [name: string]: string };
};

/** psql's command line. Prints what is wrong and returns the status when it cannot be. */
export function psqlOptions(io: StartIo): Options | number {
  const { env } = io;
  let host = env.PGHOST ?? '';
  let port = Number(env.PGPORT ?? 5432);
  let user = env.PGUSER ?? '';
  let database = env.PGDATABASE ?? '';
  let password = env.PGPASSWORD ?? null;
  let quiet = false;
  let ask: Options['ask'] = 'needed';
  let look: Look = { aligned: true, tuples: false, expanded: false, separator: '|' };
  const tasks: (readonly ['command' | 'file', string])[] = [];
  const variables: { [name: string]: string } = {};
  const operands: string[] = [];
  const { args } = io;
  const flags: { readonly [name: string]: string } = {
    '--host': '-h',
    '--port': '-p',
    '--username': '-U',
    '--dbname': '-d',
    '--command': '-c',
    '--file': '-f',
    '--list': '-l',
    '--tuples-only': '-t',
    '--no-align': '-A',
    '--field-separator': '-F',
    '--quiet': '-q',
    '--no-password': '-w',
    '--password': '-W',
    '--set': '-v',
    '--variable': '-v',
    '--no-psqlrc': '-X',
    '--expanded': '-x',
    '--version': '-V',
    '--echo-all': '-a',
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (!arg.startsWith('-') || arg === '-') {
      operands.push(arg);
      continue;
    }
    const [long = '', given] = arg.startsWith('--') ? arg.split(/=(.*)/s) : ['', undefined];
    const letters = long === '' ? [...arg.slice(1)] : [(flags[long] ?? '').slice(1)];
    while (letters.length > 0) {
      const letter = letters.shift() ?? '';
      const value = () => given ?? (letters.length > 0 && long === '' ? letters.splice(0).join('') : (args[++i] ?? ''));
      if (letter === 'h') host = value();
      else if (letter === 'p') port = Number(value());
      else if (letter === 'U') user = value();
      else if (letter === 'd') database = value();
      else if (letter === 'c') tasks.push(['command', value()]);
      else if (letter === 'f') tasks.push(['file', value()]);
      else if (letter === 'l') tasks.push(['command', '\\l']);
      else if (letter === 't') look = { ...look, tuples: true };
      else if (letter === 'A') look = { ...look, aligned: false };
      else if (letter === 'x') look = { ...look, expanded: true };
      else if (letter === 'F') look = { ...look, separator: value() };
      else if (letter === 'q') quiet = true;
      else if (letter === 'w') ask = 'never';
      else if (letter === 'W') ask = 'always';
      else if (letter === 'v') {
        const [name = '', text = ''] = value().split(/=(.*)/s);
        variables[name] = text;
      } else if (letter === 'V') {
        io.out(encodeUtf8(`psql (PostgreSQL) ${postgresVersion(io.sys, env).full}\n`));
        return 0;
      } else if (letter !== 'X') {
        if (
          /^[abeEHLnoPRsSTz01?]$/.test(letter) ||
          /^--(?:csv|html|echo|output|pset|single|log|no-readline|help)/.test(long)
        ) {
          io.err(encodeUtf8(`drydock: psql ${long === '' ? `-${letter}` : long} is not simulated\n`));
        } else {
          const what = long === '' ? `invalid option -- '${letter}'` : `unrecognized option '${long}'`;
          io.err(encodeUtf8(`psql: ${what}\npsql: hint: Try "psql --help" for more information.\n`));
        }
        return 1;
      }
    }
  }
  if (database === '' && operands[0] !== undefined) database = operands.shift() ?? '';
  if (operands[0] !== undefined && user === '') user = operands.shift() ?? '';
  const uri = /^postgres(?:ql)?:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^:/?]*)(?::(\d+))?(?:\/([^?]*))?/.exec(database);
  if (uri) {
    user = uri[1] ?? user;
    password = uri[2] ?? password;
    host = uri[3] ?? host;
    port = uri[4] === undefined ? port : Number(uri[4]);
    database = uri[5] ?? '';
  }
  if (user === '') user = loginName(io);
  if (database === '')
    database = tasks.length > 0 && args.some((arg) => arg === '-l' || arg === '--list') ? 'postgres' : user;
  const stop = /^(?:1|on|true)$/.test(variables.ON_ERROR_STOP ?? '');
  return { target: { host, port, user, database, password }, tasks, look, quiet, ask, stop, variables };
}

function loginName({ sys }: StartIo): string {
  const read = sys.fs.readFile('/etc/passwd');
  const rows = 'bytes' in read ? read.bytes.split('\n').map((line) => line.split(':')) : [];
  return rows.find((row) => row[2] === String(sys.uid))?.[0] ?? String(sys.uid);
}
