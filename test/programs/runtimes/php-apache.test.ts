// Apache with PHP as its module, as PHP's images run it.
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../src/kernel/bytes.ts';
import type { TreeNode } from '../../../src/kernel/fs/node.ts';
import type { Program } from '../../../src/kernel/program.ts';
import { programNamed } from '../../../src/programs/catalog.ts';
import { runtimeProgram } from '../../../src/programs/runtimes/names.ts';
import { epoch, lab, pass, printed, run, start } from '../../kernel/net/lab.ts';

const meta = { uid: 0, gid: 0, mtime: epoch };
const file = (text: string): TreeNode => ({ t: 'file', mode: 0o644, ...meta, data: encodeUtf8(text) });
const dir = (entries: { readonly [name: string]: TreeNode }): TreeNode => ({ t: 'dir', mode: 0o755, ...meta, entries });

function server(html: { readonly [name: string]: TreeNode }, site = 'DocumentRoot /var/www/html\n', php = true) {
  const programs = new Map<string, Program>();
  for (const [name, program] of [
    ['apache2', runtimeProgram('apache2')],
    ['curl', programNamed('curl')],
  ] as const)
    if (program) programs.set(name, program);
  const mods = dir(php ? { 'php.load': file('LoadModule php_module modules/libphp.so\n') } : {});
  const sites = dir({ '000-default.conf': file(`<VirtualHost *:80>\n${site}</VirtualHost>\n`) });
  const apache2 = dir({ 'ports.conf': file('Listen 80\n'), 'mods-enabled': mods, 'sites-enabled': sites });
  const at = lab(programs, { etc: dir({ apache2 }), var: dir({ www: dir({ html: dir(html) }) }) });
  const job = start(at, at.host, ['apache2', '-D', 'FOREGROUND']);
  pass(at, 1);
  const get = (...args: string[]) => run(at, at.host, ['curl', '-s', ...args], { seconds: 5 }).out;
  return { at, job, get, err: () => printed(at, job.err), out: () => printed(at, job.out) };
}

describe('apache2 with PHP', () => {
  it('acts out index.php and sends other files as they are', () => {
    const { get, err, out } = server({
      'index.php': file('<?php header("X-Made: here"); echo "Hi ", $_GET["n"], PHP_SAPI;'),
      'style.css': file('a {}'),
    });
    const got = get('-i', 'http://127.0.0.1/?n=Al');
    expect(got).toContain('HTTP/1.1 200 OK\r\n');
    expect(got).toContain('X-Made: here\r\n');
    expect(got).toMatch(/Content-Type: text\/html; charset=UTF-8\r\n\r\nHi Alapache2handler$/);
    expect(get('-i', 'http://127.0.0.1/style.css')).toMatch(/Content-Type: text\/css\r\n\r\na {}$/);
    expect(get('-i', 'http://127.0.0.1/no.php')).toContain('HTTP/1.1 404 Not Found');
    expect(err()).toContain('AH00163: Apache/2.4.66 (Debian) PHP/8.2.29 configured -- resuming normal operations');
    expect(out()).toMatch(/^127\.0\.0\.1 - - \[.*\] "GET \/\?n=Al HTTP\/1\.1" 200 \d+ "-" "curl\//);
  });
  it('sends the source where the module is not loaded', () => {
    const { get } = server({ 'a.php': file('<?php echo 1;') }, undefined, false);
    expect(get('http://127.0.0.1/a.php')).toBe('<?php echo 1;');
  });
  it('names what of a configuration is not simulated', () => {
    const refused = server({}, 'RewriteEngine On\n');
    expect(refused.err()).toContain('drydock: RewriteEngine is not simulated');
    const rules = server({ '.htaccess': file('Deny from all\n'), 'index.php': file('x') });
    expect(rules.get('-i', 'http://127.0.0.1/')).toContain('HTTP/1.1 500 Internal Server Error');
    expect(rules.err()).toContain('drydock: /var/www/html/.htaccess is not simulated');
  });
});
