import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { tell } from '../../actions.ts';
import { httpDate, percentDecode } from '../../network/http.ts';
import type { Natives } from '../core/lang.ts';
import { Ended, type Vm } from '../core/vm.ts';
import { write } from '../py/natives.ts';
import { osError } from '../py/natives-files.ts';
import { strftime } from '../py/strftime.ts';
import { contentTypes, respondRaw, type WebRequest } from './connections.ts';

/** `python -m http.server [-d DIR] [-b ADDRESS] [PORT]`. */
export function serveFolder(vm: Vm, args: readonly string[]): void {
  let port = 8000;
  let address = '0.0.0.0';
  let folder = vm.sys.cwd();
  for (let i = 0; i < args.length; i++) {
    const one = args[i] ?? '';
    if (one === '-d' || one === '--directory') folder = args[++i] ?? folder;
    else if (one === '-b' || one === '--bind') address = args[++i] ?? address;
    else if (/^\d+$/.test(one)) port = Number(one);
    else {
      vm.write(2, `drydock: python -m http.server ${one} is not simulated\n`);
      throw new Ended(2);
    }
  }
  const fd = vm.sys.net.listen(address, port);
  if (isErrno(fd)) osError(vm, fd.errno, '');
  else vm.listeners.push({ fd, port, address, kind: 'folder', app: folder });
  tell(vm.sys, 'python3', 'server-ready', { program: 'python3', port, workers: 0 });
  write(vm, `Serving HTTP on ${address} port ${port} (http://${address}:${port}/) ...\n`, false);
}

const escapeHtml = (s: string) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What http.server answers. */
export const folderNatives: Natives = {
  '%serve folder': (vm, [request = null], self) => {
    const r = vm.obj(request)?.x as unknown as WebRequest;
    const root = String(self);
    const path = percentDecode(r.target.split('?')[0] ?? '/') ?? '/';
    const full = `${root}/${path
      .split('/')
      .filter((p) => p !== '' && p !== '.' && p !== '..')
      .join('/')}`;
    const stat = vm.sys.fs.stat(full);
    const log = (status: number, note = '') => {
      const when = strftime(vm.sys.now, '%d/%b/%Y %H:%M:%S');
      if (note !== '') vm.write(2, `${r.remote.split(':')[0]} - - [${when}] code ${status}, message ${note}\n`);
      vm.write(2, `${r.remote.split(':')[0]} - - [${when}] "${r.method} ${r.target} HTTP/${r.version}" ${status} -\n`);
    };
    const answer = (status: string, headers: readonly string[], body: string) => {
      const head = [
        `HTTP/1.0 ${status}`,
        `Server: SimpleHTTP/0.6 Python/${vm.start.version}`,
        `Date: ${httpDate(vm.sys.now)}`,
        ...headers,
      ];
      respondRaw(vm, r, `${head.join('\r\n')}\r\n\r\n${r.method === 'HEAD' ? '' : body}`);
    };
    let file = full;
    if (!isErrno(stat) && stat.type === 'dir') {
      if (!path.endsWith('/')) {
        log(301);
        answer('301 Moved Permanently', [`Location: ${path}/`, 'Content-Length: 0'], '');
        return null;
      }
      file = `${full.replace(/\/$/, '')}/index.html`;
      if (isErrno(vm.sys.fs.stat(file))) {
        const names = vm.sys.fs.list(full);
        const rows = (isErrno(names) ? [] : names)
          .toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
          .map((name) => {
            const s = vm.sys.fs.stat(`${full}/${name}`);
            const shown = !isErrno(s) && s.type === 'dir' ? `${name}/` : name;
            return `<li><a href="${encodeURI(shown)}">${escapeHtml(shown)}</a></li>\n`;
          });
        const title = `Directory listing for ${escapeHtml(path)}`;
        const body = encodeUtf8(
          `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${rows.join('')}</ul>\n<hr>\n</body>\n</html>\n`,
        );
        log(200);
        answer('200 OK', ['Content-type: text/html; charset=utf-8', `Content-Length: ${body.length}`], body);
        return null;
      }
    }
    const got = vm.sys.fs.readFile(file);
    if (isErrno(got)) {
      const body = `<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <meta charset="utf-8">\n        <title>Error response</title>\n    </head>\n    <body>\n        <h1>Error response</h1>\n        <p>Error code: 404</p>\n        <p>Message: File not found.</p>\n        <p>Error code explanation: 404 - Nothing matches the given URI.</p>\n    </body>\n</html>\n`;
      log(404, 'File not found');
      answer(
        '404 File not found',
        ['Connection: close', 'Content-Type: text/html;charset=utf-8', `Content-Length: ${body.length}`],
        body,
      );
      return null;
    }
    const modified = vm.sys.fs.stat(file);
    log(200);
    const type = contentTypes[/\.([^./]*)$/.exec(file)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
    answer(
      '200 OK',
      [
        `Content-type: ${type}`,
        `Content-Length: ${got.bytes.length}`,
        ...(isErrno(modified) ? [] : [`Last-Modified: ${httpDate(modified.mtime)}`]),
      ],
      got.bytes,
    );
    return null;
  },
};
