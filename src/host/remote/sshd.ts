import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Next, Program, Sys } from '../../kernel/program.ts';
import { sshPort } from './reach.ts';

/** `sshd`: listens. Sessions are begun by its service (sessions.ts); whoever only connects gets the banner and is let go. */
export const sshd: Program<number> = {
  start(_exec, sys) {
    const listener = sys.net.listen('0.0.0.0', sshPort);
    if (isErrno(listener)) {
      sys.write(2, encodeUtf8(`error: Bind to port ${sshPort} on 0.0.0.0 failed: Address already in use.\n`));
      return { exit: 255 };
    }
    return greet(listener, sys);
  },
  step: (listener, _wake, sys) => greet(listener, sys),
};

function greet(listener: number, sys: Sys): Next<number> {
  for (;;) {
    const came = sys.net.accept(listener);
    if (came === 'again') return { state: listener, wait: { readable: [listener] } };
    if (isErrno(came)) return { exit: 255 };
    sys.write(came.fd, 'SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13\r\n');
    sys.close(came.fd);
  }
}
