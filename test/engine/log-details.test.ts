import { expect, test } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

/** Asked of a real engine: labels and variables in the order of their names, escaped as in a query. */
test('docker logs --details puts the chosen labels and variables before each line', () => {
  const sandbox = new Sandbox();
  sandbox.docker('run', '--name', 'plain', 'busybox', 'echo', 'x');
  expect(sandbox.docker('logs', '--details', 'plain').stdout).toBe(' x\n');
  const flags =
    '--label z=26 --label a=1 --label b=two,x -e E1 -e Q=1 -e EMPTY= -e K=ü/é*~a --log-opt env=E1,Q,EMPTY,K';
  sandbox.shell(`E1='a b' docker run --name all ${flags} --log-opt labels=z,a,nosuch,b busybox echo one`);
  expect(sandbox.docker('logs', '--details', 'all').stdout).toBe(
    'E1=a+b,EMPTY=,K=%C3%BC%2F%C3%A9%2A~a,Q=1,a=1,b=two%2Cx,z=26 one\n',
  );
  sandbox.shell(
    'docker run --name some --label zz=1 -e Q1=2 --log-opt labels-regex=^z --log-opt env-regex=Q busybox echo x',
  );
  expect(sandbox.docker('logs', '--details', 'some').stdout).toBe('Q1=2,zz=1 x\n');
});

test('a tag may name fields of the logger', () => {
  const sandbox = new Sandbox();
  sandbox.docker(
    'run',
    '--name',
    'tagged',
    '--log-opt',
    'tag={{.ContainerName}}.{{.ContainerArgs}}',
    'busybox',
    'echo',
    'x',
  );
  expect(sandbox.docker('logs', '--details', 'tagged').stdout).toBe('tag=%2Ftagged.%5Bx%5D x\n');
});

test.each([
  ['mode=nonsense', 'logger: logging mode not supported: nonsense'],
  ['max-buffer-size=4m', "logger: max-buffer-size option is only supported with 'mode=non-blocking'"],
  ['nosuch=1', "unknown log opt 'nosuch' for json-file log driver"],
  ['tag={{upper .Name}}', 'drydock: the log option tag={{upper .Name}} is not simulated'],
  ['tag={{.Hostname}}', 'drydock: the log option tag={{.Hostname}} is not simulated'],
  ['tag={{.Nosuch}}', "can't evaluate field Nosuch in type *logger.Info"],
  ['env-regex=(a+)+', 'drydock: the log option env-regex=(a+)+ is not simulated'],
])('--log-opt %s is refused', (option, why) => {
  const { stderr, code } = new Sandbox().docker('run', '--rm', '--log-opt', option, 'busybox', 'true');
  expect(stderr).toContain(why);
  expect(code).toBe(125);
});
