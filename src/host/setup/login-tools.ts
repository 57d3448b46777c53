import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Program, Sys } from '../../kernel/program.ts';

/** `newgrp GROUP` (shadow): a new shell in which the user has that group, when /etc/group lists them in it. */
export const newgrp: Program = {
  start({ argv, env }, sys) {
    const [, name, extra] = argv;
    if (extra !== undefined) return complain(sys, 'usage: newgrp [-] [group]\n');
    const { uid, gid } = sys.real;
    const user = rows(sys, '/etc/passwd').find(([, , number]) => number === String(uid));
    const group = rows(sys, '/etc/group').find(([known, , number]) =>
      name === undefined ? number === user?.[3] : known === name,
    );
    if (!user) return complain(sys, 'newgrp: unable to determine your user name.\n');
    if (!group) return complain(sys, `newgrp: group '${name ?? ''}' does not exist\n`);
    const members = (group[3] ?? '').split(',');
    const allowed = uid === 0 || members.includes(user[0] ?? '') || group[2] === user[3];
    if (!allowed) return complain(sys, 'Password: \nInvalid password.\n');
    const groups = new Set([...sys.groups, gid, Number(group[2])]);
    const failed = sys.setuid(uid, Number(group[2]), [...groups]);
    if (failed) return complain(sys, `newgrp: setgid: ${strerror(failed)}\n`);
    const shell = env.SHELL ?? user[6] ?? '/bin/sh';
    const replaced = sys.exec({ path: shell, argv: [shell.slice(shell.lastIndexOf('/') + 1)], env });
    return isErrno(replaced) ? complain(sys, `newgrp: ${shell}: ${strerror(replaced)}\n`) : replaced;
  },
  step: () => ({ exit: 1 }),
};

function rows(sys: Sys, path: string): readonly (readonly string[])[] {
  const read = sys.fs.readFile(path);
  return isErrno(read)
    ? []
    : decodeUtf8(read.bytes)
        .split('\n')
        .map((line) => line.split(':'));
}

function complain(sys: Sys, text: string): { readonly exit: 1 } {
  sys.write(2, encodeUtf8(text));
  return { exit: 1 };
}

/** What Ubuntu's handler knows of commands that are not there: the packages that have them. */
const packaged: { readonly [command: string]: readonly string[] } = {
  docker: [
    'sudo snap install docker         # version 28.1.1+1, or',
    'sudo apt  install docker.io      # version 28.2.2-0ubuntu1~24.04.1',
    'sudo apt  install podman-docker  # version 4.9.3+ds1-1ubuntu0.2',
  ],
};

/** `command-not-found -- COMMAND`: what Ubuntu's shells run for a command that is not there. Exit status 127. */
export const commandNotFound: Program = {
  start({ argv }, sys) {
    const name = argv.at(-1) ?? '';
    const lines = Object.hasOwn(packaged, name) ? packaged[name] : undefined;
    const text = lines
      ? `Command '${name}' not found, but can be installed with:\n${lines.join('\n')}\nSee 'snap info ${name}' for additional versions.\n`
      : `${name}: command not found\n`;
    sys.write(2, encodeUtf8(text));
    return { exit: 127 };
  },
  step: () => ({ exit: 127 }),
};
