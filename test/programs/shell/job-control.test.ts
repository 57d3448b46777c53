// Jobs at a terminal, as a real bash, dash and busybox ash showed them.
import { describe, expect, it } from 'vitest';
import { ShellTerminal, shellSoftware, shellWorld } from './world.ts';

const software = shellSoftware();

function open(shell: 'ash' | 'bash' | 'dash'): ShellTerminal {
  if (shell === 'ash') return new ShellTerminal(software);
  return new ShellTerminal(software, { argv: [shell], path: `/bin/${shell}`, world: shellWorld(software, 'debian') });
}

/** Everything shown for these keys, with the line ends of a file. */
function session(shell: 'ash' | 'bash' | 'dash', ...keys: string[]): string {
  const terminal = open(shell);
  for (const key of keys) terminal.type(key, 0.3);
  return terminal.screen.replaceAll('\r\n', '\n').replace(/^(?:\/ # |root@test:\/# |# )/, '');
}

describe('job control', () => {
  it('stops and continues the foreground job of bash', () => {
    expect(session('bash', 'sleep 50\r', '\x1a', 'jobs\r', 'bg\r', 'jobs\r', 'fg\r', '\x03')).toBe(
      [
        'sleep 50\n^Z\n[1]+  Stopped                 sleep 50\n',
        'jobs\n[1]+  Stopped                 sleep 50\n',
        'bg\n[1]+ sleep 50 &\n',
        'jobs\n[1]+  Running                 sleep 50 &\n',
        'fg\nsleep 50\n^C\n',
        '',
      ].join('root@test:/# '),
    );
  });

  it('stops what reads the terminal from the background', () => {
    const shown = session('bash', 'cat &\r', '\r', 'jobs\r', 'fg\r', 'hello\r', '\x04', 'echo over\r');
    expect(shown).toContain(
      '\n[1]+  Stopped                 cat\nroot@test:/# jobs\n[1]+  Stopped                 cat\n',
    );
    expect(shown).toContain('fg\ncat\nhello\nhello\n');
    expect(shown).toContain('\nover\n');
  });

  it('tells in ash and dash what stopped a job, the current one first', () => {
    expect(session('ash', 'sleep 50 &\r', 'cat &\r', '\r', 'jobs\r')).toContain(
      'jobs\n[2]+  Stopped (tty input)        cat\n[1]-  Running                    sleep 50\n',
    );
    expect(session('dash', 'sleep 9\r', '\x1a', 'jobs\r')).toBe(
      'sleep 9\n^Z[1] + Stopped                    sleep 9\n# jobs\n[1] + Stopped                    sleep 9\n# ',
    );
  });

  it('stops again when it is continued in the background and reads on', () => {
    const shown = session('bash', 'cat &\r', '\r', 'bg\r', '\r', 'jobs\r');
    expect(shown).toMatch(/bg\n\[1\]\+ cat &\n[\s\S]*jobs\n\[1\]\+ {2}Stopped/);
  });

  it('warns once before it leaves stopped jobs', () => {
    expect(session('bash', 'sleep 50\r', '\x1a', '\x04', '\x04')).toMatch(
      /\nexit\nThere are stopped jobs\.\nroot@test:\/# \nexit\n$/,
    );
    expect(session('bash', 'sleep 50\r', '\x1a', 'exit\r', 'true\r', 'exit\r')).toMatch(
      /exit\nexit\nThere are stopped jobs\.\nroot@test:\/# true\nroot@test:\/# exit\nexit\nThere are stopped jobs\.\nroot@test:\/# $/,
    );
    expect(session('ash', 'sleep 50\r', '\x1a', '\x04', 'exit\r')).toMatch(
      /\/ # You have stopped jobs\.\n\/ # exit\n$/,
    );
  });

  it('gives bash the size of the window', () => {
    expect(session('bash', 'echo $COLUMNS $LINES\r')).toContain('\n80 24\n');
  });

  it('leaves editing to the terminal in dash, which has no editor of its own', () => {
    const shown = session('dash', 'abc\x7fd\x1b[A\r', 'echo "a\r', 'b"\r', 'half\x03', 'echo on\r', '\x04');
    expect(shown).toContain('abc\b \bd^[[A\n');
    expect(shown).toContain('echo "a\n> b"\na\nb\n# half^C\n# echo on\non\n# \n');
  });
});
