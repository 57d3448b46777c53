import { describe, expect, it } from 'vitest';
import { firstHost } from '../../../src/client/first-host.ts';
import { tellSteps } from '../../../src/engine/build/story.ts';
import { cacheView } from '../../../src/explain/views/cache.ts';
import { begin, machineOf } from '../../../src/kernel/simulation.ts';
import { Sandbox, software } from '../../support/sandbox.ts';

const told = (sandbox: Sandbox, wanted: string) =>
  tellSteps(machineOf(begin(sandbox.world, software), firstHost), wanted);

const plain = (text: string): string => text;
const style = { bold: plain, dim: plain, heading: plain, actor: plain } as never;

function view(sandbox: Sandbox, wanted: string, lang: 'en' | 'ko'): string {
  const { steps, story } = told(sandbox, wanted);
  const options = { lang, width: 200, plain: true, style, size: (bytes: number) => `${bytes}B` };
  return cacheView(story, steps, wanted, sandbox.world.now, options).join('\n');
}

describe('the story of a step', () => {
  it('has its key, what went into it, and which build has made the result', () => {
    const sandbox = new Sandbox();
    expect(view(sandbox, '', 'en')).toMatch(/No build/);
    sandbox.shell(
      "mkdir c; echo 1 > c/f; printf 'FROM alpine\\nARG V=1\\nRUN echo $V\\nCOPY f /f\\nRUN true\\n' > c/Dockerfile",
    );
    sandbox.docker('build', '-t', 'first', 'c');
    const [first] = told(sandbox, '2').steps;
    expect(first).toMatchObject({
      name: '[2/4] RUN echo 1',
      outcome: 'miss',
      args: { V: '1' },
      kept: { own: true, uses: 1 },
    });
    sandbox.shell('echo 2 > c/f; docker build -t second c');
    const outcomes = told(sandbox, '').steps.map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['hit', 'miss', 'miss']);
    expect(told(sandbox, '2/4').steps).toMatchObject([
      { key: first?.key, kept: { own: false, uses: 2, build: { name: 'docker.io/library/first:latest' } } },
    ]);
    expect(told(sandbox, 'copy').steps).toMatchObject([
      { reason: { why: 'files', files: ['f'] }, kept: { own: true } },
    ]);
    expect(told(sandbox, 'nothing like it').steps).toEqual([]);
    expect(view(sandbox, '[2/4]', 'en')).toMatch(
      /HIT[\s\S]*argument V="1"[\s\S]*made by the build of docker.io\/library\/first:latest/,
    );
    expect(view(sandbox, 'copy', 'ko')).toMatch(/MISS: 새로 실행했어요\. 지난번과 달라진 파일은 f[\s\S]*touch/);
    expect(view(sandbox, '9', 'ko')).toMatch(/9 단계는 없어요[\s\S]*HIT/);
  });

  it('tells of steps that failed and that were not reached', () => {
    const sandbox = new Sandbox();
    sandbox.shell("printf 'FROM alpine\\nRUN exit 3\\nRUN true\\n' | docker build -");
    expect(told(sandbox, '').steps.map(({ outcome }) => outcome)).toEqual(['failed', 'not-reached']);
    expect(view(sandbox, '2', 'en')).toMatch(/FAILED[\s\S]*Nothing is kept/);
    expect(view(sandbox, '3', 'ko')).toMatch(/NOT REACHED/);
  });
});
