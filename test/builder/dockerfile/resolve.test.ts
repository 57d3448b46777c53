import { describe, expect, it } from 'vitest';
import { DockerfileError } from '../../../src/builder/dockerfile/errors.ts';
import { excerpt } from '../../../src/builder/dockerfile/excerpt.ts';
import { featuresOf } from '../../../src/builder/dockerfile/instructions/features.ts';
import { parseMount } from '../../../src/builder/dockerfile/instructions/mounts.ts';
import { createLinter, parseLintOptions } from '../../../src/builder/dockerfile/lint/linter.ts';
import { parseDockerfile } from '../../../src/builder/dockerfile/parse.ts';
import { readPorts } from '../../../src/builder/dockerfile/ports.ts';
import {
  type BuildParameters,
  baseReference,
  checkBasePlatform,
  copySource,
  neededStages,
  resolveStages,
} from '../../../src/builder/dockerfile/resolve.ts';
import { suggest } from '../../../src/builder/dockerfile/suggest.ts';
import { remoteKind } from '../../../src/builder/dockerfile/validate.ts';
import { formatPlatform, parsePlatform } from '../../../src/builder/platform.ts';
import { formatReference } from '../../../src/oci/reference.ts';

const machine = { os: 'linux', architecture: 'amd64' };
const none: BuildParameters = { buildArgs: {}, target: '', buildPlatform: machine, targetPlatform: machine };
const resolve = (text: string, given: Partial<BuildParameters> = {}) =>
  resolveStages(parseDockerfile(text), { ...none, ...given });

describe('FROM', () => {
  it('sees the global arguments', () => {
    const text = 'ARG A=alpine\nARG T=$A:3\nARG U\nFROM $T AS x\nFROM --platform=linux/${TARGETARCH} $U\n';
    const { stages, globalArgs } = resolve(text, { buildArgs: { U: 'busybox', TARGETARCH: 'arm64' } });
    expect(stages.map(({ base, platform }) => [base, platform && formatPlatform(platform)])).toEqual([
      ['alpine:3', undefined],
      ['busybox', 'linux/arm64/v8'.slice(0, 11)],
    ]);
    expect([globalArgs.get('T'), globalArgs.get('BUILDPLATFORM'), globalArgs.get('TARGETSTAGE')]).toEqual([
      'alpine:3',
      'linux/amd64',
      'default',
    ]);
    expect(stages.map((stage) => formatReference(baseReference(stage)))).toEqual([
      'docker.io/library/alpine:3',
      'docker.io/library/busybox:latest',
    ]);
  });

  it('is marked twice where BuildKit does so', () => {
    expect(() => resolve('FROM --platform=x*y alpine\n')).toThrow(
      expect.objectContaining({
        message: 'failed to parse platform x*y: "x*y": wildcards not yet supported: invalid argument',
        places: [
          { start: 1, end: 1 },
          { start: 1, end: 1 },
        ],
      }),
    );
  });

  it('suggests names of arguments', () => {
    expect(() => resolve('FROM --platform=$BUILDPLATFRM alpine\n')).toThrow(
      'empty platform value from expression $BUILDPLATFRM (did you mean BUILDPLATFORM?)',
    );
  });

  it('has a base of the right platform, or a warning', () => {
    const linter = createLinter(parseLintOptions(''));
    const [stage] = resolve('FROM alpine\n').stages;
    if (!stage) throw new Error('no stage');
    checkBasePlatform(linter, stage, machine, { os: 'linux', architecture: 'arm64', variant: 'v8' });
    checkBasePlatform(linter, stage, machine, machine);
    expect(linter.warnings.map(({ rule, message }) => [rule, message])).toEqual([
      [
        'InvalidBaseImagePlatform',
        'Base image alpine was pulled with platform "linux/arm64/v8", expected "linux/amd64" for current build',
      ],
    ]);
  });
});

describe('COPY --from', () => {
  const { stages, escape: token } = parseDockerfile('FROM a AS one\nFROM b\nFROM c AS one\n');

  it('means a stage by number or name, else an image', () => {
    expect(['0', '1', 'ONE', 'nginx'].map((from) => copySource(from, stages, token))).toEqual([0, 1, 2, undefined]);
  });

  it('makes stages needed', () => {
    const all = resolve(
      'FROM a AS one\nFROM b AS two\nFROM one AS three\nFROM c AS four\nCOPY --from=three x y\nRUN --mount=from=TWO z\nFROM d AS five\n',
    ).stages;
    const needed = (target: string) => [...neededStages(all, target, token)].sort();
    expect([needed('four'), needed('THREE'), needed(''), needed('no')]).toEqual([[0, 1, 2, 3], [0, 2], [4], []]);
  });

  it('has no excerpt when it is wrong', () => {
    expect(() => copySource('3', stages, token)).toThrow(new DockerfileError('unknown-stage', 'invalid stage index 3'));
    expect(() => copySource('$x', stages, token)).toThrow('variable expansion is not supported for --from');
    expect(excerpt('Dockerfile', '', [])).toBe('');
  });
});

describe('platforms', () => {
  it.each([
    ['linux', 'linux/amd64'],
    ['arm64', 'linux/arm64'],
    ['x86_64', 'linux/amd64'],
    ['Linux/aarch64', 'linux/arm64'],
    ['linux/arm', 'linux/arm'],
    ['linux/arm/7', 'linux/arm/v7'],
    ['linux/armhf', 'linux/arm'],
    ['linux/armel', 'linux/arm/v6'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/arm64/v8', 'linux/arm64/v8'],
    ['macos/arm64', 'darwin/arm64'],
    ['windows(10.0.17763)/amd64', 'windows(10.0.17763)/amd64'],
  ])('%s is %s', (text, shown) => {
    expect(formatPlatform(parsePlatform(text, machine))).toBe(shown);
  });
});

describe('ports', () => {
  it.each([
    ['80', ['80/tcp']],
    ['80-82/UDP', ['80/udp', '81/udp', '82/udp']],
    ['8080:80/sctp', ['80/sctp']],
    ['127.0.0.1:8080-8081:80-81', ['80/tcp', '81/tcp']],
    ['[::1]:1:2', ['2/tcp']],
    ['::1:1:2', ['2/tcp']],
    ['0', ['0/tcp']],
  ])('%s', (port, spelt) => {
    expect(readPorts([port])).toEqual(spelt);
  });
});

describe('mounts', () => {
  const mount = (value: string) => parseMount(value, (word) => word);

  it('read all their fields', () => {
    expect(mount('type=secret,id=key,target=/k,required,mode=0400,uid=1,gid=2,env=KEY')).toEqual({
      type: 'secret',
      id: 'key',
      target: '/k',
      required: true,
      readOnly: true,
      mode: 0o400,
      uid: 1,
      gid: 2,
      env: 'KEY',
    });
    expect(mount('type=tmpfs,dst=/t,size=1.5g')).toMatchObject({ target: '/t', sizeLimit: 1.5 * 2 ** 30 });
    expect(mount('"src=a,b",dst=/t,rw')).toMatchObject({ source: 'a,b', readOnly: false });
    expect(mount('type=CACHE,target=/c,sharing=locked,ro').readOnly).toBe(true);
  });
});

describe('words', () => {
  it('are suggested when they are near', () => {
    expect(suggest('frm', ['chown', 'from'])).toBe('from');
    expect(suggest('rnu', ['ENV', 'RUN'], true)).toBe('run');
    expect(suggest('Fro', ['FROM'], true)).toBe('from');
    expect(suggest('from', ['from'])).toBeUndefined();
    expect(suggest('xyzzy', ['from', 'run'])).toBeUndefined();
  });

  it('of a frontend say what it can do', () => {
    expect(featuresOf('docker/dockerfile:1')).toEqual({ parents: true, security: true });
    expect(featuresOf('docker.io/docker/dockerfile:1.4')).toEqual({});
    expect(featuresOf('docker/dockerfile:1.7-labs')).toEqual({ parents: true, security: true });
    expect(featuresOf('someone/else')).toBeUndefined();
  });

  it('of ADD may be remote', () => {
    const sources = ['a.txt', 'https://x.y/z', 'https://x.y/z.git#v1', 'git@github.com:a/b.git', 'ssh://a@b/c'];
    expect(sources.map(remoteKind)).toEqual([undefined, 'http', 'git', 'git', 'git']);
  });
});
