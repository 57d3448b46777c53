import { beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../../src/kernel/state.ts';
import { Sandbox } from '../../support/sandbox.ts';

let pulled: World;

beforeAll(() => {
  const sandbox = new Sandbox();
  for (const image of ['debian:trixie-slim', 'ubuntu:24.04', 'alpine']) sandbox.docker('pull', '-q', image);
  pulled = sandbox.world;
});

const inside = (image: string, script: string) => new Sandbox(pulled).docker('run', '--rm', image, 'sh', '-c', script);
const quietly =
  'export DEBIAN_FRONTEND=noninteractive; apt-get update -qq; apt-get install -y -qq --no-install-recommends';

describe('apt-mark', () => {
  it('marks by names, patterns and regular expressions; what was manual before stays when the rest is purged', () => {
    const { stdout, code } = inside(
      'debian:trixie-slim',
      `exec 2> /dev/null; saved=$(apt-mark showmanual)
${quietly} tree netcat-openbsd jq > /dev/null
apt-mark auto tree; apt-mark auto tree; apt-mark manual 'tre*'; apt-mark auto '^tre+$'
apt-mark auto '.*' > /dev/null; apt-mark manual $saved > /dev/null; apt-mark manual jq
apt-get purge -y --auto-remove > /dev/null
ls /usr/bin/tree /usr/bin/nc; ls /usr/bin/jq; dpkg-query -W bash > /dev/null && echo bash stays`,
    );
    expect(stdout).toBe(`tree set to automatically installed.
tree was already set to automatically installed.
tree set to manually installed.
tree set to automatically installed.
jq set to manually installed.
/usr/bin/jq
bash stays
`);
    expect(code).toBe(0);
  });
});

describe('dpkg-architecture', () => {
  it('says what it says on amd64, as recorded', () => {
    const { stdout, stderr, code } = inside(
      'debian:trixie-slim',
      `${quietly} dpkg-dev > /dev/null 2>&1
dpkg-architecture --query DEB_BUILD_MULTIARCH; dpkg-architecture -qDEB_HOST_ARCH; dpkg-architecture | wc -l
dpkg-architecture -eamd64 && echo equal; dpkg-architecture -iany && echo any; dpkg-architecture --equal arm64 || echo not
dpkg-architecture -qDEB_BUILD_FOO; echo $?; dpkg-architecture --bogus`,
    );
    expect(stdout).toBe('x86_64-linux-gnu\namd64\n33\nequal\nany\nnot\n25\n');
    expect(stderr).toBe(
      "dpkg-architecture: error: DEB_BUILD_FOO is not a supported variable name\ndpkg-architecture: error: unknown option '--bogus'\n\nUse --help for program usage information.\n",
    );
    expect(code).toBe(2);
  });
});

describe('packages of a version of PHP', () => {
  it('bring the interpreter and settings by version', () => {
    const { stdout, code } = inside(
      'ubuntu:24.04',
      `${quietly} libapache2-mod-php8.3 php8.3-curl > /dev/null 2>&1
ls /usr/bin/php /usr/bin/php8.3 /etc/php/8.3/cli/php.ini /etc/php/8.3/apache2/php.ini /usr/sbin/phpenmod
sed -i 's/variables_order = .*/variables_order = "EGPCS"/' /etc/php/8.3/cli/php.ini && grep variables_order /etc/php/8.3/cli/php.ini
php -r 'echo 6 * 7, "\\n";'`,
    );
    expect(stdout).toBe(
      '/etc/php/8.3/apache2/php.ini\n/etc/php/8.3/cli/php.ini\n/usr/bin/php\n/usr/bin/php8.3\n/usr/sbin/phpenmod\nvariables_order = "EGPCS"\n42\n',
    );
    expect(code).toBe(0);
  });
});

describe('alpine', () => {
  it('has the tables of cron where they are looked for', () => {
    const { stdout, code } = inside(
      'alpine',
      'echo "* * * * * true" >> /var/spool/cron/crontabs/root && tail -1 /etc/crontabs/root && grep -c run-parts /etc/crontabs/root',
    );
    expect([stdout, code]).toEqual(['* * * * * true\n5\n', 0]);
  });
});
