import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { UnpackedFile } from './contents.ts';

const plain = (path: string, text: string): UnpackedFile => ({ path, bytes: encodeUtf8(text), mode: 0o644 });

const modules =
  'access_compat alias auth_basic authn_core authz_core authz_host autoindex deflate dir env expires filter headers mime negotiation remoteip rewrite setenvif status';

/** The settings that Apache's package brings: the lines that others look for or change. */
export function apacheFiles(system: 'alpine' | 'debian'): UnpackedFile[] {
  return system === 'alpine' ? alpine() : debian();
}

function alpine(): UnpackedFile[] {
  const root = '/var/www/localhost';
  const loads = modules
    .split(' ')
    .map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`)
    .join('');
  const folder = (path: string, rules: string) => `<Directory "${path}">\n${rules}</Directory>\n`;
  return [
    plain(
      '/etc/apache2/httpd.conf',
      `ServerTokens OS\nServerRoot /var/www\nListen 80\n${loads}<IfModule unixd_module>\nUser apache\nGroup apache\n</IfModule>\nServerAdmin you@example.com\nServerSignature On\n#ServerName www.example.com:80\n<Directory />\n    AllowOverride none\n    Require all denied\n</Directory>\nDocumentRoot "${root}/htdocs"\n${folder(`${root}/htdocs`, '    Options Indexes FollowSymLinks\n    AllowOverride None\n    Require all granted\n')}<IfModule dir_module>\n    DirectoryIndex index.html\n</IfModule>\nErrorLog logs/error.log\nLogLevel warn\nCustomLog logs/access.log combined\nIncludeOptional /etc/apache2/conf.d/*.conf\n`,
    ),
    plain('/etc/apache2/conf.d/default.conf', 'Timeout 60\nKeepAlive On\n'),
    plain('/etc/apache2/conf.d/info.conf', ''),
    plain('/etc/apache2/conf.d/languages.conf', ''),
    plain('/etc/apache2/conf.d/mpm.conf', ''),
    plain('/etc/apache2/conf.d/userdir.conf', ''),
    plain(`${root}/htdocs/index.html`, '<html><body><h1>It works!</h1></body></html>\n'),
    plain('/var/log/apache2/error.log', ''),
  ];
}

function debian(): UnpackedFile[] {
  const available = modules
    .split(' ')
    .map((name) =>
      plain(
        `/etc/apache2/mods-available/${name}.load`,
        `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`,
      ),
    );
  const site =
    '<VirtualHost *:80>\n\tServerAdmin webmaster@localhost\n\tDocumentRoot /var/www/html\n\tErrorLog ${APACHE_LOG_DIR}/error.log\n\tCustomLog ${APACHE_LOG_DIR}/access.log combined\n</VirtualHost>\n';
  return [
    plain(
      '/etc/apache2/apache2.conf',
      'User ${APACHE_RUN_USER}\nGroup ${APACHE_RUN_GROUP}\nIncludeOptional mods-enabled/*.load\nInclude ports.conf\nIncludeOptional conf-enabled/*.conf\nIncludeOptional sites-enabled/*.conf\n',
    ),
    plain('/etc/apache2/ports.conf', 'Listen 80\n'),
    plain(
      '/etc/apache2/envvars',
      'export APACHE_RUN_USER=www-data\nexport APACHE_RUN_GROUP=www-data\nexport APACHE_LOG_DIR=/var/log/apache2\n',
    ),
    plain('/etc/apache2/conf-available/security.conf', 'ServerTokens OS\nServerSignature On\n'),
    plain('/etc/apache2/sites-available/000-default.conf', site),
    { ...plain('/etc/apache2/sites-enabled/000-default.conf', ''), link: '../sites-available/000-default.conf' },
    ...available,
    plain('/var/www/html/index.html', '<html><body><h1>Apache2 Default Page</h1></body></html>\n'),
    plain('/var/log/apache2/error.log', ''),
  ];
}
