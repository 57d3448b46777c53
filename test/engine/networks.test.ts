import { describe, expect, test } from 'vitest';
import { narrate } from '../../src/explain/narrate.ts';
import { faultsOf } from '../support/invariants.ts';
import { type Outcome, Sandbox } from '../support/sandbox.ts';

/** What a command printed, whatever it printed it on. */
const printed = ({ stdout, stderr }: Outcome): string => stdout + stderr;

/** A sandbox in which these commands were run. */
function prepared(...commands: readonly string[]): Sandbox {
  const box = new Sandbox();
  for (const command of commands) expect(box.shell(command).code, command).toBe(0);
  return box;
}

describe('a network', () => {
  test('is a bridge on the host, with the first free pool; removing it frees both', () => {
    const box = prepared('docker network create one && docker network create two && docker network rm one');
    const bridges = box.shell('ip -o link | grep -c "br-"; ip route | grep -o "172.1[89].0.0/16"').stdout;
    expect(bridges).toBe('1\n172.19.0.0/16\n');
    box.shell('docker network create three');
    expect(box.shell("docker network inspect three -f '{{range .IPAM.Config}}{{.Subnet}}{{end}}'").stdout).toBe(
      '172.18.0.0/16\n',
    );
    expect(box.shell('docker network rm two three && ip -o link | grep -c br-').stdout).toBe('two\nthree\n0\n');
  });

  test('pools: /16 first, then /20 of 192.168.0.0, then no more; those in use are passed over', () => {
    const box = prepared('docker network create --subnet 172.20.0.0/15 wide');
    box.shell('for i in $(seq 1 29); do docker network create n$i; done');
    const subnet = (name: string) =>
      box.shell(`docker network inspect ${name} -f '{{range .IPAM.Config}}{{.Subnet}}{{end}}'`).stdout.trim();
    expect([subnet('n2'), subnet('n3'), subnet('n12'), subnet('n13'), subnet('n28')]).toEqual([
      '172.19.0.0/16',
      '172.22.0.0/16',
      '172.31.0.0/16',
      '192.168.0.0/20',
      '192.168.240.0/20',
    ]);
    expect(box.docker('network', 'create', 'n30').stderr).toContain('all predefined address pools have been fully');
  });

  test('options: the name of the bridge, no traffic between containers, the size of packets', () => {
    const option = '-o com.docker.network.bridge.enable_icc=false -o com.docker.network.driver.mtu=1400';
    const box = prepared(
      `docker network create ${option} -o com.docker.network.bridge.name=quiet0 quiet`,
      'docker run -d --name web --network quiet alpine sleep 60',
    );
    const ping = box.shell("docker run --rm --network quiet alpine sh -c 'ping -c1 -W1 web; ping -c1 -W1 172.18.0.1'");
    expect(ping.stdout.match(/\d+% packet loss/g)).toEqual(['100% packet loss', '0% packet loss']);
    expect(box.shell('docker exec web ip link show eth0; ip link show quiet0').stdout.match(/mtu 1400/g)).toHaveLength(
      2,
    );
    expect(box.shell('docker network create -o com.docker.network.bridge.inhibit_ipv4=true x').stderr).toContain(
      'drydock: the network option com.docker.network.bridge.inhibit_ipv4 is not simulated',
    );
  });

  test.each([
    ['-d macvlan', 'the network driver macvlan'],
    ['--ipv6', 'IPv6 in networks'],
    ['--subnet fd00::/64', 'IPv6 in networks'],
    ['--config-only', 'a network that is only a configuration'],
    ['--ipam-driver null', 'the IPAM driver null'],
  ])('%s is refused by name', (flags, what) => {
    expect(new Sandbox().shell(`docker network create ${flags} x`).stderr).toBe(
      `Error response from daemon: drydock: ${what} is not simulated\n`,
    );
  });
});

describe('reachability', () => {
  const box = prepared(
    'docker network create front',
    'docker network create --internal back',
    'docker run -d --name web --network front alpine sleep 900',
    'docker run -d --name db --network back --network-alias store alpine sleep 900',
    'docker run -d --name both --network front --network back alpine sleep 900',
    'docker run -d --name plain alpine sleep 900',
  );
  const address = (name: string, network: string) =>
    box.shell(`docker inspect ${name} -f '{{.NetworkSettings.Networks.${network}.IPAddress}}'`).stdout.trim();
  const reaches = (from: string, to: string): string => {
    const { stdout, stderr } = box.shell(`docker exec ${from} ping -c 1 -W 1 ${to}`);
    if (stderr !== '') return stderr.trim().replace(/^ping: /, '');
    return / 0% packet loss/.test(stdout) ? 'yes' : 'no answer';
  };

  test('follows bridges, routes and names', () => {
    expect(reaches('web', 'both')).toBe('yes');
    expect(reaches('both', 'store')).toBe('yes');
    expect(reaches('web', 'db')).toBe("bad address 'db'");
    expect(reaches('plain', 'web')).toBe("bad address 'web'");
    expect(reaches('web', address('plain', 'bridge'))).toBe('no answer');
    expect(reaches('web', address('db', 'back'))).toBe('no answer');
    expect(reaches('db', address('web', 'front'))).toBe('sendto: Network unreachable');
    expect(reaches('web', '172.17.0.1')).toBe('yes');
  });

  test('the host reaches all of them by address, and none by name', () => {
    for (const [name, network] of [
      ['web', 'front'],
      ['db', 'back'],
      ['plain', 'bridge'],
    ] as const) {
      expect(box.shell(`ping -c 1 -W 1 ${address(name, network)}`).stdout).toContain(' 0% packet loss');
    }
    expect(box.shell('ping -c 1 -W 1 web').code).not.toBe(0);
  });

  test('a name is known as long as its container runs on the network', () => {
    box.shell('docker stop -t 0 db');
    expect(reaches('both', 'store')).toBe("bad address 'store'");
    box.shell('docker start db && docker network disconnect back both');
    expect(reaches('both', 'store')).toBe("bad address 'store'");
    box.shell('docker network connect --alias twice back both && docker rename db base');
    expect([reaches('both', 'base'), reaches('both', 'db'), reaches('base', 'twice')]).toEqual([
      'yes',
      "bad address 'db'",
      'yes',
    ]);
    expect(faultsOf(box.world)).toEqual([]);
  });
});

describe('published ports', () => {
  test('lead to the endpoint with the way out, and move with it', () => {
    const box = prepared(
      'docker network create front && docker network create other && docker network create --internal back',
      "docker run -d --name web --network front -p 8080:80 busybox sh -c 'echo hello > /index.html; httpd -f -h / -p 80'",
    );
    const get = () => box.shell('sleep 1; curl -s http://127.0.0.1:8080').stdout;
    expect(get()).toBe('hello\n');
    box.shell('docker network connect other web; docker network disconnect front web');
    expect([get(), box.shell('docker port web 80').stdout]).toEqual(['hello\n', '0.0.0.0:8080\n[::]:8080\n']);
    box.shell('docker network connect back web; docker network disconnect other web');
    expect(printed(box.shell('docker port web'))).toBe('');
    expect(box.shell('ps -ef | grep -c [d]ocker-proxy').stdout).toBe('0\n');
    box.shell('docker network connect front web');
    expect(get()).toBe('hello\n');
    expect(faultsOf(box.world)).toEqual([]);
  });
});

describe('a shared network namespace', () => {
  test('has the same cards, files and names; localhost is the other one', () => {
    const box = prepared(
      'docker network create front',
      "docker run -d --name web --network front --hostname site alpine sh -c 'echo hi | nc -l -p 80; sleep 900'",
      'docker run -d --name side --network container:web alpine sleep 900',
    );
    expect(box.shell('docker exec side nc -w 1 localhost 80').stdout).toBe('hi\n');
    expect(box.shell('docker exec side hostname; docker exec side hostname -i').stdout).toBe('site\n172.18.0.2\n');
    box.shell('docker network create more && docker network connect more web');
    expect(box.shell('docker exec side tail -n 1 /etc/hosts').stdout).toBe('172.19.0.2\tsite\n');
    box.shell('docker rm -f web');
    expect(box.shell('docker exec side ip -o link | wc -l').stdout).toBe('1\n');
    box.shell('docker rm -f side');
    expect(faultsOf(box.world)).toEqual([]);
  });

  test('with the host: its cards, its name, its hosts file', () => {
    const { stdout } = new Sandbox().shell(
      "docker run --rm --network host alpine sh -c 'hostname; ls /sys/class/net | grep -c docker0; head -n 1 /etc/hosts'",
    );
    expect(stdout).toMatch(/^[a-z]+\n1\n127\.0\.0\.1 localhost\n$/);
  });
});

describe('what is told', () => {
  const told = (command: string, lang: 'en' | 'ko', ...before: readonly string[]) => {
    const { steps } = prepared(...before).shell(command);
    return narrate(steps, { level: 'brief', lang, verb: 'network' })
      .join('\n')
      .replace(/[0-9a-f]{12}/g, 'ID');
  };

  test('of a network that is made', () => {
    expect(told('docker network create --internal back', 'en')).toContain(
      'bridge br-ID with 172.18.0.1, addresses 172.18.0.0/16; internal: no way out',
    );
    expect(told('docker network create back', 'ko')).toContain('브리지 br-ID, 주소 172.18.0.1, 대역 172.18.0.0/16');
  });

  test('of a container that gets one more', () => {
    const before = ['docker network create back', 'docker run -d --name web alpine sleep 60'];
    const text = told('docker network connect --alias site back web', 'en', ...before);
    expect(text).toContain('web has one more interface: 172.18.0.2 on back');
    expect(text).toContain('name server 127.0.0.11 knows web, site, ID');
  });
});
