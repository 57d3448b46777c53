import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { ApacheConfig } from '../../servers/apache/config.ts';
import { types } from './file-types.ts';

const folder = '/etc/apache2';
/** Directives that change nothing of what is simulated: who runs it, where logs go, and rules that allow what is allowed. */
const harmless =
  /^(?:<.*|ServerAdmin|ErrorLog|CustomLog|LogLevel|User|Group|Options|AllowOverride|Require|Include|IncludeOptional|PidFile|Timeout|KeepAlive\w*|MaxKeepAliveRequests|ServerTokens|ServerSignature|Mutex|HostnameLookups|AccessFileName|LogFormat|DefaultRuntimeDir|LoadModule|ServerRoot)$/i;

/**
 * Reads Debian's Apache configuration: the ports, and of the sites that are enabled the document root, index and name.
 * `${NAME}` comes from the environment. A mistake, or a directive that is not simulated, is text.
 */
export function readSites(sys: Sys, env: { readonly [name: string]: string }): ApacheConfig | string {
  const enabled = ['sites-enabled', 'conf-enabled'].flatMap((name) => {
    const got = sys.fs.list(`${folder}/${name}`);
    return isErrno(got) ? [] : got.filter((one) => one.endsWith('.conf')).map((one) => `${folder}/${name}/${one}`);
  });
  let root = '/var/www/html';
  let index = ['index.php', 'index.html'];
  let name: string | null = null;
  const ports: number[] = [];
  for (const file of [`${folder}/apache2.conf`, `${folder}/ports.conf`, ...enabled]) {
    const read = sys.fs.readFile(file);
    if (isErrno(read)) continue;
    for (const [i, line] of decodeUtf8(read.bytes).split('\n').entries()) {
      const [, directive = '', rest = ''] = /^\s*(<?\/?\w+)\s*(.*?)\s*>?\s*$/.exec(line) ?? [];
      if (directive === '' || line.trim().startsWith('#')) continue;
      const value = rest.replace(/^"(.*)"$/, '$1').replace(/\$\{(\w+)\}/g, (whole, n: string) => env[n] ?? whole);
      const key = directive.toLowerCase();
      if (key === 'listen') ports.push(Number(value.replace(/^.*:/, '')));
      else if (key === 'documentroot') root = value.replace(/\/$/, '');
      else if (key === 'directoryindex') index = value.split(/\s+/);
      else if (key === 'servername') name = value;
      else if (!harmless.test(directive))
        return `AH00526: Syntax error on line ${i + 1} of ${file}:\ndrydock: ${directive} is not simulated\n`;
    }
  }
  const stat = sys.fs.stat(root);
  if (isErrno(stat)) return `AH00526: Syntax error: DocumentRoot '${root}' is not a directory, or is not readable\n`;
  if (ports.length === 0) return 'no listening sockets available, shutting down\nAH00015: Unable to open logs\n';
  const plain = Object.entries(types).map(([suffix, type]) => [suffix, (type ?? '').replace(/;.*/, '')] as const);
  return { root, ports: [...new Set(ports)], index, name, types: Object.fromEntries(plain) };
}
