import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../support/invariants.ts';
import { Sandbox } from '../../support/sandbox.ts';

const error = (text: string): string => `ERROR: failed to build: failed to solve: ${text}\n`;

function failed(prepare: string, ...words: string[]): string {
  return failedWith(1, prepare, ...words);
}

function failedWith(status: number, prepare: string, ...words: string[]): string {
  const sandbox = new Sandbox();
  const images = sandbox.docker('images', '-q').stdout;
  expect(sandbox.shell(prepare).code).toBe(0);
  const { code, stderr } = sandbox.shell(`docker build ${words.join(' ')}`);
  expect(code).toBe(status);
  expect(faultsOf(sandbox.world)).toEqual([]);
  expect(sandbox.docker('images', '-q').stdout).toBe(images);
  return stderr;
}

describe('a context that cannot be used', () => {
  it('has a link that leaves the folder: what it leads to is not there', () => {
    const prepare =
      "mkdir c && echo secret > out && ln -s ../out c/l && printf 'FROM alpine\\nCOPY l /\\n' > c/Dockerfile";
    expect(failed(prepare, 'c')).toMatch(/failed to compute cache key: .*"\/l": not found\n$/);
  });

  it('has links in a circle', () => {
    const prepare = "mkdir c && ln -s b c/a && ln -s a c/b && printf 'FROM alpine\\nCOPY a /\\n' > c/Dockerfile";
    expect(failed(prepare, 'c')).toMatch(/failed to calculate checksum of ref \S+: too many links\n$/);
  });

  it('has no Dockerfile, or a folder of that name, or an empty one', () => {
    expect(failed('mkdir c', 'c')).toContain(
      error('failed to read dockerfile: open Dockerfile: no such file or directory'),
    );
    expect(failed('mkdir -p c/Dockerfile', 'c')).toMatch(
      /failed to read dockerfile: read \/var\/lib\/docker\/tmp\/buildkit-mount\d+\/Dockerfile: is a directory\n$/,
    );
    expect(failed('mkdir c && : > c/Dockerfile', 'c')).toContain(error('the Dockerfile cannot be empty'));
    expect(failed('mkdir c', '-f', 'no/D', 'c')).toBe(
      'ERROR: failed to build: resolve : lstat no: no such file or directory\n',
    );
    expect(failed('mkdir c; : > c/f', '-f', 'c/f/D', 'c')).toBe('ERROR: failed to build: stat c/f: not a directory\n');
  });

  it('has a Dockerfile that is no text', () => {
    expect(failedWith(100, "mkdir c && printf '\\377\\376ELF' > c/Dockerfile", 'c')).toContain(
      error('Internal: stream terminated by RST_STREAM with error code: INTERNAL_ERROR'),
    );
    expect(failed("mkdir c && printf 'FROM alpine\\nRUN echo \\377\\n' > c/Dockerfile", 'c')).toContain(
      error('failed to marshal LLB definition: string field contains invalid UTF-8'),
    );
  });

  it('may not be read', () => {
    const prepare = "mkdir -p c/s && printf 'FROM alpine\\nCOPY . /x\\n' > c/Dockerfile && chmod 0 c/s";
    expect(failed(prepare, 'c')).toContain(error('error from sender: open c/s: permission denied'));
    expect(failed(prepare, './c/.')).toContain(error('error from sender: open c/s: permission denied'));
    expect(failed("mkdir c && printf 'FROM alpine\\n' > c/Dockerfile && chmod 600 c && chmod -x c", 'c')).toContain(
      error('failed to read dockerfile: rpc error: code = Unknown desc = lstat c/Dockerfile: permission denied'),
    );
    expect(failed(':', 'nowhere')).toBe(
      'ERROR: failed to build: unable to prepare context: path "nowhere" not found\n',
    );
  });
});

describe('a step whose program is not there', () => {
  it('tells in what runc writes, and ends with 1', () => {
    const stderr = failed("mkdir c; printf 'FROM scratch\\nCOPY Dockerfile /\\nRUN ls\\n' > c/Dockerfile", 'c');
    expect(stderr).toMatch(
      /\d runc run failed: unable to start container process: error during container init: exec: "\/bin\/sh": stat \/bin\/sh: no such file or directory\n/,
    );
    expect(stderr).toContain(error('process "/bin/sh -c ls" did not complete successfully: exit code: 1'));
  });
});

describe('a file that changes while it is read', () => {
  it('fails the build, which keeps nothing; the next one has what is there', () => {
    const sandbox = new Sandbox();
    sandbox.shell("mkdir c && echo 1 > c/f && printf 'FROM alpine\\nRUN sleep 9\\nCOPY f /f\\n' > c/Dockerfile");
    const build = sandbox.start('/usr/bin/docker', ['docker', 'build', '-t', 'it', 'c']);
    expect(build.wait(3).code).toBeUndefined();
    sandbox.shell('echo 22 > c/f');
    const { code, stderr } = build.run();
    expect(stderr).toMatch(/error from sender: \S*c\/f changed while it was being read\n$/);
    expect(code).toBe(1);
    expect(sandbox.docker('image', 'inspect', 'it').code).toBe(1);
    expect(faultsOf(sandbox.world)).toEqual([]);
    expect(sandbox.docker('build', '-t', 'it', 'c').code).toBe(0);
    expect(sandbox.docker('run', '--rm', 'it', 'cat', '/f').stdout).toBe('22\n');
  });
});
