import { strerror } from '../../../kernel/errno.ts';
import { isBuiltin } from '../builtins/names.ts';
import type { Shell } from '../run/shell.ts';
import { ashWording } from './ash.ts';
import type { Wording } from './wording.ts';

/** The file whose lines are counted in messages: the script's or the function's; `-c` and standard input have the shell's name. */
function fileAndLine(sh: Shell, line: number, syntax = false): string {
  if (sh.s.terminal !== null) return `${sh.s.zero}: `;
  const file = sh.s.frames.findLast((frame) => frame.file !== undefined)?.file ?? '';
  const evaluated = sh.frame.kind === 'eval' && syntax ? 'eval: ' : '';
  return `${file === '' ? sh.s.zero : file}: ${evaluated}line ${line}: `;
}

/** bash. */
export const bashWording: Wording = {
  ...ashWording,
  prefix: (sh, line) => {
    const { commandName } = sh.s;
    return `${fileAndLine(sh, line)}${commandName !== null && isBuiltin(commandName) ? `${commandName}: ` : ''}`;
  },
  appletPrefix(sh) {
    return this.prefix(sh, sh.frame.line);
  },
  syntax(sh, { message, line, place }, source) {
    const inString = sh.s.terminal === null && sh.frame.kind === 'main' && sh.s.options.includes('c');
    const head = inString ? `${sh.s.zero}: -c: line ${line}: ` : fileAndLine(sh, line, true);
    if (place.words !== undefined) return `${head}${place.words}\n`;
    if (/bad for loop variable/.test(message))
      return `${this.prefix(sh, line)}\`${place.near ?? ''}': not a valid identifier\n`;
    if (place.matching === ')' && inString)
      return `${sh.s.zero}: -c: line ${line + 1}: unexpected EOF while looking for matching \`)'\n`;
    if (place.matching !== undefined) return `${head}unexpected EOF while looking for matching \`${place.matching}'\n`;
    if (place.near === undefined) {
      const behind = sh.frame.kind === 'eval' ? line + 1 : line;
      const end = inString ? `${sh.s.zero}: -c: line ${line + 1}: ` : fileAndLine(sh, behind, true);
      return `${end}syntax error: unexpected end of file\n`;
    }
    const quoted = sh.s.terminal === null ? `${head}\`${source}'\n` : '';
    return `${head}syntax error near unexpected token \`${place.near}'\n${quoted}`;
  },
  notStarted: (name, error) => {
    if (error.errno === 'ENOENT' && !name.includes('/')) return { message: `${name}: command not found`, status: 127 };
    const status = error.errno === 'ENOENT' || error.errno === 'ENOTDIR' ? 127 : 126;
    return { message: `${name}: ${strerror(error)}`, status: error.errno === 'ENOTDIR' ? 126 : status };
  },
  redirect: (_how, target, error) =>
    `${target}: ${error === 'EEXIST' ? 'cannot overwrite existing file' : strerror(typeof error === 'string' ? error : error.errno)}`,
  readOnly: (name) => `${name}: readonly variable`,
  badName: (name) => `\`${name}': not a valid identifier`,
  unsetOrNull: (name, colon) => `${name}: ${colon ? 'parameter null or not set' : 'parameter not set'}`,
  unset: (name) => `${/^\d/.test(name) ? '$' : ''}${name}: unbound variable`,
  badNumber: (text) => `${text}: numeric argument required`,
  illegalOption: (letter) =>
    /^.o /.test(letter) ? `${letter.slice(3)}: invalid option name` : `${letter}: invalid option`,
  missingValue: (letter) => `-${letter}: option requires an argument`,
  cannotChange: (target, error) => `${target}: ${strerror(error)}`,
  arithmetic: (message, text, token, operand) => {
    const known: { readonly [words: string]: string } = {
      'divide by zero': 'division by 0',
      'arithmetic syntax error':
        token === '' || operand ? 'syntax error: operand expected' : 'syntax error in expression',
      'exponent less than 0': 'exponent less than 0',
    };
    return `${text.trimStart()}: ${known[message] ?? message} (error token is "${token === '' ? text : token}")`;
  },
  noScript: (_zero, path, error) => ({
    message: `${path}: ${strerror(error)}`,
    status: error.errno === 'ENOENT' ? 127 : 126,
  }),
  failed: 1,
};
