import { type Errno, type ErrnoName, strerror } from '../../kernel/errno.ts';
import type { Flavour } from '../makers/io.ts';

/** Where musl (alpine's C library, under busybox) words the errors of the network differently from the GNU C library. */
const musl: { readonly [name in ErrnoName]?: string } = {
  EADDRINUSE: 'Address in use',
  EADDRNOTAVAIL: 'Address not available',
  EHOSTUNREACH: 'Host is unreachable',
  ENETUNREACH: 'Network unreachable',
  ETIMEDOUT: 'Operation timed out',
};

/** The text of an error of the network, in the words of the tool's C library. */
export function networkError(flavour: Flavour, error: Errno): string {
  return (flavour === 'busybox' ? musl[error.errno] : undefined) ?? strerror(error);
}
