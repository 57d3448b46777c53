import { encodeUtf8 } from '../../kernel/bytes.ts';
import { executableStub } from '../../kernel/stub.ts';
import { apacheFiles } from './apache-files.ts';
import type { Package } from './package.ts';
import { alpinePhpFiles, debianPhpFiles } from './php-files.ts';

/** A file that a package unpacks: its bytes, or the program that it names; `size` when it takes more than is kept here. */
export interface UnpackedFile {
  readonly path: string;
  readonly bytes: string;
  readonly mode: number;
  readonly size?: number;
  /** Another name for this file, instead of bytes. */
  readonly link?: string;
}

/**
 * The programs of packages: `NAME` is /usr/bin/NAME, `NAME=PROGRAM` is run by another one's program. What is not simulated
 * is there too, and says so when it is run.
 */
const programs: { readonly [name: string]: string } = table(`
apache2: /usr/sbin/a2enmod /usr/sbin/a2dismod /usr/sbin/a2enconf /usr/sbin/a2disconf /usr/sbin/a2ensite /usr/sbin/a2dissite /usr/sbin/apache2ctl
apache2-bin: /usr/sbin/apache2
apache2-utils: ab htpasswd rotatelogs
bash: /bin/bash=bash
bc: bc=coreutils/bc
bind9-dnsutils: dig nslookup=busybox nsupdate
bind9-host: host
bind-tools: dig host nslookup=busybox
binutils: ld as ar nm strip objdump ranlib readelf strings=coreutils/strings
busybox-static: busybox
bzip2: bzip2=coreutils/bzip2 bunzip2=coreutils/bunzip2 bzcat=coreutils/bzcat
ca-certificates: /usr/sbin/update-ca-certificates
cargo: cargo
clang: clang clang++
cmake: cmake ctest
coreutils: md5sum=coreutils/md5sum
cowsay: cowsay cowthink
composer: composer
cron: crontab=coreutils/crontab /usr/sbin/cron=coreutils/cron
curl: curl
dc: dc=coreutils/dc
default-mysql-client: mysql mysqldump
docker-cli: docker
dpkg-dev: dpkg-architecture
docker-ce: dockerd docker-proxy docker-init
docker-ce-cli: docker
containerd.io: containerd containerd-shim-runc-v2=shim
containerd: containerd containerd-shim-runc-v2=shim
docker.io: docker dockerd docker-proxy docker-init
dumb-init: dumb-init
emacs: emacs
ffmpeg: ffmpeg ffprobe
figlet: figlet
file: file
fish: fish
g++: g++ c++
gawk: gawk awk
gcc: gcc cc
gdb: gdb
gettext: msgfmt xgettext
gettext-base: envsubst gettext
gettext-envsubst: envsubst
git: git
gnupg: gpg gpgconf
go: go gofmt
golang-go: go gofmt
gosu: gosu
gpg: gpg
gpg-agent: gpg-agent
haproxy: /usr/sbin/haproxy
htop: htop
imagemagick: convert identify magick
inotify-tools: inotifywait inotifywatch
iproute2: ip ss /usr/sbin/tc
iproute2-minimal: /sbin/ip=ip
iproute2-ss: ss
iputils: ping
iputils-ping: ping
jq: jq
less: less=coreutils/less
locales: /usr/sbin/locale-gen localedef
lsb-release: lsb_release
lsof: lsof=coreutils/lsof
lxc: lxc-attach=isolation/lxc-attach lxc-create=isolation/lxc-create lxc-destroy=isolation/lxc-destroy lxc-freeze=isolation/lxc-freeze lxc-info=isolation/lxc-info lxc-ls=isolation/lxc-ls lxc-start=isolation/lxc-start lxc-stop=isolation/lxc-stop lxc-unfreeze=isolation/lxc-unfreeze lxc-autostart lxc-cgroup lxc-checkpoint lxc-config lxc-console lxc-copy lxc-device lxc-execute lxc-monitor lxc-snapshot lxc-top lxc-unshare lxc-wait
make: make
man-db: man
mariadb-client: mariadb mysql mariadb-dump mysqldump
maven: mvn
memcached: memcached
mercurial: hg
musl-utils: getconf ldd
nano: nano=coreutils/nano
ncdu: ncdu
net-tools: ifconfig=busybox netstat=busybox route=busybox arp
netcat-openbsd: nc=busybox netcat=busybox
netcat-traditional: nc=busybox netcat=busybox
nginx: /usr/sbin/nginx=nginx
ninja-build: ninja
nmap: nmap nping
nodejs: node
npm: npm npx
openjdk-21-jre-headless: java
openjdk-21-jdk-headless: javac javap jar
openjdk-17-jre-headless: java
openjdk-17-jdk-headless: javac javap jar
openjdk21: java javac javap jar
openjdk21-jre: java
openjdk17: java javac javap jar
openjdk17-jre: java
openssh-client: ssh scp sftp ssh-add ssh-agent
openssh-client-default: ssh scp sftp ssh-add ssh-agent
openssh-keygen: ssh-keygen
openssh-server: /usr/sbin/sshd
openssl: openssl
patch: patch=coreutils/patch
perl: perl
php-common: /usr/sbin/phpenmod /usr/sbin/phpdismod /usr/sbin/phpquery
php-cli: php
php: /usr/sbin/phpenmod /usr/sbin/phpdismod
php-curl: /usr/sbin/phpenmod /usr/sbin/phpdismod
libapache2-mod-php: /usr/sbin/phpenmod /usr/sbin/phpdismod
php8.4-cli: php
pipx: pipx
pkgconf: pkgconf pkg-config
pkgconf-bin: pkgconf
postgresql-client-15: psql pg_dump pg_restore pg_isready
postgresql-client-17: psql pg_dump pg_restore pg_isready
postgresql18-client: psql pg_dump pg_restore pg_isready
procps: free=coreutils/free kill=coreutils/kill pgrep=coreutils/pgrep pidof=coreutils/pidof pkill=coreutils/pkill ps=coreutils/ps top=coreutils/top uptime=coreutils/uptime vmstat=coreutils/vmstat w=coreutils/w watch=coreutils/watch
procps-ng: free=coreutils/free pgrep=coreutils/pgrep pkill=coreutils/pkill ps=coreutils/ps top=coreutils/top uptime=coreutils/uptime vmstat=coreutils/vmstat w=coreutils/w watch=coreutils/watch
psmisc: fuser=coreutils/fuser killall=coreutils/killall pstree=coreutils/pstree
py3-pip: pip pip3=pip
python-is-python3: python=python3
python3: python3
python3-minimal: python3
python3-pip: pip pip3=pip
redis: redis-server redis-cli redis-benchmark
redis-server: redis-server
redis-tools: redis-cli redis-benchmark
rsync: rsync
ruby: ruby gem irb
rust: rustc
screen: screen
shadow: /usr/sbin/useradd /usr/sbin/groupadd /usr/sbin/usermod
sl: /usr/games/sl
socat: socat
sqlite: sqlite3
sqlite3: sqlite3
strace: strace
stress: stress
stress-ng: stress-ng
su-exec: /sbin/su-exec
subversion: svn
sudo: sudo=isolation/sudo
supervisor: supervisord supervisorctl
tar: tar
tcpdump: tcpdump
telnet: telnet
tini: tini
tmux: tmux
traceroute: traceroute
tree: tree=coreutils/tree
unzip: unzip=coreutils/unzip
util-linux-misc: nsenter unshare
uuid-runtime: uuidgen
valgrind: valgrind
vim: vim vi
vim-tiny: vi
wget: wget=busybox
whois: whois
xz: xz=coreutils/xz unxz=coreutils/unxz xzcat=coreutils/xzcat
xz-utils: xz=coreutils/xz unxz=coreutils/unxz xzcat=coreutils/xzcat
yarn: yarn
zip: zip=coreutils/zip
zsh: zsh
`);

function table(text: string): { readonly [name: string]: string } {
  const entries = text
    .trim()
    .split('\n')
    .map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
  return Object.fromEntries(entries);
}

/** Programs of a package by their paths; alpine keeps tini where its documentation says. */
function programsOf(pack: Package, system: 'alpine' | 'debian'): readonly (readonly [string, string])[] {
  // the interpreter goes by its plain name, too
  const [php] = /^php[\d.]+(?=-cli$)/.exec(pack.name) ?? [];
  const known = Object.hasOwn(programs, pack.name)
    ? programs[pack.name]
    : php === undefined
      ? undefined
      : `php ${php}=php`;
  const words = known === undefined ? (pack.unknown && isTool(pack.name) ? [pack.name] : []) : known.split(' ');
  return words.map((word) => {
    const [place = '', program] = word.split('=');
    const name = place.slice(place.lastIndexOf('/') + 1);
    const folder = system === 'alpine' && (name === 'tini' || name === 'su-exec') ? '/sbin' : '/usr/bin';
    return [place.startsWith('/') ? place : `${folder}/${place}`, program ?? name];
  });
}

/** Libraries, headers and modules of languages bring no program of their name. */
function isTool(name: string): boolean {
  return !/^(?:lib|python3?-|py3-|ruby-|perl-|php[\d.]*-|fonts?-|ttf-|linux-|ocl-|gir1)|-(?:dev|libs?|common|data|doc|dbg|static|openrc|lang)$/.test(
    name,
  );
}

/**
 * The files that stand for a package: its programs, and one file that takes what the package's size says beyond them. Paths
 * below /usr/share and /usr/lib are made up; programs are where the real package has them.
 */
export function filesOf(pack: Package, system: 'alpine' | 'debian'): readonly UnpackedFile[] {
  const files: UnpackedFile[] = programsOf(pack, system).map(([path, program]) => ({
    path,
    bytes: executableStub(program),
    mode: 0o755,
  }));
  files.push(...special(pack, system));
  if (system === 'debian') files.push(plain(`/usr/share/doc/${pack.name}/copyright`, ''));
  const rest = pack.installed - files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (rest <= 0 || pack.installed === 0) return files;
  const grown = files.findIndex(({ mode, path }) => mode === 0o755 && !path.endsWith('update-ca-certificates'));
  const file = files[grown];
  if (file) files[grown] = { ...file, size: rest + file.bytes.length };
  else files.push({ ...plain(bulkPath(pack.name, system), '\x7fELF'.slice(0, rest)), size: rest });
  return files;
}

function plain(path: string, text: string): UnpackedFile {
  return { path, bytes: encodeUtf8(text), mode: 0o644 };
}

function bulkPath(name: string, system: 'alpine' | 'debian'): string {
  const library = system === 'alpine' ? '/usr/lib' : '/usr/lib/x86_64-linux-gnu';
  if (name.endsWith('-dev')) return `${library}/${name.slice(0, -4)}.a`;
  if (name.startsWith('lib') || name.endsWith('-libs')) return `${library}/${name}.so`;
  return `/usr/share/${name}/${name}`;
}

const zones = 'UTC Etc/UTC Asia/Seoul Asia/Tokyo Asia/Shanghai Europe/Berlin Europe/London America/New_York'.split(' ');

/** Files that others look for. */
function special({ name }: Package, system: 'alpine' | 'debian'): UnpackedFile[] {
  if (name === 'ca-certificates') {
    return [{ ...plain('/etc/ssl/certs/ca-certificates.crt', ''), size: 219_342 }];
  }
  if (name === 'tzdata') return zones.map((zone) => plain(`/usr/share/zoneinfo/${zone}`, 'TZif2'));
  if (name === 'nginx' && system === 'alpine') return alpineNginx();
  if (name === 'apache2') return apacheFiles(system);
  if (system === 'alpine' && /^php\d*(?:-fpm)?$/.test(name)) return alpinePhpFiles(name);
  if (system === 'debian' && /php[\d.]+/.test(name)) return debianPhpFiles(name);
  if (name === 'nginx-common') return debianNginx();
  if (name === 'redis-server' && system === 'debian') {
    return [plain('/etc/redis/redis.conf', 'port 6379\ndir /var/lib/redis\n')];
  }
  return [];
}

const nginxPage = (title: string) =>
  `<!DOCTYPE html>\n<html>\n<head>\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n</body>\n</html>\n`;
const mime =
  'types {\n    text/html html htm;\n    text/css css;\n    text/plain txt;\n    application/json json;\n    application/javascript js;\n    image/png png;\n    image/svg+xml svg;\n}\n';

function alpineNginx(): UnpackedFile[] {
  return [
    plain(
      '/etc/nginx/nginx.conf',
      'user nginx;\nworker_processes auto;\nerror_log /var/log/nginx/error.log warn;\nevents {\n    worker_connections 1024;\n}\nhttp {\n    include /etc/nginx/mime.types;\n    default_type application/octet-stream;\n    server_tokens off;\n    access_log /var/log/nginx/access.log;\n    include /etc/nginx/http.d/*.conf;\n}\n',
    ),
    plain('/etc/nginx/mime.types', mime),
    plain(
      '/etc/nginx/http.d/default.conf',
      'server {\n    listen 80 default_server;\n    location / {\n        return 404;\n    }\n}\n',
    ),
    plain('/var/log/nginx/access.log', ''),
    plain('/var/log/nginx/error.log', ''),
  ];
}

function debianNginx(): UnpackedFile[] {
  const site =
    'server {\n\tlisten 80 default_server;\n\tlisten [::]:80 default_server;\n\troot /var/www/html;\n\tindex index.html index.htm index.nginx-debian.html;\n\tserver_name _;\n\tlocation / {\n\t\ttry_files $uri $uri/ =404;\n\t}\n}\n';
  return [
    plain(
      '/etc/nginx/nginx.conf',
      'user www-data;\nworker_processes auto;\npid /run/nginx.pid;\nerror_log /var/log/nginx/error.log;\nevents {\n\tworker_connections 768;\n}\nhttp {\n\tsendfile on;\n\tinclude /etc/nginx/mime.types;\n\tdefault_type application/octet-stream;\n\taccess_log /var/log/nginx/access.log;\n\tinclude /etc/nginx/conf.d/*.conf;\n\tinclude /etc/nginx/sites-enabled/*;\n}\n',
    ),
    plain('/etc/nginx/mime.types', mime),
    plain('/etc/nginx/sites-available/default', site),
    { ...plain('/etc/nginx/sites-enabled/default', ''), link: '/etc/nginx/sites-available/default' },
    plain('/var/www/html/index.nginx-debian.html', nginxPage('Welcome to nginx!')),
    plain('/var/log/nginx/access.log', ''),
    plain('/var/log/nginx/error.log', ''),
  ];
}
