import { errnoOf, SessionError } from './errors.ts';
import { type Files, guarded, remove, writeFully } from './files.ts';

/** Who holds a lock. `started` is in the system's own unit; it tells a process from a later one with the same number. */
interface Holder {
  readonly pid: number;
  readonly started?: string | undefined;
}

export interface LockOptions {
  /** How long to wait for others, in milliseconds, before it is `busy`. */
  readonly patience: number;
}

/** A lock file without a holder's name is what a process leaves that was killed between making and writing it. */
const namelessFor = 2000; // ms
const longestPause = 25; // ms

/**
 * Takes the lock: a file that only one process can make. Waits while a living process has it; a dead one's is removed.
 * Returns the function that gives it back. Throws `busy`.
 */
export async function takeLock(files: Files, path: string, { patience }: LockOptions): Promise<() => void> {
  const until = Date.now() + patience;
  for (let pause = 1; ; pause = Math.min(pause * 2, longestPause)) {
    if (tryLock(files, path)) return () => remove(files, path);
    if (Date.now() > until) throw new SessionError('busy', { path, pid: readHolder(files, path)?.holder?.pid ?? 0 });
    await new Promise((wake) => setTimeout(wake, pause * (0.5 + Math.random())));
  }
}

/** One attempt; after removing a dead holder's file a second one. `depth`: how many locks on locks we are in. */
function tryLock(files: Files, path: string, depth = 0): boolean {
  if (create(files, path)) return true;
  const found = readHolder(files, path);
  if (found !== undefined && isLiving(files, found)) return false;
  if (depth > 2) return false;
  // Only who holds the lock on the lock may remove it, so nobody removes one that was taken anew in the meantime.
  const breaker = `${path}.break`;
  if (!tryLock(files, breaker, depth + 1)) return false;
  try {
    const again = readHolder(files, path);
    if (again !== undefined && !isLiving(files, again)) remove(files, path);
  } finally {
    remove(files, breaker);
  }
  return create(files, path);
}

function create(files: Files, path: string): boolean {
  return guarded(path, () => {
    let fd: number;
    try {
      fd = files.openSync(path, 'wx');
    } catch (error) {
      const errno = errnoOf(error);
      // Windows: a file that is being deleted cannot be opened
      if (errno === 'EEXIST' || (process.platform === 'win32' && errno === 'EPERM')) return false;
      throw error;
    }
    try {
      const me: Holder = { pid: process.pid, started: ownStart(files) };
      writeFully(files, fd, Buffer.from(JSON.stringify(me)), 0);
    } catch (error) {
      remove(files, path);
      throw error;
    } finally {
      files.closeSync(fd);
    }
    return true;
  });
}

interface Found {
  readonly holder: Holder | undefined;
  /** When the file was made: milliseconds since 1970. */
  readonly since: number;
}

/** What stands in the lock file; undefined when it is gone. */
function readHolder(files: Files, path: string): Found | undefined {
  return guarded(path, () => {
    try {
      const since = files.statSync(path).mtimeMs;
      return { holder: parseHolder(files.readFileSync(path, 'utf8')), since };
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || (process.platform === 'win32' && errnoOf(error) === 'EPERM')) return undefined;
      throw error;
    }
  });
}

function parseHolder(text: string): Holder | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || !('pid' in parsed)) return undefined;
    const { pid, started } = parsed as { pid: unknown; started?: unknown };
    if (!Number.isSafeInteger(pid) || Number(pid) <= 0) return undefined;
    return { pid: Number(pid), started: typeof started === 'string' ? started : undefined };
  } catch {
    return undefined;
  }
}

function isLiving(files: Files, { holder, since }: Found): boolean {
  if (holder === undefined) return Math.abs(Date.now() - since) < namelessFor;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (errnoOf(error) === 'ESRCH') return false;
  }
  const now = processStart(files, holder.pid);
  return now === undefined || (now !== 'dead' && (holder.started === undefined || holder.started === now));
}

let known: string | undefined;

function ownStart(files: Files): string | undefined {
  known ??= processStart(files, process.pid);
  return known;
}

/**
 * When a process started, in clock ticks since boot (proc_pid_stat(5)); `dead` when only its zombie is left. Undefined where the system does not tell: there a living process with the number counts as the holder.
 */
function processStart(files: Files, pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = files.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before may hold anything
    const [state, start] = [fields[0], fields[19]];
    return state === 'Z' || state === 'X' ? 'dead' : start;
  } catch {
    return undefined;
  }
}
