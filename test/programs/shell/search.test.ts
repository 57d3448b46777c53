// Ctrl-R: what readline (recorded from a real bash) and busybox's line editor show while the history is searched.
import { describe, expect, it } from 'vitest';
import { ShellTerminal, shellSoftware, shellWorld } from './world.ts';

const software = shellSoftware();

function bash(): ShellTerminal {
  const terminal = new ShellTerminal(software, {
    argv: ['bash'],
    path: '/bin/bash',
    world: shellWorld(software, 'debian'),
  });
  for (const line of ['echo apple', 'echo banana', 'echo apple pie']) terminal.type(`${line}\r`);
  return terminal;
}

function ash(): ShellTerminal {
  const terminal = new ShellTerminal(software);
  for (const line of ['echo apple', 'echo banana', 'echo apple pie']) terminal.type(`${line}\r`);
  return terminal;
}

const left = (columns: number) => `\x1b[${columns}D`;

describe("bash's search through the history", () => {
  it('begins at the line at hand and goes back from match to match', () => {
    const terminal = bash();
    terminal.type('draft');
    expect(terminal.type('\x12')).toBe("\r(reverse-i-search)`': draft\x1b[J");
    expect(terminal.type('p')).toBe("\r(reverse-i-search)`p': echo apple pie\x1b[J\b\b\b");
    expect(terminal.type('p')).toBe(`\r(reverse-i-search)\`pp': echo apple pie\x1b[J${left(8)}`);
    expect(terminal.type('\x12')).toBe(`\r(reverse-i-search)\`pp': echo apple\x1b[J${left(4)}`);
    expect(terminal.type('\x12')).toContain("\x07\r(failed reverse-i-search)`pp': echo apple");
  });

  it('gives the line back with Ctrl-G', () => {
    const terminal = bash();
    terminal.type('draft\x12ban');
    expect(terminal.type('\x07')).toBe('\x07\rroot@test:/# draft\x1b[J');
    expect(terminal.type('\r')).toContain('bash: draft: command not found');
  });

  it('runs what was found with Enter, and edits it with any other key', () => {
    const terminal = bash();
    expect(terminal.type('\x12ban\r')).toMatch(/root@test:\/# echo banana\x1b\[J\x1b\[6Dbanana\r\nbanana\r\n/);
    terminal.type('\x12pie\x05');
    expect(terminal.type('s\r')).toContain('\r\napple pies\r\n');
    terminal.type('\x12banana\x1b[D');
    expect(terminal.type('X\r')).toContain('bash: echoX: command not found');
  });

  it('is left with Ctrl-C', () => {
    const terminal = bash();
    terminal.type('\x12appl');
    expect(terminal.type('\x03')).toBe('^C\r\nroot@test:/# ');
    expect(terminal.type('echo on\r')).toContain('\r\non\r\n');
  });

  it('takes letters back, and Hangul whole', () => {
    const terminal = bash();
    terminal.type('echo 가나다\r');
    terminal.type('echo 가마\r');
    expect(terminal.type('\x12가나')).toContain("`가나': echo 가나다");
    expect(terminal.type('\x7f')).toContain("`가': echo 가나다");
    expect(terminal.type('\r')).toContain('\r\n가나다\r\n');
  });
});

describe("busybox's search through the history", () => {
  it('looks further with Ctrl-R, and does not take what leads nowhere', () => {
    const terminal = ash();
    expect(terminal.type('\x12')).toBe("\r(reverse-i-search)'': \x1b[J");
    expect(terminal.type('a')).toBe(`\r(reverse-i-search)'a': echo apple pie\x1b[J${left(9)}`);
    expect(terminal.type('q')).toBe(`\x07\r(reverse-i-search)'a': echo apple pie\x1b[J${left(9)}`);
    expect(terminal.type('\x12')).toBe(`\r(reverse-i-search)'a': echo banana\x1b[J${left(5)}`);
    expect(terminal.type('\r')).toContain('\r\nbanana\r\n');
  });
});
