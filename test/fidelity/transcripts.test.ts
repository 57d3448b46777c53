import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { besideRegistry, emptyEngine, Sandbox } from '../support/sandbox.ts';
import { normalize } from './normalize.ts';
import { transcriptDeviations } from './transcript-deviations.ts';

interface Transcript {
  readonly topic: string;
  readonly commands: readonly {
    readonly cmd: string;
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
  }[];
}

const folder = new URL('transcripts/', import.meta.url);
const transcripts = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Transcript,
);

/** Replays a recording of the real engine in one sandbox; returns the commands that differ, by their place. */
function differing({ commands }: Transcript): readonly number[] {
  const sandbox = new Sandbox(besideRegistry(emptyEngine())); // as they were recorded
  const different: number[] = [];
  commands.forEach(({ cmd, code, stdout, stderr }, place) => {
    const got = sandbox.shell(cmd, { env: { NO_COLOR: '1', COLUMNS: '120' } });
    const same =
      got.code === code && normalize(got.stdout) === normalize(stdout) && normalize(got.stderr) === normalize(stderr);
    if (!same) different.push(place + 1);
  });
  return different;
}

describe('what a real Docker 28.5.2 printed', () => {
  it.each(transcripts.map((transcript) => [transcript.topic, transcript] as const))('%s', (topic, transcript) => {
    const known = transcriptDeviations[topic] ?? {};
    expect(differing(transcript)).toEqual(Object.keys(known).map(Number));
  });

  it('is matched but for a few commands', () => {
    const all = transcripts.reduce((sum, { commands }) => sum + commands.length, 0);
    const known = Object.values(transcriptDeviations).reduce((sum, places) => sum + Object.keys(places).length, 0);
    expect(known / all).toBeLessThan(0.15);
  });
});
