import { describe, expect, it } from 'vitest';
import { downloads } from '../../src/engine/images/download.ts';
import { globMatches } from '../../src/engine/images/glob.ts';
import { moment } from '../../src/engine/images/moment.ts';
import { engineState } from '../../src/engine/state.ts';
import { EngineLab } from '../support/engine.ts';
import { emptyEngine, epoch, Sandbox } from '../support/sandbox.ts';

/** A sandbox in which lines were typed; the last one's outcome. */
function after(...lines: string[]) {
  const sandbox = new Sandbox();
  return lines.map((line) => sandbox.shell(line)).at(-1);
}

describe('removing images', () => {
  it('takes names away, and the image with the last one', () => {
    const lab = new EngineLab();
    const before = Object.keys(engineState(lab.machine).layers).length;
    const [{ Id: id }] = lab.call('GET', '/images/json', { query: { filters: '{"reference":["alpine"]}' } }).body;
    lab.call('POST', '/images/alpine/tag', { query: { repo: 'work', tag: '1' } });
    expect(lab.call('DELETE', '/images/work:1').body).toEqual([{ Untagged: 'work:1' }]);
    const removed = lab.call('DELETE', '/images/alpine').body;
    expect(removed.slice(0, 3)).toEqual([
      { Untagged: 'alpine:latest' },
      { Untagged: expect.stringMatching(/^alpine@sha256:/) },
      { Deleted: id },
    ]);
    expect(Object.keys(engineState(lab.machine).layers)).toHaveLength(before - 1);
    expect(lab.call('GET', '/images/alpine/json').body).toEqual({ message: 'No such image: alpine:latest' });
  });

  it('keeps the layers of containers until those are gone', () => {
    const lab = new EngineLab();
    const box = lab.create('box', ['true']);
    expect(lab.call('DELETE', '/images/alpine').body.message).toMatch(
      /^conflict: unable to remove repository reference "alpine" \(must force\) - container \w{12} is using/,
    );
    const layers = Object.keys(engineState(lab.machine).layers).length;
    const removed = lab.call('DELETE', '/images/alpine', { query: { force: '1' } }).body;
    expect(removed.filter((line: object) => 'Deleted' in line)).toHaveLength(1);
    expect(Object.keys(engineState(lab.machine).layers)).toHaveLength(layers);
    expect(lab.call('GET', '/containers/json', { query: { all: '1' } }).body[0].Image).toMatch(/^sha256:/);
    lab.call('DELETE', `/containers/${box}`);
    expect(Object.keys(engineState(lab.machine).layers)).toHaveLength(layers - 1);
  });

  it.each([
    [
      'docker run -d --name box alpine sleep 9; docker rmi -f alpine',
      /^Untagged: alpine:latest\nUntagged: alpine@\S+\n$/,
    ],
    [
      'docker tag alpine work; docker rmi work nosuch 2>&1',
      /^Untagged: work:latest\n.*No such image: nosuch:latest\n$/,
    ],
    ['docker run --name box alpine; docker image prune -af; docker images -q | wc -l', /deleted: sha256[\s\S]*\n1\n$/],
    [
      'docker tag alpine x/y; docker rmi $(docker images -q alpine) 2>&1',
      /\(must be forced\) - image is referenced in/,
    ],
    [
      'docker run -d alpine sleep 9; docker rmi -f $(docker images -q alpine) 2>&1',
      /\(cannot be forced\) - image is being/,
    ],
    [
      'docker run alpine; docker rmi $(docker images -q alpine) 2>&1',
      /\(must be forced\) - image is being used by stopped/,
    ],
  ])('%s', (line, expected) => {
    expect(after(line)?.stdout.replace(/^[0-9a-f]{64}\n/, '')).toMatch(expected);
  });
});

describe('pulling', () => {
  it('brings an image as a job, and shares layers', () => {
    const sandbox = new Sandbox(emptyEngine());
    const first = sandbox.docker('pull', 'postgres:16');
    expect(first.stdout).toMatch(/^16: Pulling from library\/postgres\n\w{12}: Pulling fs layer\n/);
    expect(first.steps.map(({ action }) => action)).toContain('fetch-layers');
    expect(sandbox.docker('pull', 'redis').stdout).toMatch(/: Already exists\n/);
    expect(sandbox.docker('pull', 'postgres:16').stdout).toMatch(
      /^16: Pulling from library\/postgres\nDigest: \S+\nStatus: Image is up to date for postgres:16\ndocker\.io\/library\/postgres:16\n$/,
    );
    expect(sandbox.world.now).toBeGreaterThan(epoch);
  });

  it('comes before run where the image is missing', () => {
    const { code, stderr, stdout } = new Sandbox(emptyEngine()).docker('run', '--rm', 'alpine', 'echo', 'hi');
    expect([code, stdout]).toEqual([0, 'hi\n']);
    expect(stderr).toMatch(
      /^Unable to find image 'alpine:latest' locally\nlatest: Pulling from library\/alpine\n[\s\S]*\nDigest: sha256:\w+\nStatus: Downloaded newer image for alpine:latest\n$/,
    );
  });

  it('fetches the same image by its digest', () => {
    const sandbox = new Sandbox();
    const name = sandbox.shell("docker image inspect alpine -f '{{index .RepoDigests 0}}'").stdout.trim();
    sandbox.docker('rmi', 'alpine');
    expect(sandbox.docker('pull', name).stdout).toContain(`Status: Downloaded newer image for ${name}\n`);
    expect(sandbox.docker('images', 'alpine').stdout).toContain('alpine       <none>');
  });

  it.each([
    ['nosuch', /^Error response from daemon: pull access denied for nosuch, repository does not exist or may require/],
    ['alpine:9.9', /manifest for alpine:9\.9 not found: manifest unknown: manifest unknown/],
    [
      'localhost:5000/x',
      /Get "http:\/\/localhost:5000\/v2\/": dial tcp 127\.0\.0\.1:5000: connect: connection refused/,
    ],
    ['quay.io/x/y', /drydock: the registry quay\.io is not simulated/],
    ['--platform linux/mips64 alpine', /no matching manifest for linux\/mips64 in the manifest list entries/],
    ['-a alpine:3', /^tag can't be used with --all-tags\/-a\n/],
    ['Alpine', /^invalid reference format: repository name \(library\/Alpine\) must be lowercase\n/],
  ])('refuses %s', (args, expected) => {
    const outcome = after(`docker pull ${args}`);
    expect(outcome?.code).toBe(1);
    expect(outcome?.stderr).toMatch(expected);
  });

  it('tells what happens in order, and takes as long as the line and the disk need', () => {
    const layer = (id: string, size: number, present = false) => ({ id, size, diskSize: 2 * size, present });
    const { messages, duration } = downloads([layer('a', 60_000_000), layer('b', 10), layer('c', 1, true)]);
    const told = messages.map(({ message: { id, status, progressDetail } }) => ({ id, status, ...progressDetail }));
    expect(told.filter(({ current }) => current === undefined).map(({ id, status }) => `${id} ${status}`)).toEqual([
      'a Pulling fs layer',
      'b Pulling fs layer',
      'c Already exists',
      'b Download complete',
      'a Verifying Checksum',
      'a Download complete',
      'a Pull complete',
      'b Pull complete',
    ]);
    expect(duration).toBeGreaterThan(1_400_000);
    const done = told
      .filter(({ id, status }) => id === 'a' && status === 'Downloading')
      .map(({ current = 0 }) => current);
    expect(done.length).toBeGreaterThan(10);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(told.some(({ status, total }) => status === 'Extracting' && total === 60_000_000)).toBe(true);
    expect(messages.map(({ at }) => at)).toEqual(messages.map(({ at }) => at).sort((a, b) => a - b));
    expect(downloads([])).toEqual({ messages: [], duration: 0 });
  });
});

it.each([
  ['*', 'alpine', true],
  ['*', 'team/app', false],
  ['team/*:2*', 'team/app:2.0', true],
  ['[a-c]lpine', 'alpine', true],
  ['[^a]lpine', 'alpine', false],
  ['al?ine', 'alpine', true],
  ['a\\*', 'a*', true],
  ['a.c', 'abc', false],
])('the pattern %s and %s: %s', (pattern, name, matches) => {
  expect(globMatches(pattern, name)).toBe(matches);
});

it.each(['[', 'a[]', '\\', '[a-]'])('the pattern %s is none', (pattern) => {
  expect(() => globMatches(pattern, 'a')).toThrow('syntax error in pattern');
});

it('reads moments', () => {
  expect(moment('1h30m', epoch)).toBe(epoch - 5_400_000_000);
  expect(moment('2026-01-02', epoch)).toBe(Date.UTC(2026, 0, 2) * 1000);
  expect(moment('10', epoch)).toBe(10_000_000);
  expect(() => moment('soon', epoch)).toThrow('failed to parse value as time or duration: "soon"');
});
