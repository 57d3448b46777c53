import { describe, expect, it } from 'vitest';
import { type Outcome, Sandbox } from '../../support/sandbox.ts';

function built(sandbox: Sandbox, dockerfile: string, flags = '-'): Outcome {
  const quoted = dockerfile.replaceAll("'", "'\\''");
  return sandbox.shell(`printf '%s' '${quoted}' | docker build ${flags}`, { env: { NO_COLOR: '1' } });
}

const reasons = ({ steps }: Outcome): readonly unknown[] =>
  steps.filter(({ action }) => action === 'build-miss').map(({ data }) => (data as { reason: unknown }).reason);

describe('why a step is not in the cache', () => {
  it.each([
    ['ENV X=1', 'ENV X=2', { why: 'environment', name: 'X', before: '1', now: '2' }],
    ['LABEL a=b', 'ENV X=2', { why: 'environment', name: 'X', before: null, now: '2' }],
    ['ENV X=1', 'LABEL a=b', { why: 'environment', name: 'X', before: '1', now: null }],
    ['ARG V=1', 'ARG V=2', { why: 'argument', name: 'V', before: '1', now: '2' }],
    ['LABEL a=b', 'USER nobody', { why: 'user', before: '', now: 'nobody' }],
    ['LABEL a=b', 'SHELL ["/bin/sh", "-ec"]', { why: 'settings' }],
  ])('%s became %s above it', (before, now, reason) => {
    const sandbox = new Sandbox();
    const text = (setting: string) => `FROM alpine\n${setting}\nRUN echo $X$V\n`;
    built(sandbox, text(before));
    expect(reasons(built(sandbox, text(now)))).toEqual([reason]);
  });

  it('is not looked for in Dockerfiles that have only the image in common', () => {
    const sandbox = new Sandbox();
    built(sandbox, 'FROM alpine\nRUN echo one\n', '-t one -');
    expect(reasons(built(sandbox, 'FROM alpine\nRUN echo two\n', '-t two -'))).toEqual([{ why: 'new' }]);
    expect(reasons(built(sandbox, 'FROM busybox\nRUN echo one\n', '-t three -'))).toEqual([{ why: 'new' }]);
    const again = built(sandbox, 'FROM alpine\nRUN echo three\n', '-t one -');
    expect(reasons(again)).toEqual([{ why: 'instruction', before: 'RUN echo one' }]);
    expect(reasons(built(sandbox, 'FROM busybox\nRUN echo two\n', '-t two -'))).toMatchObject([{ why: 'base' }]);
  });

  it('is looked for in what was built of the same folder', () => {
    const sandbox = new Sandbox();
    const build = (name: string, command: string) =>
      reasons(
        sandbox.shell(
          `mkdir -p ${name}; printf 'FROM alpine\\nRUN ${command}\\n' > ${name}/Dockerfile; docker build ${name}`,
        ),
      );
    expect(build('a', 'id')).toEqual([{ why: 'new' }]);
    expect(build('b', 'true')).toEqual([{ why: 'new' }]);
    expect(build('a', 'date')).toEqual([{ why: 'instruction', before: 'RUN id' }]);
    // what came from the cache was that folder's, too
    expect(build('b', 'id')).toEqual([]);
    expect(build('b', 'sync')).toEqual([{ why: 'instruction', before: 'RUN id' }]);
  });

  it('names files that wildcards select, and says that only their modes changed', () => {
    const sandbox = new Sandbox();
    sandbox.shell(
      "mkdir c; echo 1 > c/a; echo 1 > c/b; printf 'FROM alpine\\nCOPY * /x/\\n' > c/Dockerfile; docker build c",
    );
    const changed = (line: string) => reasons(sandbox.shell(`${line}; docker build c`));
    expect(changed('chmod 700 c/a')).toEqual([{ why: 'files', files: ['a'], modes: ['a'], more: 0 }]);
    expect(changed('echo 2 > c/b; chmod 700 c/b')).toEqual([{ why: 'files', files: ['b'], modes: [], more: 0 }]);
    expect(changed('echo 1 > c/new')).toEqual([{ why: 'files', files: ['new'], modes: [], more: 0 }]);
  });

  it('names files that a RUN mounts', () => {
    const sandbox = new Sandbox();
    sandbox.shell(
      "mkdir c; echo 1 > c/a; echo 1 > c/b; printf 'FROM alpine\\nRUN --mount=type=bind,source=a,target=/a cat /a\\n' > c/Dockerfile; docker build c",
    );
    const changed = (line: string) => reasons(sandbox.shell(`${line}; docker build c`));
    expect(changed('echo 2 > c/b')).toEqual([]);
    expect(changed('echo 2 > c/a')).toEqual([{ why: 'files', files: ['a'], modes: [], more: 0 }]);
  });

  it('does not name files of a folder that were only touched', () => {
    const sandbox = new Sandbox();
    sandbox.shell(
      "mkdir -p c/d; echo 1 > c/d/a; echo 1 > c/d/b; printf 'FROM alpine\\nCOPY d /x\\n' > c/Dockerfile; docker build c",
    );
    const changed = (line: string) => reasons(sandbox.shell(`${line}; docker build c`));
    expect(changed('sleep 1; touch c/d/a; echo 2 > c/d/b')).toEqual([
      { why: 'files', files: ['d/b'], modes: [], more: 0 },
    ]);
    expect(changed('chmod 700 c/d')).toEqual([{ why: 'files', files: ['d'], modes: ['d'], more: 0 }]);
  });
});

describe('FROM --platform', () => {
  it.each(['linux/amd64', 'linux', '$BUILDPLATFORM', '$TARGETPLATFORM'])('%s is the machine', (platform) => {
    expect(built(new Sandbox(), `FROM --platform=${platform} alpine\nRUN true\n`).code).toBe(0);
  });

  it.each(['linux/arm64', 'arm64', 'windows/amd64'])('%s is refused', (platform) => {
    const { code, stderr } = built(new Sandbox(), `FROM --platform=${platform} alpine\nRUN true\n`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/drydock: building for the platform \w+\/\w+ is not simulated\n/);
  });

  it('does not matter in a stage that is not needed', () => {
    const text = 'FROM --platform=linux/arm64 alpine AS other\nRUN true\nFROM alpine\nRUN true\n';
    expect(built(new Sandbox(), text).code).toBe(0);
  });
});
