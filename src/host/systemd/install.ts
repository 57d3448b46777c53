import { release } from '../../engine/system/version.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import type { Machine } from '../../kernel/machine.ts';
import { accountOf, hostText } from '../../programs/accounts.ts';
import { daemonSettings } from '../setup/daemon-json.ts';
import { step } from '../step.ts';
import { startDocker } from './disk.ts';
import { dockerUnit, tellStarted } from './docker-unit.ts';
import { startInstalled } from './process-units.ts';
import { unitsOf } from './units.ts';

/** Packages were configured: the users of their services are made, and their units are started (Debian's policy). */
export function packagesInstalled(m: Machine, names: readonly string[], bytes: number, docker: string | null): void {
  for (const { package: from, user } of unitsOf(m)) {
    if (user !== undefined && from !== undefined && names.includes(from)) addSystemUser(m, user);
  }
  startInstalled(m, names);
  if (names.some((name) => name === 'docker.io' || name === 'docker-ce')) dockerInstalled(m, names, bytes, docker);
}

/** `adduser --system --group NAME`: the first number that is free from 100 on. */
function addSystemUser(m: Machine, name: string): void {
  if (accountOf(m, name)) return;
  const free = (path: string) => {
    const taken = new Set((hostText(m, path) ?? '').split('\n').map((line) => Number(line.split(':')[2])));
    let id = 100;
    while (taken.has(id)) id++;
    return id;
  };
  const gid = free('/etc/group');
  append(m, '/etc/group', `${name}:x:${gid}:\n`);
  const uid = free('/etc/passwd');
  const home = `/var/lib/${name}`;
  append(m, '/etc/passwd', `${name}:x:${uid}:${gid}::${home}:/usr/sbin/nologin\n`);
  const files = fileCalls(m, 1);
  if (isErrno(files.stat(home))) files.mkdir(home, 0o750);
  files.chown(home, uid, gid);
}

function append(m: Machine, path: string, text: string): void {
  fileCalls(m, 1).writeFile(path, encodeUtf8(text), { append: true });
}

function dockerInstalled(m: Machine, names: readonly string[], bytes: number, docker: string | null): void {
  const files = fileCalls(m, 1);
  if (!/^docker:/m.test(hostText(m, '/etc/group') ?? '')) append(m, '/etc/group', 'docker:x:988:\n');
  for (const [folder, mode] of [
    ['/var/lib/docker', 0o710],
    ['/etc/docker', 0o755],
  ] as const) {
    if (isErrno(files.stat(folder))) files.mkdir(folder, mode);
  }
  step(m, 'apt', 'docker-install', {
    packages: names.filter((name) => /docker|containerd|runc/.test(name)),
    bytes,
    group: 988,
    ...(docker === null ? {} : { package: docker.replace(/[-+].*/, '') }),
    engine: release.version,
  });
  const settings = daemonSettings(m);
  startDocker(m, 'wrong' in settings ? [] : settings.insecure);
  const unit = dockerUnit(m);
  if (unit) tellStarted(m, unit);
}
