import type { RootFiles } from '../../oci/rootfs.ts';
import { apacheFiles } from '../../programs/packages/apache-files.ts';
import { isAlpine, type LayerFiles, type LayerPlan, program, programs } from './layer.ts';
import { caddyFiles, httpdFiles, nginxFiles } from './web-servers.ts';

type Application = (plan: LayerPlan) => LayerFiles;

/** Programs below a folder, of which the first one is the large one. */
function below(folder: string, names: string, more: RootFiles = {}): Application {
  const paths = names.split(' ').map((name) => `${folder}/${name}`);
  return () => ({ files: { ...programs(...paths), ...more }, bulk: paths.slice(0, 1) });
}

const local = '/usr/local/bin';

const php: Application = () => ({
  files: {
    ...programs(`${local}/php`, `${local}/php-fpm`, `${local}/phpize`, `${local}/pecl`),
    ...programs(
      ...['ext-install', 'ext-configure', 'ext-enable', 'source'].map((name) => `${local}/docker-php-${name}`),
    ),
    '/usr/local/etc/php/php.ini-production': '; limits of a server in production\nmemory_limit = 128M\n',
    '/usr/local/etc/php/php.ini-development': '; limits while developing\nmemory_limit = 128M\ndisplay_errors = On\n',
  },
  bulk: [`${local}/php`],
});

const java: Application = ({ env }) => {
  const home = env.get('JAVA_HOME') ?? '/opt/java/openjdk';
  const version = /\d+(?:\.\d+)*/.exec(env.get('JAVA_VERSION') ?? '')?.[0] ?? '21';
  return {
    files: {
      ...programs(...'java javac jshell jar javap keytool'.split(' ').map((name) => `${home}/bin/${name}`)),
      [`${home}/release`]: `IMPLEMENTOR="Eclipse Adoptium"\nJAVA_VERSION="${version}"\nOS_ARCH="x86_64"\nOS_NAME="Linux"\n`,
    },
    bulk: [`${home}/lib/modules`, `${home}/lib/server/libjvm.so`],
  };
};

/** Settings of PHP's process manager, shortened to what others change. */
const pool = (listen: string): string =>
  `[www]\nuser = www-data\ngroup = www-data\n${listen}\npm = dynamic\npm.max_children = 5\npm.start_servers = 2\npm.min_spare_servers = 1\npm.max_spare_servers = 3\n`;
const fpmMain = '[global]\n;error_log = log/php-fpm.log\n;daemonize = yes\ninclude=etc/php-fpm.d/*.conf\n';
const fpmFiles: RootFiles = {
  '/usr/local/etc/php-fpm.conf.default': fpmMain,
  '/usr/local/etc/php-fpm.conf': fpmMain,
  '/usr/local/etc/php-fpm.d/www.conf.default': pool('listen = 127.0.0.1:9000'),
  '/usr/local/etc/php-fpm.d/www.conf': pool(';listen = 127.0.0.1:9000'),
  '/usr/local/etc/php-fpm.d/docker.conf':
    '[global]\nerror_log = /proc/self/fd/2\nlog_limit = 8192\n\n[www]\naccess.log = /proc/self/fd/2\nclear_env = no\ncatch_workers_output = yes\ndecorate_workers_output = no\nlisten = 9000\n',
  '/usr/local/etc/php-fpm.d/zz-docker.conf': '[global]\ndaemonize = no\n\n[www]\n',
};

const postgres: Application = (plan) => {
  const major = plan.env.get('PG_MAJOR') ?? '18';
  const names = 'postgres initdb pg_ctl psql pg_dump pg_dumpall pg_isready pg_restore createdb dropdb'.split(' ');
  const folder = isAlpine(plan) ? local : `/usr/lib/postgresql/${major}/bin`;
  const links = isAlpine(plan) ? [] : names.slice(3).map((name) => [`/usr/bin/${name}`, { link: `${folder}/${name}` }]);
  return {
    files: { ...programs(...names.map((name) => `${folder}/${name}`), `${local}/gosu`), ...Object.fromEntries(links) },
    bulk: [`${folder}/postgres`, `${folder}/psql`],
  };
};

const python: Application = ({ env }) => {
  const version = /^\d+\.\d+/.exec(env.get('PYTHON_VERSION') ?? '')?.[0] ?? '3.14';
  return {
    files: {
      [`${local}/python${version}`]: program('python3'),
      [`${local}/python3`]: { link: `python${version}` },
      [`${local}/python`]: { link: 'python3' },
      [`${local}/pip3`]: program('pip'),
      [`${local}/pip`]: program('pip'),
      [`/usr/local/lib/python${version}/site-packages`]: { dir: true },
    },
    bulk: [`/usr/local/lib/libpython${version}.so.1.0`],
  };
};

/** The names that begin with mysql ended with MariaDB 11. */
const mariadb: Application = (plan) => {
  const old = /^(?:1:)?10\./.test(plan.env.get('MARIADB_VERSION') ?? '');
  const links = old ? { '/usr/bin/mysql': { link: 'mariadb' }, '/usr/bin/mysqladmin': { link: 'mariadb-admin' } } : {};
  const clients = programs('/usr/bin/mariadb', '/usr/bin/mariadb-admin', '/usr/bin/mariadb-dump', `${local}/gosu`);
  return below('/usr/sbin', 'mariadbd', { ...clients, ...links, '/usr/sbin/mysqld': { link: 'mariadbd' } })(plan);
};

const node: Application = ({ env }) => ({
  files: {
    ...programs(...'node npm npx'.split(' ').map((name) => `${local}/${name}`)),
    // Node.js brings corepack no more from 25 on
    ...(Number(env.get('NODE_VERSION')?.split('.')[0] ?? 26) < 25 ? programs(`${local}/corepack`) : {}),
    [`${local}/nodejs`]: { link: 'node' },
  },
  bulk: [`${local}/node`],
});

const go: Application = ({ env }) => ({
  files: {
    ...programs('/usr/local/go/bin/go', '/usr/local/go/bin/gofmt'),
    '/usr/local/go/VERSION': `go${env.get('GOLANG_VERSION') ?? '1.27.1'}\n`,
  },
  bulk: [
    '/usr/local/go/bin/go',
    '/usr/local/go/pkg/tool/linux_amd64/compile',
    '/usr/local/go/pkg/tool/linux_amd64/link',
  ],
});

/** What the main layer of an official image holds (for images made up from another one: by that one's name). */
const applications: { readonly [repository: string]: Application | undefined } = {
  adminer: php,
  composer: (plan) => {
    const { files = {}, bulk } = php(plan);
    const link = { [`${local}/composer`]: { link: '/usr/bin/composer' } };
    return { files: { ...files, ...programs('/usr/bin/composer'), ...link }, ...(bulk ? { bulk } : {}) };
  },
  docker: below(local, 'dockerd docker containerd ctr runc docker-init docker-proxy'),
  'eclipse-temurin': java,
  gcc: below(local, 'gcc g++ c++ gfortran gccgo'),
  golang: go,
  httpd: httpdFiles,
  mariadb,
  memcached: below(local, 'memcached'),
  mongo: below('/usr/bin', 'mongod mongos mongosh mongodump mongorestore'),
  mysql: below('/usr/bin', 'mysqlsh'),
  nginx: nginxFiles,
  node,
  php,
  postgres,
  python,
  rabbitmq: below('/opt/erlang/bin', 'erl erlc escript'),
  redis: below(local, 'redis-server redis-cli redis-benchmark redis-check-aof redis-check-rdb', {
    [`${local}/redis-sentinel`]: { link: 'redis-server' },
  }),
  registry: below('/bin', 'registry'),
  ruby: below(local, 'ruby irb gem bundle bundler rake erb'),
  rust: below('/usr/local/cargo/bin', 'rustc cargo rustup rustfmt cargo-clippy'),
  tomcat: java,
  traefik: below(local, 'traefik'),
  wordpress: php,
};

/** The files that a row of an application's image adds; nothing for rows that it says nothing about. */
export function applicationFiles(plan: LayerPlan): LayerFiles {
  const { repository, instruction, main } = plan;
  if (repository === 'caddy') return instruction.startsWith('RUN set -eux') ? caddyFiles(plan) : { files: {} };
  // its first layer of its own has the server, a larger one more modules
  if (repository === 'nginx') return /groupadd|addgroup/.test(instruction) ? nginxFiles(plan) : { files: {} };
  if (repository === 'node' && /yarn|6A010C51/i.test(instruction) && !main)
    return { files: { ...programs(`${local}/yarn`), [`${local}/yarnpkg`]: { link: 'yarn' } }, bulk: [`${local}/yarn`] };
  if (repository === 'node' || repository === 'ghost')
    return /dpkgArch|adduser -u 1000|apk add/.test(instruction) && main ? node(plan) : { files: {} };
  const special = specialRow(plan);
  if (special) return special;
  const application = main && Object.hasOwn(applications, repository) ? applications[repository] : undefined;
  return application?.(plan) ?? { files: {} };
}

/** Debian's settings of Apache; PHP's images take the page away that would be served. */
function apacheSettings(): RootFiles {
  const files = apacheFiles('debian').filter(({ path }) => path.startsWith('/etc/'));
  return Object.fromEntries(files.map(({ path, bytes, link }) => [path, link === undefined ? { bytes } : { link }]));
}

function specialRow(plan: LayerPlan): LayerFiles | undefined {
  const { repository, instruction } = plan;
  if (instruction.startsWith('COPY /target/')) return go(plan);
  if (instruction.includes('php-fpm.d/')) return { files: fpmFiles };
  if (instruction.includes('mysql-community-server-minimal-')) {
    return below(
      '/usr/sbin',
      'mysqld',
      programs('/usr/bin/mysql', '/usr/bin/mysqladmin', '/usr/bin/mysqldump', `${local}/gosu`),
    )(plan);
  }
  if (/gosuArch|gosu/.test(instruction) && !plan.main) return below(local, 'gosu')(plan);
  if (repository === 'rabbitmq' && /^RUN set -eux; export DEBIAN_FRONTEND/.test(instruction)) {
    return below('/opt/rabbitmq/sbin', 'rabbitmq-server rabbitmqctl rabbitmq-plugins rabbitmq-diagnostics')(plan);
  }
  if (repository === 'tomcat' && /savedAptMark/.test(instruction)) {
    const home = '/usr/local/tomcat';
    const web = { [`${home}/webapps`]: { dir: true as const }, [`${home}/logs`]: { dir: true as const } };
    return {
      files: { ...programs(`${home}/bin/catalina.sh`, `${home}/bin/startup.sh`), ...web },
      bulk: [`${home}/lib/catalina.jar`],
    };
  }
  if (/install -y --no-install-recommends apache2/.test(instruction))
    return below(
      '/usr/sbin',
      'apache2 apache2ctl a2enmod a2dismod a2enconf a2disconf a2ensite a2dissite',
      apacheSettings(),
    )(plan);
  if (/wordpress\.tar\.gz/.test(instruction)) {
    return {
      files: { '/usr/src/wordpress/index.php': "<?php\nrequire __DIR__ . '/wp-blog-header.php';\n" },
      bulk: ['/usr/src/wordpress/wp-includes/blocks.php'],
    };
  }
  return undefined;
}
