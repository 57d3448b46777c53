import { expect, it } from 'vitest';
import { Sandbox } from '../../../support/sandbox.ts';

it.each([
  [['--cache-from', 'type=registry,foo'], 'ERROR: invalid value foo\n'],
  [['--cache-to', 'type=inline,foo'], 'ERROR: invalid value foo\n'],
  [['--cache-from', 'ref=x'], 'ERROR: type required form> "ref=x"\n'],
  [['-o', 'type=local,dest'], 'ERROR: invalid value dest\n'],
  [['--secret', 'id=a,foo'], "ERROR: invalid field 'foo' must be a key=value pair\n"],
  [['--secret', 'id='], 'ERROR: failed to build: secret missing ID\n'],
  [['--secret', 'id=a,bar=b'], "ERROR: unexpected key 'bar' in 'bar=b'\n"],
  [
    ['--secret', '"id=a","src=x,y"'],
    'ERROR: failed to build: failed to stat x,y: stat x,y: no such file or directory\n',
  ],
])('docker build %j says what is wrong with it', (flags, words) => {
  const box = new Sandbox();
  box.shell("echo 'FROM scratch' > Dockerfile");
  expect(box.docker('build', ...flags, '.').stderr).toBe(words);
});

it('docker build passes over the cache of GitHub, and reads BUILDKIT_INLINE_CACHE as Go does', () => {
  const box = new Sandbox();
  box.shell("printf 'FROM busybox\\nRUN echo\\n' > Dockerfile");
  const build = (...flags: string[]) => box.docker('build', ...flags, '.').stderr;
  expect(build('--cache-to', 'type=gha', '--cache-from', 'type=gha')).not.toContain('ERROR');
  expect(build('--build-arg', 'BUILDKIT_INLINE_CACHE=TRUE')).toContain('preparing layers for inline cache');
  expect(build('--build-arg', 'BUILDKIT_INLINE_CACHE=yes')).not.toContain('inline cache');
});

it('docker buildx du has one kind of output', () => {
  const { code, stderr } = new Sandbox().docker('buildx', 'du', '--verbose', '--format', 'json');
  expect(stderr).toBe('ERROR: --format and --verbose cannot be used together\n');
  expect(code).toBe(1);
});
