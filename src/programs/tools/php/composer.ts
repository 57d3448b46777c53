import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { absolute, entriesOf, exists, field, jsonOf, put, putProgram, textField } from '../files.ts';
import { offline, outside, refuse, write } from '../say.ts';

interface Locked {
  readonly name: string;
  readonly version: string;
  readonly bins: readonly string[];
}

const usualSize = 350_000;

/** The program `composer`: install, update, require, dump-autoload and what only looks, by composer.json and its lock file. */
export function composer(exec: Exec, sys: Sys): Next<Json> {
  const args = [...exec.argv.slice(1)];
  for (const [i, one] of args.entries()) {
    const folder = /^(?:-d|--working-dir)=?(.*)$/.exec(one);
    if (folder) sys.chdir(absolute(sys, folder[1] !== '' ? (folder[1] ?? '.') : (args.splice(i + 1, 1)[0] ?? '.')));
  }
  const [command = '', ...words] = args.filter((one) => !one.startsWith('-'));
  if (args.includes('--version') || args.includes('-V')) {
    write(sys, 1, 'Composer version 2.9.5 2026-01-29 11:40:53\n');
    return { exit: 0 };
  }
  switch (command) {
    case 'install':
    case 'i':
    case 'update':
    case 'require':
      return { exit: install(sys, command, words, args) };
    case 'dump-autoload':
    case 'dumpautoload':
      write(
        sys,
        2,
        args.some((one) => /^(?:-o|--optimize|--classmap-authoritative|-a)/.test(one))
          ? 'Generating optimized autoload files\n'
          : 'Generating autoload files\n',
      );
      autoload(sys);
      return { exit: 0 };
    case 'clear-cache':
    case 'clearcache':
    case 'config':
    case 'self-update':
    case 'validate':
    case 'check-platform-reqs':
      return { exit: 0 };
    case 'create-project':
      return { exit: outside(sys, 'composer', words[0] ?? 'the project') };
  }
  return { exit: refuse(sys, `composer ${command}`.trim()) };
}

function install(sys: Sys, command: string, words: readonly string[], args: readonly string[]): number {
  const manifest = jsonOf(sys, 'composer.json');
  if (manifest === undefined && command !== 'require') {
    write(
      sys,
      2,
      `Composer could not find a composer.json file in ${sys.cwd()}\nTo initialize a project, please create a composer.json file. See https://getcomposer.org/basic-usage\n`,
    );
    return 1;
  }
  const withoutDev = args.includes('--no-dev');
  const lock = command === 'install' || command === 'i' ? jsonOf(sys, 'composer.lock') : undefined;
  const packages =
    lock === undefined
      ? wanted(manifest, withoutDev, words)
      : [...locked(field(lock, 'packages')), ...(withoutDev ? [] : locked(field(lock, 'packages-dev')))];
  if (lock === undefined && command !== 'require')
    write(
      sys,
      2,
      'No composer.lock file present. Updating dependencies to latest instead of installing from lock file. See https://getcomposer.org/install for more information.\nLoading composer repositories with package information\nUpdating dependencies\n',
    );
  else
    write(
      sys,
      2,
      `Installing dependencies from lock file${withoutDev ? '' : ' (including require-dev)'}\nVerifying lock file contents can be installed on current platform.\n`,
    );
  const fresh = packages.filter(({ name }) => !exists(sys, `vendor/${name}/composer.json`));
  if (fresh.length > 0 && offline(sys)) {
    write(
      sys,
      2,
      '\nIn CurlDownloader.php line 401:\n\n  curl error 6 while downloading https://repo.packagist.org/packages.json: Could not resolve host: repo.packagist.org\n\n',
    );
    return 100;
  }
  const s = fresh.length === 1 ? '' : 's';
  write(
    sys,
    2,
    fresh.length === 0
      ? 'Nothing to install, update or remove\n'
      : `Package operations: ${fresh.length} install${s}, 0 updates, 0 removals\n`,
  );
  write(sys, 2, fresh.map(({ name, version }) => `  - Downloading ${name} (${version})\n`).join(''));
  for (const one of fresh) {
    put(sys, `vendor/${one.name}/composer.json`, `${JSON.stringify({ name: one.name, version: one.version })}\n`);
    put(sys, `vendor/${one.name}/.contents`, '', { size: usualSize });
    for (const bin of one.bins) putProgram(sys, `vendor/bin/${bin.replace(/^.*\//, '')}`, 'php-tool');
  }
  write(sys, 2, fresh.map(({ name, version }) => `  - Installing ${name} (${version}): Extracting archive\n`).join(''));
  if (fresh.length > 0)
    tell(sys, 'composer', 'packages-installed', {
      manager: 'composer',
      count: fresh.length,
      bytes: fresh.length * usualSize,
      typical: true,
      unknown: [],
    });
  if (!args.includes('--no-autoloader')) {
    write(
      sys,
      2,
      args.some((one) => /^(?:-o|--optimize-autoloader|--classmap-authoritative|-a)$/.test(one))
        ? 'Generating optimized autoload files\n'
        : 'Generating autoload files\n',
    );
    autoload(sys);
  }
  put(
    sys,
    'vendor/composer/installed.json',
    `${JSON.stringify({ packages: packages.map(({ name, version }) => ({ name, version })) })}\n`,
  );
  const scripts = ['post-install-cmd', 'post-update-cmd', 'post-autoload-dump'].filter(
    (name) => field(manifest, 'scripts', name) !== undefined,
  );
  if (scripts.length > 0 && !args.includes('--no-scripts'))
    write(sys, 2, `drydock: the scripts of composer.json (${scripts.join(', ')}) are read, not run\n`);
  return 0;
}

function locked(list: unknown): readonly Locked[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown) => {
    const name = textField(one, 'name');
    const bins = field(one, 'bin');
    return name === undefined
      ? []
      : [{ name, version: textField(one, 'version') ?? 'dev-main', bins: Array.isArray(bins) ? bins.map(String) : [] }];
  });
}

/** Without a lock file: what composer.json and the command line ask for, but for PHP and its extensions. */
function wanted(manifest: unknown, withoutDev: boolean, words: readonly string[]): readonly Locked[] {
  const rows = [
    ...entriesOf(field(manifest, 'require')),
    ...(withoutDev ? [] : entriesOf(field(manifest, 'require-dev'))),
  ];
  const asked = words.map((one): readonly [string, unknown] => [
    one.replace(/[:=].*$/, ''),
    /[:=](.*)$/.exec(one)?.[1] ?? '*',
  ]);
  return [...rows, ...asked].flatMap(([name, range]) =>
    name.includes('/') ? [{ name, version: /\d+(?:\.\d+)*/.exec(String(range))?.[0] ?? 'unknown', bins: [] }] : [],
  );
}

function autoload(sys: Sys): void {
  put(sys, 'vendor/autoload.php', '<?php\n// drydock: stands for the autoloader that composer makes\n');
}
