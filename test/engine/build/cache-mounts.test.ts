import { expect, test } from 'vitest';
import { Sandbox } from '../../support/sandbox.ts';

const file = `FROM alpine
RUN --mount=type=cache,target=/c echo x >> /c/n; wc -l < /c/n > /n
RUN --mount=type=cache,target=/c echo x >> /c/n; wc -l < /c/n > /m
CMD cat /n /m
`;

/** Asked of a real engine. */
test('--no-cache begins a cache of RUN anew, once in a build; else it keeps what earlier builds put there', () => {
  const sandbox = new Sandbox();
  const build = (...flags: string[]) => {
    sandbox.shell(`docker build -q -t x ${flags.join(' ')} - >/dev/null`, {
      stdin: file.replace('echo x', `echo ${flags.length}`),
    });
    return sandbox.docker('run', '--rm', 'x').stdout;
  };
  expect(build()).toBe('1\n2\n');
  expect(build('--label', 'a=b')).toBe('3\n4\n');
  expect(build('--no-cache')).toBe('1\n2\n');
  expect(build('--no-cache')).toBe('1\n2\n');
});

test('an empty Dockerfile on the standard input is none', () => {
  const { stderr, code } = new Sandbox().shell("printf '' | docker build -q -");
  expect(stderr).toContain('failed to read dockerfile: no local sources enabled');
  expect(code).toBe(1);
});
