// What goes wrong on purpose: the words are the real engine's (28.5.2, recorded), the reasons are in the model.
import { describe, expect, it } from 'vitest';
import { firstHost } from '../../src/client/first-host.ts';
import { simulatedEnv } from '../../src/client/options.ts';
import type { World } from '../../src/kernel/state.ts';
import { inject } from '../../src/scenario/inject.ts';
import type { FaultDone } from '../../src/scenario/schema/fault.ts';
import { Stage } from '../../src/scenario/stage.ts';
import { emptyEngine, Sandbox, software } from '../support/sandbox.ts';

const options = { host: firstHost, env: simulatedEnv([], {}) };

/** A shell on a world in which something goes wrong. */
function broken(faults: readonly FaultDone[], world: World = emptyEngine()) {
  const stage = new Stage(world, software, options);
  inject(stage.machine, faults);
  return {
    stage,
    run: (line: string) => {
      const { printed, status } = stage.line(line);
      return { printed: printed.trim(), status };
    },
  };
}

const alpine = () => new Sandbox().world;

describe('a registry that is down', () => {
  it('is told with its status by pull and run', () => {
    const { run } = broken([{ registry: 'down' }]);
    expect(run('docker pull alpine')).toEqual({
      printed:
        'Using default tag: latest\nError response from daemon: received unexpected HTTP status: 503 Service Unavailable',
      status: 1,
    });
    expect(run('docker run --rm alpine true')).toMatchObject({
      printed: expect.stringMatching(
        /^Unable to find image.*\ndocker: Error response from daemon: received unexpected HTTP status: 503/,
      ),
      status: 125,
    });
  });

  it('is told by build at the lookup of the base', () => {
    const { run } = broken([{ registry: 'down' }]);
    const { printed, status } = run("printf 'FROM alpine\\n' | docker build --progress=plain -");
    expect(printed).toContain(
      'ERROR: failed to build: failed to solve: alpine: failed to resolve source metadata for docker.io/library/alpine:latest: ' +
        'unexpected status from HEAD request to https://registry-1.docker.io/v2/library/alpine/manifests/latest: 503 Service Unavailable',
    );
    expect(status).toBe(1);
  });

  it('is asked again and again by push', () => {
    const { stage, run } = broken([{ registry: 'down' }], alpine());
    run('docker tag alpine learner/mine');
    const before = stage.world.now;
    const { printed } = run('docker push learner/mine');
    expect(printed).toMatch(/Preparing\n[0-9a-f]{12}: Retrying in 5 seconds\n[0-9a-f]{12}: Retrying in 4 seconds/);
    expect(printed).toMatch(
      /Retrying in 20 seconds[\s\S]*Retrying in 1 second\nreceived unexpected HTTP status: 503 Service Unavailable$/,
    );
    expect(stage.world.now - before).toBeGreaterThan(50_000_000);
  });

  it('does not keep what is here from running, and works again once it is up', () => {
    const { stage, run } = broken([{ registry: 'down' }], alpine());
    expect(run('docker run --rm alpine echo hi').printed).toBe('hi');
    expect(run('docker login -u learner -p x').printed).toContain(
      'login attempt to https://registry-1.docker.io/v2/ failed with status: 503 Service Unavailable',
    );
    inject(stage.machine, [{ registry: 'up' }]);
    expect(run('docker pull -q hello-world').printed).toBe('docker.io/library/hello-world:latest');
  });
});

describe('the rate limit', () => {
  const words =
    'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit';

  it('counts pulls, and those who log in are not limited', () => {
    const { run } = broken([{ registry: 'limited', left: 1 }]);
    expect(run('docker pull -q hello-world').status).toBe(0);
    expect(run('docker pull -q busybox')).toEqual({ printed: `Error response from daemon: ${words}`, status: 1 });
    expect(run('docker run busybox').printed).toContain(`docker: Error response from daemon: ${words}`);
    expect(run('echo x | docker login -u learner --password-stdin').status).toBe(0);
    expect(run('docker pull -q busybox').status).toBe(0);
  });

  it('holds for builds too', () => {
    const { run } = broken([{ registry: 'limited' }]);
    const build = "printf 'FROM alpine\\n' | docker build -q -";
    expect(run(build).printed).toContain('/manifests/latest: 429 Too Many Requests');
    run('echo x | docker login -u learner --password-stdin');
    expect(run(build).printed).toMatch(/^sha256:/);
  });
});

describe('a disk without room', () => {
  it('stops a pull whose archives do not fit', () => {
    const { run } = broken([{ disk: '10MB' }]);
    const { printed, status } = run('docker pull nginx');
    expect(printed).toMatch(/\nwrite \/var\/lib\/docker\/tmp\/GetImageBlob\d+: no space left on device$/);
    expect(status).toBe(1);
    expect(run('docker images -q').printed).toBe('');
  });

  it('stops a pull whose files do not fit, at the file', () => {
    const { run } = broken([{ disk: '100MB' }]);
    expect(run('docker pull nginx').printed).toMatch(/failed to register layer: write \/\S+: no space left on device$/);
    expect(run("printf 'FROM nginx\\n' | docker build -q -").printed).toMatch(
      /failed to solve: failed to register layer: write \/\S+: no space left on device$/,
    );
  });

  it('is full for programs in containers, and for df', () => {
    const { run } = broken([{ disk: '1MB' }], alpine());
    const { printed } = run("docker run --name big alpine sh -c 'dd if=/dev/zero of=/big bs=1M count=3; echo $?'");
    expect(printed).toContain("dd: error writing '/big': No space left on device\n2+0 records in\n1+0 records out");
    expect(printed).toMatch(/^1$/m);
    expect(run('df / | tail -1').printed).toMatch(/ 100% \/$/);
    expect(run('docker create alpine').printed).toMatch(
      /^Error response from daemon: write \/var\/lib\/docker\/overlay2\/[0-9a-f]{64}-init\/\.tmp-link\d+: no space left on device$/,
    );
    expect(run('docker commit big copy').status).toBe(1);
    run('docker rm big');
    expect(run('docker create alpine').status).toBe(0);
  });

  it('has room again once images are gone', () => {
    const { run } = broken([{ disk: '5MB' }], alpine());
    expect(run('docker pull -q busybox').status).toBe(0);
    expect(run('docker pull -q python').status).toBe(1);
    expect(run('echo much > file && cat file').printed).toBe('much');
    const free = () => Number(/(\d+) +\d+% \/$/.exec(run('df / | tail -1').printed)?.[1]);
    const before = free();
    run('docker rmi alpine');
    expect(free()).toBeGreaterThan(before + 7000);
  });

  it('stops a build whose context does not fit', () => {
    const { run } = broken([{ disk: '2MB' }], alpine());
    run(
      "mkdir app && cd app && printf 'FROM alpine\\nCOPY . /app\\n' > Dockerfile && dd if=/dev/zero of=data bs=1k count=1500",
    );
    expect(run('docker build -q .').printed).toMatch(
      /ResourceExhausted: write \/var\/lib\/docker\/overlay2\/\w+\/diff\/data: no space left on device/,
    );
  });
});

describe('a port that a program of the host has', () => {
  it('cannot be published, and curl meets somebody there', () => {
    const { run } = broken([{ port: 8080, by: 'old-server --port 8080' }], alpine());
    expect(run('docker run -d --name web -p 8080:80 alpine sleep 9').printed).toMatch(
      /driver failed programming external connectivity on endpoint web \([0-9a-f]{64}\): failed to bind host port for 0\.0\.0\.0:8080:172\.17\.0\.2:80\/tcp: address already in use/,
    );
    expect(run('ps aux').printed).toContain('old-server --port 8080');
    expect(run('kill $(pgrep old-server)').status).toBe(0);
    expect(run('docker start web')).toEqual({ printed: 'web', status: 0 });
  });

  it('of another container is told as before', () => {
    const { run } = broken([], alpine());
    run('docker run -d -p 8080:80 alpine sleep 99');
    expect(run('docker run -d -p 8080:80 alpine sleep 99').printed).toContain(
      'Bind for 0.0.0.0:8080 failed: port is already allocated',
    );
  });
});

describe('a program that crashes', () => {
  it('ends with its signal, once', () => {
    const { run } = broken([{ crash: 'sleep 99', after: 2 }], alpine());
    run('docker run -d --name app alpine sleep 99');
    run('sleep 4');
    expect(run("docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' app").printed).toBe('exited 139');
    run('docker start app; sleep 60');
    expect(run("docker inspect -f '{{.State.Status}}' app").printed).toBe('running');
  });

  it('again and again, and a restart policy starts it as often', () => {
    const { run } = broken([{ crash: 'sleep 99', after: 2, signal: 'SIGABRT', again: true }], alpine());
    run('docker run -d --name app --restart on-failure:3 alpine sleep 99; docker run -d --name other alpine sleep 98');
    run('sleep 60');
    expect(run("docker inspect -f '{{.RestartCount}} {{.State.ExitCode}}' app").printed).toBe('3 134');
    expect(run("docker inspect -f '{{.State.Status}}' other").printed).toBe('running');
  });
});
