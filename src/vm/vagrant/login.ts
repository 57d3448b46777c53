import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import { publicKey } from '../ssh-key.ts';
import type { Act } from './acts.ts';
import { forwardsOf, type Target } from './look.ts';

/**
 * A login shell in the guest by ssh itself: its key is accepted there, the machine is known here, and ssh takes Vagrant's place, as
 * the real one hands over to it.
 */
export function loginActs({ vm }: Target, sys: Sys): readonly Act[] {
  const folder = `${sys.uid === 0 ? '/root' : '/home/learner'}/.ssh`;
  sys.fs.mkdir(folder, 0o700);
  const path = '/home/vagrant/.ssh/authorized_keys';
  const port = forwardsOf(vm).find(({ guestPort }) => guestPort === 22)?.hostPort ?? 2222;
  remember(`${folder}/known_hosts`, '127.0.0.1 ssh-ed25519 (simulated)', sys);
  const bytes = encodeUtf8(`${keyIn(folder, sys)}\n`);
  return [
    {
      do: 'ask',
      request: { op: 'put', name: vm?.name ?? '', path, bytes, mode: 0o600, user: 'vagrant' },
      about: ['guestcontrol'],
    },
    { do: 'become', argv: ['ssh', '-q', '-p', String(port), 'vagrant@127.0.0.1'] },
  ];
}

function textOf(path: string, sys: Sys): string {
  const read = sys.fs.readFile(path);
  return isErrno(read) ? '' : decodeUtf8(read.bytes);
}

function remember(path: string, line: string, sys: Sys): void {
  const old = textOf(path, sys);
  const [host] = line.split(' ');
  if (old.split('\n').some((each) => each.split(' ')[0] === host)) return;
  sys.fs.writeFile(path, encodeUtf8(`${old}${line}\n`), { mode: 0o600 });
}

/** The user's public key; made when there is none (nothing is signed with it here). */
function keyIn(folder: string, sys: Sys): string {
  const path = `${folder}/id_ed25519.pub`;
  const old = textOf(path, sys).trim();
  if (old !== '') return old;
  const key = `${publicKey(() => sys.random())} vagrant`;
  sys.fs.writeFile(path, encodeUtf8(`${key}\n`));
  return key;
}
