import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandCatalog } from '../../src/cli/help/catalog.ts';
import { dockerTree, helpText } from '../../src/cli/help/tree.ts';
import { docker, FakeProcess } from './fake-sys.ts';

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'));

/** What the real client prints, at 80 columns. */
const recorded: { readonly [command: string]: string } = fixture('help.json');

interface RealFlag {
  readonly name: string;
  readonly short?: string;
  readonly type: string;
}
interface RealCommand {
  readonly usage: readonly string[];
  readonly aliases: readonly string[];
  readonly flags: readonly RealFlag[];
  readonly commands: readonly string[];
}
const tree: { readonly [command: string]: RealCommand } = fixture('cli-tree.json');
const options = { width: 80, configFolder: '/home/student/.docker' };

describe('help', () => {
  it.each(Object.keys(recorded))('of %s is what the real client prints', (command) => {
    expect(helpText(command.slice('docker '.length), options)).toBe(recorded[command]);
  });

  it('is as wide as the terminal', () => {
    const wide = new FakeProcess({ tty: [0, 1] }).start('run', '--help').stdout;
    const narrow = new FakeProcess({ tty: [1] }).start('run', '--help').stdout;
    expect(Math.max(...wide.split('\n').map((line) => line.length))).toBeGreaterThan(80);
    expect(Math.max(...narrow.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('comes on standard output when asked for and on standard error when a command is missing', () => {
    expect(docker('network --help')).toEqual({ stdout: recorded['docker network'], stderr: '', code: 0 });
    expect(docker('network')).toEqual({ stdout: '', stderr: recorded['docker network'], code: 0 });
    expect(docker('').stderr).toMatch(/^Usage: {2}docker \[OPTIONS\] COMMAND\n/);
    expect(docker('help container ps').stdout).toBe(recorded['docker container ls']);
    expect(docker('help').stdout).toBe(docker('--help').stdout);
    expect(docker('rnu --help').stdout).toBe(docker('--help').stdout);
    expect(docker('container --help ls').stdout).toBe(recorded['docker container ls']);
  });

  it.each([
    ['help nosuch ps', 'unknown help topic: nosuch ps\n'],
    ['help container nosuch', 'unknown help topic: nosuch\n'],
    ['help run x', 'unknown help topic: x\n'],
  ])('docker %s', (args, stderr) => {
    expect(docker(args)).toEqual({ stdout: '', stderr, code: 1 });
  });

  it('mentions that -h is not what it was', () => {
    const notice = 'Flag shorthand -h has been deprecated, use --help\n';
    expect(docker('ps -h')).toEqual({ stdout: notice + recorded['docker ps'], stderr: '', code: 0 });
    expect(docker('-h').stderr).toBe(notice);
  });
});

describe('the tree of commands', () => {
  it('has every command of the real client, and no other', () => {
    // what is about a swarm is not listed: its help is compared in test/fidelity
    const swarm = /^docker (?:config|node|secret|service|stack)\b/;
    const paths = [...commandCatalog().keys()].map((path) => `docker ${path}`.trim());
    expect(paths.filter((path) => !swarm.test(path)).sort()).toEqual(Object.keys(tree).sort());
  });

  it.each(Object.entries(tree))('%s has its flags, commands and names', (command, real) => {
    const entry = commandCatalog().get(command.slice('docker '.length));
    const bare = ({ name, short, type }: RealFlag) => ({ name, type, ...(short ? { short } : {}) });
    expect(entry?.flags.map(bare)).toEqual(real.flags.map(bare));
    expect(entry?.commands.map((child) => child.name)).toEqual(real.commands);
    expect(entry?.aliases.split(', ').filter(Boolean)).toEqual(real.aliases);
    expect(entry?.usage.map((line) => line.trim())).toEqual(real.usage);
  });

  it('is held by commander', () => {
    const root = dockerTree(options);
    const count = (command: typeof root): number => command.commands.reduce((sum, child) => sum + count(child), 1);
    expect(count(root)).toBe(Object.keys(tree).length);
    const run = root.commands.find((child) => child.name() === 'run');
    expect(run?.options.map((option) => option.long)).toContain('--entrypoint');
  });
});
