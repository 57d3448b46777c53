import type { Codec } from './codec.ts';

/** What can go wrong with a file to pack or unpack. */
export type Trouble = 'directory' | 'suffix' | 'packed' | 'exists' | 'foreign' | 'damaged' | 'missing';

/** A complaint without the program's name, and the exit status; `lead` stands before the name, on a line of its own. */
interface Complaint {
  readonly text: string;
  readonly status: number;
  readonly lead?: string;
}

const corrupt = (file: string, target: string) =>
  `Data integrity error when decompressing.\n\tInput file = ${file}, output file = ${target}\n
It is possible that the compressed file(s) have become corrupted.
You can use the -tvv option to test integrity of such files.

You can use the \`bzip2recover' program to attempt to recover
data from undamaged sections of corrupted files.
`;

type Words = (codec: Codec, file: string, target: string, reason: string) => Complaint;

const gzip: { readonly [trouble in Trouble]: Words } = {
  directory: (_, file) => ({ text: `${file} is a directory -- ignored`, status: 2 }),
  suffix: (_, file) => ({ text: `${file}: unknown suffix -- ignored`, status: 2 }),
  packed: (_, file) => ({ text: `${file} already has .gz suffix -- unchanged`, status: 2 }),
  exists: (_, __, target) => ({ text: `${target} already exists;\tnot overwritten`, status: 2 }),
  foreign: (_, file) => ({ text: `${file}: not in gzip format`, status: 1, lead: '\n' }),
  damaged: (_, file) => ({ text: `${file}: unexpected end of file`, status: 1, lead: '\n' }),
  missing: (_, file, __, reason) => ({ text: `${file}: ${reason}`, status: 1 }),
};

const bzip2: typeof gzip = {
  directory: (_, file) => ({ text: `Input file ${file} is a directory.`, status: 1 }),
  suffix: (_, file, target) => ({ text: `Can't guess original name for ${file} -- using ${target}`, status: 0 }),
  packed: (_, file) => ({ text: `Input file ${file} already has .bz2 suffix.`, status: 1 }),
  exists: (_, __, target) => ({ text: `Output file ${target} already exists.`, status: 1 }),
  foreign: (_, file) => ({ text: `${file} is not a bzip2 file.`, status: 2 }),
  damaged: (_, file, target) => ({ text: corrupt(file, target), status: 2, lead: '\n' }),
  missing: (_, file, __, reason) => ({ text: `Can't open input file ${file}: ${reason}.`, status: 1 }),
};

const xz: typeof gzip = {
  directory: (_, file) => ({ text: `${file}: Is a directory, skipping`, status: 2 }),
  suffix: (_, file) => ({ text: `${file}: Filename has an unknown suffix, skipping`, status: 2 }),
  packed: (codec, file) => ({ text: `${file}: File already has \`${codec.suffix}' suffix, skipping`, status: 2 }),
  exists: (_, __, target) => ({ text: `${target}: File exists`, status: 1 }),
  foreign: (_, file) => ({ text: `${file}: File format not recognized`, status: 1 }),
  damaged: (_, file) => ({ text: `${file}: Compressed data is corrupt`, status: 1 }),
  missing: (_, file, __, reason) => ({ text: `${file}: ${reason}`, status: 1 }),
};

const tables = { gzip, bzip2, xz };

/** What the GNU tools, bzip2 1.0.8 and xz 5.4 say; gzip's speak of the standard input as `stdin`, the others in brackets. */
export function complaint(trouble: Trouble, codec: Codec, file: string, target = '', reason = ''): Complaint {
  return tables[codec.program][trouble](codec, file, target, reason);
}

/** What busybox's applets say of the same. */
export function busyboxComplaint(trouble: Trouble, applet: string, file: string, target = '', reason = ''): Complaint {
  const text = {
    directory: `${file}: Is a directory`,
    suffix: `${file}: unknown suffix - ignored`,
    packed: '',
    exists: `can't open '${target}': File exists`,
    foreign: applet.endsWith('cat') ? 'no gzip/bzip2/xz magic' : 'invalid magic',
    damaged: /xz/.test(applet) ? 'corrupted data' : 'unexpected end of file',
    missing: `${file}: ${reason}`,
  }[trouble];
  return { text, status: 1 };
}
