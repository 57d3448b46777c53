// What drydock's own views draw: a host's network, its processes, its disk.
import { describe, expect, it } from 'vitest';
import { firstHost } from '../../../src/client/first-host.ts';
import { processTree } from '../../../src/engine/containers/process-tree.ts';
import { netPicture } from '../../../src/engine/networks/picture.ts';
import { diskPicture } from '../../../src/engine/system/disk-picture.ts';
import { noStyle } from '../../../src/explain/layout.ts';
import { diskView } from '../../../src/explain/views/disk.ts';
import { netView } from '../../../src/explain/views/net.ts';
import { processesView } from '../../../src/explain/views/processes.ts';
import { columns } from '../../../src/explain/width.ts';
import type { Machine } from '../../../src/kernel/machine.ts';
import { begin, machineOf } from '../../../src/kernel/simulation.ts';
import { Sandbox, software } from '../../support/sandbox.ts';

function machine(...lines: readonly string[]): Machine {
  const sandbox = new Sandbox();
  for (const line of lines) expect(sandbox.shell(line)).toMatchObject({ code: 0 });
  return machineOf(begin(sandbox.world, software), firstHost);
}

const shop = machine(
  'docker network create shop',
  'docker network create --internal quiet',
  'docker run -d --name web --network shop --network-alias front -p 8080:80 alpine sleep 600',
  'docker run -d --name db --network shop alpine sleep 600',
  'docker run -d --name lone alpine sleep 600',
  'docker run -d --name side --network container:web alpine sleep 600',
  'docker run -d --name inner --network quiet --pid host alpine sleep 600',
  'docker run -d --name bare --network none alpine sleep 600',
  'docker run --name writer -v data:/d alpine sh -c "echo hello; head -c 3000 /dev/zero > /z; cp /z /d"',
  'docker tag alpine mine:1; docker commit writer second',
);
const options = { plain: false, style: noStyle, size: (bytes: number) => `${bytes}B` } as const;

describe('the network of a host', () => {
  const picture = netPicture(shop);

  it('has the networks with who is on them, and who shares an address', () => {
    const found = picture.networks.find(({ name }) => name === 'shop');
    expect(found).toMatchObject({ named: true, internal: false });
    expect(found?.members.map(({ aliases, container, sharedWith }) => [container, aliases, sharedWith])).toEqual([
      ['web', ['front'], ['side']],
      ['db', [], []],
    ]);
    expect(picture.alone).toEqual(['bare']);
  });

  it('follows packets to tell who reaches whom', () => {
    const reach = Object.fromEntries(picture.reach.map((one) => [one.container, one]));
    expect(reach.db).toMatchObject({ byName: ['web'], byAddress: [], outside: true });
    expect(reach.lone).toMatchObject({ byName: [], byAddress: [], outside: true });
    expect(reach.inner).toMatchObject({ byName: [], byAddress: [], outside: false });
  });

  it('knows that nothing listens behind a published port', () => {
    expect(picture.published).toMatchObject([{ container: 'web', from: '0.0.0.0:8080', answered: false }]);
  });
});

describe('the processes of a host', () => {
  it("are one tree, with the containers' numbers and namespaces", () => {
    const { inContainers, roots, total } = processTree(shop);
    const text = JSON.stringify(roots);
    expect(roots[0]).toMatchObject({ pid: 1 });
    expect(inContainers).toBe(6);
    expect(total).toBe(Object.keys(shop.kernel.processes).length);
    expect(text).toContain('"name":"side","pid":1,"namespaces":{"own":["mnt","uts","ipc","pid","cgroup"]');
    expect(text).toContain('"withOther":[{"kind":"net","container":"web"}]');
    expect(text).toContain('"withHost":["pid","user"]');
  });
});

describe('the disk of an engine', () => {
  it('counts a shared layer once, and tells what nobody has', () => {
    const picture = diskPicture(shop);
    const alpine = picture.images.find(({ name }) => name === 'alpine:latest' || name === 'mine:1');
    expect(picture.shared).toHaveLength(1);
    expect(picture.counted - picture.layersBytes).toBe(alpine?.bytes);
    expect(picture.containers.find(({ name }) => name === 'writer')).toMatchObject({ written: 3000, running: false });
    expect(picture.volumes).toEqual([{ name: 'data', bytes: 3000, users: ['writer'] }]);
  });
});

describe('the views', () => {
  const views = { net: netView(netPicture(shop), { ...options, lang: 'en', width: 80 }).join('\n') };

  it('say what is where', () => {
    expect(views.net).toContain('0.0.0.0:8080 → web');
    expect(views.net).toContain('same interfaces and address: side');
  });

  it.each(['en', 'ko'] as const)('keep within the columns and, when plain, to ASCII marks (%s)', (lang) => {
    for (const width of [40, 80]) {
      const view = { ...options, lang, width, plain: true };
      const lines = [
        ...netView(netPicture(shop), view),
        ...processesView(processTree(shop), view),
        ...diskView(diskPicture(shop), view),
      ];
      for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width);
      expect(lines.join('')).not.toMatch(/[│├└→…]/);
    }
  });
});
