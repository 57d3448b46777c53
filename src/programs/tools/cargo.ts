import type { Exec, Sys } from '../../kernel/program.ts';
import { tell } from '../actions.ts';
import { absolute, exists, put, putProgram, textOf } from './files.ts';
import { offline, outside, refuse, standIn, write } from './say.ts';

const section = (text: string, name: string): string =>
  new RegExp(`^\\[${name}\\]\\n([\\s\\S]*?)(?=^\\[|(?![\\s\\S]))`, 'm').exec(text)?.[1] ?? '';
const value = (text: string, key: string): string | undefined =>
  new RegExp(`^${key}\\s*=\\s*"([^"]+)"`, 'm').exec(text)?.[1];

/** `cargo`: build, fetch and what only looks, by Cargo.toml and Cargo.lock. */
export function cargo(exec: Exec, sys: Sys): number {
  const args = exec.argv.slice(1).filter((one) => !one.startsWith('+'));
  const [command = '', ...rest] = args;
  if (command === '--version' || command === '-V') {
    write(sys, 1, `cargo ${exec.env.RUST_VERSION ?? '1.91.0'}\n`);
    return 0;
  }
  if (command === 'install') return outside(sys, 'cargo', rest.find((one) => !one.startsWith('-')) ?? 'the crate');
  if (command === 'new' || command === 'init') return create(sys, command, rest);
  if (!['build', 'b', 'fetch', 'check', 'vendor', 'clean'].includes(command))
    return refuse(sys, `cargo ${command}`.trim());
  const text = textOf(sys, 'Cargo.toml');
  if (text === undefined) {
    write(sys, 2, `error: could not find \`Cargo.toml\` in \`${sys.cwd()}\` or any parent directory\n`);
    return 101;
  }
  const crates = [...(textOf(sys, 'Cargo.lock') ?? '').matchAll(/^name = "([^"]+)"\nversion = "([^"]+)"\nsource = /gm)];
  const home = exec.env.CARGO_HOME ?? '/usr/local/cargo';
  const fresh = crates.filter(
    ([, name, version]) => !exists(sys, `${home}/registry/src/index.crates.io/${name}-${version}`),
  );
  if (fresh.length > 0 && offline(sys)) {
    write(
      sys,
      2,
      "error: failed to get `crates` as a dependency\n\nCaused by:\n  download of config.json failed\n\nCaused by:\n  [6] Couldn't resolve host name (Could not resolve host: index.crates.io)\n",
    );
    return 101;
  }
  for (const [, name, version] of fresh)
    put(sys, `${home}/registry/src/index.crates.io/${name}-${version}/.contents`, '', { size: 400_000 });
  if (fresh.length > 0)
    tell(sys, 'cargo', 'packages-installed', {
      manager: 'cargo',
      count: fresh.length,
      bytes: fresh.length * 400_000,
      typical: true,
      unknown: [],
    });
  write(
    sys,
    2,
    `    Updating crates.io index\n${fresh.length > 0 ? ` Downloading crates ...\n${fresh.map(([, name, version]) => `  Downloaded ${name} v${version}\n`).join('')}` : ''}`,
  );
  return command === 'build' || command === 'b' ? build(sys, text, rest) : 0;
}

function build(sys: Sys, text: string, args: readonly string[]): number {
  const release = args.includes('--release') || args.includes('-r');
  const at = args.indexOf('--target');
  const triple = at < 0 ? args.find((one) => one.startsWith('--target='))?.slice('--target='.length) : args[at + 1];
  const out = ['target', ...(triple === undefined ? [] : [triple]), release ? 'release' : 'debug'].join('/');
  const members = [...section(text, 'workspace').matchAll(/"([^"]+)"/g)].flatMap(([, folder = '']) =>
    exists(sys, `${folder}/Cargo.toml`) ? [folder] : [],
  );
  const folders = section(text, 'package') === '' ? members : ['.', ...members];
  const made: string[] = [];
  for (const folder of folders) {
    const manifest = textOf(sys, `${folder}/Cargo.toml`) ?? '';
    const name = value(section(manifest, 'package'), 'name') ?? 'app';
    const bins = [...manifest.matchAll(/^\[\[bin\]\]\n([\s\S]*?)(?=^\[|(?![\s\S]))/gm)].flatMap(
      ([, table = '']) => value(table, 'name') ?? [],
    );
    const main = exists(sys, `${folder}/src/main.rs`);
    if (!main && bins.length === 0 && !exists(sys, `${folder}/src/lib.rs`)) {
      write(
        sys,
        2,
        `error: failed to parse manifest at \`${absolute(sys, `${folder}/Cargo.toml`)}\`\n\nCaused by:\n  no targets specified in the manifest\n  either src/lib.rs, src/main.rs, a [lib] section, or [[bin]] section must be present\n`,
      );
      return 101;
    }
    write(
      sys,
      2,
      `   Compiling ${name} v${value(section(manifest, 'package'), 'version') ?? '0.1.0'} (${absolute(sys, folder)})\n`,
    );
    for (const one of bins.length > 0 ? bins : main ? [name] : []) {
      putProgram(sys, `${out}/${one}`, one, 6_000_000);
      made.push(one);
    }
  }
  write(
    sys,
    2,
    release
      ? '    Finished `release` profile [optimized] target(s) in 42.10s\n'
      : '    Finished `dev` profile [unoptimized + debuginfo] target(s) in 12.30s\n',
  );
  standIn(sys, 'cargo', 'Cargo.toml', out, made.length);
  return 0;
}

function create(sys: Sys, command: string, args: readonly string[]): number {
  const given = args.find((one) => !one.startsWith('-')) ?? '.';
  const name = (given === '.' ? sys.cwd() : given).replace(/^.*\//, '');
  const folder = command === 'new' ? given : '.';
  put(
    sys,
    `${folder}/Cargo.toml`,
    `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2024"\n\n[dependencies]\n`,
  );
  put(sys, `${folder}/src/main.rs`, 'fn main() {\n    println!("Hello, world!");\n}\n');
  write(sys, 2, `    Creating binary (application) \`${name}\` package\n`);
  return 0;
}
