import { type ByteString, encodeUtf8 } from '../../kernel/bytes.ts';
import { fail, isErrno } from '../../kernel/errno.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import type { Service } from '../../kernel/machine.ts';
import { stackOf } from '../../kernel/net/interfaces.ts';
import { newPipe, ownPipe, streamEnd } from '../../kernel/pipes.ts';
import { giveFd } from '../../kernel/process.ts';
import { installerPage } from './installers.ts';
import { convenienceScript } from './script.ts';

/** The service that stands for the few pages of the internet that there are here. */
export const outsideService = 'outside';

/** A page is asked for over TLS: `host` and the `path` of its URL. */
interface PageRequest {
  readonly host: string;
  readonly path: string;
}

const armoured = `-----BEGIN PGP PUBLIC KEY BLOCK-----

(simulated: no package here is signed)
-----END PGP PUBLIC KEY BLOCK-----
`;

function pageAt({ host, path }: PageRequest): ByteString | undefined {
  if (host === 'get.docker.com' && path === '/') return encodeUtf8(convenienceScript);
  if (host === 'download.docker.com' && /^\/linux\/(?:ubuntu|debian)\/gpg$/.test(path)) return encodeUtf8(armoured);
  return installerPage(host, path);
}

/** Answers with a stream that a server has written its whole answer to. ENOENT: no such page, or no way out to the internet. */
export const outside: Service = {
  stateless: true,
  request(m, pid, message) {
    const page = pageAt(message as unknown as PageRequest);
    const ns = m.kernel.processes[pid]?.ns.net;
    if (page === undefined || ns === undefined) return fail('ENOENT');
    if (!stackOf(m, ns).routes.some(({ to }) => to === 'default')) return fail('ENOENT');
    if (isErrno(fileCalls(m, pid).stat('/etc/resolv.conf'))) return fail('ENOENT');
    const answer = newPipe(m);
    const head = `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n`;
    ownPipe(m, answer).bytes = head + page;
    const asked = newPipe(m, { consumer: { service: outsideService, key: '' } });
    const fd = giveFd(m, pid, streamEnd(m, answer, asked));
    return isErrno(fd) ? fd : { reply: null, fd };
  },
};
