// The README's table of systems: each command, in a session of its own, prints what the table says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bin, ensureBuilt } from './built.ts';
import { Drydock } from './command.ts';

beforeAll(ensureBuilt);

interface Row {
  readonly system: string;
  readonly command: string;
  readonly prints: string;
}

/** The rows of the table below the heading about systems; `\|` is a pipe. */
function systems(): Row[] {
  const readme = readFileSync(join(fileURLToPath(new URL('../..', import.meta.url)), 'README.md'), 'utf8');
  const section = /^## Virtual machines and containers: .*?(?=^## )/ms.exec(readme)?.[0] ?? '';
  const cell = (text: string) => text.trim().replace(/^`|`$/g, '').replaceAll('\\|', '|');
  return section
    .split('\n')
    .filter((line) => /^\| .*`.*`.*`.*` \|$/.test(line))
    .map((line) => {
      const [, system = '', command = '', prints = ''] = line.split(/(?<!\\)\|/);
      return { system: system.trim(), command: cell(command), prints: cell(prints) };
    });
}

const named = [
  ...['type 1 and type 2', 'VirtualBox', 'Vagrant', 'JVM', 'chroot', 'namespaces', 'cgroups', 'LXC', 'runc', 'Docker'],
  ...['Docker Desktop on a Mac', 'WSL 2', 'ESXi', 'Hyper-V', 'Xen', 'KVM'],
];

describe("the README's table of systems", () => {
  it.each(named)('has %s', (name) =>
    expect(
      systems()
        .map(({ system }) => system)
        .join('\n'),
    ).toContain(name),
  );

  it.each(systems().map((row) => [row.system, row] as const))('%s', { timeout: 60_000 }, async (_name, row) => {
    const { command, prints } = row;
    const docker = `docker() { ${JSON.stringify(process.execPath)} ${JSON.stringify(bin)} "$@"; }`;
    const { stdout, stderr } = await new Drydock().line(`${docker}\n${command}`, { limit: 55_000 });
    expect(`${stdout}${stderr}`.replace(/\r/g, '').replace(/ {2,}/g, ' ')).toContain(prints);
  });
});
