import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Sys } from '../../../kernel/program.ts';
import { exists, put, remove } from '../files.ts';
import { notSimulated, offline, standIn, write } from '../say.ts';

/** The extensions that come with PHP's source. */
const own = new Set(
  'bcmath bz2 calendar ctype curl dba dom enchant exif ffi fileinfo filter ftp gd gettext gmp hash iconv imap intl json ldap mbstring mysqli oci8 odbc opcache pcntl pdo pdo_dblib pdo_firebird pdo_mysql pdo_oci pdo_odbc pdo_pgsql pdo_sqlite pgsql phar posix pspell readline reflection session shmop simplexml snmp soap sockets sodium spl standard sysvmsg sysvsem sysvshm tidy tokenizer wddx xml xmlreader xmlrpc xmlwriter xsl zend_test zip'.split(
    ' ',
  ),
);

const configuration = '/usr/local/etc/php/conf.d';
const modules = '/usr/local/lib/php/extensions/no-debug-non-zts-20240924';

function enable(sys: Sys, name: string): void {
  const word = /^(?:opcache|xdebug|ioncube)$/.test(name) ? 'zend_extension' : 'extension';
  put(sys, `${configuration}/docker-php-ext-${name}.ini`, `${word}=${name}\n`);
}

/** The scripts of PHP's images that compile and enable extensions: docker-php-ext-install, -configure, -enable. */
export function phpExtension(exec: Exec, sys: Sys): number {
  const command = (exec.argv[0] ?? '').replace(/^.*\//, '');
  const names = exec.argv.slice(1).filter((one) => !one.startsWith('-') && !/^\d+$/.test(one));
  if (command === 'docker-php-source') return 0;
  if (command === 'docker-php-ext-enable') {
    const lost = names.find((name) => !exists(sys, `${modules}/${name}.so`) && !own.has(name));
    if (lost !== undefined) {
      write(
        sys,
        2,
        `error: '${lost}' does not exist\n\nusage: docker-php-ext-enable [options] module-name [module-name ...]\n   ie: docker-php-ext-enable gd mysqli\n       docker-php-ext-enable pdo pdo_mysql\n       docker-php-ext-enable --ini-name 0-apc.ini apcu apc\n`,
      );
      return 1;
    }
    for (const name of names) enable(sys, name);
    return 0;
  }
  const lost = names.find((name) => !own.has(name) && !exists(sys, `/usr/src/php/ext/${name}`));
  if (lost !== undefined || names.length === 0) {
    const usage =
      command === 'docker-php-ext-install'
        ? '[-jN] [--ini-name file.ini] ext-name [ext-name ...]'
        : 'ext-name [configure flags]';
    if (lost !== undefined) write(sys, 2, `error: /usr/src/php/ext/${lost} does not exist\n\n`);
    write(sys, 2, `usage: ${exec.path} ${usage}\n`);
    return 1;
  }
  if (command === 'docker-php-ext-configure') return 0;
  for (const name of names) {
    put(sys, `${modules}/${name}.so`, '\x7fELF', { size: 180_000 });
    enable(sys, name);
  }
  standIn(sys, 'docker-php-ext-install', `/usr/src/php/ext (${names.join(', ')})`, modules, names.length * 2);
  return 0;
}

/** `pecl install NAME[-VERSION]…`: the extension is there afterwards, to be enabled. */
export function pecl(exec: Exec, sys: Sys): number {
  const [command = '', ...names] = exec.argv.slice(1).filter((one) => !one.startsWith('-'));
  if (
    command === 'channel-update' ||
    command === 'update-channels' ||
    command === 'clear-cache' ||
    command === 'config-set'
  )
    return 0;
  if (command !== 'install' && command !== 'upgrade') {
    write(sys, 2, `drydock: pecl ${command} is not simulated\n`);
    return notSimulated;
  }
  for (const given of names) {
    if (offline(sys)) {
      write(sys, 1, `No releases available for package "pecl.php.net/${given}"\ninstall failed\n`);
      return 1;
    }
    const [, named = given, version] = /^(\w+)-(\w.*)$/.exec(given) ?? [];
    // a module has its name in small letters (APCu, Xdebug)
    const name = named.toLowerCase();
    put(sys, `${modules}/${name}.so`, '\x7fELF', { size: 900_000 });
    standIn(sys, 'pecl', given, `${modules}/${name}.so`, 1);
    write(
      sys,
      1,
      `install ok: channel://pecl.php.net/${named}${version === undefined ? '' : `-${version}`}\nYou should add "extension=${name}.so" to php.ini\n`,
    );
  }
  return 0;
}

const kinds: { readonly [letter: string]: readonly [folder: string, word: string, ending: string] | undefined } = {
  mod: ['mods', 'module', 'load'],
  conf: ['conf', 'conf', 'conf'],
  site: ['sites', 'site', 'conf'],
};

/** a2enmod, a2dismod and their like for configurations and sites: links in Apache's folders. */
export function apacheSwitch(exec: Exec, sys: Sys): number {
  const [, verb = 'en', kind = 'mod'] = /a2(en|dis)(mod|conf|site)$/.exec(exec.argv[0] ?? '') ?? [];
  const [folder, word, ending] = kinds[kind] ?? ['mods', 'module', 'load'];
  const quiet = exec.argv.includes('-q') || exec.argv.includes('--quiet');
  const say = (text: string) => (quiet ? undefined : write(sys, 1, text));
  let changed = false;
  for (const name of named(sys, exec, folder)) {
    const plain = name.replace(/\.(?:load|conf)$/, '');
    const link = `/etc/apache2/${folder}-enabled/${plain}.${ending}`;
    const file = `../${folder}-available/${plain}.${ending}`;
    const there = !isErrno(sys.fs.stat(link, { follow: false }));
    if (verb === 'en' && there) say(`${word[0]?.toUpperCase()}${word.slice(1)} ${plain} already enabled\n`);
    else if (verb === 'en') {
      if (kind === 'site' && !exists(sys, `/etc/apache2/sites-available/${plain}.conf`)) {
        write(sys, 2, `ERROR: Site ${plain} does not exist!\n`);
        return 1;
      }
      if (!exists(sys, `/etc/apache2/${folder}-available/${plain}.${ending}`))
        put(
          sys,
          `/etc/apache2/${folder}-available/${plain}.${ending}`,
          kind === 'mod' ? `LoadModule ${plain}_module /usr/lib/apache2/modules/mod_${plain}.so\n` : '',
        );
      put(sys, `/etc/apache2/${folder}-enabled/.keep`, '');
      remove(sys, `/etc/apache2/${folder}-enabled/.keep`);
      sys.fs.symlink(file, link);
      say(`Enabling ${word} ${plain}.\n`);
      changed = true;
    } else if (there) {
      sys.fs.unlink(link);
      say(`${word[0]?.toUpperCase()}${word.slice(1)} ${plain} disabled.\n`);
      changed = true;
    } else say(`${word[0]?.toUpperCase()}${word.slice(1)} ${plain} already disabled\n`);
  }
  if (changed) say('To activate the new configuration, you need to run:\n  service apache2 restart\n');
  return 0;
}

/** The names on the command line; patterns stand for what is available. */
function named(sys: Sys, exec: Exec, folder: string): readonly string[] {
  return exec.argv.slice(1).flatMap((word): readonly string[] => {
    if (word.startsWith('-')) return [];
    if (!word.includes('*')) return [word];
    const all = sys.fs.list(`/etc/apache2/${folder}-available`);
    const shape = new RegExp(`^${word.replaceAll('.', '\\.').replaceAll('*', '.*')}`);
    return isErrno(all) ? [] : all.filter((one) => shape.test(one)).map((one) => one.replace(/\.(?:load|conf)$/, ''));
  });
}
