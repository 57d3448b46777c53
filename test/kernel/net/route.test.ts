import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasCarrier } from '../../../src/kernel/net/bridge.ts';
import { addNat, addRoute, setLink, stackOf } from '../../../src/kernel/net/interfaces.ts';
import { addBridge, removeVeth } from '../../../src/kernel/net/netns.ts';
import { deliver, tcpTarget } from '../../../src/kernel/net/route.ts';
import { container, lab } from './lab.ts';

describe('deliver', () => {
  it('takes a namespace to itself by its loopback and its own address', () => {
    const at = lab();
    const a = container(at, '172.17.0.2/16');
    expect(deliver(at.m, a, '127.0.0.1')).toMatchObject({ ns: a, source: '127.0.0.1' });
    expect(deliver(at.m, a, '127.3.2.1')).toMatchObject({ ns: a });
    expect(deliver(at.m, a, '172.17.0.2')).toMatchObject({ ns: a, source: '172.17.0.2', hops: 0 });
  });

  it('takes two containers on one bridge to each other, directly', () => {
    const at = lab();
    const a = container(at, '172.17.0.2/16');
    const b = container(at, '172.17.0.3/16');
    expect(deliver(at.m, a, '172.17.0.3')).toMatchObject({ ns: b, source: '172.17.0.2', hops: 0 });
    expect(deliver(at.m, b, '172.17.0.2')).toMatchObject({ ns: a, source: '172.17.0.3' });
  });

  it('takes the host to a container and a container to all of the host’s addresses', () => {
    const at = lab();
    const a = container(at, '172.17.0.2/16');
    expect(deliver(at.m, at.host, '172.17.0.2')).toMatchObject({ ns: a, source: '172.17.0.1' });
    for (const ip of ['172.17.0.1', '10.0.2.15']) {
      expect(deliver(at.m, a, ip)).toMatchObject({ ns: at.host, source: '172.17.0.2' });
    }
  });

  it('says why nothing arrives', () => {
    const at = lab();
    const a = container(at, '172.17.0.2/16');
    const none = container(at);
    expect(deliver(at.m, none, '127.0.0.1')).toMatchObject({ ns: none });
    expect(deliver(at.m, none, '172.17.0.1')).toMatchObject({ errno: 'ENETUNREACH', reason: 'no-route' });
    expect(deliver(at.m, a, '172.17.0.9')).toMatchObject({ errno: 'EHOSTUNREACH', reason: 'no-neighbour' });
    expect(deliver(at.m, a, '1.1.1.1')).toMatchObject({ errno: 'ETIMEDOUT', reason: 'outside' });
    expect(deliver(at.m, at.host, '1.1.1.1')).toMatchObject({ errno: 'ETIMEDOUT', reason: 'outside' });
    expect(deliver(at.m, at.host, '10.0.2.77')).toMatchObject({ errno: 'EHOSTUNREACH' });
  });

  it('isolates bridges from each other, but not from the host’s address on the other bridge', () => {
    const at = lab();
    addBridge(at.m, at.host, 'br-1', '172.18.0.1/16');
    const a = container(at, '172.17.0.2/16');
    const b = container(at, '172.18.0.2/16', 'br-1');
    expect(deliver(at.m, a, '172.18.0.2')).toMatchObject({ errno: 'ETIMEDOUT', reason: 'isolated' });
    expect(deliver(at.m, b, '172.17.0.2')).toMatchObject({ errno: 'ETIMEDOUT', reason: 'isolated' });
    expect(deliver(at.m, a, '172.18.0.1')).toMatchObject({ ns: at.host });
  });

  it('reaches nothing through a link that is down or gone', () => {
    const at = lab();
    const a = container(at, '172.17.0.2/16');
    expect(hasCarrier(at.m, at.host, 'docker0')).toBe(true);
    setLink(at.m, a, 'eth0', false);
    expect(deliver(at.m, at.host, '172.17.0.2')).toMatchObject({ errno: 'EHOSTUNREACH' });
    expect(deliver(at.m, a, '172.17.0.1')).toMatchObject({ errno: 'ENETUNREACH' });
    setLink(at.m, a, 'eth0', true);
    removeVeth(
      at.m,
      at.host,
      Object.keys(stackOf(at.m, at.host).interfaces).find((name) => name.startsWith('veth')) ?? '',
    );
    expect(stackOf(at.m, a).interfaces.eth0).toBeUndefined();
    expect(deliver(at.m, at.host, '172.17.0.2')).toMatchObject({ errno: 'EHOSTUNREACH' });
    expect(hasCarrier(at.m, at.host, 'docker0')).toBe(false);
  });

  it('does not go through a container, which forwards nothing', () => {
    const at = lab();
    container(at, '172.17.0.2/16');
    addRoute(at.m, at.host, { to: '9.9.9.0/24', via: '172.17.0.2', dev: 'docker0' });
    expect(deliver(at.m, at.host, '9.9.9.9')).toMatchObject({ errno: 'ETIMEDOUT', reason: 'not-forwarding' });
  });
});

describe('published ports', () => {
  const published = (hostIp = '0.0.0.0') => {
    const at = lab();
    const web = container(at, '172.17.0.2/16');
    const rule = { proto: 'tcp', hostIp, hostPort: 8080, toIp: '172.17.0.2', toPort: 80, bridge: 'docker0' } as const;
    addNat(at.m, at.host, rule);
    return { at, web };
  };

  it('are rewritten for the host’s own address, and proxied for its loopback and for containers', () => {
    const { at, web } = published();
    addBridge(at.m, at.host, 'br-1', '172.18.0.1/16');
    const other = container(at, '172.18.0.2/16', 'br-1');
    const target = { ns: web, address: '172.17.0.2', port: 80 };
    expect(tcpTarget(at.m, at.host, '10.0.2.15', 8080)).toMatchObject({
      ...target,
      proxied: false,
      source: '10.0.2.15',
    });
    expect(tcpTarget(at.m, at.host, '127.0.0.1', 8080)).toMatchObject({
      ...target,
      proxied: true,
      source: '172.17.0.1',
    });
    expect(tcpTarget(at.m, other, '172.18.0.1', 8080)).toMatchObject({
      ...target,
      proxied: true,
      source: '172.17.0.1',
    });
    expect(tcpTarget(at.m, other, '10.0.2.15', 8080)).toMatchObject({ ...target, proxied: true });
    expect(tcpTarget(at.m, at.host, '127.0.0.1', 8081)).toMatchObject({ ns: at.host, port: 8081 });
  });

  it('answer on the published address only', () => {
    const { at, web } = published('127.0.0.1');
    expect(tcpTarget(at.m, at.host, '127.0.0.1', 8080)).toMatchObject({ ns: web });
    expect(tcpTarget(at.m, at.host, '10.0.2.15', 8080)).toMatchObject({ ns: at.host, port: 8080 });
    expect(tcpTarget(at.m, container(at, '172.17.0.3/16'), '172.17.0.1', 8080)).toMatchObject({
      ns: at.host,
      port: 8080,
    });
  });
});

it('reachability: same bridge reaches, different bridges never, and the host everyone', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 17, max: 20 }), { minLength: 2, maxLength: 8 }), (networks) => {
      const at = lab();
      for (const n of [18, 19, 20]) addBridge(at.m, at.host, `br-${n}`, `172.${n}.0.1/16`);
      const all = networks.map((n, i) => {
        const ip = `172.${n}.0.${i + 2}`;
        return { n, ip, ns: container(at, `${ip}/16`, n === 17 ? 'docker0' : `br-${n}`) };
      });
      for (const a of all) {
        expect(deliver(at.m, at.host, a.ip)).toMatchObject({ ns: a.ns });
        for (const b of all) {
          const got = deliver(at.m, a.ns, b.ip);
          if (a.n === b.n) expect(got).toMatchObject({ ns: b.ns, source: a.ip });
          else expect(got).toMatchObject({ errno: 'ETIMEDOUT' });
        }
      }
    }),
    { numRuns: 30 },
  );
});
