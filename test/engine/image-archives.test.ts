import { describe, expect, it } from 'vitest';
import { changedConfig } from '../../src/engine/images/changes.ts';
import { parsePlatform } from '../../src/engine/images/platform.ts';
import { engineState } from '../../src/engine/state.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { readTar, type TarEntry, writeTar } from '../../src/oci/tar.ts';
import { EngineLab } from '../support/engine.ts';
import { emptyEngine, Sandbox } from '../support/sandbox.ts';

const member = (path: string, data: string): TarEntry => ({
  path,
  type: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: 0,
  data,
  target: '',
  major: 0,
  minor: 0,
});

/** A lab with a container `box` of alpine that has written a file and deleted one. */
function written(): EngineLab {
  const sandbox = new Sandbox();
  sandbox.shell("docker run --name box alpine sh -c 'echo data > /made; rm /etc/hosts.bak; rm /etc/alpine-release'");
  return new EngineLab(sandbox);
}

function commit(lab: EngineLab, query: { [key: string]: string } = {}, changes: readonly string[] = []): string {
  const made = lab.call('POST', '/commit', { query: { container: 'box', ...query }, body: { changes } });
  if (made.status !== 201) throw new Error(made.body.message);
  return made.body.Id;
}

const imageOf = (lab: EngineLab, id: string) => {
  const image = engineState(lab.machine).images[id];
  if (!image) throw new Error(`no ${id}`);
  return image;
};

describe('commit', () => {
  it('makes a layer of what was written, and ids of real bytes', () => {
    const lab = written();
    const id = commit(lab, { repo: 'snap', tag: '1', author: 'me', comment: 'why' });
    const image = imageOf(lab, id);
    expect(digestOf(image.document ?? '')).toBe(id);
    expect(image.parent).toMatch(/^sha256:/);
    const { parts } = lab.call('GET', '/images/get', { body: { names: ['snap:1'] } }).body;
    const members = readTar(parts.join(''));
    const layer = members.find(({ data }) => readable(data).includes('made'));
    expect(readTar(layer?.data ?? '').map(({ path }) => path)).toEqual(['etc', 'etc/.wh.alpine-release', 'made']);
    expect(digestOf(layer?.data ?? '')).toBe(image.layers.at(-1)?.diffId);
    expect(image.layers.at(-1)?.size).toBe(5);
    expect(image.history.at(-1)).toMatchObject({ author: 'me', comment: 'why', emptyLayer: false });
    expect(lab.call('GET', '/images/snap:1/json').body).toMatchObject({ Comment: 'why', Author: 'me' });
  });

  it('adds no layer when nothing was written', () => {
    const lab = new EngineLab();
    lab.create('box', ['true']);
    const id = commit(lab);
    const image = imageOf(lab, id);
    expect(image.layers).toEqual(imageOf(lab, image.parent ?? '').layers);
    expect(image.history.at(-1)).toMatchObject({ createdBy: 'true', emptyLayer: true });
  });

  it('freezes what runs meanwhile, unless told not to', () => {
    const steps = (line: string) =>
      new Sandbox()
        .shell(`docker run -d --name box alpine sleep 99 && ${line}`)
        .steps.flatMap(({ action, data }) => (action === 'freeze' ? [(data as { frozen: boolean }).frozen] : []));
    expect(steps('docker commit box')).toEqual([true, false]);
    expect(steps('docker commit --pause=false box')).toEqual([]);
    expect(steps('docker pause box && docker commit box')).toEqual([true]);
  });

  it('is shown by history with the images that it was made from', () => {
    const lab = written();
    const id = commit(lab);
    const rows: { Id: string; Tags: string[] | null }[] = lab.call('GET', `/images/${id}/history`).body;
    expect(rows.map(({ Id }) => Id)).toEqual([id, imageOf(lab, id).parent, '<missing>']);
    expect(rows[1]?.Tags).toEqual(['alpine:latest']);
  });

  it('keeps the image below, and lets it go with the last one above', () => {
    const sandbox = new Sandbox();
    const lines = [
      'docker create --name one alpine x; docker commit one a; docker commit one b; docker rm one',
      'docker rmi -f $(docker images -q alpine) 2>&1; docker rmi alpine; docker images -aq | wc -l',
      'docker rmi a | wc -l; docker rmi b | grep -c Deleted; docker images -aq | wc -l',
    ].map((line) => sandbox.shell(line).stdout);
    expect(lines[1]).toMatch(
      /cannot be forced\) - image has dependent child images\nUntagged: alpine:latest\n.*\n4\n$/,
    );
    expect(lines[2]).toBe('2\n3\n1\n');
  });

  it('says what the engine says when the image below is gone', () => {
    const out = new Sandbox().shell('docker create --name one alpine x; docker rmi -f alpine; docker commit one');
    expect(out.stderr).toMatch(
      /^Error response from daemon: failed to get digest sha256:\w{64}: open \S+: no such file/m,
    );
  });
});

function readable(data: string): readonly string[] {
  try {
    return readTar(data).map(({ path }) => path);
  } catch {
    return [];
  }
}

describe('the changes of commit and import', () => {
  const before = { Cmd: ['sh'], Entrypoint: null, Env: ['A=1'], WorkingDir: '/w' };

  it.each([
    [['ENTRYPOINT ["x"]'], { Entrypoint: ['x'], Cmd: null }],
    [['CMD y', 'ENTRYPOINT ["x"]'], { Entrypoint: ['x'], Cmd: ['/bin/sh', '-c', 'y'] }],
    [['ENTRYPOINT []'], { Entrypoint: [], Cmd: ['sh'] }],
    [['ENV B=$A-x A="2 3"'], { Env: ['A=2 3', 'B=1-x'] }],
    [['WORKDIR a', 'WORKDIR ../b'], { WorkingDir: '/w/b' }],
    [['EXPOSE 80 90/udp 1-2'], { ExposedPorts: { '80/tcp': {}, '90/udp': {}, '1/tcp': {}, '2/tcp': {} } }],
    [['VOLUME /a /b', 'VOLUME ["/c"]'], { Volumes: { '/a': {}, '/b': {}, '/c': {} } }],
    [['onbuild RUN x', 'ONBUILD RUN y'], { OnBuild: ['RUN x', 'RUN y'] }],
    [
      ['HEALTHCHECK --interval=2s --retries=3 CMD ["a"]'],
      { Healthcheck: { Test: ['CMD', 'a'], Interval: 2e9, Retries: 3 } },
    ],
  ])('%j', (changes, after) => {
    expect(changedConfig(before, changes)).toMatchObject(after);
  });

  it.each([
    ['RUN x', 'RUN is not a valid change command'],
    ['EXPOSE 70000', 'Invalid containerPort: 70000'],
    ['STOPSIGNAL NOPE', 'invalid signal: NOPE'],
    ['', 'file with no instructions'],
  ])('%s is refused', (change, message) => {
    expect(() => changedConfig(before, [change])).toThrow(message);
  });
});

describe('save and load', () => {
  it('bring a committed image back as it was', () => {
    const lab = written();
    const base = lab.call('POST', '/images/create', {
      query: { fromSrc: '-', repo: 'own' },
      body: { tar: writeTar([member('hi', 'hello')]), changes: ['CMD ["/hi"]'] },
    });
    expect(base.status).toBe(200);
    const id: string = base.body[0].status;
    const before = imageOf(lab, id);
    const tree = engineState(lab.machine).layers[before.layers[0]?.chainId ?? ''];
    const { parts } = lab.call('GET', '/images/get', { body: { names: ['own'] } }).body;
    lab.call('DELETE', '/images/own');
    expect(engineState(lab.machine).layers[before.layers[0]?.chainId ?? '']).toBeUndefined();
    const told = lab.call('POST', '/images/load', { body: { tar: parts.join('') } }).body;
    expect(told).toEqual([
      { id: before.layers[0]?.diffId.slice(7, 19), status: 'Loading layer', current: 2048, total: 2048 },
      { stream: 'Loaded image: own:latest\n' },
    ]);
    expect(imageOf(lab, id)).toEqual(before);
    expect(engineState(lab.machine).layers[before.layers[0]?.chainId ?? '']).toEqual(tree);
  });

  it('keep the id of an image that was built FROM scratch', () => {
    const sandbox = new Sandbox();
    const text = 'FROM scratch\\nCOPY f /f\\nENV A=b\\nCMD [\\"/f\\"]\\n';
    sandbox.shell(`mkdir c; echo data > c/f; printf '${text}' > c/Dockerfile; docker build -q -t own c`);
    const lab = new EngineLab(sandbox);
    const id = lab.call('GET', '/images/own/json').body.Id;
    const { parts } = lab.call('GET', '/images/get', { body: { names: ['own'] } }).body;
    const members = readTar(parts.join(''));
    const [{ Config }] = JSON.parse(members.find(({ path }) => path === 'manifest.json')?.data ?? '[]');
    expect(Config).toBe(`blobs/sha256/${id.slice(7)}`);
    const config = members.find(({ path }) => path === Config)?.data ?? '';
    expect(digestOf(config)).toBe(id);
    // the comment stands in the history only; inspect takes it from there
    expect(Object.keys(JSON.parse(config))).not.toContain('comment');
    expect(lab.call('GET', '/images/own/json').body.Comment).toBe('buildkit.dockerfile.v0');
    expect(
      sandbox.shell('docker save -o own.tar own').steps.find(({ action }) => action === 'save-images')?.data,
    ).toEqual(expect.objectContaining({ rehashed: [] }));
  });

  it('know catalog images again, which are hashed anew in the archive', () => {
    const sandbox = new Sandbox();
    const out = sandbox.shell(
      'docker images --format "{{.ID}} {{.Size}}" alpine; docker save alpine -o a.tar; docker rmi alpine; ' +
        'docker load -i a.tar; docker images --format "{{.ID}} {{.Size}}" alpine; docker load -i a.tar; docker run --rm alpine cat /etc/alpine-release',
    );
    const [size, ...rest] = out.stdout.split('\n');
    expect(rest.slice(-5, -1)).toEqual([
      'Loaded image: alpine:latest',
      size,
      'Loaded image: alpine:latest',
      expect.stringMatching(/^3\./),
    ]);
    const saved = out.steps.find(({ action }) => action === 'save-images');
    expect(saved?.data).toMatchObject({ images: 1, rehashed: ['alpine'] });
  });

  it('refuse a terminal, and tell of layers on one', () => {
    const sandbox = new Sandbox();
    const tty = (...words: string[]) => sandbox.exec('/usr/bin/docker', ['docker', ...words], { tty: true });
    const refusal = 'cowardly refusing to save to a terminal. Use the -o flag or redirect';
    expect(tty('save', 'alpine').stdout).toContain(refusal);
    sandbox.shell('docker create --name one alpine x');
    expect(tty('export', 'one').stdout).toContain(refusal);
    expect(tty('load').stdout).toContain('requested load from stdin, but stdin is empty');
    sandbox.shell('docker save busybox -o b.tar; docker rmi busybox');
    expect(tty('load', '-i', 'b.tar').stdout).toMatch(/\x1b\[1A\x1b\[2K\r\w{12}: Loading layer {2}\S+\/\S+\r\x1b\[1B/);
    expect(tty('load', '-q', '-i', 'b.tar').stdout).not.toContain('Loading');
  });

  it('refuse what is compressed in other ways, by name', () => {
    const out = new Sandbox(emptyEngine()).shell(
      "printf 'BZh91AY' | docker load; printf '\\375\\067zXZ\\000' | docker import -",
    );
    expect(out.stderr).toBe(
      'Error response from daemon: drydock: archives compressed with bzip2 are not simulated\n' +
        'Error response from daemon: drydock: archives compressed with xz are not simulated\n',
    );
  });
});

describe('export and import', () => {
  it('carry hard links, links and declared sizes', () => {
    const sandbox = new Sandbox();
    const out = sandbox.shell(
      "docker run --name one alpine sh -c 'echo x > /a; ln /a /b; ln -s a /c'; docker export one -o e.tar; " +
        'docker import e.tar flat; docker run --rm flat cat /b /c; docker images --format {{.Size}} alpine flat; ' +
        "docker images --format '{{.Repository}} {{.Size}}' | sort",
    );
    expect(out.stdout).toMatch(/\nx\nx\n/);
    const [alpine, flat] = ['alpine', 'flat'].map((name) => new RegExp(`${name} (\\S+)`).exec(out.stdout)?.[1]);
    expect(alpine).toBe('8.42MB');
    expect(flat).toBe('8.42MB');
  });

  it('refuses a URL by name', () => {
    const out = new Sandbox(emptyEngine()).docker('import', 'http://example.com/x.tar');
    expect(out.stderr).toBe('drydock: docker import from a URL (http://example.com/x.tar) is not simulated\n');
  });
});

describe('platforms', () => {
  it.each([
    ['linux/amd64', { os: 'linux', architecture: 'amd64' }],
    ['arm64', { os: 'linux', architecture: 'arm64' }],
    ['linux/aarch64/v8', { os: 'linux', architecture: 'arm64' }],
    ['linux/arm/v7', { os: 'linux', architecture: 'arm', variant: 'v7' }],
    ['windows', { os: 'windows', architecture: 'amd64' }],
    ['foo', '"foo": unknown operating system or architecture: invalid argument'],
  ])('%s', (text, platform) => {
    expect(parsePlatform(text)).toEqual(platform);
  });
});
