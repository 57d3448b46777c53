import { beforeEach, describe, expect, it } from 'vitest';
import type { Id } from '../../../src/kernel/json.ts';
import { setNames } from '../../../src/kernel/net/interfaces.ts';
import { container, type Lab, pass, printed, run, start } from '../../kernel/net/lab.ts';
import { programLab, serveFiles } from './lab.ts';

let at: Lab;
let web: Id;

beforeEach(() => {
  at = programLab();
  web = container(at, '172.17.0.2/16');
});

const inside = (...argv: string[]) => run(at, web, argv, { seconds: 200 });
const onHost = (...argv: string[]) => run(at, at.host, argv, { seconds: 200 });
const macs = (text: string) =>
  text.replace(/(ether|HWaddr) [0-9a-fA-F:]{17}/g, '$1 MAC').replace(/veth\w{4}/g, 'vethXXXX');

describe('ip', () => {
  it('shows a container’s interfaces as busybox does', () => {
    expect(inside('ip', 'a').out).toBe(`1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
2: eth0@if4: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue state UP${' '}
    link/ether 02:00:00:00:00:09 brd ff:ff:ff:ff:ff:ff
    inet 172.17.0.2/16 brd 172.17.255.255 scope global eth0
       valid_lft forever preferred_lft forever
`);
    expect(inside('ip', 'route').out).toBe(
      'default via 172.17.0.1 dev eth0 \n172.17.0.0/16 dev eth0 scope link  src 172.17.0.2 \n',
    );
  });

  it('shows the host’s as iproute2 does', () => {
    expect(
      macs(onHost('host-ip', 'addr').out),
    ).toBe(`1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
    link/ether MAC brd ff:ff:ff:ff:ff:ff
    inet 10.0.2.15/24 brd 10.0.2.255 scope global eth0
       valid_lft forever preferred_lft forever
3: docker0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default${' '}
    link/ether MAC brd ff:ff:ff:ff:ff:ff
    inet 172.17.0.1/16 brd 172.17.255.255 scope global docker0
       valid_lft forever preferred_lft forever
4: vethXXXX@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master docker0 state UP group default${' '}
    link/ether MAC brd ff:ff:ff:ff:ff:ff link-netnsid 0
`);
    expect(onHost('host-ip', 'r').out).toBe(
      'default via 10.0.2.2 dev eth0 \n10.0.2.0/24 dev eth0 proto kernel scope link src 10.0.2.15 \n172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 \n',
    );
    expect(onHost('host-ip', '-br', 'a').out).toMatch(
      /^lo {15}UNKNOWN {8}127\.0\.0\.1\/8 \neth0 {13}UP {13}10\.0\.2\.15\/24 \n/,
    );
    expect(onHost('host-ip', 'route', 'get', '1.1.1.1').out).toBe(
      '1.1.1.1 via 10.0.2.2 dev eth0 src 10.0.2.15 uid 0 \n    cache \n',
    );
  });

  it('shows a bridge without ports as down', () => {
    at = programLab();
    expect(onHost('host-ip', 'link', 'show', 'docker0').out).toMatch(
      /^3: docker0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue state DOWN mode DEFAULT group default \n/,
    );
    expect(onHost('host-ip', 'route').out).toContain(
      '172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown \n',
    );
  });

  it.each([
    [['host-ip', 'foo'], 1, 'Object "foo" is unknown, try "ip help".\n'],
    [['host-ip', 'addr', 'foo'], 255, 'Command "foo" is unknown, try "ip address help".\n'],
    [['host-ip', 'addr', 'show', 'dev', 'nosuch'], 1, 'Device "nosuch" does not exist.\n'],
    [['host-ip', 'a', 'show', 'docker0', 'bar'], 255, 'Error: either "dev" is duplicate, or "bar" is a garbage.\n'],
    [['ip', 'addr', 'show', 'dev', 'nosuch'], 1, "ip: can't find device 'nosuch'\n"],
    [['ip', 'addr', 'foo'], 1, "ip: invalid argument 'foo' to 'ip'\n"],
  ])('%j', (argv, code, err) => {
    expect(onHost(...argv)).toEqual({ code, out: '', err });
  });
});

describe('ping', () => {
  it('counts as busybox', () => {
    const { code, out } = inside('ping', '-c', '2', '172.17.0.1');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^PING 172\.17\.0\.1 \(172\.17\.0\.1\): 56 data bytes\n64 bytes from 172\.17\.0\.1: seq=0 ttl=64 time=0\.\d{3} ms\n64 bytes from 172\.17\.0\.1: seq=1 ttl=64 time=0\.\d{3} ms\n\n--- 172\.17\.0\.1 ping statistics ---\n2 packets transmitted, 2 packets received, 0% packet loss\nround-trip min\/avg\/max = 0\.\d{3}\/0\.\d{3}\/0\.\d{3} ms\n$/,
    );
  });
  it('waits in vain', () => {
    const before = at.sim.world.now;
    const job = start(at, web, ['ping', '-c', '1', '-W', '1', '172.17.0.99']);
    pass(at, 1.5);
    expect(at.exits.get(job.pid)?.code).toBe(1);
    expect(at.sim.world.now - before).toBeGreaterThan(1_000_000);
    expect(printed(at, job.out)).toBe(
      'PING 172.17.0.99 (172.17.0.99): 56 data bytes\n\n--- 172.17.0.99 ping statistics ---\n1 packets transmitted, 0 packets received, 100% packet loss\n',
    );
  });
  it.each([
    [['ping', '-c', '1', 'nosuch'], 1, '', "ping: bad address 'nosuch'\n"],
    [['ping', '-c', 'x', '1.1.1.1'], 1, '', "ping: invalid number 'x'\n"],
  ])('%j', (argv, code, out, err) => {
    expect(inside(...argv)).toEqual({ code, out, err });
  });
  it('has no way without a network', () => {
    const none = container(at);
    expect(run(at, none, ['ping', '-c', '1', '1.1.1.1'])).toEqual({
      code: 1,
      out: 'PING 1.1.1.1 (1.1.1.1): 56 data bytes\n',
      err: 'ping: sendto: Network unreachable\n',
    });
  });
  it('speaks as iputils on the host', () => {
    expect(onHost('host-ping', '-c', '1', '172.17.0.2').out).toMatch(
      /^PING 172\.17\.0\.2 \(172\.17\.0\.2\) 56\(84\) bytes of data\.\n64 bytes from 172\.17\.0\.2: icmp_seq=1 ttl=64 time=0\.\d{3} ms\n\n--- 172\.17\.0\.2 ping statistics ---\n1 packets transmitted, 1 received, 0% packet loss, time \d+ms\nrtt min\/avg\/max\/mdev = /,
    );
    expect(onHost('host-ping', 'nosuch')).toEqual({
      code: 2,
      out: '',
      err: 'ping: nosuch: Name or service not known\n',
    });
  });
});

describe('nc', () => {
  it('copies both ways and ends with both ends', () => {
    const listener = start(at, web, ['nc', '-l', '-p', '7000'], 'from server\n');
    pass(at, 0.1);
    expect(run(at, at.host, ['nc', '172.17.0.2', '7000'], { input: 'from client\n' })).toMatchObject({
      code: 0,
      out: 'from server\n',
    });
    expect(printed(at, listener.out)).toBe('from client\n');
    expect(at.exits.get(listener.pid)?.code).toBe(0);
  });
  it('scans', () => {
    serveFiles(at, web);
    expect(onHost('nc', '-zv', '172.17.0.2', '8080')).toEqual({
      code: 0,
      out: '',
      err: '172.17.0.2 (172.17.0.2:8080) open\n',
    });
    expect(onHost('nc', '-z', '172.17.0.2', '81')).toEqual({ code: 1, out: '', err: '' });
    expect(onHost('nc', '-zvv', '172.17.0.2', '81').err).toContain(
      'nc: 172.17.0.2 (172.17.0.2:81): Connection refused\n',
    );
    expect(onHost('nc', '-zv', '-w', '1', '8.8.8.8', '80').err).toBe('nc: 8.8.8.8 (8.8.8.8:80): Operation timed out\n');
    expect(onHost('nc', 'nosuch', '80').err).toBe("nc: bad address 'nosuch'\n");
  });
  it('runs a program on the connection', () => {
    start(at, web, ['nc', '-l', '-p', '7000', '-e', 'ip', 'route']);
    pass(at, 0.1);
    expect(run(at, at.host, ['nc', '172.17.0.2', '7000']).out).toBe(
      'default via 172.17.0.1 dev eth0 \n172.17.0.0/16 dev eth0 scope link  src 172.17.0.2 \n',
    );
  });
});

describe('tables', () => {
  it('netstat and ss list listeners', () => {
    start(at, web, ['httpd', '-f', '-p', '127.0.0.1:8080', '-h', '/www']);
    pass(at, 0.1);
    expect(inside('netstat', '-tln').out).toBe(
      'Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       \ntcp        0      0 127.0.0.1:8080          0.0.0.0:*               LISTEN      \n',
    );
    expect(inside('host-ss', '-tln').out).toBe(
      'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\nLISTEN 0      128        127.0.0.1:8080      0.0.0.0:*          \n',
    );
    expect(inside('host-ss', '-tlnp').out).toContain('0.0.0.0:*   users:(("httpd",pid=');
  });
  it('route and ifconfig', () => {
    expect(inside('route', '-n').out).toBe(
      'Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n0.0.0.0         172.17.0.1      0.0.0.0         UG    0      0        0 eth0\n172.17.0.0      0.0.0.0         255.255.0.0     U     0      0        0 eth0\n',
    );
    expect(inside('netstat', '-rn').out).toContain(
      '172.17.0.0      0.0.0.0         255.255.0.0     U         0 0          0 eth0\n',
    );
    expect(inside('ifconfig', 'eth0').out).toBe(`eth0      Link encap:Ethernet  HWaddr 02:00:00:00:00:09${'  '}
          inet addr:172.17.0.2  Bcast:172.17.255.255  Mask:255.255.0.0
          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1
          RX packets:0 errors:0 dropped:0 overruns:0 frame:0
          TX packets:0 errors:0 dropped:0 overruns:0 carrier:0
          collisions:0 txqueuelen:0${' '}
          RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)

`);
    expect(inside('ifconfig', 'nosuch')).toEqual({
      code: 1,
      out: '',
      err: 'ifconfig: nosuch: error fetching interface information: Device not found\n',
    });
  });
});

describe('nslookup', () => {
  it('asks the embedded server', () => {
    setNames(at.m, web, { db: ['172.18.0.2'] });
    expect(inside('nslookup', 'db').out).toBe(
      'Server:\t\t127.0.0.11\nAddress:\t127.0.0.11:53\n\nNon-authoritative answer:\nName:\tdb\nAddress: 172.18.0.2\n\nNon-authoritative answer:\n\n',
    );
    expect(inside('nslookup', 'nosuch')).toMatchObject({
      code: 1,
      out: "Server:\t\t127.0.0.11\nAddress:\t127.0.0.11:53\n\n** server can't find nosuch: NXDOMAIN\n\n** server can't find nosuch: NXDOMAIN\n\n",
    });
  });
  it('hears nothing from outside', () => {
    expect(inside('nslookup', 'db', '8.8.8.8')).toEqual({
      code: 1,
      out: '',
      err: ';; connection timed out; no servers could be reached\n\n',
    });
  });
});
