import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The list of a folder that `autoindex on` makes. */
export function autoindexPage(sys: Sys, folder: string, uri: string): string {
  const names = sys.fs.list(folder);
  const rows = (isErrno(names) ? [] : names)
    .filter((name) => !name.startsWith('.'))
    .map((name) => ({ name, stat: sys.fs.stat(`${folder}${name}`) }))
    .flatMap(({ name, stat }) => (isErrno(stat) ? [] : [{ name, stat }]))
    .sort((a, b) => Number(a.stat.type !== 'dir') - Number(b.stat.type !== 'dir') || (a.name < b.name ? -1 : 1))
    .map(({ name, stat }) => {
      const shown = stat.type === 'dir' ? `${name}/` : name;
      const iso = new Date(stat.mtime / 1000).toISOString();
      const date = `${iso.slice(8, 10)}-${months[Number(iso.slice(5, 7)) - 1]}-${iso.slice(0, 4)} ${iso.slice(11, 16)}`;
      const size = stat.type === 'dir' ? '-' : String(stat.size);
      const label = shown.length > 50 ? `${shown.slice(0, 47)}..&gt;` : shown;
      return `<a href="${encodeURI(shown)}">${label}</a>${' '.repeat(Math.max(1, 51 - label.length))}${date} ${size.padStart(19)}\r\n`;
    });
  const title = `Index of ${uri}`;
  return encodeUtf8(
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1><hr><pre><a href="../">../</a>\r\n${rows.join('')}</pre><hr></body>\r\n</html>\r\n`,
  );
}
