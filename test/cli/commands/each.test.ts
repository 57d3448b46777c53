import { describe, expect, it } from 'vitest';
import { docker, dockerArgs, type Engine, FakeProcess } from '../fake-sys.ts';

const missing = (name: string) => ({ status: 404, body: { message: `No such container: ${name}` } });
const engine: Engine = ({ path, method }) => {
  const name = decodeURIComponent(path.split('/')[2] ?? '');
  if (name.startsWith('nosuch')) return missing(name);
  if (path.endsWith('/stop') || path.endsWith('/wait') || path.endsWith('/restart')) return { job: name };
  return { status: method === 'DELETE' ? 204 : 204 };
};

describe('commands for each of their arguments', () => {
  it('stop asks for all at once and prints in order', () => {
    const process = new FakeProcess({ engine }).start('stop', '-t', '3', '-s', 'HUP', 'a', 'nosuch', 'b');
    expect(process.requests).toEqual(['a', 'nosuch', 'b'].map((n) => `POST /containers/${n}/stop?signal=HUP&t=3`));
    expect(process.wait).toEqual({ job: 'a' });
    process.job('a', 204, null);
    expect([process.stdout, process.wait]).toEqual(['a\n', { job: 'b' }]);
    process.job('b', 500, { message: 'cannot stop container: b: no' });
    expect(process.stderr).toBe(
      'Error response from daemon: No such container: nosuch\nError response from daemon: cannot stop container: b: no\n',
    );
    expect(process.exit).toBe(1);
  });

  it('wait asks for one after the other and prints their statuses', () => {
    const process = new FakeProcess({ engine }).start('wait', 'a', 'b');
    expect(process.requests).toEqual(['POST /containers/a/wait']);
    process.job('a', 200, { StatusCode: 137 }).job('b', 200, { StatusCode: 0 });
    expect([process.stdout, process.exit]).toEqual(['137\n0\n', 0]);
  });

  it('a deprecated flag is mentioned on standard output', () => {
    expect(docker('restart --time 3 nosuch', { engine })).toEqual({
      stdout: 'Flag --time has been deprecated, use --timeout instead\n',
      stderr: 'Error response from daemon: No such container: nosuch\n',
      code: 1,
    });
  });

  it('rm forgives with --force that there is nothing', () => {
    expect(docker('rm -f nosuch', { engine })).toEqual({
      stdout: '',
      stderr: 'Error response from daemon: No such container: nosuch\n',
      code: 0,
    });
    expect(docker('rm nosuch app', { engine })).toEqual({
      stdout: 'app\n',
      stderr: 'Error response from daemon: No such container: nosuch\n',
      code: 1,
    });
    const process = new FakeProcess({ engine }).start('rm', '-fv', '/app', 'a b');
    expect(process.requests).toEqual(['DELETE /containers/app?force=1&v=1', 'DELETE /containers/a%20b?force=1&v=1']);
  });

  it.each([
    [['rm', ''], 'container name cannot be empty\n'],
    [['stop', ''], 'invalid container name or ID: value is empty\n'],
    [['start', ''], 'invalid container name or ID: value is empty\nError: failed to start containers: \n'],
    [['rename', 'a', ''], 'Error: Neither old nor new names may be empty\n'],
  ])('%j', (args, stderr) => {
    expect(dockerArgs(args, { engine })).toEqual({ stdout: '', stderr, code: 1 });
  });

  it('kill tells which signal', () => {
    expect(new FakeProcess({ engine }).start('kill', '-s', 'USR1', 'a').requests).toEqual([
      'POST /containers/a/kill?signal=USR1',
    ]);
    expect(docker('kill a', { engine }).stdout).toBe('a\n');
  });

  it('rename tells of the container too', () => {
    expect(docker('rename nosuch b', { engine }).stderr).toBe(
      'Error response from daemon: No such container: nosuch\nError: failed to rename container named nosuch\n',
    );
  });

  it('what the engine does not have is not simulated', () => {
    expect(docker('pause a', { engine: () => undefined }).stderr).toBe(
      "drydock: the engine's POST /containers/a/pause is not simulated\n",
    );
  });
});
