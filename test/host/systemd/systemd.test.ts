// systemd of a guest and of a host: the same units, as systemd 252 and 255 show them.
import { beforeAll, describe, expect, it } from 'vitest';
import { guestProcesses } from '../../../src/vm/box.ts';
import { VmLab } from '../../vm/lab.ts';

describe('the units of a guest', () => {
  let lab: VmLab;
  beforeAll(() => {
    lab = new VmLab();
    lab.vm('boot');
  });

  it('run as the users of their files', () => {
    expect(lab.sh('ps -eo user,comm | sort | uniq -c | sort -rn', 'debian')).toMatch(/systemd\S* +systemd-timesyn/);
    expect(
      lab.sh(
        "stat -c %U /proc/$(pgrep dbus-daemon); grep -E '^(Uid|Gid)' /proc/$(pgrep systemd-timesyn)/status",
        'debian',
      ),
    ).toBe('messagebus\nUid:\t997\t997\t997\t997\nGid:\t997\t997\t997\t997\n');
    expect(Object.keys(lab.guest()?.kernel.processes ?? {})).toHaveLength(guestProcesses);
  });

  it('are shown with their file, processes and journal', () => {
    expect(lab.sh('systemctl status serial-getty@ttyS0', 'debian').replace(/\d{2,4}-\d\d-\d\d.*/, 'THEN')).toMatch(
      /^● serial-getty@ttyS0\.service - Serial Getty on ttyS0\n {5}Loaded: loaded \(\/lib\/systemd\/system\/serial-getty@\.service; enabled-runtime; preset: enabled\)\n {5}Active: active \(running\) since \w+ THEN\n {7}Docs: man:agetty\(8\)\n {13}man:systemd-getty-generator\(8\)\n {13}https:\S+\n {3}Main PID: (\d+) \(agetty\)\n {6}Tasks: 1 \(limit: 1228\)\n {5}Memory: 2\.0M\n {8}CPU: 0ms\n {5}CGroup: \/system\.slice\/system-serial\\x2dgetty\.slice\/serial-getty@ttyS0\.service\n {13}└─\1 \/sbin\/agetty -o "-p -- \\\\u" --keep-baud 115200,57600,38400,9600 - vt220\n\n\w+ \d\d [\d:]+ debian systemd\[1\]: Started serial-getty@ttyS0\.service - Serial Getty on ttyS0\.\n$/,
    );
  });

  it('are listed with what the columns mean', () => {
    const listed = lab.sh('systemctl list-units --type=service', 'debian');
    expect(listed).toMatch(
      /^ {2}UNIT +LOAD {3}ACTIVE SUB {5}DESCRIPTION\n {2}dbus\.service +loaded active running D-Bus/,
    );
    expect(listed).toMatch(
      /\n\nLOAD {3}= Reflects[^\n]*\nACTIVE = [^\n]*\nSUB {4}= [^\n]*\n8 loaded units listed\. Pass/,
    );
    expect(lab.sh('systemctl list-units --plain --no-legend dbus*', 'debian')).toBe(
      'dbus.service loaded active running D-Bus System Message Bus\n',
    );
    expect(lab.sh('systemctl list-units --failed', 'debian')).toMatch(/^0 loaded units listed\./);
    expect(lab.sh('systemctl list-units --type=socket 2>&1', 'debian')).toContain('--type=socket is not simulated');
    expect(lab.sh('systemctl is-system-running; systemctl is-enabled dbus ssh', 'debian')).toBe(
      'running\nstatic\nenabled\n',
    );
  });

  it('are in cgroups of their own, below the slices', () => {
    const tree = lab.sh('systemctl status', 'debian');
    expect(tree).toMatch(/^● debian\n {4}State: running\n {4}Units: 13 loaded/);
    expect(tree).toMatch(/ {11}├─init\.scope\n {11}│ └─1 \/sbin\/init\n {11}├─system\.slice\n {11}│ ├─dbus\.service\n/);
    expect(tree).toMatch(/└─\d+ "sshd: \/usr\/sbin\/sshd -D \[listener\] 0 of 10-100 startups"/);
  });

  it('come back when their file says so, and have failed otherwise', () => {
    const before = lab.sh('pgrep systemd-logind', 'debian');
    expect(lab.sh('kill -9 $(pgrep systemd-logind); sleep 1; systemctl is-active systemd-logind', 'debian')).toBe(
      'active\n',
    );
    expect(lab.sh('pgrep systemd-logind', 'debian')).not.toBe(before);
    lab.sh('kill -9 $(pgrep dbus-daemon); sleep 1', 'debian');
    expect(lab.sh('systemctl status dbus', 'debian')).toMatch(
      /^× dbus\.service[\s\S]*Active: failed \(Result: signal\) since[\s\S]*Main PID: \d+ \(code=killed, signal=KILL\)[\s\S]*Failed with result 'signal'\.\n$/,
    );
    expect(lab.sh('systemctl is-system-running; systemctl --failed --no-legend', 'debian')).toBe(
      'degraded\n● dbus.service loaded failed failed D-Bus System Message Bus\n',
    );
    expect(lab.sh('systemctl start dbus; systemctl is-system-running', 'debian')).toBe('running\n');
  });

  it('tell the journal in the order in which things happened', () => {
    const lines = lab.sh('journalctl -b', 'debian');
    const order = [
      'Linux version 6.1',
      'Detected virtualization',
      'Started systemd-journald',
      'basic.target',
      'Started dbus',
      'multi-user.target',
      'dbus.service: Failed',
    ];
    expect([...order].sort((a, b) => lines.indexOf(a) - lines.indexOf(b))).toEqual(order);
    expect(order.every((text) => lines.includes(text))).toBe(true);
    expect(lab.sh('journalctl -u dbus -n 1 --no-pager', 'debian')).toMatch(
      /^\w+ \d\d [\d:]+ debian systemd\[1\]: Started dbus\.service/,
    );
  });

  it('of a package get a user, and start with the system', () => {
    lab.sh('apt-get update && apt-get install -y redis-server nginx', 'debian');
    expect(lab.sh('systemctl is-active redis-server; stat -c %U /proc/$(pgrep redis-server)', 'debian')).toBe(
      'active\nredis\n',
    );
    lab.sh('systemctl disable redis-server', 'debian');
    lab.vm('stop');
    lab.reload().vm('boot');
    expect(lab.sh('systemctl is-active redis-server nginx; systemctl is-enabled redis-server', 'debian')).toBe(
      'inactive\nactive\ndisabled\n',
    );
  });
});

it('the first computer has the same systemctl, in the words of its own version', () => {
  const lab = new VmLab();
  expect(lab.sh('systemctl list-units')).toMatch(
    /docker\.service +loaded active running[\s\S]*\nLegend: LOAD {3}→ Reflects/,
  );
  lab.sh('sudo systemctl stop docker');
  expect(lab.sh('systemctl status docker')).toMatch(
    /^○ docker\.service[\s\S]*Duration: [\s\S]*Main PID: \d+ \(code=exited, status=0\/SUCCESS\)/,
  );
  expect(lab.sh('journalctl -xeu docker')).toMatch(/Stopping docker\.service[\s\S]*Stopped docker\.service/);
  expect(lab.sh('journalctl -u nginx; journalctl -q -u nginx')).toBe('-- No entries --\n');
  expect(lab.sh('sudo systemctl disable containerd 2>&1; systemctl is-enabled containerd')).toBe(
    'drydock: systemctl disable containerd.service is not simulated\nenabled\n',
  );
  expect(lab.sh('sudo systemctl reboot 2>&1')).toContain('reboot of this computer is not simulated');
});
