import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { type Errno, isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import type { StartIo } from '../makers/io.ts';

/** What `mount` without a device prints; `type`: only file systems of these types, with commas between them. */
export function listMounts(io: StartIo, type: string | undefined): { readonly exit: number } {
  const wanted = type?.split(',');
  for (const entry of io.sys.fs.mounts()) {
    if (wanted && !wanted.includes(entry.type)) continue;
    io.out(encodeUtf8(`${entry.source} on ${entry.target} type ${entry.type} (${entry.options})\n`));
  }
  return { exit: 0 };
}

/** A line of /etc/fstab, as words for `mount`. */
export type FstabMount = readonly string[];

/** What `mount -a` is to mount: the lines of /etc/fstab (fstab(5)) but swap, `noauto`, and what is mounted already. */
export function fstabMounts(sys: Sys): readonly FstabMount[] | Errno {
  const file = sys.fs.readFile('/etc/fstab');
  if (isErrno(file)) return file;
  const mounted = new Set(sys.fs.mounts().map(({ target }) => target));
  return decodeUtf8(file.bytes)
    .split('\n')
    .flatMap((line) => {
      const [source = '', target = '', type = '', options = 'defaults'] = line
        .replace(/^\s*#.*/, '')
        .trim()
        .split(/\s+/);
      if (!target.startsWith('/') || type === 'swap' || mounted.has(target)) return [];
      if (options.split(',').includes('noauto')) return [];
      return [['-t', type, '-o', options, source, target]];
    });
}

/** Mounts them one after the other; ends with the last failure's status. */
export function mountAll(
  all: readonly FstabMount[],
  mount: (words: FstabMount) => { readonly exit: number },
): { readonly exit: number } {
  return { exit: all.reduce((status, words) => mount(words).exit || status, 0) };
}
