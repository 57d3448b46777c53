import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../src/kernel/json.ts';
import type { World } from '../../src/kernel/state.ts';
import { currentSchema } from '../../src/session/schema.ts';

/** A world with something in `registries`, where any JSON may stand. */
export function worldWith(registries: { readonly [key: string]: Json } = {}): World {
  return { schema: currentSchema, now: 0, wallOffset: 0, seed: 's', seq: 0, hosts: {}, registries, runs: {} };
}

/** What a counting world has counted to. */
export const countOf = (world: World): number => Number(world.registries.count ?? 0);
export const counted = (world: World): World => ({
  ...world,
  registries: { ...world.registries, count: countOf(world) + 1 },
});

/** Gives `f` a new folder, and removes it afterwards. */
export async function inFolder<T>(f: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-session-'));
  try {
    return await f(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** About 1 kB of JSON, as a stopped container is. */
export function container(number: number): Json {
  const id = number.toString(16).padStart(64, '0');
  return {
    Id: id,
    Name: `/c${number}`,
    Created: 1_700_000_000 + number,
    State: {
      Status: 'exited',
      ExitCode: 0,
      Pid: 0,
      StartedAt: '2024-01-01T00:00:00Z',
      FinishedAt: '2024-01-01T00:00:01Z',
    },
    Config: {
      Hostname: id.slice(0, 12),
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'A=1'],
      Cmd: ['true'],
      Image: 'alpine',
      Labels: {},
      AttachStdout: true,
      Tty: false,
    },
    HostConfig: { NetworkMode: 'bridge', AutoRemove: false, Memory: 0 },
    Mounts: [0, 1, 2, 3].map((n) => ({ source: `s${n}`, target: `/proc/sys${n}`, options: 'rw,nosuid,nodev' })),
  };
}
