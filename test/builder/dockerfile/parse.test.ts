import { describe, expect, it } from 'vitest';
import { DockerfileError } from '../../../src/builder/dockerfile/errors.ts';
import { parseDockerfile, parseTrigger } from '../../../src/builder/dockerfile/parse.ts';
import { detectSyntax } from '../../../src/builder/dockerfile/syntax.ts';
import type { Instruction } from '../../../src/builder/dockerfile/types.ts';
import { encodeUtf8 } from '../../../src/kernel/bytes.ts';

const parse = (text: string) => parseDockerfile(encodeUtf8(text));

/** The one instruction in `text`. */
function only<K extends Instruction['kind']>(kind: K, text: string): Extract<Instruction, { kind: K }> {
  const [instruction] = parse(`FROM alpine\n${text}\n`).stages[0]?.instructions ?? [];
  if (instruction?.kind !== kind) throw new Error(`${kind} expected, ${instruction?.kind} found`);
  return instruction as Extract<Instruction, { kind: K }>;
}

function failure(text: string): DockerfileError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof DockerfileError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('stages', () => {
  it('have names in lower case, platforms and descriptions', () => {
    const { stages, globalArgs } = parse(
      'ARG V=1\n# build makes it\nFROM --platform=$P golang:$V AS Build\nRUN make\nFROM scratch\n',
    );
    expect(globalArgs[0]?.args).toEqual([{ key: 'V', value: '1' }]);
    expect(
      stages.map(({ base, stageName, platform, description }) => [base, stageName, platform, description]),
    ).toEqual([
      ['golang:$V', 'build', '$P', 'makes it'],
      ['scratch', undefined, undefined, undefined],
    ]);
    expect(stages[0]?.instructions).toHaveLength(1);
  });

  it('keep the lines of what is written', () => {
    const [stage] = parse('# c\nFROM alpine\n\nRUN a \\\n # why\n  b\nCMD x\n').stages;
    expect(stage?.range).toEqual({ start: 2, end: 2 });
    expect(stage?.instructions.map(({ source, range }) => [source, range])).toEqual([
      ['RUN a   b', { start: 4, end: 6 }],
      ['CMD x', { start: 7, end: 7 }],
    ]);
  });
});

describe('command lines', () => {
  it('are JSON or for the shell', () => {
    expect(only('run', 'RUN ["a", "b\\u00e9\\n"]').command).toEqual({ words: ['a', 'bé\n'], shell: false });
    expect(only('cmd', "CMD ['a', 'b']").command).toEqual({ words: ["['a', 'b']"], shell: true });
    expect(only('cmd', 'CMD ["a", "b",]').command).toEqual({ words: ['["a", "b",]'], shell: true });
    expect(only('cmd', 'CMD [1e999]').command).toEqual({ words: ['[1e999]'], shell: true });
    expect(only('entrypoint', 'ENTRYPOINT []').command).toEqual({ words: [], shell: false });
    expect(only('entrypoint', 'ENTRYPOINT  exec   a  b').command).toEqual({ words: ['exec   a  b'], shell: true });
  });

  it('have escapes of the file’s choice', () => {
    const [stage] = parse('# escape=`\nFROM alpine\nRUN a `\n b \\\nUSER x\n').stages;
    expect(stage?.instructions.map((each) => each.source)).toEqual(['RUN a  b \\', 'USER x']);
  });
});

describe('here-documents', () => {
  it('of RUN, several, with tabs', () => {
    const run = only('run', 'RUN cat <<A - <<-B >x\n\ta\nA\n\tb\n\tB');
    expect(run.command.words).toEqual(['cat <<A - <<-B >x']);
    expect(run.documents).toEqual([
      { name: 'A', data: '\ta\n', chomp: false },
      { name: 'B', data: '\tb\n', chomp: true },
    ]);
    expect(run.range).toEqual({ start: 2, end: 6 });
  });

  it('of COPY are files', () => {
    const copy = only('copy', 'COPY --chmod=755 <<-a.sh <<"b.c" d /x/\n\techo $A\na.sh\n\t$B\nb.c');
    expect(copy.inline).toEqual([
      { path: 'a.sh', data: 'echo $A\n', expand: true },
      { path: 'b.c', data: '\t$B\n', expand: false },
    ]);
    expect([copy.sources, copy.destination, copy.chmod]).toEqual([['d'], '/x/', '755']);
  });

  it('of ONBUILD stay with it', () => {
    const { expression } = only('onbuild', 'ONBUILD RUN <<EOF\necho a\nEOF');
    expect(expression).toBe('RUN <<EOF\necho a\nEOF');
    const trigger = parseTrigger(expression, { start: 7, end: 7 });
    expect(trigger).toMatchObject({ kind: 'run', fromOnbuild: true, range: { start: 7, end: 7 } });
    expect(trigger.kind === 'run' && trigger.documents[0]?.data).toBe('echo a\n');
  });

  it('are not in JSON, nor in other instructions', () => {
    expect(only('run', 'RUN ["cat", "<<EOF"]').documents).toEqual([]);
    expect(only('label', 'LABEL a="<<EOF"').pairs).toEqual([{ key: 'a', value: '"<<EOF"' }]);
    expect(only('run', 'RUN echo $((1<<2))').documents).toEqual([]);
  });

  it('have to end', () => {
    const error = failure('FROM alpine\nRUN <<EOF\na\n');
    expect([error.code, error.message, error.places]).toEqual([
      'here-document',
      'unterminated heredoc',
      [{ start: 2, end: 3 }],
    ]);
  });
});

describe('flags', () => {
  it('of COPY and ADD', () => {
    expect(only('copy', 'COPY --from=0 --link --chown="a b" --exclude=x --exclude=y a b')).toMatchObject({
      from: '0',
      link: true,
      chown: 'a b',
      exclude: ['x', 'y'],
      parents: false,
      sources: ['a'],
    });
    const add = only('add', 'ADD --keep-git-dir=false --checksum=sha256:1 a b');
    expect([add.keepGitDir, add.checksum, add.unpack]).toEqual([false, 'sha256:1', undefined]);
    expect(only('copy', 'COPY -- --a b').sources).toEqual(['--a']);
  });

  it('of RUN', () => {
    const run = only('run', 'RUN --mount=type=cache,target=/c --mount=from=x,target=/y --network=none make');
    expect([run.mountFlags.length, run.mounts[1]?.from, run.network]).toEqual([2, 'x', 'none']);
    expect([run.flagsUsed, run.command.words]).toEqual([['mount', 'network'], ['make']]);
  });

  it('that only newer frontends have', () => {
    const text = encodeUtf8('FROM alpine\nCOPY --parents a b\nRUN --security=insecure c\n');
    expect(() => parseDockerfile(text)).toThrow('unknown flag: --parents');
    const [stage] = parseDockerfile(text, { parents: true, security: true }).stages;
    expect(stage?.instructions).toMatchObject([{ parents: true }, { security: 'insecure' }]);
  });

  it('of HEALTHCHECK', () => {
    const { health } = only('healthcheck', 'HEALTHCHECK --interval=1m30s --timeout=0 --retries=3 CMD curl -f /');
    expect(health).toEqual({ test: ['CMD-SHELL', 'curl -f /'], interval: 90_000_000, retries: 3 });
    expect(only('healthcheck', 'healthcheck cmd ["a"]').health.test).toEqual(['CMD', 'a']);
  });
});

describe('names and values', () => {
  it('in both forms', () => {
    expect(only('env', 'ENV a=1 b="x y" c=\\ d').pairs).toEqual([
      { key: 'a', value: '1' },
      { key: 'b', value: '"x y"' },
      { key: 'c', value: '\\ d' },
    ]);
    expect(only('env', 'ENV a  b c').pairs).toEqual([{ key: 'a', value: 'b c', legacy: true }]);
    expect(only('arg', '# A is one\nARG A B=2').args).toEqual([
      { key: 'A', description: 'is one' },
      { key: 'B', value: '2' },
    ]);
  });

  it('of EXPOSE are in order', () => {
    expect(only('expose', 'EXPOSE 9 80/tcp 443').ports).toEqual(['443', '80/tcp', '9']);
  });
});

describe('files', () => {
  it('may begin with a byte order mark and have carriage returns', () => {
    const { stages } = parseDockerfile('\xef\xbb\xbf# escape=`\r\nFROM alpine\r\nCMD a\r\n');
    expect(stages[0]?.instructions[0]?.source).toBe('CMD a');
  });

  it('have lines of 65535 bytes at most', () => {
    expect(parse(`FROM alpine\nUSER ${'a'.repeat(65_530)}\n`).stages).toHaveLength(1);
    expect(failure(`FROM alpine\nUSER ${'a'.repeat(65_531)}\n`).message).toBe(
      'dockerfile line greater than max allowed size of 65535',
    );
  });

  it('name their frontend', () => {
    expect(detectSyntax('# syntax=docker/dockerfile:1 x\nFROM a\n')).toEqual({ image: 'docker/dockerfile:1', line: 1 });
    expect(detectSyntax('#!/usr/bin/env x\n//syntax=me/mine\n')).toEqual({ image: 'me/mine', line: 2 });
    expect(detectSyntax('{"syntax": "json/one"}')?.image).toBe('json/one');
    expect(detectSyntax('FROM a\n# syntax=x\n')).toBeUndefined();
  });
});
