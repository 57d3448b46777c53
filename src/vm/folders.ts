import type { Errno } from '../kernel/errno.ts';

/** Makes a folder with all above it, by a program's calls or by those of a process in the kernel. */
export function makeFolders(
  calls: { readonly mkdir: (path: string, mode: number) => Errno | undefined },
  path: string,
): void {
  const names = path.split('/').filter((name) => name !== '');
  names.forEach((_, i) => {
    calls.mkdir(`/${names.slice(0, i + 1).join('/')}`, 0o755);
  });
}
