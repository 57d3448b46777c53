import { describe, expect, test } from 'vitest';
import type { Id } from '../../src/kernel/json.ts';
import { type Live, Sandbox } from '../support/sandbox.ts';

/** A program on a terminal of its own. */
function on(line: string): { readonly live: Live; readonly sandbox: Sandbox } {
  const sandbox = new Sandbox();
  const live = sandbox.start('/usr/bin/sh', ['sh', '-c', line], { tty: true });
  return { live, sandbox };
}

describe('a terminal in cooked mode', () => {
  test('echoes, and hands over whole lines', () => {
    const { live } = on('read a; echo "<$a>"');
    live.wait(0.1);
    expect(live.type('he').stdout).toBe('he');
    expect(live.type('llo\r').stdout).toBe('llo\r\n<hello>\r\n');
  });

  test('DEL erases a character, ^W a word, ^U the line', () => {
    const { live } = on('read a; echo "<$a>"');
    live.wait(0.1);
    expect(live.type('ab\x7f').stdout).toBe('ab\b \b');
    expect(live.type('c de fg\x17').stdout).toBe('c de fg\b \b\b \b');
    expect(live.type('\x15').stdout).toBe('\b \b'.repeat(6));
    expect(live.type('\x7f').stdout).toBe('');
    expect(live.type('new\n').stdout).toBe('new\r\n<new>\r\n');
  });

  test('a Hangul syllable is erased as a whole', () => {
    const { live } = on('read a; echo "<$a>"');
    live.wait(0.1);
    live.type('가나\x7f');
    expect(live.type('\r').stdout).toBe('\r\n<가>\r\n');
  });

  test('^D ends the input on an empty line, else hands over what is there', () => {
    const { live } = on('cat; echo over');
    live.wait(0.1);
    expect(live.type('abc\x04').stdout).toBe('abcabc');
    expect(live.type('\x04').stdout).toBe('over\r\n');
  });

  test('^C, ^\\ and ^Z send signals to the foreground group', () => {
    const { live } = on('sleep 100; echo no');
    live.wait(0.1);
    expect(live.type('ab\x03')).toMatchObject({ stdout: 'ab^C', code: 130 });
    expect(on('sleep 100').live.type('\x1c').code).toBe(131);
    const { live: trapped } = on('trap "echo hit" INT; read a; echo "<$a>"');
    trapped.wait(0.1);
    expect(trapped.type('lost\x03').stdout).toMatch(/^lost\^Chit\r\n/);
    const { live: stopped, sandbox } = on('cat');
    stopped.wait(0.1);
    expect(stopped.type('\x1a').stdout).toBe('^Z');
    expect(sandbox.shell('ps -e -o stat,comm').stdout).toMatch(/T.* cat/);
  });

  test('turns LF into CR LF on output, unless told not to', () => {
    expect(on('printf "a\\nb\\n"').live.run().stdout).toBe('a\r\nb\r\n');
    expect(on('stty -opost; printf "a\\n"').live.run().stdout).toBe('a\n');
  });

  test('raw mode: no echo, no lines, no signals', () => {
    const { live } = on('stty raw -echo; head -c 3 | od -An -tx1');
    live.wait(0.1);
    expect(live.type('a').stdout).toBe('');
    expect(live.type('\x03\r').stdout.trim()).toBe('61 03 0d');
  });
});

describe('the window', () => {
  test('has a size; SIGWINCH tells of another', () => {
    const { live } = on('trap "stty size" WINCH; stty size; while :; do sleep 1; done');
    expect(live.wait(0.1).stdout).toBe('24 80\r\n');
    live.feed({ resize: { cols: 100, rows: 30 } });
    expect(live.wait(1.2).stdout).toBe('30 100\r\n');
  });

  test('when it is closed the session is told SIGHUP', () => {
    const { live, sandbox } = on('trap "echo hup > /tmp/told; exit" HUP; sleep 100 & wait');
    live.wait(0.1);
    live.end();
    sandbox.pass(1);
    expect(sandbox.shell('cat /tmp/told').stdout).toBe('hup\n');
    const ttys: readonly Id[] = Object.keys(Object.values(sandbox.world.hosts)[0]?.kernel.ttys ?? {});
    expect(ttys).toEqual([]);
  });
});
