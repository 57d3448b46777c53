import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isErrno } from '../../../src/kernel/errno.ts';
import { holdFile, releaseFile } from '../../../src/kernel/files.ts';
import type { Machine } from '../../../src/kernel/machine.ts';
import { joinStreams } from '../../../src/kernel/net/wire.ts';
import { readPipe, writePipe } from '../../../src/kernel/pipes.ts';
import { HostLab } from '../../host/lab.ts';

/** What one side may do with its end of a wire. */
const act = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    side: fc.nat(1),
    bytes: fc.string({ maxLength: 40 }),
    times: fc.nat(4000),
  }),
  fc.record({ do: fc.constant('read' as const), side: fc.nat(1), most: fc.integer({ min: 1, max: 100_000 }) }),
  fc.record({ do: fc.constant('close' as const), side: fc.nat(1) }),
);

function ends(m: Machine, file: string): { rx: string; tx: string } {
  const open = m.kernel.files[file];
  if (open?.kind !== 'stream') throw new Error('no stream');
  return { rx: open.rx, tx: open.tx };
}

it('a wire between two computers brings all bytes, in order, to the other side, and its ends close together', () => {
  const lab = new HostLab();
  lab.make('server');
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const sides = [lab.machine(), lab.machine('server')] as const;
      const pipesBefore = sides.map(({ kernel }) => Object.keys(kernel.pipes).length);
      const { near, far } = joinStreams(...sides);
      const files = [near, far] as const;
      holdFile(sides[0], near);
      holdFile(sides[1], far);
      const own = [ends(sides[0], near), ends(sides[1], far)] as const;
      const sent = ['', ''];
      const got = ['', ''];
      const closed = [false, false];
      for (const what of acts) {
        const i = what.side as 0 | 1;
        const m = sides[i];
        if (closed[i]) continue;
        if (what.do === 'write') {
          const bytes = what.bytes.repeat(what.times).replace(/[^\x00-\xff]/g, '?');
          const taken = bytes === '' ? 0 : writePipe(m, own[i].tx, bytes);
          if (closed[1 - i]) expect(taken === 0 || isErrno(taken)).toBe(true);
          else if (typeof taken === 'number') sent[i] += bytes.slice(0, taken);
        } else if (what.do === 'read') {
          const read = readPipe(m, own[i].rx, what.most);
          if (read === 'eof') expect(closed[1 - i]).toBe(true);
          else if (read !== 'again' && !isErrno(read)) got[i] += read.bytes;
        } else {
          releaseFile(m, files[i]);
          closed[i] = true;
        }
      }
      for (const i of [0, 1] as const) {
        if (closed[i]) continue;
        for (;;) {
          const read = readPipe(sides[i], own[i].rx, 1_000_000);
          if (read === 'again' || read === 'eof' || isErrno(read)) break;
          got[i] += read.bytes;
        }
        expect(got[i]).toBe(sent[1 - i]);
        releaseFile(sides[i], files[i]);
      }
      expect(sides.map(({ kernel }) => Object.keys(kernel.pipes).length)).toEqual(pipesBefore);
    }),
    { numRuns: 60 },
  );
});
