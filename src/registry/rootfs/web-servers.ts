import type { RootFiles } from '../../oci/rootfs.ts';
import { type LayerFiles, type LayerPlan, program, programs, script } from './layer.ts';

const nginxConf = `user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;

events {
    worker_connections  1024;
}

http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;
    sendfile        on;
    keepalive_timeout  65;

    include /etc/nginx/conf.d/*.conf;
}
`;
const nginxSite = `server {
    listen       80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;
const mimeTypes = `types {
    text/html                        html htm shtml;
    text/css                         css;
    text/plain                       txt;
    text/xml                         xml;
    application/javascript           js;
    application/json                 json;
    image/gif                        gif;
    image/jpeg                       jpeg jpg;
    image/png                        png;
    image/svg+xml                    svg svgz;
    image/x-icon                     ico;
}
`;

function page(title: string, text: string): string {
  return `<!DOCTYPE html>\n<html>\n<head>\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body>\n</html>\n`;
}

/** nginx's own layer. */
export function nginxFiles(plan: LayerPlan): LayerFiles {
  return {
    files: {
      '/usr/sbin/nginx': program('nginx'),
      '/etc/nginx/nginx.conf': nginxConf,
      '/etc/nginx/mime.types': mimeTypes,
      '/etc/nginx/conf.d/default.conf': nginxSite,
      '/usr/share/nginx/html/index.html': page('Welcome to nginx!', 'The web server in this container works.'),
      '/usr/share/nginx/html/50x.html': page('Error', 'The page cannot be shown at the moment.'),
      '/var/log/nginx/access.log': { link: '/dev/stdout' },
      '/var/log/nginx/error.log': { link: '/dev/stderr' },
      '/var/cache/nginx': { dir: true },
      '/docker-entrypoint.d': { dir: true },
      ...(plan.base.startsWith('alpine') ? {} : { '/usr/bin/curl': program('curl') }),
    },
    bulk: ['/usr/sbin/nginx', '/usr/lib/nginx/modules/ngx_http_js_module.so'],
  };
}

// the lines that the real image logs at its start, from the same steps
const nginxEntrypoint = `#!/bin/sh
set -e

say() {
    if [ -z "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]; then
        echo "$0: $*"
    fi
}

if [ "$1" = "nginx" ] || [ "$1" = "nginx-debug" ]; then
    if [ -n "$(ls /docker-entrypoint.d)" ]; then
        say "/docker-entrypoint.d/ is not empty, will attempt to perform configuration"
        say "Looking for shell scripts in /docker-entrypoint.d/"
        for f in /docker-entrypoint.d/*; do
            case "$f" in
                *.envsh)
                    if [ -x "$f" ]; then say "Sourcing $f"; . "$f"; else say "Ignoring $f, not executable"; fi
                    ;;
                *.sh)
                    if [ -x "$f" ]; then say "Launching $f"; "$f"; else say "Ignoring $f, not executable"; fi
                    ;;
                *) say "Ignoring $f" ;;
            esac
        done
        say "Configuration complete; ready for start up"
    else
        say "No files found in /docker-entrypoint.d/, skipping configuration"
    fi
fi

exec "$@"
`;
const listenOnIpv6 = `#!/bin/sh
set -e

me=$(basename "$0")
conf=/etc/nginx/conf.d/default.conf
say() {
    if [ -z "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]; then
        echo "$me: info: $*"
    fi
}

if [ ! -f "$conf" ]; then
    say "$conf is not a file or does not exist"
    exit 0
fi
if [ ! -w "$conf" ]; then
    say "can not modify $conf (read-only file system?)"
    exit 0
fi
if grep -q 'listen  *\\[::\\]' "$conf"; then
    say "IPv6 listen already enabled"
    exit 0
fi
say "Getting the checksum of $conf"
sed -i 's/listen       80;/listen       80;\\n    listen  [::]:80;/' "$conf"
say "Enabled listen on IPv6 in $conf"
`;
const nothingToDo = '#!/bin/sh\n# does nothing unless it is configured to\nexit 0\n';

/** The scripts of nginx's image, by their names. */
export const nginxScripts: RootFiles = {
  'docker-entrypoint.sh': script(nginxEntrypoint),
  '10-listen-on-ipv6-by-default.sh': script(listenOnIpv6),
  '15-local-resolvers.envsh': script('# sets NGINX_LOCAL_RESOLVERS where it is asked for\n'),
  '20-envsubst-on-templates.sh': script(nothingToDo),
  '30-tune-worker-processes.sh': script(nothingToDo),
};

/** Apache's own layer in `httpd`. */
export function httpdFiles(): LayerFiles {
  const root = '/usr/local/apache2';
  return {
    files: {
      ...programs(...'ab apachectl htpasswd httpd rotatelogs'.split(' ').map((name) => `${root}/bin/${name}`)),
      [`${root}/conf/httpd.conf`]: `ServerRoot "${root}"\nListen 80\nUser www-data\nGroup www-data\nServerAdmin you@example.com\nDocumentRoot "${root}/htdocs"\nErrorLog /proc/self/fd/2\nCustomLog /proc/self/fd/1 common\n`,
      [`${root}/conf/mime.types`]: 'text/html\thtml htm\ntext/css\tcss\ntext/plain\ttxt\n',
      [`${root}/htdocs/index.html`]: '<html><body><h1>It works!</h1></body></html>\n',
      [`${root}/logs`]: { dir: true },
      [`${root}/cgi-bin`]: { dir: true },
    },
    bulk: [`${root}/bin/httpd`, `${root}/modules/mod_ssl.so`],
  };
}

/** Caddy: a row makes its configuration and its pages. */
export function caddyFiles({ instruction }: LayerPlan): LayerFiles {
  if (instruction.includes('mkdir -p')) {
    const root = '/usr/share/caddy';
    return {
      files: {
        '/config/caddy': { dir: true, mode: 0o1777 },
        '/data/caddy': { dir: true, mode: 0o1777 },
        '/etc/caddy/Caddyfile': `:80 {\n\troot * ${root}\n\tfile_server\n}\n`,
        [`${root}/index.html`]: page('Caddy works!', 'The web server in this container works.'),
      },
    };
  }
  return { files: { '/usr/bin/caddy': program('caddy') }, bulk: ['/usr/bin/caddy'] };
}
