import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { UnpackedFile } from './contents.ts';

const plain = (path: string, text: string): UnpackedFile => ({ path, bytes: encodeUtf8(text), mode: 0o644 });

const ini =
  'memory_limit = 128M\nvariables_order = "GPCS"\npost_max_size = 8M\nupload_max_filesize = 2M\nmax_execution_time = 30\n;date.timezone =\n';

/** The settings of PHP's packages on Alpine: `php84`, `php84-fpm`, also without a number. */
export function alpinePhpFiles(name: string): UnpackedFile[] {
  const [, number = '', part] = /^php(\d*)(-fpm)?$/.exec(name) ?? [];
  const folder = `/etc/php${number === '' ? '84' : number}`;
  if (part === undefined) return [plain(`${folder}/php.ini`, ini)];
  return [
    plain(`${folder}/php-fpm.conf`, `include=${folder}/php-fpm.d/*.conf\n`),
    plain(
      `${folder}/php-fpm.d/www.conf`,
      '[www]\nuser = nobody\ngroup = nobody\nlisten = 127.0.0.1:9000\npm = dynamic\n;clear_env = no\n',
    ),
  ];
}

/** Those of Debian's, by version and by what PHP runs in: `php8.4-cli`, `php8.4-fpm`, `libapache2-mod-php8.4`. */
export function debianPhpFiles(name: string): UnpackedFile[] {
  const [, module, version = '', part] = /^(libapache2-mod-)?php(\d[\d.]*)(?:-(cli|fpm|cgi))?$/.exec(name) ?? [];
  const place = module === undefined ? part : 'apache2';
  if (place === undefined) return [];
  const folder = `/etc/php/${version}/${place}`;
  const files = [plain(`${folder}/php.ini`, ini)];
  if (place === 'apache2')
    files.push(
      plain(
        `/etc/apache2/mods-available/php${version}.load`,
        `LoadModule php_module /usr/lib/apache2/modules/libphp${version}.so\n`,
      ),
    );
  if (place === 'fpm')
    files.push(
      plain(`${folder}/php-fpm.conf`, `[global]\ninclude=${folder}/pool.d/*.conf\n`),
      plain(
        `${folder}/pool.d/www.conf`,
        `[www]\nuser = www-data\ngroup = www-data\nlisten = /run/php/php${version}-fpm.sock\npm = dynamic\n;clear_env = no\n`,
      ),
    );
  return files;
}
