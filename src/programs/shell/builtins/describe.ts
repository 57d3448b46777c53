import { findCommand } from '../run/lookup.ts';
import type { Shell } from '../run/shell.ts';
import { complain, print } from '../run/shell.ts';
import { singleQuote } from '../run/variables.ts';
import { reservedIn } from '../syntax/characters.ts';
import { isBuiltin } from './names.ts';
import { isSpecial } from './special.ts';

/** Says what a command's name stands for: in words (`type`, `command -V`) or tersely (`command -v`). The exit status. */
export function describeCommand(sh: Shell, name: string, how: 'words' | 'terse', path?: string): number {
  const words = how === 'words';
  const say = (text: string) => {
    print(sh, 1, `${text}\n`);
    return 0;
  };
  const { flavour } = sh.s;
  if (reservedIn(flavour).has(name)) return say(words ? `${name} is a shell keyword` : name);
  const alias = Object.hasOwn(sh.s.aliases, name) ? sh.s.aliases[name] : undefined;
  if (alias !== undefined)
    return say(
      words
        ? `${name} is ${flavour === 'bash' ? 'aliased to' : 'an alias for'} ${flavour === 'bash' ? `\`${alias}'` : alias}`
        : `alias ${name}=${singleQuote(alias)}`,
    );
  if (Object.hasOwn(sh.s.functions, name))
    return say(words ? `${name} is a ${flavour === 'dash' ? 'shell ' : ''}function` : name);
  if (isBuiltin(name, flavour))
    return say(words ? `${name} is a ${isSpecial(name, flavour) ? 'special ' : ''}shell builtin` : name);
  const file = findCommand(sh, name, path);
  if (file !== undefined) return say(words ? `${name} is ${file}` : file);
  if (words && flavour === 'bash') complain(sh, `${name}: not found`);
  else if (words) print(sh, 1, `${name}: not found\n`);
  return 127;
}
