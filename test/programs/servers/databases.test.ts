import { beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../../src/kernel/state.ts';
import { Sandbox } from '../../support/sandbox.ts';

describe('postgres', () => {
  let running: World;
  beforeAll(() => {
    const sandbox = new Sandbox();
    sandbox.docker('network', 'create', 'inside');
    const env = ['-e', 'POSTGRES_PASSWORD=pw', '-e', 'POSTGRES_USER=app', '-e', 'POSTGRES_DB=shop'];
    sandbox.docker(
      'run',
      '-d',
      '--name',
      'db',
      '--network',
      'inside',
      '-v',
      'data:/var/lib/postgresql',
      ...env,
      'postgres',
    );
    sandbox.pass(10);
    running = sandbox.world;
  });

  it('refuses to begin without a password', () => {
    const { code, stderr } = new Sandbox(running).docker('run', '--rm', 'postgres');
    expect(code).toBe(1);
    expect(stderr).toContain('Error: Database is uninitialized and superuser password is not specified.\n');
  });

  it('makes the user and the database of its environment', () => {
    const sandbox = new Sandbox(running);
    expect(sandbox.docker('logs', 'db').stdout).toContain('PostgreSQL init process complete; ready for start up.');
    expect(sandbox.docker('logs', 'db').stderr).toContain('LOG:  database system is ready to accept connections');
    const { stdout } = sandbox.docker(
      'exec',
      'db',
      'psql',
      '-U',
      'app',
      'shop',
      '-tAc',
      'select current_user, current_database()',
    );
    expect(stdout).toBe('app|shop\n');
  });

  it('wants a password over the network, and keeps data in its volume', () => {
    const sandbox = new Sandbox(running);
    const psql = (password: string, text: string) =>
      sandbox.docker(
        'run',
        '--rm',
        '--network',
        'inside',
        '-e',
        `PGPASSWORD=${password}`,
        'postgres',
        'psql',
        '-h',
        'db',
        '-U',
        'app',
        'shop',
        '-tAc',
        text,
      );
    expect(psql('bad', 'select 1').stderr).toContain('FATAL:  password authentication failed for user "app"');
    expect(psql('pw', 'create table t (a int); insert into t values (7)').stdout).toBe('CREATE TABLE\nINSERT 0 1\n');
    expect(sandbox.docker('stop', 'db').code).toBe(0);
    expect(sandbox.docker('inspect', '-f', '{{.State.ExitCode}}', 'db').stdout).toBe('0\n');
    sandbox.docker('rm', 'db');
    sandbox.docker('run', '-d', '--name', 'db', '--network', 'inside', '-v', 'data:/var/lib/postgresql', 'postgres');
    sandbox.pass(3);
    expect(sandbox.docker('logs', 'db').stdout).toContain('Skipping initialization');
    expect(psql('pw', 'select a from t').stdout).toBe('7\n');
  });

  it('says what its engine does not know', () => {
    const { stderr } = new Sandbox(running).docker(
      'exec',
      'db',
      'psql',
      '-U',
      'app',
      'shop',
      '-c',
      'select 1 union select 2',
    );
    expect(stderr).toContain("ERROR:  drydock's small SQL engine does not know UNION here");
  });
});

describe('mysql', () => {
  it('refuses to begin without a password', () => {
    const { code, stderr } = new Sandbox().docker('run', '--rm', 'mysql');
    expect(code).toBe(1);
    expect(stderr).toContain('[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified');
  });

  it('makes the user and the database of its environment', () => {
    const sandbox = new Sandbox();
    const env = ['ROOT_PASSWORD=root', 'DATABASE=shop', 'USER=app', 'PASSWORD=pw'].flatMap((each) => [
      '-e',
      `MYSQL_${each}`,
    ]);
    sandbox.docker('run', '-d', '--name', 'db', ...env, 'mysql');
    sandbox.pass(15);
    const query = (...words: string[]) => sandbox.docker('exec', 'db', 'mysql', ...words);
    expect(query('-uapp', '-ppw', '-e', 'show databases').stdout).toBe('Database\ninformation_schema\nshop\n');
    expect(query('-uroot', '-pbad', '-e', 'select 1').stderr).toContain(
      "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)\n",
    );
  });
});
