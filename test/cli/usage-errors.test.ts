import { describe, expect, it } from 'vitest';
import { docker, dockerArgs } from './fake-sys.ts';

const usage = (path: string, rest: string, last = 'Run') =>
  `\n\nUsage:  ${path}${rest && ` ${rest}`}\n\n${last} '${path} --help' for more information\n`;
const runUsage = usage('docker run', '[OPTIONS] IMAGE [COMMAND] [ARG...]');
const psUsage = usage('docker ps', '[OPTIONS]');
const stopUsage = usage('docker stop', '[OPTIONS] CONTAINER [CONTAINER...]');
const rootUsage = "\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n";

// All of these are what the real client prints, to the byte.
describe('mistakes in flags end with 125', () => {
  it.each([
    ['--bogus ps', `unknown flag: --bogus${rootUsage}`],
    ['-Z', `unknown shorthand flag: 'Z' in -Z${rootUsage}`],
    ['-l', `flag needs an argument: 'l' in -l${rootUsage}`],
    [
      '--debug=x ps',
      `invalid argument "x" for "-D, --debug" flag: strconv.ParseBool: parsing "x": invalid syntax${rootUsage}`,
    ],
    ['ps -Z', `unknown shorthand flag: 'Z' in -Z${psUsage}`],
    ['ps -aZq', `unknown shorthand flag: 'Z' in -Zq${psUsage}`],
    ['ps --al', `unknown flag: --al${psUsage}`],
    ['ps -v', `unknown shorthand flag: 'v' in -v${psUsage}`],
    ['ps --help=x', `invalid argument "x" for "--help" flag: strconv.ParseBool: parsing "x": invalid syntax${psUsage}`],
    ['ps -n x', `invalid argument "x" for "-n, --last" flag: strconv.ParseInt: parsing "x": invalid syntax${psUsage}`],
    [
      'ps -n1x',
      `invalid argument "1x" for "-n, --last" flag: strconv.ParseInt: parsing "1x": invalid syntax${psUsage}`,
    ],
    ['ps --last', `flag needs an argument: --last${psUsage}`],
    [
      'ps -f bogus',
      `invalid argument "bogus" for "-f, --filter" flag: bad format of filter (expected name=value)${psUsage}`,
    ],
    [
      'ps -n 99999999999999999999',
      `invalid argument "99999999999999999999" for "-n, --last" flag: strconv.ParseInt: parsing "99999999999999999999": value out of range${psUsage}`,
    ],
    [
      'stop -t soon web',
      `invalid argument "soon" for "-t, --timeout" flag: strconv.ParseInt: parsing "soon": invalid syntax${stopUsage}`,
    ],
    [
      'stop -tsoon web',
      `invalid argument "soon" for "-t, --timeout" flag: strconv.ParseInt: parsing "soon": invalid syntax${stopUsage}`,
    ],
    ['stop -t', `flag needs an argument: 't' in -t${stopUsage}`],
    ['run --name', `flag needs an argument: --name${runUsage}`],
    ['run -it --rm -d -h', `flag needs an argument: 'h' in -h${runUsage}`],
    ['run --rm --nmae web alpine', `unknown flag: --nmae${runUsage}`],
    ['run --help --bogus', `unknown flag: --bogus${runUsage}`],
    ['run -=x', `unknown shorthand flag: '=' in -=x${runUsage}`],
    ['run --=x', `bad flag syntax: --=x${runUsage}`],
    ['run ---x', `bad flag syntax: ---x${runUsage}`],
    [
      'run -it=x alpine',
      `invalid argument "x" for "-t, --tty" flag: strconv.ParseBool: parsing "x": invalid syntax${runUsage}`,
    ],
    [
      'run --rm=maybe alpine',
      `invalid argument "maybe" for "--rm" flag: strconv.ParseBool: parsing "maybe": invalid syntax${runUsage}`,
    ],
    [
      'run --cpus abc alpine',
      `invalid argument "abc" for "--cpus" flag: failed to parse abc as a rational number${runUsage}`,
    ],
    ['run --cpus 1/3 alpine', `invalid argument "1/3" for "--cpus" flag: value is too precise${runUsage}`],
    ['run -m lots alpine', `invalid argument "lots" for "-m, --memory" flag: invalid size: 'lots'${runUsage}`],
    ['run -m= alpine', `invalid argument "=" for "-m, --memory" flag: invalid size: '='${runUsage}`],
    ['run -m -1 alpine', `invalid argument "-1" for "-m, --memory" flag: invalid size: '-1'${runUsage}`],
    [
      'run -m 1.5.5g alpine',
      `invalid argument "1.5.5g" for "-m, --memory" flag: strconv.ParseFloat: parsing "1.5.5": invalid syntax${runUsage}`,
    ],
    ['run -e = alpine', `invalid argument "=" for "-e, --env" flag: invalid environment variable: =${runUsage}`],
    ['run -l =x alpine', `invalid argument "=x" for "-l, --label" flag: invalid label '=x': empty name${runUsage}`],
    [
      'run -a foo alpine',
      `invalid argument "foo" for "-a, --attach" flag: valid streams are STDIN, STDOUT and STDERR${runUsage}`,
    ],
    ['container --bogus', `unknown flag: --bogus${usage('docker container', '')}`],
    ['container list -Z', `unknown shorthand flag: 'Z' in -Z${usage('docker container ls', '[OPTIONS]')}`],
    ['images --fomat x', `unknown flag: --fomat${usage('docker images', '[OPTIONS] [REPOSITORY[:TAG]]')}`],
    ['top -Z box', `unknown shorthand flag: 'Z' in -Z${usage('docker top', 'CONTAINER [ps OPTIONS]')}`],
  ])('docker %s', (args, stderr) => {
    expect(docker(args)).toEqual({ stdout: '', stderr, code: 125 });
  });
});

it('the value of a flag that is not simulated has to be right too', () => {
  const reason = 'strconv.ParseBool: parsing "8080:80": invalid syntax';
  expect(docker('run -P=8080:80 alpine').stderr).toBe(
    `invalid argument "8080:80" for "-P, --publish-all" flag: ${reason}${runUsage}`,
  );
});

describe('mistakes in arguments and commands end with 1', () => {
  const wrong = (path: string, what: string, rest: string, last?: string) =>
    `docker: '${path}' ${what}${usage(path, rest, last)}`;
  it.each([
    ['run', wrong('docker run', 'requires at least 1 argument', '[OPTIONS] IMAGE [COMMAND] [ARG...]', 'See')],
    ['exec box', wrong('docker exec', 'requires at least 2 arguments', '[OPTIONS] CONTAINER COMMAND [ARG...]', 'See')],
    ['start', wrong('docker start', 'requires at least 1 argument', '[OPTIONS] CONTAINER [CONTAINER...]', 'See')],
    ['ps extra', wrong('docker ps', 'accepts no arguments', '[OPTIONS]')],
    ['ps -- x', wrong('docker ps', 'accepts no arguments', '[OPTIONS]')],
    ['volume ls extra', wrong('docker volume ls', 'accepts no arguments', '[OPTIONS]')],
    ['rename one', wrong('docker rename', 'requires 2 arguments', 'CONTAINER NEW_NAME')],
    ['logs a b', wrong('docker logs', 'requires 1 argument', '[OPTIONS] CONTAINER')],
    ['network create', wrong('docker network create', 'requires 1 argument', '[OPTIONS] NETWORK')],
    ['port', wrong('docker port', 'requires at least 1 and at most 2 arguments', 'CONTAINER [PRIVATE_PORT[/PROTO]]')],
    ['images a b', wrong('docker images', 'requires at most 1 argument', '[OPTIONS] [REPOSITORY[:TAG]]', 'SRun')],
    ['rnu alpine', "docker: unknown command: docker rnu\n\nRun 'docker --help' for more information\n"],
    ['container strat web', `docker: unknown command: docker container strat${usage('docker container', '')}`],
    ['-l loud ps', 'Unable to parse logging level: loud\n'],
    ['-c nosuch -H x ps', 'conflicting options: cannot specify both --host and --context\n'],
    [
      '-H foo://bar ps',
      'Failed to initialize: unable to resolve docker endpoint: invalid bind address format: foo://bar\n',
    ],
    [
      '-c nosuch ps',
      'Failed to initialize: unable to resolve docker endpoint: context "nosuch": context not found: open /root/.docker/contexts/meta/9e62f93eb7d2499903ac66232f187c56fc050eb74c765f90eb214360b21f0e96/meta.json: no such file or directory\n',
    ],
    [
      '-H unix:///nosuch.sock ps',
      'Cannot connect to the Docker daemon at unix:///nosuch.sock. Is the docker daemon running?\n',
    ],
    ['run -it alpine sh', 'the input device is not a TTY\n'],
    ['run -d -a stdout alpine true', 'conflicting options: cannot specify both --attach and --detach\n'],
  ])('docker %s', (args, stderr) => {
    expect(docker(args)).toEqual({ stdout: '', stderr, code: 1 });
  });

  it('an empty word is an unknown command', () => {
    expect(dockerArgs(['']).stderr).toBe(
      "docker: unknown command: docker \n\nRun 'docker --help' for more information\n",
    );
  });

  it('an unknown command of compose is told after its help', () => {
    const { stdout, stderr, code } = docker('compose upp');
    expect(stdout).toMatch(/^Usage: {2}docker compose \[OPTIONS\] COMMAND\n/);
    expect([stderr, code]).toEqual(['unknown docker command: "compose upp"\n', 1]);
  });
});

describe('what is not simulated is refused by name', () => {
  it.each([
    ['run --blkio-weight 300 alpine', 'drydock: the flag --blkio-weight of docker run is not simulated\n', 125],
    ['run --use-api-socket alpine', 'drydock: the flag --use-api-socket of docker run is not simulated\n', 125],
    [
      'run -d --cgroup-parent x.slice alpine',
      'drydock: the flag --cgroup-parent of docker run is not simulated\n',
      125,
    ],
    ['--tls ps', 'drydock: the flag --tls of docker is not simulated\n', 125],
    ['swarm init', "drydock: 'docker swarm init' is not simulated\n", 1],
    ['node ls', "drydock: 'docker node ls' is not simulated\n", 1],
    ['compose up -d', "drydock: 'docker compose up' is not simulated\n", 1],
    ['compose -f x.yml up', "drydock: 'docker compose up' is not simulated\n", 1],
  ])('docker %s', (args, stderr, code) => {
    expect(docker(args)).toEqual({ stdout: '', stderr, code });
  });
});

it('tells its version', () => {
  expect(docker('--version')).toEqual({ stdout: 'Docker version 28.5.2, build ecc6942\n', stderr: '', code: 0 });
  expect(docker('-v').stdout).toBe(docker('--version').stdout);
});
