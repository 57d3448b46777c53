import { optionNames } from '../options.ts';
import { elements } from './arrays.ts';
import type { Shell } from './shell.ts';
import { variable } from './variables.ts';

const names: ReadonlySet<string> = new Set([
  'BASHPID',
  'BASH_COMMAND',
  'BASH_LINENO',
  'BASH_SOURCE',
  'BASH_SUBSHELL',
  'DIRSTACK',
  'EPOCHREALTIME',
  'EPOCHSECONDS',
  'FUNCNAME',
  'GROUPS',
  'HISTCMD',
  'LINENO',
  'PIPESTATUS',
  'RANDOM',
  'SECONDS',
  'SHELLOPTS',
  'SRANDOM',
  '_',
]);

/** Is it a variable of bash that is made up when it is asked for? */
export function isDynamic(name: string): boolean {
  return names.has(name);
}

/** The value of such a variable. */
export function dynamicValue(sh: Shell, name: string): string | undefined {
  if (!names.has(name)) return undefined;
  const { sys, s } = sh;
  switch (name) {
    case 'LINENO':
      return String(sh.frame.line);
    case 'RANDOM':
      return String(sys.random() & 0x7fff);
    case 'SRANDOM':
      return String(sys.random() >>> 0);
    case 'SECONDS':
      return String(Math.floor((sys.now - s.started) / 1e6) + Number(variable(sh, name)?.v ?? 0));
    case 'EPOCHSECONDS':
      return String(Math.floor(sys.now / 1e6));
    case 'EPOCHREALTIME':
      return (sys.now / 1e6).toFixed(6);
    case 'BASHPID':
      return String(sys.pid);
    case 'BASH_COMMAND':
      return s.command ?? '';
    case 'SHELLOPTS':
      return optionNames('bash')
        .filter(([, letter]) => s.options.includes(letter))
        .map(([known]) => known)
        .join(':');
    case 'BASH_SUBSHELL':
      return String(s.level);
    case 'HISTCMD':
      return String((s.terminal?.history.length ?? 0) + 1);
    case '_':
      return s.lastArgument ?? variable(sh, name)?.v;
    default:
      return elements(sh, name)[0]?.[1];
  }
}
