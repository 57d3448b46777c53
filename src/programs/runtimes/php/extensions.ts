import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';

/** What `php -m` lists in Docker's images (8.2 to 8.4), and with Debian's php-cli. */
const ofImage =
  'Core ctype curl date dom fileinfo filter hash iconv json libxml mbstring mysqlnd openssl pcre PDO pdo_sqlite Phar posix random readline Reflection session SimpleXML sodium SPL sqlite3 standard tokenizer xml xmlreader xmlwriter zlib';
const ofDebian =
  'calendar Core ctype date exif FFI fileinfo filter ftp gettext hash iconv json libxml openssl pcntl pcre PDO Phar posix random readline Reflection session shmop sockets sodium SPL standard sysvmsg sysvsem sysvshm tokenizer zlib';
/** Where docker-php-ext-enable says what is loaded besides. */
const folder = '/usr/local/etc/php/conf.d';

interface Extensions {
  readonly modules: readonly string[];
  /** Those that go deeper into the engine (`zend_extension`). */
  readonly zend: readonly string[];
}

/** The extensions that are loaded: those that PHP was built with, and those that its configuration enables. */
export function extensions(sys: Sys, image: boolean): Extensions {
  const enabled = image ? enabledIn(sys) : [['zend_extension', 'opcache'] as const];
  const zend = enabled.flatMap(([word, name]) => (word === 'zend_extension' ? [zendName(name)] : []));
  const more = enabled.map(([word, name]) => (word === 'zend_extension' ? zendName(name) : name));
  const all = [...new Set([...(image ? ofImage : ofDebian).split(' '), ...more])];
  return { modules: all.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)), zend };
}

const zendName = (name: string): string => ({ opcache: 'Zend OPcache', xdebug: 'Xdebug' })[name] ?? name;

function enabledIn(sys: Sys): readonly (readonly [word: string, name: string])[] {
  const names = sys.fs.list(folder);
  return (isErrno(names) ? [] : names).flatMap((file) => {
    const read = file.endsWith('.ini') ? sys.fs.readFile(`${folder}/${file}`) : undefined;
    if (read === undefined || isErrno(read)) return [];
    return [...read.bytes.matchAll(/^(zend_extension|extension)\s*=\s*"?([\w-]+)/gm)].map(
      ([, word = '', name = '']) => [word, name] as const,
    );
  });
}

/** What `php -m` prints. */
export function modulesText(sys: Sys, image: boolean): string {
  const { modules, zend } = extensions(sys, image);
  const lines = (all: readonly string[]): string => all.map((one) => `${one}\n`).join('');
  return `[PHP Modules]\n${lines(modules)}\n[Zend Modules]\n${lines(zend)}\n`;
}

/** Is an extension loaded? Case does not count. */
export function isLoaded(sys: Sys, image: boolean, name: string): boolean {
  return extensions(sys, image).modules.some((one) => one.toLowerCase() === name.toLowerCase());
}
