import { describe, expect, it } from 'vitest';
import { firstHost } from '../../../src/client/first-host.ts';
import { engineState } from '../../../src/engine/state.ts';
import { begin, machineOf } from '../../../src/kernel/simulation.ts';
import { faultsOf } from '../../support/invariants.ts';
import { besideRegistry, emptyEngine, type Outcome, Sandbox, software } from '../../support/sandbox.ts';

function built(sandbox: Sandbox, dockerfile: string, ...flags: string[]): Outcome {
  const quoted = dockerfile.replaceAll("'", "'\\''");
  return sandbox.shell(`printf '%s' '${quoted}' | docker build ${flags.join(' ')} -`, { env: { NO_COLOR: '1' } });
}

const cached = ({ stderr }: Outcome): number => stderr.split('\n').filter((line) => line.endsWith(' CACHED')).length;
const reasons = ({ steps }: Outcome): readonly unknown[] =>
  steps.filter(({ action }) => action === 'build-miss').map(({ data }) => (data as { reason: unknown }).reason);

describe('docker build', () => {
  it('uses what was built before, and says why it could not', () => {
    const sandbox = new Sandbox();
    const text = 'FROM alpine\nARG V=1\nWORKDIR /app\nRUN echo $V\nRUN true\n';
    expect(reasons(built(sandbox, text))).toMatchObject([{ why: 'new' }, { why: 'parent' }, { why: 'parent' }]);
    expect(cached(built(sandbox, text))).toBe(3);
    expect(reasons(built(sandbox, text, '--build-arg V=2'))).toMatchObject([
      { why: 'argument', name: 'V', before: '1', now: '2' },
      { why: 'parent' },
    ]);
    expect(reasons(built(sandbox, text, '--no-cache'))).toMatchObject([
      { why: 'no-cache' },
      { why: 'no-cache' },
      { why: 'no-cache' },
    ]);
    expect(reasons(built(sandbox, text.replace('RUN true', 'RUN id')))).toMatchObject([
      { why: 'instruction', before: 'RUN true' },
    ]);
  });

  it('keeps the folders of sources with --parents, from a pivot on', () => {
    const sandbox = new Sandbox();
    sandbox.shell('mkdir -p c/a/b/d c/x && echo 1 > c/a/b/d/f && echo 2 > c/a/b/g && echo 3 > c/x/h');
    const lines = [
      '# syntax=docker/dockerfile:1',
      'FROM alpine',
      'COPY --parents a/b/d/f a/./b/g x /p/',
      'COPY --parents a/*/g /q/',
    ];
    sandbox.shell(
      `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} > c/Dockerfile && docker build -q -t p c`,
    );
    const { stdout } = sandbox.docker('run', '--rm', 'p', 'find', '/p', '/q', '-type', 'f');
    expect(stdout.trim().split('\n').sort()).toEqual(['/p/a/b/d/f', '/p/b/g', '/p/x/h', '/q/a/b/g']);
  });

  it('asks whether another stage or a well-known image was meant', () => {
    const sandbox = new Sandbox();
    const told = (text: string) => built(sandbox, text).stderr.trim().split('\n').at(-1);
    expect(told('FROM alpine AS build\nFROM alpine\nCOPY --from=biuld /etc/hosts /\n')).toMatch(
      / \(did you mean build\?\)$/,
    );
    expect(told('FROM ubunti\n')).toMatch(
      /^ERROR: failed to build: failed to solve: ubunti: .* \(did you mean ubuntu\?\)$/,
    );
    expect(told('FROM nothing-like-it\n')).not.toContain('did you mean');
  });

  it('does not take an image of another platform for its own', () => {
    const sandbox = new Sandbox(besideRegistry(emptyEngine()));
    expect(sandbox.docker('pull', '-q', '--platform', 'linux/arm64', 'alpine').code).toBe(0);
    sandbox.shell('docker tag alpine 127.0.0.1:5000/arm && docker push -q 127.0.0.1:5000/arm');
    const text = 'FROM alpine\nRUN uname -m\n';
    expect(built(sandbox, text).stderr).toMatch(/FROM docker\.io\/library\/alpine:latest@sha256:[\s\S]* x86_64\n/);
    const other = built(sandbox, text.replace('alpine', '127.0.0.1:5000/arm'));
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('WARN: InvalidBaseImagePlatform: Base image 127.0.0.1:5000/arm was pulled with');
    expect(other.stderr).toMatch(/failed to solve: drydock: building on an image for linux\/arm64 is not simulated\n$/);
  });

  it('knows images of other registries, and takes a digest beside a tag for an earlier image of the tag', () => {
    const sandbox = new Sandbox();
    const digest = `sha256:${'1'.repeat(64)}`;
    const text = `FROM alpine:3.20@${digest} AS a\nFROM gcr.io/distroless/static-debian12:nonroot\nCOPY --from=a /etc/alpine-release /r\n`;
    expect(built(sandbox, text, '-t d').code).toBe(0);
    expect(sandbox.docker('inspect', '-f', '{{.Config.User}} {{.Config.WorkingDir}}', 'd').stdout).toBe(
      '65532 /home/nonroot\n',
    );
    expect(sandbox.docker('run', '--rm', 'd', 'sh').stderr).toContain('exec: "sh": executable file not found in $PATH');
    expect(built(sandbox, 'FROM gcr.io/someone/else\n').stderr).toContain(
      'drydock: gcr.io/someone/else is not known here: it is outside of the simulated network',
    );
    expect(built(sandbox, `FROM alpine@${digest}\n`).stderr).toContain(`alpine@${digest}: not found`);
    expect(sandbox.docker('push', 'gcr.io/someone/else').code).toBe(1);
  });

  it('names the files that changed; times do not count', () => {
    const sandbox = new Sandbox();
    sandbox.shell("mkdir c && echo 1 > c/a && echo 1 > c/b && printf 'FROM alpine\\nCOPY . /x\\n' > c/Dockerfile");
    expect(sandbox.shell('docker build c').code).toBe(0);
    expect(cached(sandbox.shell('touch c/a; docker build c'))).toBe(1);
    expect(reasons(sandbox.shell('echo 2 > c/b; docker build c'))).toEqual([
      { why: 'files', files: ['b'], modes: [], more: 0 },
    ]);
    expect(reasons(sandbox.shell('chmod +x c/a; docker build c'))).toEqual([
      { why: 'files', files: ['a'], modes: ['a'], more: 0 },
    ]);
  });

  it('gives the same image for the same Dockerfile', () => {
    const sandbox = new Sandbox();
    const text = 'FROM alpine\nRUN echo a > /a\nCMD ["cat", "/a"]\n';
    const first = built(sandbox, text, '-q').stdout;
    expect(first).toMatch(/^sha256:[0-9a-f]{64}\n$/);
    expect(built(sandbox, text, '-q').stdout).toBe(first);
  });

  it('leaves nothing behind, whether it succeeds or fails', () => {
    const sandbox = new Sandbox();
    built(sandbox, 'FROM alpine\nRUN sleep 1 & echo hi\nRUN --mount=type=cache,target=/c echo 1 > /c/f\n');
    expect(built(sandbox, 'FROM alpine\nRUN exit 3\n').code).toBe(1);
    expect(
      built(sandbox, 'FROM alpine AS a\nRUN sleep 9\nFROM alpine AS b\nRUN false\nFROM a\nCOPY --from=b / /\n').stderr,
    ).toContain('CANCELED');
    const m = machineOf(begin(sandbox.world, software), firstHost);
    expect(engineState(m).build?.jobs).toEqual({});
    expect(Object.values(m.kernel.processes).filter(({ path }) => path === '/usr/bin/runc')).toEqual([]);
    expect(Object.keys(m.kernel.cgroups).filter((path) => path.includes('buildkit'))).toEqual([]);
    expect(faultsOf(sandbox.world)).toEqual([]);
  });

  it('keeps the folder of a cache mount, and no secret', () => {
    const sandbox = new Sandbox();
    const text =
      'FROM alpine\nARG N\nRUN --mount=type=cache,target=/c echo $N >> /c/f; cat /c/f > /seen\nCMD ["cat", "/seen"]\n';
    built(sandbox, text, '--build-arg N=1');
    built(sandbox, text, '--build-arg N=2 -t two');
    expect(sandbox.shell('docker run --rm two').stdout).toBe('1\n2\n');
    sandbox.shell('echo topsecret > s');
    const secret =
      'FROM alpine\nRUN --mount=type=secret,id=s cat /run/secrets/s | wc -c > /n; ls /run\nCMD cat /n; ls /run/secrets\n';
    expect(built(sandbox, secret, '--secret id=s,src=s -t secret').code).toBe(0);
    expect(sandbox.shell('docker run --rm secret').stdout).toBe('10\n');
  });

  it('copies between stages, and builds only what is needed', () => {
    const sandbox = new Sandbox();
    const text =
      'FROM alpine AS a\nRUN mkdir /o && echo hi > /o/f\nFROM alpine AS unused\nRUN exit 1\nFROM scratch\nCOPY --from=a /o /\n';
    expect(built(sandbox, text, '-t out').code).toBe(0);
    expect(
      sandbox.shell('docker create --name grab out x > /dev/null && docker cp grab:/f . && cat f').stdout,
    ).toContain('hi\n');
  });

  it.each([
    ['FROM alpine\nADD https://example.com/x /x\n', 'drydock: ADD of https://example.com/x'],
    ['FROM nosuchimage\n', 'pull access denied, repository does not exist'],
    ['FROM alpine\nCOPY a /a\n', '"/a": not found'],
    ['# syntax=example/other\nFROM alpine\n', 'drydock: the frontend example/other'],
    ['FROM alpine\nUSER nosuch\nRUN id\n', 'unable to find user nosuch: no matching entries in passwd file'],
  ])('fails with words: %j', (text, words) => {
    const { code, stderr } = built(new Sandbox(), text);
    expect(stderr).toContain(words);
    expect(code).toBe(1);
  });

  it('refuses by name what it cannot do', () => {
    const sandbox = new Sandbox();
    const say = (line: string) => sandbox.shell(line).stderr;
    expect(say('docker build https://github.com/a/b.git')).toContain(
      'drydock: a build context from https://github.com/a/b.git',
    );
    expect(say('DOCKER_BUILDKIT=0 docker build .')).toContain(
      'the legacy builder (DOCKER_BUILDKIT=0) is not simulated',
    );
    expect(say('docker build --platform linux/arm64 .')).toContain('the platform linux/arm64');
    expect(say('docker build --shm-size 1g .')).toContain('--shm-size');
  });

  it('is pruned with what its images do not need', () => {
    const sandbox = new Sandbox();
    built(sandbox, 'FROM alpine\nRUN echo a > /a\n', '-t kept');
    expect(sandbox.shell('docker buildx du').stdout).toContain('Reclaimable:');
    expect(sandbox.shell('docker builder prune -af').stdout).toMatch(/^ID\t[\s\S]*Total:\t/);
    expect(cached(built(sandbox, 'FROM alpine\nRUN echo a > /a\n'))).toBe(0);
    expect(sandbox.shell('docker run --rm kept cat /a').stdout).toBe('a\n');
  });
});

describe('links in a build context', () => {
  const sandbox = new Sandbox();
  sandbox.shell(
    'mkdir -p c/d; cd c; echo 1 > d/f; ln -s d ld; ln -s d/f lf; ln -s /etc/passwd out; ln -s ../../etc up',
  );
  const copy = (what: string) =>
    sandbox.shell(`printf 'FROM alpine\\nCOPY ${what}\\n' | docker build -q -t l -f - c && docker run --rm l find /x`);

  it('are followed inside of it, as the real engine does', () => {
    expect(copy('ld/f /x/').stdout).toContain('/x/f\n');
    expect(copy('lf /x/').stdout).toContain('/x/lf\n');
    expect(copy('ld /x').stdout).toContain('/x/f\n');
  });

  it('never lead out of it', () => {
    expect(copy('out /x').stderr).toContain('"/out": not found');
    expect(copy('up/passwd /x').stderr).toContain('"/up/passwd": not found');
  });
});

describe('--build-context', () => {
  it('gives files to FROM and COPY --from, by its own .dockerignore', () => {
    const sandbox = new Sandbox();
    sandbox.shell('mkdir c d; echo 1 > d/a; echo 2 > d/b; echo b > d/.dockerignore; : > c/f');
    sandbox.shell(
      "printf 'FROM alpine\\nCOPY --from=more . /x/\\nCOPY --from=more a /a\\nRUN ls /x\\n' > c/Dockerfile",
    );
    const copied = sandbox.shell('docker build --build-context more=d c');
    expect(copied.stderr).toContain('[context more] load .dockerignore\n');
    expect(copied.stderr).toMatch(/transferring more: \d+B done\n/);
    expect(copied.stderr).toContain('[stage-0 2/4] COPY --from=more . /x/\n');
    expect(copied.stderr).toMatch(/\d a\n#\d+ DONE/);
    sandbox.shell("printf 'FROM more\\nCOPY f /f\\n' > c/Dockerfile");
    expect(sandbox.docker('build', '-t', 'it', '--build-context', 'more=d', 'c').stderr).toContain('1/2] COPY f /f');
    const listed = sandbox.shell('docker create --name it it sh; docker export it | tar t');
    expect(listed.stdout).toMatch(/^a$/m);
    expect(listed.stdout).not.toMatch(/^b$/m);
  });
});

describe('COPY --from of an image', () => {
  it('finds the files of an image that no build has used yet', () => {
    const sandbox = new Sandbox();
    const build = (text: string) => sandbox.shell(`printf '${text}' | docker build -q -`);
    sandbox.shell("docker run --name maker alpine sh -c 'echo made > /made'; docker commit maker mine");
    expect(build('FROM busybox\\nCOPY --from=mine /made /taken\\nRUN grep made /taken\\n').stdout).toMatch(/^sha256:/);
    expect(build('FROM busybox\\nCOPY --from=hello-world /hello /\\n').stdout).toMatch(/^sha256:/);
    expect(build('FROM busybox\\nCOPY --from=mine /nothing /\\n').stderr).toContain('"/nothing": not found');
  });
});
