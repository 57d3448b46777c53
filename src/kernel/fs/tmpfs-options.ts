import type { NewFilesystem } from './overlay.ts';
import { emptyDir } from './tree.ts';

/** What the options of a tmpfs say (tmpfs(5)): `capacity` in bytes. */
export interface TmpfsData {
  readonly capacity?: number;
  readonly inodes?: number;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

const usualMode = 0o1777;

/** The bytes that a size like `64m` means; undefined for what is none. */
export function mountSize(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+)([kmg]?)$/i.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * 1024 ** ' kmg'.indexOf(unit.toLowerCase() || ' ');
}

/** Options of a tmpfs as the kernel reads them; undefined: there is one that it does not know. */
export function readTmpfsData(words: readonly string[]): TmpfsData | undefined {
  let found: TmpfsData = {};
  for (const word of words) {
    const [, name = '', value = ''] = /^(\w+)(?:=(.*))?$/.exec(word) ?? [];
    const size = mountSize(value);
    if (name === 'size' && size !== undefined) found = { ...found, capacity: size };
    else if (name === 'nr_inodes' && size !== undefined) found = { ...found, inodes: size };
    else if (name === 'mode' && /^[0-7]{1,4}$/.test(value)) found = { ...found, mode: Number.parseInt(value, 8) };
    else if ((name === 'uid' || name === 'gid') && /^\d+$/.test(value)) found = { ...found, [name]: Number(value) };
    else if (word !== 'inode64') return undefined;
  }
  return found;
}

/** What a new tmpfs is made of. */
export function tmpfsMaking({ capacity, mode = usualMode, uid = 0, gid = 0 }: TmpfsData, now: number): NewFilesystem {
  return { root: { ...emptyDir(now, mode), uid, gid }, ...(capacity === undefined ? {} : { capacity }) };
}

/** How /proc/mounts shows them: what is as usual is left out. */
export function shownTmpfsData({ capacity, inodes, mode = usualMode, uid = 0, gid = 0 }: TmpfsData): readonly string[] {
  return [
    ...(capacity === undefined ? [] : [`size=${Math.ceil(capacity / 1024)}k`]),
    ...(inodes === undefined ? [] : [`nr_inodes=${inodes}`]),
    ...(mode === usualMode ? [] : [`mode=${mode.toString(8)}`]),
    ...(uid === 0 ? [] : [`uid=${uid}`]),
    ...(gid === 0 ? [] : [`gid=${gid}`]),
    'inode64',
  ];
}
