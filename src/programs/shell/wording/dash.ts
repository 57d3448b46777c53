import { strerror } from '../../../kernel/errno.ts';
import { ashWording } from './ash.ts';
import type { Wording } from './wording.ts';

/** dash, which is `/bin/sh` of debian and ubuntu: the line in every message, and words of its own. */
export const dashWording: Wording = {
  ...ashWording,
  prefix: ({ s }, line) => {
    const { zero, commandName } = s;
    return `${zero}: ${line}: ${commandName !== null && commandName !== zero ? `${commandName}: ` : ''}`;
  },
  appletPrefix(sh) {
    return this.prefix(sh, sh.frame.line);
  },
  syntax(sh, problem) {
    const found = /^unexpected (.+?)( \(expecting .*\))?$/.exec(problem.message);
    const text = found
      ? `${found[1] ?? ''} unexpected${found[2] ?? ''}`
      : problem.message.charAt(0).toUpperCase() + problem.message.slice(1);
    return `${this.prefix(sh, problem.line)}Syntax error: ${text}\n`;
  },
  notStarted: (name, error) => {
    if (error.errno === 'ENOENT' || error.errno === 'ENOTDIR') return { message: `${name}: not found`, status: 127 };
    return { message: `${name}: ${error.errno === 'EISDIR' ? strerror('EACCES') : strerror(error)}`, status: 126 };
  },
  redirect: (how, target, error) => {
    const errno = typeof error === 'string' ? error : error.errno;
    const missing = errno === 'ENOENT' || errno === 'ENOTDIR';
    const nowhere = how === 'open' ? 'No such file' : 'Directory nonexistent';
    return `cannot ${how} ${target}: ${missing ? nowhere : strerror(errno)}`;
  },
  illegalOption: (letter) => `Illegal option ${letter}`,
  missingValue: (letter) => `No arg for -${letter} option`,
  noJob: (name) => `No such job: ${name}`,
  cannotChange: (target) => `can't cd to ${target}`,
  arithmetic: (message, text) => {
    if (/^Illegal number/.test(message)) return message;
    const known: { readonly [words: string]: string } = {
      'divide by zero': 'division by zero',
      'arithmetic syntax error': 'expecting primary',
    };
    return `arithmetic expression: ${known[message] ?? message}: "${text}"`;
  },
  noScript: (_zero, path, error) => ({
    message: `0: cannot open ${path}: ${error.errno === 'ENOENT' ? 'No such file' : strerror(error)}`,
    status: 2,
  }),
  redirectFailed: 2,
};
