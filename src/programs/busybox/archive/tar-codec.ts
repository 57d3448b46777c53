import { isErrno } from '../../../kernel/errno.ts';
import type { Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { bzip2Codec, type Codec, gzipCodec, unpackedName, xzCodec } from './codec.ts';
import type { TarHow } from './tar.ts';

/** The compression that tar's options ask for (-z -j -J, or -a by the archive's name). */
export function codecAsked({ flags, file, mode }: TarHow): Codec | undefined {
  if (flags.includes('z')) return gzipCodec;
  if (flags.includes('j')) return bzip2Codec;
  if (flags.includes('J')) return xzCodec;
  if (!flags.includes('a') || mode !== 'c') return undefined;
  return [gzipCodec, bzip2Codec, xzCodec].find((codec) => unpackedName(codec, file) !== undefined);
}

/**
 * tar leaves compressing to other programs: GNU's always, busybox's when it packs with xz. The exit status when the one it
 * needs is not installed.
 */
export function cannotRun(io: Io, { program }: Codec): number | undefined {
  const busybox = io.style.flavour === 'busybox';
  if (busybox && program !== 'xz') return undefined;
  const places = ['/usr/local/bin', '/usr/bin', '/bin'];
  if (places.some((place) => !isErrno(io.sys.fs.stat(`${place}/${program}`)))) return undefined;
  if (busybox) return complain(io, `can't execute '${program}': No such file or directory`);
  io.err(`tar (child): ${program}: Cannot exec: No such file or directory\n`);
  io.err('tar (child): Error is not recoverable: exiting now\n');
  complain(io, 'Child returned status 2');
  return complain(io, 'Error is not recoverable: exiting now', 2);
}
