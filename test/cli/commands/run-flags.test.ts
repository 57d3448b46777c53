import { describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/commands/container/run.ts';
import { flagSpecs } from '../../../src/cli/flags/spec.ts';
import { commandCatalog } from '../../../src/cli/help/catalog.ts';
import { Sandbox } from '../../support/sandbox.ts';

/**
 * Every flag of `docker run --help`, and what becomes of it: `simulated` has its effect on the model, `kept` is checked
 * and shown by inspect as by the real engine and has no effect there either, `refused` is refused by its name.
 */
const table: { readonly [flag: string]: 'simulated' | 'kept' | 'refused' } = {
  'add-host': 'simulated',
  annotation: 'kept',
  attach: 'simulated',
  'blkio-weight': 'refused',
  'blkio-weight-device': 'refused',
  'cap-add': 'simulated',
  'cap-drop': 'simulated',
  'cgroup-parent': 'refused',
  cgroupns: 'simulated',
  cidfile: 'simulated',
  'cpu-period': 'simulated',
  'cpu-quota': 'simulated',
  'cpu-rt-period': 'refused',
  'cpu-rt-runtime': 'refused',
  'cpu-shares': 'simulated',
  cpus: 'simulated',
  'cpuset-cpus': 'simulated',
  'cpuset-mems': 'kept',
  detach: 'simulated',
  'detach-keys': 'simulated',
  device: 'simulated',
  'device-cgroup-rule': 'refused',
  'device-read-bps': 'refused',
  'device-read-iops': 'refused',
  'device-write-bps': 'refused',
  'device-write-iops': 'refused',
  'disable-content-trust': 'kept',
  dns: 'simulated',
  'dns-option': 'simulated',
  'dns-search': 'simulated',
  domainname: 'simulated',
  entrypoint: 'simulated',
  env: 'simulated',
  'env-file': 'simulated',
  expose: 'simulated',
  gpus: 'kept',
  'group-add': 'simulated',
  'health-cmd': 'simulated',
  'health-interval': 'simulated',
  'health-retries': 'simulated',
  'health-start-interval': 'simulated',
  'health-start-period': 'simulated',
  'health-timeout': 'simulated',
  help: 'simulated',
  hostname: 'simulated',
  init: 'simulated',
  interactive: 'simulated',
  ip: 'simulated',
  ip6: 'refused',
  ipc: 'simulated',
  isolation: 'kept',
  'kernel-memory': 'kept',
  label: 'simulated',
  'label-file': 'simulated',
  link: 'simulated',
  'link-local-ip': 'refused',
  'log-driver': 'simulated',
  'log-opt': 'simulated',
  'mac-address': 'simulated',
  memory: 'simulated',
  'memory-reservation': 'simulated',
  'memory-swap': 'simulated',
  'memory-swappiness': 'kept',
  mount: 'simulated',
  name: 'simulated',
  network: 'simulated',
  'network-alias': 'simulated',
  'no-healthcheck': 'simulated',
  'oom-kill-disable': 'kept',
  'oom-score-adj': 'simulated',
  pid: 'simulated',
  'pids-limit': 'simulated',
  platform: 'kept',
  privileged: 'simulated',
  publish: 'simulated',
  'publish-all': 'simulated',
  pull: 'simulated',
  quiet: 'simulated',
  'read-only': 'simulated',
  restart: 'simulated',
  rm: 'simulated',
  runtime: 'kept',
  'security-opt': 'simulated',
  'shm-size': 'simulated',
  'sig-proxy': 'simulated',
  'stop-signal': 'simulated',
  'stop-timeout': 'simulated',
  'storage-opt': 'kept',
  sysctl: 'simulated',
  tmpfs: 'simulated',
  tty: 'simulated',
  ulimit: 'simulated',
  'use-api-socket': 'refused',
  user: 'simulated',
  userns: 'kept',
  uts: 'simulated',
  volume: 'simulated',
  'volume-driver': 'kept',
  'volumes-from': 'simulated',
  workdir: 'simulated',
};

const real = commandCatalog().get('container run')?.flags ?? [];
const ours = new Set(flagSpecs(run.flags).map(({ name }) => name));

describe('the flags of docker run', () => {
  it('are all in the table', () => {
    expect(Object.keys(table).sort()).toEqual(real.map(({ name }) => name).sort());
  });

  it.each(Object.entries(table))('--%s is %s', (name, what) => {
    if (name !== 'help') expect(ours.has(name)).toBe(what !== 'refused');
  });

  it.each(Object.entries(table).filter(([, what]) => what === 'refused'))('--%s is refused by its name', (name) => {
    const flag = real.find((each) => each.name === name);
    const words = flag?.type === 'bool' ? [`--${name}`] : [`--${name}`, flag?.type === 'list' ? '/dev/sda:1' : '1'];
    const { stderr, code } = new Sandbox().docker('run', ...words, 'alpine', 'true');
    expect(stderr).toBe(`drydock: the flag --${name} of docker run is not simulated\n`);
    expect(code).toBe(125);
  });

  it('say what cannot be: another log driver, a profile of one’s own', () => {
    const sandbox = new Sandbox();
    const refusal = (...flags: string[]) => sandbox.docker('run', ...flags, 'alpine', 'true').stderr.split('\n')[0];
    expect(refusal('--log-driver', 'syslog')).toMatch(/drydock: the logging driver syslog is not simulated$/);
    expect(refusal('--sysctl', 'net.ipv4.tcp_syncookies=1')).toMatch(/drydock: the kernel parameter net\.ipv4\.tcp_s/);
    expect(refusal('--log-opt', 'tag={{upper .ID}}')).toMatch(
      /drydock: the log option tag={{upper .ID}} is not simulated$/,
    );
    expect(refusal('--security-opt', 'seccomp=/etc/passwd')).toMatch(/drydock: a seccomp profile of your own is not/);
    expect(refusal('--disable-content-trust=false')).toMatch(/drydock: .*disable-content-trust=false.* not simulated$/);
  });

  it('warn as the engine does on a host with cgroup v2', () => {
    const { stderr, code } = new Sandbox().docker(
      ...['run', '--memory-swappiness', '10', '--oom-kill-disable', 'alpine', 'true'],
    );
    expect(stderr).toBe(
      'WARNING: Your kernel does not support memory swappiness capabilities or the cgroup is not mounted. Memory swappiness discarded.\n' +
        'WARNING: Your kernel does not support OomKillDisable. OomKillDisable discarded.\n',
    );
    expect(code).toBe(0);
  });
});
