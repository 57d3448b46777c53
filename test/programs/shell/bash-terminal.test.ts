import { describe, expect, it } from 'vitest';
import { ShellTerminal, shellSoftware, shellWorld } from './world.ts';

const software = shellSoftware();
const open = () =>
  new ShellTerminal(software, { argv: ['bash'], path: '/bin/bash', world: shellWorld(software, 'debian') });

describe('bash at a terminal', () => {
  it('has a prompt with user, host and directory, and its own words', () => {
    const terminal = open();
    expect(terminal.screen).toBe('root@test:/# ');
    expect(terminal.type('nope\r')).toBe('nope\r\nbash: nope: command not found\r\nroot@test:/# ');
    expect(terminal.type('cd; a=(x y)\r')).toBe('cd; a=(x y)\r\nroot@test:~# ');
    expect(terminal.type('echo ${a[1]}\r')).toBe('echo ${a[1]}\r\ny\r\nroot@test:~# ');
    expect(terminal.type('fi\r')).toBe("fi\r\nbash: syntax error near unexpected token `fi'\r\nroot@test:~# ");
  });

  it('tells of jobs as bash does', () => {
    const terminal = open();
    expect(terminal.type('sleep 1 &\r')).toMatch(/^sleep 1 &\r\n\[1\] \d+\r\nroot@test:\/# $/);
    expect(terminal.type('jobs\r')).toBe('jobs\r\n[1]+  Running                 sleep 1 &\r\nroot@test:/# ');
    expect(terminal.type('sleep 2\r', 3)).toBe('sleep 2\r\n[1]+  Done                    sleep 1\r\nroot@test:/# ');
  });
});
