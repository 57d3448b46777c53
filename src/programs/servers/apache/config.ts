import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';

/** What is read of Apache's configuration. */
export type ApacheConfig = {
  readonly root: string;
  readonly ports: readonly number[];
  readonly index: readonly string[];
  readonly name: string | null;
  readonly types: { readonly [extension: string]: string };
};

const unsimulated =
  /^(?:ProxyPass\w*|Rewrite\w+|SSL\w+|Redirect\w*|AuthType|AuthUserFile|ScriptAlias|Header|ErrorDocument|Action|SetHandler|AddHandler|ProxyPreserveHost)$/i;

/** Reads httpd.conf and mime.types below the server's root; a mistake is text. */
export function readApache(sys: Sys, root: string, file: string): ApacheConfig | string {
  const read = sys.fs.readFile(file);
  if (isErrno(read)) return `httpd: Could not open configuration file ${file}: No such file or directory\n`;
  let documents = `${root}/htdocs`;
  let index = ['index.html'];
  let name: string | null = null;
  const ports: number[] = [];
  // sections are not told apart: what is in one is taken as if it stood alone
  for (const [i, line] of decodeUtf8(read.bytes).split('\n').entries()) {
    const [, directive = '', rest = ''] = /^\s*(\w+)\s+(.*?)\s*$/.exec(line) ?? [];
    const value = rest.replace(/^"(.*)"$/, '$1');
    const key = directive.toLowerCase();
    if (key === 'documentroot') documents = value;
    else if (key === 'listen') ports.push(Number(value.replace(/^.*:/, '')));
    else if (key === 'directoryindex') index = value.split(/\s+/);
    else if (key === 'servername') name = value;
    else if (unsimulated.test(directive)) {
      return `AH00526: Syntax error on line ${i + 1} of ${file}:\ndrydock: ${directive} is not simulated\n`;
    }
  }
  if (ports.length === 0) return 'no listening sockets available, shutting down\nAH00015: Unable to open logs\n';
  return { root: documents, ports, index, name, types: typesOf(sys, `${root}/conf/mime.types`) };
}

function typesOf(sys: Sys, path: string): { readonly [extension: string]: string } {
  const read = sys.fs.readFile(path);
  const table: { [extension: string]: string } = {};
  for (const line of isErrno(read) ? [] : decodeUtf8(read.bytes).split('\n')) {
    const [type = '', ...extensions] = line.replace(/#.*/, '').trim().split(/\s+/);
    for (const extension of extensions) table[extension] = type;
  }
  return table;
}
