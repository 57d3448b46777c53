import { describe, expect, it } from 'vitest';
import { closeProgress, openProgress, progressMoved, progressRoom, sendProgress } from '../../src/engine/progress.ts';
import { engineState } from '../../src/engine/state.ts';
import { readPipe } from '../../src/kernel/pipes.ts';
import { EngineLab } from '../support/engine.ts';

function opened() {
  const lab = new EngineLab();
  const { machine: m } = lab;
  const { id, answer } = openProgress(m, 1, 'test:1');
  const fd = answer.fd ?? -1;
  const file = m.kernel.files[m.kernel.processes[1]?.fds[fd] ?? ''];
  const pipe = file?.kind === 'pipe' ? file.pipe : '';
  return { lab, m, id, fd, answer, read: () => readPipe(m, pipe, 1_000_000) };
}

describe('a stream of progress', () => {
  it('carries messages, one a line, and ends', () => {
    const { m, id, answer, read } = opened();
    expect(answer).toMatchObject({ reply: { status: 200, body: null } });
    expect(read()).toBe('again');
    sendProgress(m, id, { status: '가' });
    sendProgress(m, id, { status: 'two' });
    closeProgress(m, id);
    const got = read();
    const bytes = typeof got === 'object' && 'bytes' in got ? got.bytes : '';
    const text = Buffer.from(bytes, 'latin1').toString();
    expect(text).toBe('{"status":"가"}\n{"status":"two"}\n');
    expect(read()).toBe('eof');
    expect(engineState(m).progress).toEqual({});
  });

  it('ends with an error as its last message', () => {
    const { m, id, read } = opened();
    closeProgress(m, id, 'no luck');
    expect(read()).toEqual({ bytes: '{"errorDetail":{"message":"no luck"},"error":"no luck"}\n' });
    sendProgress(m, id, { status: 'late' });
    expect(read()).toBe('eof');
  });

  it('tells how much room there is, and when the client has read', () => {
    const { m, id, read } = opened();
    const room = progressRoom(m, id);
    sendProgress(m, id, { status: 'x'.repeat(100) });
    expect(progressRoom(m, id)).toBe(room - '{"status":""}\n'.length - 100);
    read();
    expect(progressMoved(m, id)).toEqual({ owner: 'test:1', event: 'room' });
  });

  it('tells when the client is gone', () => {
    const { lab, m, id, fd } = opened();
    lab.close(fd);
    expect(engineState(m).progress).toEqual({});
    expect(progressMoved(m, id)).toBeUndefined();
    sendProgress(m, id, { status: 'nobody reads' });
    closeProgress(m, id);
  });
});
