import { mountSize } from '../kernel/fs/tmpfs-options.ts';
import type { HostConfig } from './api.ts';
import { EngineError } from './errors.ts';

const switches = ['rw', 'exec', 'suid', 'dev', 'noexec', 'nosuid', 'nodev', 'relatime', 'noatime', 'sync', 'async'];

/** A tmpfs as the kernel is asked for it. `options` as /proc/mounts prints them, `capacity` in bytes. */
export interface TmpfsOptions {
  readonly options: string;
  readonly capacity?: number;
  readonly mode?: number;
}

/** What `--tmpfs PATH:OPTIONS` means. Throws `bad-parameter` in the engine's words; ro and owners are not simulated. */
export function tmpfsOptions(path: string, text: string): TmpfsOptions {
  if (!path.startsWith('/')) {
    throw new EngineError('bad-parameter', 400, `invalid mount path: '${path}' mount path must be absolute`);
  }
  const set = new Set(['nosuid', 'nodev', 'noexec', 'relatime']);
  let capacity: number | undefined;
  let mode: number | undefined;
  for (const option of text.split(',').filter(Boolean)) {
    const size = option.startsWith('size=') ? mountSize(option.slice(5)) : undefined;
    const bits = /^mode=([0-7]{1,4})$/.exec(option)?.[1];
    if (size !== undefined) capacity = size;
    else if (bits !== undefined) mode = Number.parseInt(bits, 8);
    else if (/^(?:ro|uid=\d+|gid=\d+|size=\d+%|nr_\w+=\d+)$/.test(option)) {
      throw new EngineError('not-simulated', 501, `drydock: the tmpfs option ${option} is not simulated`);
    } else if (switches.includes(option)) {
      set.delete(`no${option}`);
      if (option.startsWith('no')) set.add(option);
    } else throw new EngineError('bad-parameter', 400, `invalid tmpfs option ${JSON.stringify(option)}`);
  }
  const shown = [...set, ...(capacity ? [`size=${Math.ceil(capacity / 1024)}k`] : [])];
  return {
    options: [...shown, ...(mode === undefined ? [] : [`mode=${mode.toString(8)}`]), 'inode64'].join(','),
    ...(capacity ? { capacity } : {}),
    ...(mode === undefined ? {} : { mode }),
  };
}

/** The options of every tmpfs that a container is to have, by its path: those of `--tmpfs` and of `--mount`. */
export function tmpfsOf({ Tmpfs = {}, Mounts = [] }: Partial<HostConfig>): { readonly [path: string]: string } {
  const mounted = Mounts.filter(({ Type }) => Type === 'tmpfs').map(({ Target, TmpfsOptions = {} }) => {
    const { SizeBytes, Mode } = TmpfsOptions;
    const options = [...(SizeBytes ? [`size=${SizeBytes}`] : []), ...(Mode ? [`mode=${Mode.toString(8)}`] : [])];
    return [Target, options.join(',')] as const;
  });
  return { ...Tmpfs, ...Object.fromEntries(mounted) };
}
