import { describe, expect, it } from 'vitest';
import { ShellTerminal, shellSoftware } from './world.ts';

const software = shellSoftware();
const open = () => new ShellTerminal(software);

describe('the shell at a terminal', () => {
  it('prompts, runs and ends with Ctrl-D', () => {
    const terminal = open();
    expect(terminal.screen).toBe('/ # ');
    expect(terminal.type('echo hi\r')).toBe('echo hi\r\nhi\r\n/ # ');
    expect(terminal.type('(exit 4)\r')).toBe('(exit 4)\r\n/ # ');
    expect(terminal.type('\x04')).toBe('\r\n');
    expect(terminal.code).toBe(4);
  });

  it('asks for more of an unfinished command', () => {
    const terminal = open();
    expect(terminal.type('echo "a\r')).toBe('echo "a\r\n> ');
    expect(terminal.type('b"\r')).toBe('b"\r\na\r\nb\r\n/ # ');
  });

  it.each([
    ['insert in the middle', ['ab', '\x1b[D', 'X'], ['ab', '\b', 'Xb\b']],
    ['delete backwards', ['ab', '\x7f'], ['ab', '\b\x1b[J']],
    ['go to the start and the end', ['ab', '\x01', '\x05'], ['ab', '\b\b', 'ab']],
    ['delete the line', ['ab', '\x15'], ['ab', '\r/ # \x1b[J']],
    ['clear the screen', ['ab', '\x0c'], ['ab', '\x1b[H\x1b[J\r/ # ab\x1b[J']],
    ['give the line up', ['ab', '\x03'], ['ab', '^C\r\n/ # ']],
    ['move over wide characters', ['한', '\x1b[D', 'a'], ['한', '\b\b', 'a한\b\b']],
    ['complete a command', ['unali\t'], ['unali\r/ # unalias \x1b[J']],
    ['complete a file', ['ls /etc/pas\t'], ['ls /etc/pas\r/ # ls /etc/passwd \x1b[J']],
    ['list what is possible', ['ls /etc/\t', '\t'], ['ls /etc/\x07', '\r\ngroup   passwd\r\n\r/ # ls /etc/\x1b[J']],
    ['ignore a report of the terminal', ['\x1b[12;5R', 'a'], ['', 'a']],
  ])('can %s', (_what, keys, shown) => {
    const terminal = open();
    expect(keys.map((key) => terminal.type(key))).toEqual(shown);
  });

  it('remembers lines', () => {
    const terminal = open();
    terminal.type('echo 1\r');
    terminal.type('echo 2\r');
    expect(terminal.type('\x1b[A')).toBe('\r/ # echo 2\x1b[J');
    expect(terminal.type('\x1b[A')).toBe('\r/ # echo 1\x1b[J');
    expect(terminal.type('\x1b[B')).toBe('\r/ # echo 2\x1b[J');
    expect(terminal.type('\r')).toBe('\r\n2\r\n/ # ');
  });

  it('lets Ctrl-C end a program, a loop and a read', () => {
    const terminal = open();
    terminal.type('sleep 100\r');
    expect(terminal.type('\x03')).toBe('^C\r\n/ # ');
    terminal.type('while :; do :; done\r');
    expect(terminal.type('\x03')).toBe('^C\r\n/ # ');
    terminal.type('read x\r');
    expect(terminal.type('\x03')).toBe('^C\r\n/ # ');
    expect(terminal.type('echo $?\r')).toBe('echo $?\r\n130\r\n/ # ');
  });

  it('gives programs a terminal that edits lines', () => {
    const terminal = open();
    terminal.type('cat\r');
    expect(terminal.type('ax\x7fb\r')).toBe('ax\b \bb\r\nab\r\n');
    expect(terminal.type('\x04')).toBe('/ # ');
  });

  it('tells when a job in the background is done', () => {
    const terminal = open();
    expect(terminal.type('sleep 1 &\r')).toBe('sleep 1 &\r\n/ # ');
    expect(terminal.type('jobs\r')).toBe('jobs\r\n[1]+  Running                    sleep 1\r\n/ # ');
    expect(terminal.type('sleep 2\r', 3)).toBe('sleep 2\r\n[1]+  Done                       sleep 1\r\n/ # ');
  });

  it('wraps lines at the edge of the screen', () => {
    const terminal = new ShellTerminal(software, { cols: 10 });
    expect(terminal.type('abcdef')).toBe('abcdef \b');
    expect(terminal.type('g')).toBe('g');
    expect(terminal.type('\x01')).toBe('\x1b[1A\r\x1b[4C');
  });
});
