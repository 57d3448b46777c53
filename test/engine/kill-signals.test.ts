import { expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

// as recorded of engine 28.5.2
it.each([
  ['0', 'nosuch', 'invalid signal: 0'],
  ['FOO', 'nosuch', 'invalid signal: FOO'],
  ['65', 'nosuch', 'the linux daemon does not support signal 65'],
  ['-1', 'nosuch', 'the linux daemon does not support signal -1'],
  ['99', 'nosuch', 'the linux daemon does not support signal 99'],
  ['9', 'nosuch', 'No such container: nosuch'],
])('docker kill -s %s %s', (signal, name, why) => {
  const { stderr, code } = new Sandbox().docker('kill', `--signal=${signal}`, name);
  expect(stderr).toBe(`Error response from daemon: cannot kill container: ${name}: ${why}\n`);
  expect(code).toBe(1);
});
