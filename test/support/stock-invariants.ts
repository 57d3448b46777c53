import { type EngineState, serviceName } from '../../src/engine/state.ts';
import type { Host, World } from '../../src/kernel/state.ts';
import { EngineLab } from './engine.ts';
import { Sandbox } from './sandbox.ts';

/** What is wrong with images, layers, volumes and published ports; nothing when all that is referred to is there, once. */
export function stockFaults(world: World): string[] {
  const host = onlyHost(world);
  return [...imageFaults(host), ...volumeFaults(world), ...portFaults(host), ...sizes(world)];
}

function onlyHost({ hosts }: World): Host {
  const [host] = Object.values(hosts);
  if (!host) throw new Error('a world without a host');
  return host;
}

function engineOf(host: Host): EngineState {
  return host.services[serviceName] as unknown as EngineState;
}

function imageFaults(host: Host): string[] {
  const { images, tags, layers, containers, imageUsers, build } = engineOf(host);
  const faults: string[] = [];
  const needed = new Set(Object.values(containers).flatMap((c) => c.orphanedLayers ?? []));
  for (const { layer, below } of Object.values(build?.records ?? {})) {
    for (const chain of [...(layer ? [layer.chainId] : []), ...(below ?? [])]) needed.add(chain);
  }
  for (const [id, image] of Object.entries(images)) {
    if (image.history.filter((h) => !h.emptyLayer).length !== image.layers.length) faults.push(`${id}: its history`);
    for (const { chainId } of image.layers) {
      needed.add(chainId);
      if (!layers[chainId]) faults.push(`image ${id}: its layer ${chainId} is gone`);
    }
  }
  for (const [tag, id] of Object.entries(tags)) if (!images[id]) faults.push(`${tag} means ${id}, which is gone`);
  for (const chain of Object.keys(layers)) if (!needed.has(chain)) faults.push(`layer ${chain} is left over`);
  for (const c of Object.values(containers)) {
    if (!images[c.image] && !c.orphanedLayers) faults.push(`container ${c.name}: its image is gone`);
  }
  for (const id of Object.keys(images)) {
    const users = Object.values(containers).filter((c) => c.image === id).length;
    if (imageUsers && (imageUsers[id] ?? 0) !== users)
      faults.push(`image ${id}: ${imageUsers[id]} users, not ${users}`);
  }
  return faults;
}

function volumeFaults(world: World): string[] {
  const sandbox = new Sandbox(world);
  const { stdout } = sandbox.shell('ls /var/lib/docker/volumes 2>/dev/null', { root: true });
  const { containers, volumes = {} } = engineOf(onlyHost(sandbox.world)); // something may have ended meanwhile
  const folders = stdout.split('\n').filter(Boolean);
  const mounted = Object.values(containers).flatMap((c) => (c.mounts ?? []).map((mount) => ({ c, mount })));
  return [
    ...Object.keys(volumes).flatMap((name) => (folders.includes(name) ? [] : [`volume ${name}: its files are gone`])),
    ...folders.flatMap((name) => (volumes[name] ? [] : [`the folder of volume ${name} is left over`])),
    ...mounted.flatMap(({ c, mount: { name, type } }) =>
      type !== 'volume' || (name !== undefined && volumes[name]) ? [] : [`container ${c.name}: volume ${name} is gone`],
    ),
  ];
}

function portFaults(host: Host): string[] {
  const bound = Object.values(engineOf(host).tasks).flatMap((task) => task.published ?? []);
  return bound.flatMap((a, i) =>
    bound
      .slice(i + 1)
      .filter((b) => a.hostPort === b.hostPort && a.proto === b.proto && overlap(a.hostIp, b.hostIp))
      .map(() => `port ${a.hostPort}/${a.proto} is bound twice`),
  );
}

function overlap(a: string, b: string): boolean {
  return a === b || (!a.includes(':') && !b.includes(':') && (a === '0.0.0.0' || b === '0.0.0.0'));
}

/** What the engine says about sizes is the sum of its layers, each counted once. */
function sizes(world: World): string[] {
  const { body } = new EngineLab(new Sandbox(world)).call('GET', '/system/df');
  const { images } = engineOf(onlyHost(world));
  const layers = new Map(Object.values(images).flatMap((i) => i.layers.map((l) => [l.chainId, l.size] as const)));
  const total = [...layers.values()].reduce((sum, size) => sum + size, 0);
  return body.LayersSize === total ? [] : [`layers of ${total} bytes, but ${body.LayersSize} are told`];
}
