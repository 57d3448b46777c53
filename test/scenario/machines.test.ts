// Checks on virtual machines and control groups, and lessons on another computer.
import { describe, expect, it } from 'vitest';
import { firstHost } from '../../src/client/first-host.ts';
import { hostPrograms } from '../../src/client/first-world.ts';
import { simulatedEnv } from '../../src/client/options.ts';
import type { World } from '../../src/kernel/state.ts';
import { judge } from '../../src/scenario/checks/judge.ts';
import { nothingSeen } from '../../src/scenario/checks/seen.ts';
import { fetchInside } from '../../src/scenario/fetch.ts';
import type { Check } from '../../src/scenario/schema/check.ts';
import type { Scenario } from '../../src/scenario/schema/scenario.ts';
import { Stage } from '../../src/scenario/stage.ts';
import { startingWorld } from '../../src/scenario/start.ts';
import { emptyEngine, Sandbox, software } from '../support/sandbox.ts';

const options = { host: firstHost, env: simulatedEnv([], {}), programs: hostPrograms() };

/** A world in which these lines were typed: what they printed, and what checks say. */
function after(world: World, ...lines: string[]) {
  const stage = new Stage(world, software, options);
  const printed = lines.map((line) => stage.line(line).printed);
  const view = { m: stage.machine, seen: nothingSeen, fetch: (url: string) => fetchInside(stage.machine, url) };
  const ask = (check: Check) => {
    const { ok, says } = judge(check, view);
    expect(says.ko, 'in Korean').toMatch(/[가-힣]/);
    return ok ? 'ok' : says.en;
  };
  return { ask, printed, host: stage.machine.hostId };
}

describe('virtual machines', () => {
  const { ask, printed } = after(
    new Sandbox().world,
    'vm boot one --memory 512M',
    'vm boot two --memory 1G --on kvm',
    "vm shell two -c 'echo kept > /root/note; uname -r; exit 3' ; echo $?",
    'echo hostname | vm shell one',
    'vm shell three -c true',
    'vm shell one -x',
    'vm stop one',
  );

  it.each<[Check, string]>([
    [{ vm: 'two' }, 'ok'],
    [{ vm: 'three' }, 'there is no virtual machine three'],
    [{ vm: 'two', state: 'running', on: ['kvm', 'xen'], memory: '1g', process: 'sshd' }, 'ok'],
    [{ vm: 'one', state: 'running' }, 'the virtual machine one is off, not running'],
    [{ vm: 'one', state: 'off', process: 'sshd' }, 'no process "sshd" runs in one'],
    [{ vm: 'two', process: 'dockerd' }, 'no process "dockerd" runs in two'],
    [{ vm: 'two', on: ['esxi'] }, 'the virtual machine two runs on kvm'],
    [{ vm: 'one', memory: '1g' }, 'the virtual machine one has less memory than 1g'],
    [{ vm: '*', count: 2 }, 'ok'],
    [{ vm: '*', count: 2, state: 'running' }, '1 of 2 virtual machines are as wanted'],
    [{ vm: '*', count: 3 }, '2 of 3 virtual machines are as wanted'],
    [{ vm: 'two', file: { path: '/root/note', contains: 'kept' } }, 'ok'],
    [{ vm: 'two', file: { path: '/root/none' } }, 'the disk of two has no /root/none'],
    [{ vm: 'two', file: { path: '/root/note', contains: 'lost' } }, '/root/note in two does not contain "lost"'],
    [{ vm: 'one', file: { path: '/etc/hostname', contains: 'one' } }, 'ok'],
  ])('%j: %s', (check, says) => expect(ask(check)).toBe(says));

  it('can be worked in by vm shell, with its status, its input and its refusals', () => {
    expect(printed[2]).toBe('6.1.0-50-cloud-amd64\n3\n');
    expect(printed[3]).toBe('one\n');
    expect(printed[4]).toContain('there is no virtual machine three');
    expect(printed[5]).toContain('vm shell [NAME] [-c COMMAND]');
  });
});

describe('control groups', () => {
  const { ask } = after(
    new Sandbox().world,
    'sudo mkdir /sys/fs/cgroup/small /sys/fs/cgroup/idle',
    "sudo sh -c 'echo 20M > /sys/fs/cgroup/small/memory.max'",
    "sudo sh -c 'echo $$ > /sys/fs/cgroup/small/cgroup.procs; tail /dev/zero'",
  );

  it.each<[Check, string]>([
    [{ cgroup: '/small', memory: '20m', killed: true }, 'ok'],
    [{ cgroup: '/small', memory: '10m' }, 'the cgroup /small has no memory.max of 10m or less'],
    [{ cgroup: '/idle', memory: '10m' }, 'the cgroup /idle has no memory.max of 10m or less'],
    [{ cgroup: '/idle', killed: true }, 'nothing has been killed in the cgroup /idle'],
    [{ cgroup: '/small', killed: false }, 'something was killed in the cgroup /small'],
    [{ cgroup: '/none' }, 'there is no cgroup /none'],
  ])('%j: %s', (check, says) => expect(ask(check)).toBe(says));
});

describe('a lesson on a Mac', () => {
  const home = '/Users/learner';
  const scenario = {
    start: { computer: 'mac', files: [[`${home}/note`, 'hi\n']] },
    steps: [{}],
  } as unknown as Scenario;
  const { ask, printed } = after(
    startingWorld(scenario, emptyEngine(), software, options),
    'uname -s; pwd; cat note',
    'docker run --rm alpine uname -r',
    'docker run -d --name web -p 8080:80 nginx',
  );

  it('takes place there, as its user', () => {
    expect(printed[0]).toBe(`Darwin\n${home}\nhi\n`);
    expect(printed[1]).toContain('linuxkit');
  });

  it('checks the engine that its client talks to, and its own ports', () => {
    expect(ask({ container: 'web', state: 'running', image: 'nginx' })).toBe('ok');
    expect(ask({ http: 'http://localhost:8080/', contains: 'nginx' })).toBe('ok');
    expect(ask({ file: `${home}/note`, contains: 'hi' })).toBe('ok');
  });
});
