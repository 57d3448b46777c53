import type { Exec, Sys } from '../../kernel/program.ts';
import { tell } from '../actions.ts';
import { exists, put, putProgram, textOf } from './files.ts';
import { offline, refuse, write } from './say.ts';

const usualSize = 300_000;
const home = '/usr/local/bundle';

/** `bundle`: install, config and what only looks, by Gemfile.lock. */
export function bundler(exec: Exec, sys: Sys): number {
  const [command = 'install', ...rest] = exec.argv.slice(1).filter((one) => !/^--(?:no-color|quiet)$/.test(one));
  if (command === '--version' || command === '-v') {
    write(sys, 1, 'Bundler version 2.7.2\n');
    return 0;
  }
  if (command === 'config' || command === 'clean' || command === 'lock') return 0;
  if (command !== 'install' && !command.startsWith('-'))
    return refuse(sys, `bundle ${command} ${rest[0] ?? ''}`.trim());
  if (!exists(sys, 'Gemfile')) {
    write(sys, 2, 'Could not locate Gemfile\n');
    return 10;
  }
  const lock = textOf(sys, 'Gemfile.lock') ?? '';
  const gems = [...lock.matchAll(/^ {4}([\w.-]+) \(([^)]+)\)$/gm)].map(([, name = '', version = '']) => ({
    name,
    version,
  }));
  const listed = [...(textOf(sys, 'Gemfile') ?? '').matchAll(/^\s*gem\s+["']([\w.-]+)["']/gm)].map(([, name = '']) => ({
    name,
    version: 'unknown',
  }));
  const wanted = gems.length > 0 ? gems : listed;
  const fresh = wanted.filter(({ name, version }) => !exists(sys, `${home}/gems/${name}-${version}`));
  if (fresh.length > 0 && offline(sys)) {
    write(sys, 2, 'Could not reach host index.rubygems.org. Check your network connection and try\nagain.\n');
    return 17;
  }
  write(sys, 1, 'Fetching gem metadata from https://rubygems.org/.........\n');
  for (const { name, version } of fresh) {
    put(sys, `${home}/gems/${name}-${version}/.contents`, '', { size: usualSize });
    if (/^(?:rails|rake|puma|unicorn|rspec-core|sidekiq|rubocop|rackup|foreman)$/.test(name))
      putProgram(sys, `${home}/bin/${name === 'rspec-core' ? 'rspec' : name}`, `gem of ${name}`);
    write(sys, 1, `Fetching ${name} ${version}\nInstalling ${name} ${version}\n`);
  }
  if (fresh.length > 0)
    tell(sys, 'bundle', 'packages-installed', {
      manager: 'bundle',
      count: fresh.length,
      bytes: fresh.length * usualSize,
      typical: true,
      unknown: [],
    });
  write(
    sys,
    1,
    `Bundle complete! ${listed.length} Gemfile dependencies, ${wanted.length + 1} gems now installed.\nUse \`bundle info [gemname]\` to see where a bundled gem is installed.\n`,
  );
  return 0;
}

/** `gem install NAME…`. */
export function gem(exec: Exec, sys: Sys): number {
  const [command = '', ...rest] = exec.argv.slice(1);
  if (command === 'update' || command === 'cleanup') return 0;
  if (command !== 'install') return refuse(sys, `gem ${command}`.trim());
  const names = rest.filter(
    (one, i) => !one.startsWith('-') && !/^(?:-v|--version|-n|--bindir)$/.test(rest[i - 1] ?? ''),
  );
  if (offline(sys)) {
    write(
      sys,
      2,
      `ERROR:  Could not find a valid gem '${names[0] ?? ''}' (>= 0), here is why:\n          Unable to download data from https://rubygems.org/ - no such name (https://rubygems.org/specs.4.8.gz)\n`,
    );
    return 2;
  }
  for (const given of names) {
    const [name = '', version = 'unknown'] = given.split(':');
    put(sys, `${home}/gems/${name}-${version}/.contents`, '', { size: usualSize });
    write(sys, 1, `Successfully installed ${name}-${version}\n`);
  }
  write(sys, 1, `${names.length} gem${names.length === 1 ? '' : 's'} installed\n`);
  return 0;
}
