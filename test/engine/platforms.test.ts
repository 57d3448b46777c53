import { describe, expect, it } from 'vitest';
import { emptyEngine, Sandbox } from '../support/sandbox.ts';

const machine = () => new Sandbox(emptyEngine());

describe('images for another processor', () => {
  it('are pulled when they are asked for, and do not run', () => {
    const world = machine();
    expect(world.docker('pull', '-q', '--platform', 'linux/arm64', 'alpine').code).toBe(0);
    expect(world.docker('image', 'inspect', 'alpine', '-f', '{{.Os}}/{{.Architecture}}').stdout).toBe('linux/arm64\n');
    // words and status as recorded of engine 28.5.2
    const said = world.docker('run', '--rm', 'alpine', 'echo', 'hi');
    expect(said).toMatchObject({ code: 255, stdout: '' });
    expect(said.stderr).toBe(
      "WARNING: The requested image's platform (linux/arm64) does not match the detected host platform (linux/amd64/v4) and no specific platform was requested\n" +
        'exec /bin/echo: exec format error\n',
    );
    const asked = world.docker('run', '--name', 'job', '--platform', 'linux/arm64', 'alpine', 'echo');
    expect(asked).toMatchObject({ code: 255, stderr: 'exec /bin/echo: exec format error\n' });
    expect(world.docker('logs', 'job').stderr).toBe('exec /bin/echo: exec format error\n');
    expect(world.docker('inspect', 'job', '-f', '{{.State.Status}} {{.State.ExitCode}}').stdout).toBe('exited 255\n');
  });

  it('are another image under the same tag', () => {
    const world = machine();
    world.docker('pull', '-q', '--platform', 'linux/arm64', 'alpine');
    const said = world.docker('run', '--rm', '--platform', 'linux/amd64', 'alpine', 'uname', '-m');
    expect(said).toMatchObject({ code: 0, stdout: 'x86_64\n' });
    expect(said.stderr).toContain("Unable to find image 'alpine:latest' locally");
    expect(world.docker('run', '--rm', 'alpine', 'true').code).toBe(0);
  });

  it('are not there for every platform', () => {
    const pull = (platform: string) => machine().docker('pull', '--platform', platform, 'alpine').stderr;
    expect(pull('windows/amd64')).toBe(
      'Error response from daemon: no matching manifest for windows/amd64 in the manifest list entries\n',
    );
    expect(pull('nosuch')).toBe(
      'Error response from daemon: "nosuch": unknown operating system or architecture: invalid argument\n',
    );
  });
});
