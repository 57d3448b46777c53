// Sessions that cannot be read or written: a clear message, a way out, nothing deleted, never a stack trace.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bin, ensureBuilt } from './built.ts';
import { Drydock, type Ended, ready, temporaryFolder, testEnv } from './command.ts';

beforeAll(ensureBuilt);

const isRoot = process.getuid?.() === 0;

const session = (drydock: Drydock) => join(drydock.home, 'sessions', 'default');
const head = (drydock: Drydock) => join(session(drydock), 'head.json');

function pack(drydock: Drydock): string {
  const name = readdirSync(session(drydock)).find((file) => file.startsWith('pack-'));
  return join(session(drydock), name ?? 'no pack');
}

/** All files of a folder with what is in them. */
function contents(folder: string): { readonly [name: string]: string } {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, readFileSync(path, 'latin1')];
    }),
  );
}

/** A session in which a container was made, by two commands. */
async function used(): Promise<Drydock> {
  const drydock = await ready();
  await drydock.out('run', '--name', 'box', 'alpine', 'echo', 'hi');
  await drydock.out('start', 'box');
  return drydock;
}

/** The message must be one line about a path and one with ways out. */
function expectRefusal({ status, signal, stdout, stderr }: Ended, message: RegExp, way: RegExp): void {
  expect(signal).toBe(null);
  expect(status).toBeGreaterThan(0);
  expect(stdout).toBe('');
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(way);
  expect(stderr.split('\n').length).toBeLessThan(4);
  expect(stderr).not.toMatch(/\n\s+at |node:|Error:/);
}

describe('a damaged session', () => {
  const damages: { readonly [what: string]: (drydock: Drydock) => void } = {
    'head cut short': (drydock) => truncateSync(head(drydock), 100),
    'head empty': (drydock) => truncateSync(head(drydock), 0),
    'head of zeros': (drydock) => writeFileSync(head(drydock), Buffer.alloc(300)),
    'head of another kind': (drydock) => writeFileSync(head(drydock), '{"format":1,"world":[]}\n'),
    'pack cut short': (drydock) => truncateSync(pack(drydock), 2000),
    'pack empty': (drydock) => truncateSync(pack(drydock), 0),
    'pack of other bytes': (drydock) => {
      const bytes = readFileSync(pack(drydock));
      writeFileSync(
        pack(drydock),
        bytes.map((byte) => byte ^ 0x20),
      );
    },
  };
  it.each(Object.keys(damages))('%s: says so, and a new one is a way out', async (what) => {
    const drydock = await used();
    damages[what]?.(drydock);
    const before = contents(drydock.home);
    for (const command of [['ps'], ['run', 'alpine', 'true'], ['why'], ['undo']]) {
      expectRefusal(await drydock.run(...command), /^drydock: \/.* is damaged \(.*\n/, /\nTry: drydock /);
    }
    expect(contents(drydock.home)).toEqual(before);
    expect((await drydock.run('session', 'new', 'fresh')).status).toBe(0);
    expect(await drydock.out('run', 'alpine', 'echo', 'works')).toBe('works');
    expect(contents(drydock.home)).toMatchObject(before);
  });

  it('pack with its last bytes lost: the state before is still there', async () => {
    const drydock = await used();
    const damaged = readFileSync(pack(drydock));
    const last = readFileSync(head(drydock), 'utf8').trimEnd().split('\n').at(-1) ?? '';
    const { world } = JSON.parse(last) as { world: { ref: { offset: number } } };
    damaged.fill(0xff, world.ref.offset, world.ref.offset + 64);
    writeFileSync(pack(drydock), damaged);
    expectRefusal(await drydock.run('ps', '-a'), /is damaged/, /drydock undo/);
    expect((await drydock.run('undo')).status).toBe(0);
    expect(await drydock.out('ps', '-a', '--format', '{{.Names}}')).toBe('box');
  });

  it('can be begun anew in its place when only the pack is damaged', async () => {
    const drydock = await used();
    truncateSync(pack(drydock), 2000);
    expectRefusal(await drydock.run('ps'), /is damaged/, /drydock reset/);
    expect((await drydock.run('reset')).status).toBe(0);
    expect(await drydock.out('run', 'alpine', 'echo', 'works')).toBe('works');
  });

  it('a byte flipped anywhere never brings a stack trace', async () => {
    const drydock = await used();
    const whole = readFileSync(head(drydock));
    const sizes = readFileSync(pack(drydock)).length;
    for (let i = 0; i < 8; i++) {
      const copy = new Drydock(join(temporaryFolder(), 'copy'));
      cpSync(drydock.home, copy.home, { recursive: true });
      if (i % 2 === 0) flip(head(copy), Math.floor((whole.length * (i + 0.5)) / 8));
      else flip(pack(copy), Math.floor((sizes * (i + 0.5)) / 8));
      const ended = await copy.run('ps', '-a');
      if (ended.status !== 0) expectRefusal(ended, /^drydock: \/.* (is damaged|was saved by a newer)/, /Try: /);
    }
  });
});

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 0x04;
  writeFileSync(path, bytes);
}

describe('a newer session', () => {
  it('is left alone', async () => {
    const drydock = await used();
    writeFileSync(head(drydock), readFileSync(head(drydock), 'utf8').replaceAll('"format":1', '"format":99'));
    const before = contents(drydock.home);
    for (const command of [['ps'], ['undo'], ['reset']]) {
      expectRefusal(
        await drydock.run(...command),
        /saved by a newer drydock \(format 99; this one knows 1\)/,
        /newest/,
      );
    }
    expect(contents(drydock.home)).toEqual(before);
  });
});

describe('a home that cannot be used', () => {
  it('is a file', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'precious');
    expectRefusal(await new Drydock(path).run('ps'), new RegExp(`^drydock: .*${path}`), /set DRYDOCK_HOME/);
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  it('lies below a file', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');
    expectRefusal(await new Drydock(join(path, 'home')).run('ps'), /^drydock: /, /set DRYDOCK_HOME/);
  });

  it.runIf(isRoot)('is on a read-only disk', async ({ skip }) => {
    const folder = temporaryFolder();
    if (!mounted(folder, 'ro')) skip();
    expectRefusal(await new Drydock(join(folder, 'home')).run('ps'), /^drydock: .* read-only\n/, /set DRYDOCK_HOME/);
  });

  it.runIf(isRoot)('belongs to somebody else', () => {
    const folder = temporaryFolder();
    const home = join(folder, 'home');
    mkdirSync(home, { mode: 0o700 });
    chmodSync(folder, 0o755);
    const { status, stdout, stderr } = asNobody(home);
    expectRefusal({ status, signal: null, stdout, stderr }, /^drydock: no permission to use \//, /set DRYDOCK_HOME/);
  });

  it.runIf(isRoot)('can be read but not written', async () => {
    const drydock = await used();
    execFileSync('chmod', ['-R', 'a+rX', join(drydock.home, '..')]);
    const before = contents(drydock.home);
    const { status, stdout, stderr } = asNobody(drydock.home);
    expectRefusal({ status, signal: null, stdout, stderr }, /^drydock: no permission to use \//, /set DRYDOCK_HOME/);
    expect(contents(drydock.home)).toEqual(before);
  });

  if (!isRoot) console.warn('not root: homes of others and full disks are not tested');

  it.runIf(isRoot)('is full: the state before is kept', async ({ skip }) => {
    const folder = temporaryFolder();
    if (!mounted(folder, 'size=1m')) skip();
    const drydock = new Drydock(join(folder, 'home'));
    cpSync((await ready()).home, drydock.home, { recursive: true });
    await drydock.out('run', '--name', 'box', 'alpine', 'true');
    const fill =
      'i=0; while [ $i -lt 3000 ]; do echo "line $i of what fills the disk" >> /f; i=$((i+1)); done; cp /f /g';
    let ended: Ended | undefined;
    for (let i = 0; i < 40 && ended?.status !== 1; i++) {
      ended = await drydock.run('run', '--name', `box${i}`, 'alpine', 'sh', '-c', fill);
    }
    expectRefusal(ended ?? { status: 0, signal: null, stdout: '', stderr: '' }, /no space left to write/, /make room/);
    const left = execFileSync('sh', ['-c', `cd ${join(drydock.home, 'sessions', 'default')}; ls`], {
      encoding: 'utf8',
    });
    expect(left).toMatch(/^head\.json\npack-\d+\n$/);
    const roomy = join(temporaryFolder(), 'roomy');
    cpSync(drydock.home, roomy, { recursive: true });
    expect(await new Drydock(roomy).out('ps', '-a', '--format', '{{.Names}}')).toMatch(/(^|\n)box$/);
  });
});

/** Mounts a small disk until the test is over; says so when it cannot. */
function mounted(folder: string, options: string): boolean {
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status !== 0) {
    console.warn('tmpfs cannot be mounted: disks that are full or read-only are not tested');
    return false;
  }
  onTestFinished(() => void execFileSync('umount', [folder]));
  return true;
}

/** `drydock ps` as a user who owns nothing, from a copy of the command that everybody may read. */
function asNobody(home: string) {
  const folder = temporaryFolder();
  const root = join(folder, 'drydock');
  cpSync(join(bin, '..', '..', 'dist'), join(root, 'dist'), { recursive: true });
  cpSync(join(bin, '..'), join(root, 'bin'), { recursive: true });
  cpSync(join(bin, '..', '..', 'package.json'), join(root, 'package.json'));
  execFileSync('chmod', ['-R', 'a+rX', folder]);
  return spawnSync(process.execPath, [join(root, 'bin', 'drydock.js'), 'ps'], {
    uid: 65534,
    gid: 65534,
    cwd: '/',
    env: testEnv(home),
    encoding: 'utf8',
  });
}
