import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../src/builder/dockerfile/parse.ts';
import { resolveStages } from '../../src/builder/dockerfile/resolve.ts';
import { readChmod } from '../../src/builder/graph/chmod.ts';
import { convert, type Plan } from '../../src/builder/graph/convert.ts';
import { healthWords, quotedList } from '../../src/builder/graph/go-words.ts';
import type { BaseImage } from '../../src/builder/graph/image.ts';
import { settleHistory } from '../../src/builder/graph/settle.ts';
import { findTarget, linkStages, reachable } from '../../src/builder/graph/stages.ts';
import { chainIds } from '../../src/oci/digest.ts';

const platform = { os: 'linux', architecture: 'amd64' };
const diffId = `sha256:${'1'.repeat(64)}`;

const alpine: BaseImage = {
  reference: 'docker.io/library/alpine:latest',
  image: {
    architecture: 'amd64',
    os: 'linux',
    config: {
      Env: ['PATH=/bin'],
      Cmd: ['/bin/sh'],
      Entrypoint: null,
      WorkingDir: '',
      User: '',
      Labels: {},
      ExposedPorts: [],
      Volumes: [],
    },
    history: [{ created: '2026-01-01T00:00:00Z', createdBy: 'ADD rootfs /', comment: '', emptyLayer: false }],
    layers: [{ diffId, chainId: chainIds([diffId])[0] ?? '', size: 1 }],
  },
};

function plan(text: string, target?: string, buildArgs: { readonly [name: string]: string } = {}): Plan {
  const dockerfile = parseDockerfile(text);
  const parameters = { buildArgs, target: target ?? '', buildPlatform: platform, targetPlatform: platform };
  const { globalArgs, stages } = resolveStages(dockerfile, parameters);
  const nodes = linkStages(stages, []);
  const options = { buildArgs, globalArgs, labels: {}, network: 'default' as const, hosts: [] };
  const images = new Map(
    ['alpine', 'busybox'].map((name) => [name, { ...alpine, reference: `docker.io/library/${name}:latest` }]),
  );
  return convert({
    target: findTarget(nodes, target),
    escape: dockerfile.escape,
    options,
    images,
    triggers: new Map(),
  });
}

const names = (text: string, target?: string): readonly string[] => plan(text, target).vertices.map(({ name }) => name);

describe('the graph of a Dockerfile', () => {
  it('names steps as BuildKit does: without a stage when there is only one', () => {
    expect(names('FROM alpine\nENV V=1\nWORKDIR /app\nRUN echo $V $W\n')).toEqual([
      '[1/3] FROM docker.io/library/alpine:latest',
      '[2/3] WORKDIR /app',
      '[3/3] RUN echo 1 $W',
    ]);
  });

  it('has only what the target needs', () => {
    const text = 'FROM alpine AS a\nRUN one\nFROM alpine AS b\nRUN two\nFROM busybox\nCOPY --from=a /x /x\n';
    expect(names(text)).toEqual([
      '[a 1/2] FROM docker.io/library/alpine:latest',
      '[a 2/2] RUN one',
      '[stage-2 1/2] FROM docker.io/library/busybox:latest',
      '[stage-2 2/2] COPY --from=a /x /x',
    ]);
    expect(names(text, 'b')).toEqual(['[b 1/2] FROM docker.io/library/alpine:latest', '[b 2/2] RUN two']);
    expect(() => plan(text, 'c')).toThrow('target stage "c" could not be found');
  });

  it('counts an image that COPY --from or RUN --mount names as a stage', () => {
    expect(names('FROM alpine\nCOPY --from=busybox /a /a\n')).toContain('FROM docker.io/library/busybox:latest');
    expect(names('FROM alpine\nRUN --mount=type=tmpfs,target=/t true\n').at(-1)).toMatch(/^\[stage-0 2\/2\] RUN/);
  });

  it('has equal steps on equal ground once', () => {
    expect(names('FROM alpine AS a\nRUN same\nFROM alpine\nRUN same\nCOPY --from=a /x /x\n')).toHaveLength(3);
  });

  it('words the history as BuildKit does', () => {
    const text = 'FROM alpine\nARG V=1\nRUN make\nCMD ["a", "b"]\nEXPOSE 80\nCOPY --chown=1 a /b\n';
    const rows = plan(text, undefined, { V: '2' }).draft.history.map(({ createdBy }) => createdBy);
    expect(rows.slice(1)).toEqual([
      'ARG V=2',
      'RUN |1 V=2 /bin/sh -c make # buildkit',
      'CMD ["a" "b"]',
      'EXPOSE [80/tcp]',
      'COPY --chown=1 a /b # buildkit',
    ]);
  });

  it('finds circles', () => {
    const text = 'FROM alpine AS a\nCOPY --from=b /x /x\nFROM alpine AS b\nCOPY --from=a /x /x\n';
    expect(() => plan(text)).toThrow('circular dependency detected on stage: a');
  });

  it('knows which paths of the context are needed', () => {
    expect(plan('FROM alpine\nCOPY a b/*.txt /x/\n').contexts).toEqual({ context: ['/a', '/b/*.txt'] });
    expect(plan('FROM alpine\nCOPY a /x\nCOPY . /y\n').contexts).toEqual({ context: null });
  });
});

describe('stages', () => {
  it('come after what they need', () => {
    const dockerfile = parseDockerfile('FROM alpine AS a\nFROM a AS b\nFROM b\n');
    const { stages } = resolveStages(dockerfile, {
      buildArgs: {},
      target: '',
      buildPlatform: platform,
      targetPlatform: platform,
    });
    const nodes = linkStages(stages, []);
    expect(reachable(findTarget(nodes, undefined)).map(({ index }) => index)).toEqual([0, 1, 2]);
  });
});

describe('--target', () => {
  it('is a name in any case, and no number', () => {
    const text = 'FROM alpine AS Three\nRUN true\nFROM alpine\nRUN false\n';
    expect(names(text, 'THREE').at(-1)).toBe('[three 2/2] RUN true');
    expect(names(text, '').at(-1)).toBe('[stage-1 2/2] RUN false');
    expect(() => plan(text, '0')).toThrow('target stage "0" could not be found');
    expect(() => plan(text, 'thre')).toThrow('target stage "thre" could not be found (did you mean three?)');
  });

  it('FROM does not fold the case of a stage, COPY --from does', () => {
    expect(names('FROM alpine AS One\nRUN true\nFROM alpine\nCOPY --from=ONE / /\n')).toHaveLength(3);
    expect(() => plan('FROM alpine AS One\nFROM One\n')).toThrow();
  });
});

describe('--chmod', () => {
  const change = (text: string, mode: number, isFolder = false): string =>
    readChmod(text)({ mode, isFolder }).toString(8);

  it('has octal and symbolic modes', () => {
    expect(change('640', 0o755)).toBe('640');
    expect(change('u+x,go-r', 0o644)).toBe('700');
    expect(change('a=rX', 0o644)).toBe('444');
    expect(change('a=rX', 0o755, true)).toBe('555');
    expect(change('g=u,o=', 0o644)).toBe('660');
    expect(change('+x', 0o644)).toBe('755');
    expect(change('u+s,+t', 0o755)).toBe('5755');
  });

  it('refuses others as BuildKit words it', () => {
    expect(() => readChmod('u+q')).toThrow('invalid syntax');
    expect(() => readChmod('9999')).toThrow(
      "invalid chmod parameter: '9999'. it should be octal string and between 0 and 07777",
    );
  });
});

describe('the history', () => {
  it('has the time of the layer for each row, and for others that of the first new one or the one before', () => {
    const row = (createdBy: string, emptyLayer: boolean, created?: string) => ({
      createdBy,
      comment: '',
      emptyLayer,
      ...(created ? { created } : {}),
    });
    const rows = [
      row('base', false, 'T0'),
      row('ENV', true),
      row('RUN', false),
      row('CMD', true),
      row('COPY', false),
      row('X', true),
    ];
    expect(settleHistory(rows, ['T0', 'T1', 'T2']).map(({ created }) => created)).toEqual([
      'T0',
      'T1',
      'T1',
      'T1',
      'T2',
      'T2',
    ]);
  });
});

describe('Go words', () => {
  it('quotes lists and health checks as %q does', () => {
    expect(quotedList(['a "b"', 'c\n'])).toBe('["a \\"b\\"" "c\\n"]');
    const words = `&{["CMD-SHELL" "true"] "1m30s" "0s" "0s" "0s" '\\x03'}`;
    expect(healthWords({ test: ['CMD-SHELL', 'true'], interval: 90_000_000, retries: 3 })).toBe(words);
  });
});
