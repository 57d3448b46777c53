import { encodeUtf8 } from '../kernel/bytes.ts';
import { isErrno } from '../kernel/errno.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import type { Machine } from '../kernel/machine.ts';
import { random } from '../kernel/world.ts';
import { accountOf, hostText } from '../programs/accounts.ts';
import { publicKey } from '../vm/ssh-key.ts';

/** Writes a file of a host as root, and gives it to a user. Missing folders in the path must be there. */
export function putFile(
  m: Machine,
  path: string,
  text: string,
  mode = 0o644,
  owner?: { uid: number; gid: number },
): void {
  const files = fileCalls(m, 1);
  files.writeFile(path, encodeUtf8(text), { mode });
  files.chmod(path, mode);
  if (owner) files.chown(path, owner.uid, owner.gid);
}

/** The public key of a user of a host; the pair is made when there is none. */
export function keyOf(m: Machine, user: string): string {
  const account = accountOf(m, user);
  if (!account) return '';
  const folder = `${account.home}/.ssh`;
  const known = hostText(m, `${folder}/id_ed25519.pub`);
  if (known !== undefined) return known.trim();
  makeFolder(m, folder, account);
  const name = m.kernel.namespaces[m.kernel.processes[1]?.ns.uts ?? ''];
  const key = `${publicKey(() => random(m))} ${user}@${name?.kind === 'uts' ? name.hostname : m.hostId}`;
  putFile(m, `${folder}/id_ed25519.pub`, `${key}\n`, 0o644, account);
  const secret =
    '-----BEGIN OPENSSH PRIVATE KEY-----\n(simulated: there is no secret)\n-----END OPENSSH PRIVATE KEY-----\n';
  putFile(m, `${folder}/id_ed25519`, secret, 0o600, account);
  return key;
}

/** The key by which a host is known; made when there is none. */
function hostKey(m: Machine): string {
  const path = '/etc/ssh/ssh_host_ed25519_key.pub';
  const known = hostText(m, path);
  if (known !== undefined) return known.trim();
  const files = fileCalls(m, 1);
  if (isErrno(files.stat('/etc/ssh'))) files.mkdir('/etc/ssh', 0o755);
  const key = publicKey(() => random(m));
  putFile(m, path, `${key}\n`);
  return key;
}

/** A user of host `m` trusts the host `there` under these names, and may log in there as `user`. */
export function trust(m: Machine, own: string, there: Machine, user: string, names: readonly string[]): void {
  const key = keyOf(m, own);
  addLine(m, own, 'known_hosts', `${names.join(',')} ${hostKey(there)}`);
  addLine(there, user, 'authorized_keys', key);
}

/** Takes what is known of a host that is no more out of a user's known hosts. */
export function forgetHost(m: Machine, own: string, name: string): void {
  const account = accountOf(m, own);
  const path = `${account?.home ?? '/root'}/.ssh/known_hosts`;
  const old = hostText(m, path);
  if (old === undefined) return;
  const left = old.split('\n').filter((line) => !(line.split(' ')[0] ?? '').split(',').includes(name));
  putFile(m, path, left.join('\n'), 0o600, account);
}

function addLine(m: Machine, user: string, file: string, line: string): void {
  const account = accountOf(m, user);
  if (!account) return;
  makeFolder(m, `${account.home}/.ssh`, account);
  const path = `${account.home}/.ssh/${file}`;
  const old = hostText(m, path) ?? '';
  if (!old.split('\n').includes(line)) putFile(m, path, `${old}${line}\n`, 0o600, account);
}

function makeFolder(m: Machine, path: string, owner: { uid: number; gid: number }): void {
  const files = fileCalls(m, 1);
  if (!isErrno(files.stat(path))) return;
  files.mkdir(path, 0o700);
  files.chown(path, owner.uid, owner.gid);
}
