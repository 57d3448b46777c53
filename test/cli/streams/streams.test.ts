import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detachKeys, scanForDetach } from '../../../src/cli/streams/detach-keys.ts';
import { demultiplex } from '../../../src/cli/streams/frames.ts';
import { frame } from '../fake-sys.ts';

const bytes = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
const cuts = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 });

/** The text in pieces whose lengths are those of `lengths`, over and over. */
function pieces(text: string, lengths: readonly number[]): string[] {
  const out: string[] = [];
  for (let at = 0, i = 0; at < text.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    out.push(text.slice(at, at + length));
    at += length;
  }
  return out;
}

describe('a multiplexed stream', () => {
  it('comes apart the same however it is cut', () => {
    const frames = fc.array(fc.tuple(fc.constantFrom(1 as const, 2 as const), bytes));
    fc.assert(
      fc.property(frames, cuts, (sent, lengths) => {
        const printed = { 1: '', 2: '' };
        let rest = '';
        for (const piece of pieces(sent.map(([fd, data]) => frame(fd, data)).join(''), lengths)) {
          const { output, rest: left } = demultiplex(rest + piece);
          for (const [fd, data] of output) printed[fd] += data;
          rest = left;
        }
        const all = (fd: 1 | 2) => sent.map(([to, data]) => (to === fd ? data : '')).join('');
        expect([printed[1], printed[2], rest.length < 8]).toEqual([all(1), all(2), true]);
      }),
    );
  });
});

describe('the detach keys', () => {
  it.each([
    [undefined, '\x10\x11'],
    ['ctrl-a,x', '\x01x'],
    ['ctrl-@', '\x00'],
    ['ctrl-[,ctrl-_', '\x1b\x1f'],
    ['q', 'q'],
    ['bogus', undefined],
    ['ctrl-1', undefined],
    ['a,,b', undefined],
  ])('%s', (text, keys) => {
    expect(detachKeys(text)).toBe(keys);
  });

  it('are found however they come, and everything before them is passed on', () => {
    const typed = fc.string({ unit: fc.constantFrom('\x10', '\x11', 'a') });
    fc.assert(
      fc.property(typed, cuts, (text, lengths) => {
        let [passed, matched, detached] = ['', 0, false];
        for (const piece of pieces(text, lengths)) {
          if (detached) break;
          const scan = scanForDetach('\x10\x11', matched, piece);
          passed += scan.pass;
          ({ matched, detached } = scan);
        }
        const at = text.indexOf('\x10\x11');
        expect(detached).toBe(at >= 0);
        expect(passed + (detached ? '' : '\x10\x11'.slice(0, matched))).toBe(at >= 0 ? text.slice(0, at) : text);
      }),
    );
  });
});
