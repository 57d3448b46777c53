import type { RootEntry, RootFiles } from '../../oci/rootfs.ts';
import { ownerOf } from './accounts.ts';
import { mysqlScript, postgresScript } from './database-scripts.ts';
import { procps } from './debian.ts';
import { isAlpine, type LayerFiles, type LayerPlan, program, programs, script } from './layer.ts';
import { nginxScripts } from './web-servers.ts';

type Files = { [path: string]: RootEntry };

const entrypoint = '#!/bin/sh\nset -e\n\nexec "$@"\n';

/** An entry point that starts a server when it is given only options (as of redis: `docker run redis --port 7000`). */
function startScript(server: string): string {
  return `#!/bin/sh\nset -e\n\nif [ "\${1#-}" != "$1" ] || [ -z "$1" ]; then\n    set -- ${server} "$@"\nfi\n\nexec "$@"\n`;
}

/** node's also takes what is no command for a script to run. */
const nodeScript = `#!/bin/sh
set -e

if [ "\${1#-}" != "$1" ] || [ -z "$(command -v "$1")" ] || { [ -f "$1" ] && ! [ -x "$1" ]; }; then
    set -- node "$@"
fi

exec "$@"
`;

const servers: { readonly [repository: string]: string | undefined } = {
  mariadb: 'mariadbd',
  memcached: 'memcached',
  mongo: 'mongod',
  mysql: 'mysqld',
  php: 'php',
  postgres: 'postgres',
  rabbitmq: 'rabbitmq-server',
  redis: 'redis-server',
};

const scripts: { readonly [name: string]: string | undefined } = {
  'apache2-foreground': '#!/bin/bash\nset -e\n\nexec apache2 -DFOREGROUND "$@"\n',
  'docker-php-entrypoint': startScript('php'),
  'httpd-foreground': '#!/bin/sh\nset -e\n\nrm -f /usr/local/apache2/logs/httpd.pid\n\nexec httpd -DFOREGROUND "$@"\n',
};

/** What the file of a COPY row holds, by its name. */
export function copiedFile({ repository }: Pick<LayerPlan, 'repository'>, name: string): RootEntry {
  const known = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  if (known !== undefined) return script(known);
  if (repository === 'nginx' && Object.hasOwn(nginxScripts, name)) return nginxScripts[name] ?? '';
  if (repository === 'registry' && name === 'config.yml') {
    return 'version: 0.1\nlog:\n  fields:\n    service: registry\nstorage:\n  filesystem:\n    rootdirectory: /var/lib/registry\nhttp:\n  addr: :5000\n';
  }
  if (repository === 'registry' && name.endsWith('.sh')) {
    return script(
      '#!/bin/sh\nset -e\n\ncase "$1" in\n    *.yaml|*.yml) set -- registry serve "$@" ;;\n    serve|garbage-collect|help|-*) set -- registry "$@" ;;\nesac\n\nexec "$@"\n',
    );
  }
  if (repository === 'node' && name === 'docker-entrypoint.sh') return script(nodeScript);
  if (repository === 'postgres' && name === 'docker-entrypoint.sh') return script(postgresScript);
  if (repository === 'mysql' && name === 'docker-entrypoint.sh') return script(mysqlScript('mysqld'));
  if (repository === 'mariadb' && name === 'docker-entrypoint.sh') return script(mysqlScript('mariadbd'));
  if (/entrypoint|startup/.test(name)) {
    const server = Object.hasOwn(servers, repository) ? servers[repository] : undefined;
    return script(server === undefined ? entrypoint : startScript(server));
  }
  if (/\.(?:sh|envsh)$/.test(name) || !name.includes('.')) return script('#!/bin/sh\nexit 0\n');
  return `# ${name}\n`;
}

/** What rows say by themselves, whichever image they are in: COPY, mkdir, ln, installed packages. */
export function rowFiles(plan: LayerPlan): LayerFiles {
  const { instruction } = plan;
  if (instruction.startsWith('COPY ')) return copyRow(plan);
  if (instruction.startsWith('WORKDIR ')) return { files: { [instruction.slice(8).trim()]: { dir: true } } };
  return { files: { ...installed(plan), ...madeDirectories(plan), ...links(instruction) } };
}

function copyRow(plan: LayerPlan): LayerFiles {
  const words = plan.instruction
    .replace(/ # buildkit$/, '')
    .replace('…', '')
    .split(' ')
    .slice(1);
  const names = words.filter((word) => !word.startsWith('--'));
  const to = names.pop() ?? '/';
  const files: Files = {};
  const bulk: string[] = [];
  for (const from of names) {
    if (from.startsWith('/')) {
      // a whole folder of an earlier stage
      if (from !== '/target/') bulk.push(`${to}/lib/${to.slice(to.lastIndexOf('/') + 1)}.so`);
      continue;
    }
    if (from.includes('*')) continue;
    const name = from.slice(from.lastIndexOf('/') + 1);
    const single = names.length === 1 && !to.endsWith('/') && !to.endsWith('.d');
    const path = single ? to : `${to.replace(/\/$/, '')}/${name}`;
    files[path] = copiedFile(plan, path.slice(path.lastIndexOf('/') + 1));
  }
  return { files, bulk };
}

function installed(plan: LayerPlan): RootFiles {
  if (!/apt-get install|apk (?:--no-cache )?add|microdnf install/.test(plan.instruction)) return {};
  const words = new Set(plan.instruction.split(/[\s;"]+/));
  const files: Files = {};
  const put = (...names: readonly string[]) =>
    Object.assign(files, programs(...names.map((name) => `/usr/bin/${name}`)));
  for (const name of ['curl', 'git', 'gcc', 'make', 'less', 'jq', 'xz']) if (words.has(name)) put(name);
  if (words.has('wget') && !isAlpine(plan)) files['/usr/bin/wget'] = program('busybox');
  if (words.has('gnupg')) put('gpg');
  if (words.has('openssh-client')) put('ssh', 'scp', 'ssh-keygen');
  if (words.has('g++')) put('g++', 'gcc', 'ld', 'as');
  if (words.has('autoconf') || words.has('$PHPIZE_DEPS')) put('autoconf', 'make', 'gcc', 'g++', 'ld', 'as');
  if (words.has('$PHPIZE_DEPS')) put('curl');
  if (!isAlpine(plan) && (words.has('$PHPIZE_DEPS') || words.has('dpkg-dev'))) put('dpkg-architecture');
  if (words.has('procps') || words.has('procps…'))
    for (const name of procps) files[`/usr/bin/${name}`] = program(`coreutils/${name}`);
  if (words.has('ca-certificates')) files['/etc/ssl/certs/ca-certificates.crt'] = { bytes: '', size: 219_342 };
  // Debian's needs it
  if (words.has('ca-certificates') && !isAlpine(plan)) put('openssl');
  if (words.has('tzdata')) files['/usr/share/zoneinfo/UTC'] = { bytes: 'TZif2' };
  return files;
}

/** Paths of `mkdir` and `install --directory`, with the owner that the row gives them. */
function madeDirectories(plan: LayerPlan): RootFiles {
  const { instruction, env } = plan;
  const owner = ownerOf(
    plan,
    /chown (?:-R )?([a-z-]+)(?::|\s)/.exec(instruction)?.[1] ?? /--owner (\S+)/.exec(instruction)?.[1] ?? 'root',
  );
  const mode = /chmod (?:-R )?(1777|777)\b/.exec(instruction)?.[1] ?? /--mode (\d+)/.exec(instruction)?.[1] ?? '755';
  const made = [...instruction.matchAll(/\b(?:mkdir(?: -p)?|--mode \d+)((?: "?[/$][^\s;"&]*"?)+)/g)].flatMap(
    ([, paths = '']) => paths.trim().split(' '),
  );
  const files: Files = {};
  for (const word of made) {
    const path = word.replaceAll('"', '').replace(/\$\{?(\w+)\}?/g, (_, name: string) => env.get(name) ?? '');
    if (path.startsWith('/') && path !== '/' && !path.includes('…')) {
      files[path] = { dir: true, mode: Number.parseInt(mode, 8), ...owner };
    }
  }
  return files;
}

function links(instruction: string): RootFiles {
  const [, flags, target = '', path = ''] = /^RUN ln (-\w+) (\S+) (\/\S+)/.exec(instruction) ?? [];
  return flags === undefined ? {} : { [path]: { link: target } };
}
