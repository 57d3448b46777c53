import { strerror } from '../../../kernel/errno.ts';
import type { Wording } from './wording.ts';

/** busybox's ash. */
export const ashWording: Wording = {
  prefix: ({ s }, line) => {
    const { zero, commandName, terminal } = s;
    const name = commandName !== null && commandName !== zero ? `${commandName}: ` : '';
    return `${zero}: ${name}${commandName !== null && terminal === null ? `line ${line}: ` : ''}`;
  },
  appletPrefix: ({ s }) => `${s.applet}: `,
  syntax(sh, problem) {
    return `${this.prefix(sh, problem.line)}syntax error: ${problem.message}\n`;
  },
  notStarted: (name, error) => {
    if (error.errno === 'ENOENT' || error.errno === 'ENOTDIR') return { message: `${name}: not found`, status: 127 };
    return { message: `${name}: ${error.errno === 'EISDIR' ? strerror('EACCES') : strerror(error)}`, status: 126 };
  },
  redirect: (how, target, error) => {
    const errno = typeof error === 'string' ? error : error.errno;
    const missing = errno === 'ENOENT' || errno === 'ENOTDIR';
    const nowhere = how === 'open' ? 'no such file' : 'nonexistent directory';
    return `can't ${how} ${target}: ${missing ? nowhere : strerror(errno)}`;
  },
  badDescriptor: (target) => `${target}: ${strerror('EBADF')}`,
  readOnly: (name) => `${name}: is read only`,
  badName: (name) => `${name}: bad variable name`,
  unset: (name) => `${name}: parameter not set`,
  unsetOrNull: (name, colon) => `${name}: ${colon ? 'parameter not set or null' : 'parameter not set'}`,
  badNumber: (text) => `Illegal number: ${text}`,
  illegalOption: (letter) => `illegal option ${letter}`,
  missingValue: (letter) => `no arg for -${letter} option`,
  noJob: (name) => `${name}: no such job`,
  cannotChange: (target, error) => `can't cd to ${target}: ${strerror(error)}`,
  arithmetic: (message) => message,
  noScript: (_zero, path, error) => ({ message: `can't open '${path}': ${strerror(error)}`, status: 2 }),
  failed: 2,
  redirectFailed: 1,
};
