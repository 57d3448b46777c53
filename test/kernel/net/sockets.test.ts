import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isErrno } from '../../../src/kernel/errno.ts';
import { closeFd } from '../../../src/kernel/files.ts';
import { addNat, setNames, stackOf } from '../../../src/kernel/net/interfaces.ts';
import { listenerReady, netCalls } from '../../../src/kernel/net/sockets.ts';
import { SystemCalls } from '../../../src/kernel/sys.ts';
import { container, type Lab, lab, processIn } from './lab.ts';

const sys = (at: Lab, pid: number) => new SystemCalls(at.m, pid, 1_000_000);
const fdOf = (value: unknown): number => {
  if (typeof value !== 'number') throw new Error(JSON.stringify(value));
  return value;
};

describe('listen and connect', () => {
  it('carries bytes both ways, and ends when one side closes', () => {
    const at = lab();
    const server = sys(at, processIn(at, container(at, '172.17.0.2/16')));
    const client = sys(at, processIn(at, container(at, '172.17.0.3/16')));
    const listener = fdOf(server.net.listen('0.0.0.0', 80));
    const fd = fdOf(client.net.connect('172.17.0.2', 80));
    expect(client.write(fd, 'hello')).toBe(5);
    const taken = server.net.accept(listener);
    if (taken === 'again' || isErrno(taken)) throw new Error('nothing to accept');
    expect(taken.remote).toMatch(/^172\.17\.0\.3:\d+$/);
    expect(server.read(taken.fd, 10)).toEqual({ bytes: 'hello' });
    expect(server.read(taken.fd, 10)).toBe('again');
    server.write(taken.fd, 'bye');
    server.close(taken.fd);
    expect(client.read(fd, 10)).toEqual({ bytes: 'bye' });
    expect(client.read(fd, 10)).toBe('eof');
    client.close(fd);
    server.close(listener);
    expect(Object.keys(at.m.kernel.pipes)).toEqual([]);
    expect(Object.values(at.m.kernel.files)).toEqual([]);
  });

  it('ends one direction only with shutdown', () => {
    const at = lab();
    const self = sys(at, processIn(at, at.host));
    const listener = fdOf(self.net.listen('127.0.0.1', 80));
    const fd = fdOf(self.net.connect('127.0.0.1', 80));
    const taken = self.net.accept(listener);
    if (taken === 'again' || isErrno(taken)) throw new Error('nothing to accept');
    self.write(fd, 'x');
    expect(self.net.shutdown(fd)).toBeUndefined();
    expect(self.read(taken.fd, 10)).toEqual({ bytes: 'x' });
    expect(self.read(taken.fd, 10)).toBe('eof');
    expect(self.write(taken.fd, 'answer')).toBe(6);
    expect(self.read(fd, 10)).toEqual({ bytes: 'answer' });
    for (const each of [fd, taken.fd, listener]) self.close(each);
    expect(Object.keys(at.m.kernel.pipes)).toEqual([]);
  });

  it('refuses with the right errno', () => {
    const at = lab();
    const a = container(at, '172.17.0.2/16');
    const net = netCalls(at.m, processIn(at, a));
    expect(net.connect('172.17.0.1', 80)).toEqual({ errno: 'ECONNREFUSED' });
    expect(net.connect('127.0.0.1', 80)).toEqual({ errno: 'ECONNREFUSED' });
    expect(net.connect('172.17.0.77', 80)).toEqual({ errno: 'EHOSTUNREACH' });
    expect(net.connect('8.8.8.8', 80)).toEqual({ errno: 'ETIMEDOUT' });
    expect(netCalls(at.m, processIn(at, container(at))).connect('8.8.8.8', 80)).toEqual({ errno: 'ENETUNREACH' });
    expect(net.listen('10.9.9.9', 80)).toEqual({ errno: 'EADDRNOTAVAIL' });
  });

  it('keeps low ports for the privileged, except where Docker lets everyone', () => {
    const at = lab();
    expect(netCalls(at.m, processIn(at, at.host, { uid: 1000 })).listen('0.0.0.0', 80)).toEqual({ errno: 'EACCES' });
    expect(netCalls(at.m, processIn(at, at.host, { uid: 1000 })).listen('0.0.0.0', 8080)).toBeTypeOf('number');
    expect(netCalls(at.m, processIn(at, container(at), { uid: 1000 })).listen('0.0.0.0', 80)).toBeTypeOf('number');
  });

  it('is readable while connections wait, and frees the port when closed', () => {
    const at = lab();
    const pid = processIn(at, at.host);
    const net = netCalls(at.m, pid);
    const listener = fdOf(net.listen('0.0.0.0', 80));
    const file = () => at.m.kernel.files[at.m.kernel.processes[pid]?.fds[listener] ?? ''];
    const ready = () => {
      const found = file();
      return found && listenerReady(at.m, found);
    };
    expect(ready()).toBe(false);
    expect(net.accept(listener)).toBe('again');
    const client = fdOf(net.connect('127.0.0.1', 80));
    expect(ready()).toBe(true);
    closeFd(at.m, pid, listener);
    expect(net.connect('127.0.0.1', 80)).toEqual({ errno: 'ECONNREFUSED' });
    expect(sys(at, pid).read(client, 1)).not.toBe('again');
    expect(fdOf(net.listen('0.0.0.0', 80))).toBeTypeOf('number');
  });

  it('lets no two listeners have one port on overlapping addresses', () => {
    const address = fc.constantFrom('0.0.0.0', '127.0.0.1', '10.0.2.15', '172.17.0.1');
    fc.assert(
      fc.property(fc.array(fc.tuple(address, fc.integer({ min: 8080, max: 8082 })), { maxLength: 12 }), (wanted) => {
        const at = lab();
        const net = netCalls(at.m, processIn(at, at.host));
        for (const [ip, port] of wanted) net.listen(ip, port);
        const open = Object.values(stackOf(at.m, at.host).listeners);
        for (const a of open) {
          for (const b of open) {
            if (a === b) continue;
            const overlap = a.address === b.address || a.address === '0.0.0.0' || b.address === '0.0.0.0';
            expect(a.port === b.port && overlap).toBe(false);
          }
        }
        expect(open.length).toBeGreaterThanOrEqual(Math.min(1, wanted.length));
      }),
    );
  });
});

describe('published ports', () => {
  const rule = {
    proto: 'tcp',
    hostIp: '0.0.0.0',
    hostPort: 8080,
    toIp: '172.17.0.2',
    toPort: 80,
    bridge: 'docker0',
  } as const;

  it('lead to the container, which sees docker-proxy or the caller', () => {
    const at = lab();
    const server = netCalls(at.m, processIn(at, container(at, '172.17.0.2/16')));
    const listener = fdOf(server.listen('0.0.0.0', 80));
    addNat(at.m, at.host, rule);
    const client = netCalls(at.m, processIn(at, at.host));
    for (const [ip, seen] of [
      ['127.0.0.1', '172.17.0.1'],
      ['10.0.2.15', '10.0.2.15'],
      ['172.17.0.2', '172.17.0.1'],
    ] as const) {
      expect(client.connect(ip, ip === '172.17.0.2' ? 80 : 8080)).toBeTypeOf('number');
      const taken = server.accept(listener);
      expect(taken).toMatchObject({ remote: expect.stringContaining(`${seen}:`) });
    }
    expect(client.listen('127.0.0.1', 8080)).toEqual({ errno: 'EADDRINUSE' });
    expect(client.sockets()).toContainEqual({ proto: 'tcp', state: 'LISTEN', local: '0.0.0.0:8080' });
  });

  it('hang up when nothing listens behind docker-proxy, and refuse when rewritten', () => {
    const at = lab();
    container(at, '172.17.0.2/16');
    addNat(at.m, at.host, rule);
    const pid = processIn(at, at.host);
    const fd = fdOf(netCalls(at.m, pid).connect('127.0.0.1', 8080));
    expect(sys(at, pid).read(fd, 10)).not.toBe('again');
    expect(netCalls(at.m, pid).connect('10.0.2.15', 8080)).toEqual({ errno: 'ECONNREFUSED' });
  });
});

describe('names', () => {
  it('come from /etc/hosts, then from the embedded name server', () => {
    const at = lab();
    const ns = container(at, '172.17.0.2/16');
    const net = netCalls(at.m, processIn(at, ns));
    expect(net.resolve('WEB.local')).toEqual(['172.17.0.2']);
    expect(net.resolve('localhost')).toEqual(['127.0.0.1']);
    expect(net.resolve('127.1')).toEqual(['127.0.0.1']);
    expect(net.resolve('db')).toEqual([]);
    setNames(at.m, ns, { db: ['172.17.0.5'] });
    expect(net.resolve('db.')).toEqual(['172.17.0.5']);
    expect(net.query('127.0.0.11', 'nosuch')).toBe('nxdomain');
    expect(net.query('8.8.8.8', 'db')).toEqual({ errno: 'ETIMEDOUT' });
  });
});

describe('ping and counters', () => {
  it('answers where packets arrive, and both ends count them', () => {
    const at = lab();
    const a = container(at, '172.17.0.2/16');
    const net = netCalls(at.m, processIn(at, a));
    expect(net.ping('172.17.0.1')).toMatchObject({ ttl: 64 });
    expect(net.ping('172.17.0.9')).toEqual({ errno: 'EHOSTUNREACH' });
    const eth0 = net.interfaces().find(({ name }) => name === 'eth0');
    expect(eth0).toMatchObject({ rxBytes: 84, txBytes: 84, rxPackets: 1, peer: { elsewhere: true } });
    const outer = netCalls(at.m, processIn(at, at.host))
      .interfaces()
      .find(({ name }) => name === 'docker0');
    expect(outer).toMatchObject({ rxBytes: 84, txBytes: 84, carrier: true });
  });

  it('lists the routes as ip does', () => {
    const at = lab();
    const routes = netCalls(at.m, processIn(at, at.host)).routes();
    expect(routes).toEqual([
      { to: 'default', via: '10.0.2.2', dev: 'eth0' },
      { to: '10.0.2.0/24', dev: 'eth0', src: '10.0.2.15' },
      { to: '172.17.0.0/16', dev: 'docker0', src: '172.17.0.1' },
    ]);
  });
});
