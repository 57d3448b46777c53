// Runs the entrypoint scripts of five official images in the simulated machine, to the line where they become the server.
// The scripts are not part of this project; run by hand with a folder that has clones (bare ones too) of their repositories:
//
//   npx tsx test/fidelity/shell/entrypoints.ts FOLDER [IMAGE]
//
// FOLDER/docker-library+postgres/repo, …+mysql, …+redis, …+httpd and FOLDER/nginx+docker-nginx/repo. The servers and their
// tools are stand-ins here, which say how they were called; a script passes when its server is called.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { runShell, shellSoftware } from '../../programs/shell/world.ts';

interface Entry {
  readonly image: string;
  readonly repository: string;
  readonly path: string;
  readonly shell: 'bash' | 'dash' | 'ash';
  readonly command: string;
  /** Commands before it: variables, and what stands in for the image's tools. */
  readonly setting: string;
  /** What the last lines of its output must have. */
  readonly called: RegExp;
}

const standIn = (name: string, body = `echo "called: ${name} $*"`) =>
  `printf '%s\\n' '#!/bin/sh' '${body.replaceAll("'", "'\\''")}' > bin/${name}; chmod +x bin/${name}; `;
// without a real change of user: `id` tells the one that gosu was asked for
const privileges = [
  standIn('gosu', 'export DROPPED=1; shift; exec "$@"'),
  standIn('setpriv', 'export DROPPED=1; while [ "${1#--}" != "$1" ]; do shift; done; exec "$@"'),
  standIn('id', '[ -n "$DROPPED" ] && echo 999 || echo 0'),
  standIn('date', 'echo now'),
].join('');

const entries: readonly Entry[] = [
  {
    image: 'postgres',
    repository: 'docker-library+postgres',
    path: '17/bookworm/docker-entrypoint.sh',
    shell: 'bash',
    command: 'postgres',
    setting: `export POSTGRES_PASSWORD=secret PGDATA=/w/pgdata; mkdir -p /docker-entrypoint-initdb.d /var/run/postgresql;
${privileges}${standIn('initdb', 'echo "called: initdb"; echo 17 > /w/pgdata/PG_VERSION; echo > /w/pgdata/pg_hba.conf')}
${standIn('pg_ctl')}${standIn('psql')}${standIn('postgres', 'case $1 in -C) echo scram-sha-256;; *) echo "called: postgres $*";; esac')}`,
    called: /called: postgres\s*$/,
  },
  {
    image: 'mysql',
    repository: 'docker-library+mysql',
    path: '8.4/docker-entrypoint.sh',
    shell: 'bash',
    command: 'mysqld',
    setting: `export MYSQL_ROOT_PASSWORD=secret MYSQL_DATABASE=app; mkdir -p /docker-entrypoint-initdb.d /w/data;
${privileges}${standIn('mysql', 'cat > /dev/null; echo "called: mysql"')}${standIn('mysqladmin')}${standIn('mysql_tzinfo_to_sql', 'echo x')}
${standIn('mysqld', 'case "$*" in *--help*) printf "datadir  /w/data/\\nsocket  /w/s.sock\\n";; *--initialize*) mkdir /w/data/mysql; echo "called: mysqld init";; *--daemonize*) echo "called: mysqld daemon";; *) echo "called: mysqld $*";; esac')}`,
    called: /called: mysqld\s*$/,
  },
  {
    image: 'redis',
    repository: 'docker-library+redis',
    path: '7.2/debian/docker-entrypoint.sh',
    shell: 'dash',
    command: 'redis-server',
    setting: `${privileges}${standIn('redis-server')}`,
    called: /called: redis-server\s*$/,
  },
  {
    image: 'httpd',
    repository: 'docker-library+httpd',
    path: '2.4/httpd-foreground',
    shell: 'dash',
    command: '-X',
    setting: standIn('httpd'),
    called: /called: httpd -DFOREGROUND -X\s*$/,
  },
  {
    image: 'nginx',
    repository: 'nginx+docker-nginx',
    path: 'entrypoint/docker-entrypoint.sh',
    shell: 'dash',
    command: "nginx -g 'daemon off;'",
    setting: `mkdir -p /docker-entrypoint.d; printf '#!/bin/sh\\necho configured\\n' > /docker-entrypoint.d/10-x.sh; chmod +x /docker-entrypoint.d/10-x.sh; ${standIn('nginx')}`,
    called: /called: nginx -g daemon off;\s*$/,
  },
];

const [folder = '.', only] = process.argv.slice(2);
const software = shellSoftware();
let failed = 0;
for (const { image, repository, path, shell, command, setting, called } of entries) {
  if (only !== undefined && only !== image) continue;
  const text = execFileSync('git', ['-C', join(folder, repository, 'repo'), 'show', `HEAD:${path}`], {
    encoding: 'utf8',
  });
  const users =
    'for u in redis postgres mysql; do echo $u:x:999:999::/w:/bin/sh >> /etc/passwd; echo $u:x:999: >> /etc/group; done';
  const start = `mkdir -p bin /usr/bin; ln -s /bin/env /usr/bin/env; ${users}; PATH=/w/bin:$PATH; cat > bin/entry; chmod +x bin/entry; ${setting}`;
  const script = `${start}\nexec entry ${command} < /dev/null`;
  const { stdout, stderr, code } = runShell(software, script, { shell, stdin: text, budget: 2_000_000 });
  const passed = called.test(stdout) && code === 0;
  if (!passed) failed++;
  console.log(
    `${passed ? 'passed' : 'FAILED'} ${image} (${text.split('\n').length} lines, ${shell}), status ${code ?? 'none'}`,
  );
  if (!passed) console.log(`${stdout.slice(-1500)}\n${stderr.slice(-3000)}`);
}
process.exitCode = failed;
