import type { Shell } from './shell.ts';
import { parameterValue, variableValue } from './variables.ts';

/** A text with `$name` and `${name}` replaced, for PS4 and prompts. */
export function expandPlain(sh: Shell, text: string): string {
  return text.replace(
    /\$(?:\{(\w+|[?$#!@*-])\}|(\w+|[?$#!@*-]))/g,
    (_, braced?: string, bare?: string) => parameterValue(sh, braced ?? bare ?? '') ?? '',
  );
}

/** A prompt: `\w`, `\h`, `\u`, `\$` and so on, then parameters. */
export function expandPrompt(sh: Shell, text: string): string {
  const { sys } = sh;
  const home = variableValue(sh, 'HOME');
  const escaped = text.replace(/\\([0-7]{3}|.)/g, (whole, code: string) => {
    if (/^[0-7]{3}$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    switch (code) {
      case 'u':
        return variableValue(sh, 'USER') ?? (sys.uid === 0 ? 'root' : String(sys.uid));
      case 'h':
        return sys.uname().hostname.split('.')[0] ?? '';
      case 'H':
        return sys.uname().hostname;
      case '$':
        return sys.uid === 0 ? '#' : '$';
      case 'w':
        return home && home !== '/' && (sh.s.cwd === home || sh.s.cwd.startsWith(`${home}/`))
          ? `~${sh.s.cwd.slice(home.length)}`
          : sh.s.cwd;
      case 'W':
        return sh.s.cwd === '/' ? '/' : sh.s.cwd.slice(sh.s.cwd.lastIndexOf('/') + 1);
      case 's':
        return sh.s.zero.slice(sh.s.zero.lastIndexOf('/') + 1).replace(/^-/, '');
      case 'v':
        return '5.2';
      case 't':
        return clock(sys.now);
      case 'n':
        return '\n';
      case 'e':
      case 'E':
        return '\x1b';
      case 'a':
        return '\x07';
      case '\\':
        return '\\';
      case '[':
      case ']':
        return '';
      default:
        return whole;
    }
  });
  return expandPlain(sh, escaped);
}

/** HH:MM:SS in UTC. */
function clock(now: number): string {
  return new Date(now / 1000).toISOString().slice(11, 19);
}
