// The single executable: made here, without the network, and used where there is no Node and nothing can be written.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder, testEnv } from './command.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe.skipIf(process.platform === 'win32')('npm run package', () => {
  it('makes one file that works alone', { timeout: 180_000 }, () => {
    execFileSync(process.execPath, [join(root, '.ci', 'package.mjs')], { cwd: root, stdio: 'pipe' });
    const folder = temporaryFolder();
    const stick = join(folder, 'stick');
    mkdirSync(stick);
    copyFileSync(join(root, 'dist', 'package', 'drydock'), join(stick, 'drydock'));
    symlinkSync('drydock', join(stick, 'docker'));
    chmodSync(stick, 0o555);
    onTestFinished(() => chmodSync(stick, 0o755));
    const run = (name: string, ...args: string[]) => {
      const env = { ...testEnv(join(folder, 'home')), PATH: '' };
      const { stdout, status } = spawnSync(join(stick, name), args, { env, cwd: '/', encoding: 'utf8' });
      return { stdout, status };
    };
    expect(run('docker', '--version').stdout).toMatch(/^Docker version 28\./);
    expect(run('docker', 'run', '--name', 'one', 'alpine', 'uname', '-r')).toEqual({
      stdout: '6.8.0-31-generic\n',
      status: 0,
    });
    expect(run('drydock', 'ps', '-a', '--format', '{{.Names}}').stdout).toBe('one\n');
    expect(run('drydock', 'scenario', 'play', 'first-container').stdout).toContain('hello from a container');
    expect(run('drydock', 'env').stdout).toBe(`alias drydock=${stick}/drydock\nalias docker=${stick}/drydock\n`);
    expect(run('drydock', 'run', '--no-such-flag', 'alpine').status).toBe(125);
  });
});
