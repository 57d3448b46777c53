import { expect, test } from 'vitest';
import { Sandbox } from '../../support/sandbox.ts';

test.each([
  ['python:3.13-alpine', 'python', 'print("höi", 1 + 1)\n', 'höi 2\n'],
  ['python:3.13-alpine', 'python -', 'import sys\nprint(sys.argv)\n', "['-']\n"],
  ['node:22-alpine', 'node', 'console.log("höi", 1 + 1)\n', 'höi 2\n'],
  ['php:8-cli', 'php', 'a<?php echo "höi ", 1 + 1, "\\n";\n', 'ahöi 2\n'],
])('%s %s reads its program from the standard input, whenever it comes', (image, command, program, printed) => {
  const sandbox = new Sandbox();
  sandbox.docker('pull', '-q', image);
  const live = sandbox.start('/usr/bin/docker', ['docker', 'run', '-i', '--rm', image, ...command.split(' ')]);
  live.wait(1);
  live.type(program.slice(0, 7));
  live.wait(1);
  sandbox.world = JSON.parse(JSON.stringify(sandbox.world)); // as it is saved meanwhile
  live.type(program.slice(7));
  live.feed({ eof: true });
  expect(live.run()).toMatchObject({ stdout: printed, code: 0 });
});

test('what it prints comes out of the container', () => {
  const sandbox = new Sandbox();
  const line = `echo 'print("hi")' | docker run -i --rm python:3.13-alpine python 2>/dev/null`;
  expect(sandbox.shell(line)).toMatchObject({ stdout: 'hi\n', code: 0 });
});
