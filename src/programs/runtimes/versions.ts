import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';

/** The version of node in an image: what its environment says, else that of the distribution. */
export function nodeVersion(env: { readonly [name: string]: string }): string {
  return /^\d+(?:\.\d+)*$/.exec(env.NODE_VERSION ?? '')?.[0] ?? '22.14.0';
}

/**
 * The version of the distribution's package that brings a program, as dpkg's or apk's database has it (`1.7.1-6`); the
 * first whose name fits. Undefined where none is installed.
 */
export function packagedVersion(sys: Sys, name: RegExp): string | undefined {
  for (const [file, pattern] of databases) {
    const read = sys.fs.readFile(file);
    if (isErrno(read)) continue;
    for (const stanza of read.bytes.split('\n\n')) {
      const [, found, version] = new RegExp(pattern, 'm').exec(stanza) ?? [];
      if (found !== undefined && name.test(found)) return version;
    }
  }
  return undefined;
}

const databases = [
  ['/var/lib/dpkg/status', '^Package: (.+)\n(?:.+\n)*?Version: (.+)$'],
  ['/lib/apk/db/installed', '^P:(.+)\n(?:.+\n)*?V:(.+)$'],
] as const;
