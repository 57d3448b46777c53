import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const product = join(root, 'dist', 'drydock.cache'); // written last
const sources = ['src', 'package-lock.json', '.ci'];
const lock = join(root, 'node_modules', '.drydock-building');
/** A build takes seconds: an older lock was left by one that was killed. */
const longest = 120_000;

/** The built command. */
export const bin = join(root, 'bin', 'drydock.js');

/** Sees to it that what is tested is what is written. One test file builds, the others wait for it. */
export async function ensureBuilt(): Promise<void> {
  while (isStale()) {
    if (takeLock()) {
      try {
        if (isStale())
          execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
        return;
      } finally {
        rmdirSync(lock);
      }
    }
    await sleep(200);
  }
}

function takeLock(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    if (Date.now() - changed(lock) > longest) rmdirSync(lock);
    return false;
  }
}

function isStale(): boolean {
  const built = changed(product);
  return sources.some((source) => newest(join(root, source)) > built);
}

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
