import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Sandbox } from '../../support/sandbox.ts';

interface Case {
  readonly cmd: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Recorded with PostgreSQL 15.18 and MariaDB 10.11.19 of Debian 12: one session each, in this order. */
const recorded = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as readonly Case[];

/** Times differ, and a long line's length with its number of digits. */
const plain = (text: string) => text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+/g, 'TIME');

function differing(cases: readonly Case[], run: (cmd: string) => Case): readonly string[] {
  return cases
    .filter(({ cmd, code, stdout, stderr }) => {
      const got = run(cmd);
      return got.code !== code || plain(got.stdout) !== plain(stdout) || plain(got.stderr) !== plain(stderr);
    })
    .map(({ cmd }) => cmd);
}

function serving(image: string, env: string, user: string): (cmd: string) => Case {
  const sandbox = new Sandbox();
  sandbox.docker('run', '-d', '--name', 'db', '-e', env, image);
  sandbox.pass(15);
  return (cmd) => {
    const { code = 0, stdout, stderr } = sandbox.docker('exec', '-u', user, 'db', 'sh', '-c', cmd);
    return { cmd, code, stdout, stderr };
  };
}

describe('what real servers and clients printed', () => {
  it('psql and PostgreSQL', () => {
    const different = differing(
      recorded('postgres.json'),
      serving('postgres:15', 'POSTGRES_PASSWORD=secret', 'postgres'),
    );
    expect(different).toEqual([
      // the image's locale is en_US.utf8
      'psql -l',
      // the image trusts connections from its own loopback interface
      "psql -h 127.0.0.1 -w -c 'select 1'",
      "PGPASSWORD=bad psql -h 127.0.0.1 -c 'select 1'",
      // another package of the same version
      'psql -V',
    ]);
  });

  it('mysql and MariaDB', () => {
    const different = differing(
      recorded('mariadb.json'),
      serving('mariadb:10.11', 'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1', 'root'),
    );
    // privileges are kept by database only
    expect(different).toEqual(["mysql -e 'show grants'"]);
  });
});
