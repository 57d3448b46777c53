import { exists, makeFolder, remove } from '../files.ts';
import { refuse, write } from '../say.ts';
import { runLines } from '../sequence.ts';
import type { JsTool } from './tool.ts';

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** Runs the rest of the command line in a changed environment. */
function within(
  read: (args: readonly string[]) => { readonly env: { readonly [name: string]: string }; readonly command: string },
): JsTool {
  return (exec, sys, args) => {
    const { env, command } = read(args);
    return runLines(sys, { ...exec.env, ...env }, [{ title: '', run: command }]);
  };
}

/** `cross-env A=1 B=2 command`. */
const crossEnv = within((args) => {
  const first = args.findIndex((one) => !/^\w+=/.test(one));
  const pairs = args
    .slice(0, first < 0 ? args.length : first)
    .map((one): [string, string] => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]);
  const rest = first < 0 ? [] : args.slice(first);
  return { env: Object.fromEntries(pairs), command: rest.length === 1 ? (rest[0] ?? '') : rest.map(quoted).join(' ') };
});

/** `dotenv -e FILE -- command`, `env-cmd -f FILE command`: their files are settings of the run, not of the build. */
const afterOptions = within((args) => {
  const mark = args.indexOf('--');
  const from = mark >= 0 ? mark + 1 : args.findIndex((one, i) => !one.startsWith('-') && !/^-/.test(args[i - 1] ?? ''));
  return { env: {}, command: args.slice(Math.max(0, from)).map(quoted).join(' ') };
});

const removeAll: JsTool = (_exec, sys, args) => {
  for (const path of args.filter((one) => !one.startsWith('-') && !/[*?]/.test(one))) remove(sys, path);
  return 0;
};

/** `shx CMD`, `ncp`, `copyfiles`: the shell has them. */
const shx: JsTool = (exec, sys, args) => runLines(sys, exec.env, [{ title: '', run: args.join(' ') }]);

/** Checks of the source, which would need the tool itself. */
const unchecked =
  (tool: string): JsTool =>
  (_exec, sys) => {
    write(sys, 2, `drydock: ${tool} is not run here, so nothing is said of what it would check\n`);
    return refuse(sys, tool);
  };

/** Small commands that scripts of package.json use around the others. */
export const helpers: { readonly [command: string]: JsTool } = {
  'cross-env': crossEnv,
  'cross-env-shell': crossEnv,
  dotenv: afterOptions,
  dotenvx: afterOptions,
  'env-cmd': afterOptions,
  rimraf: removeAll,
  del: removeAll,
  mkdirp: (_exec, sys, args) => {
    for (const path of args.filter((one) => !one.startsWith('-'))) makeFolder(sys, path);
    return 0;
  },
  shx,
  ncp: (exec, sys, args) => shx(exec, sys, ['cp', '-r', ...args]),
  cpx: (exec, sys, args) => shx(exec, sys, ['cp', '-r', ...args.filter((one) => !one.startsWith('-'))]),
  copyfiles: (_exec, sys) => refuse(sys, 'copyfiles'),
  // hooks of git are put into .git, which build contexts lack
  husky: (_exec, sys) => {
    if (!exists(sys, '.git')) write(sys, 1, ".git can't be found\n");
    return 0;
  },
  'simple-git-hooks': () => 0,
  'is-ci': (exec) => (exec.env.CI === undefined || exec.env.CI === '' ? 1 : 0),
  'patch-package': (_exec, sys) => {
    write(sys, 1, 'patch-package\nApplying patches...\n');
    if (!exists(sys, 'patches')) write(sys, 1, 'No patch files found\n');
    return 0;
  },
  'only-allow': (exec, sys, [wanted = '']) => {
    if ((exec.env.npm_config_user_agent ?? '').startsWith(`${wanted}/`)) return 0;
    write(sys, 2, `Use "${wanted} install" for installation in this project.\n`);
    return 1;
  },
  opencollective: () => 0,
  'opencollective-postinstall': () => 0,
  eslint: unchecked('eslint'),
  prettier: unchecked('prettier'),
  jest: unchecked('jest'),
  vitest: unchecked('vitest'),
  mocha: unchecked('mocha'),
};
