import type { Json } from '../kernel/json.ts';
import type { World } from '../kernel/state.ts';
import { collect, isDue, removeOtherPacks } from './collect.ts';
import { SessionError } from './errors.ts';
import { type Files, guarded, makeFolder, realFiles } from './files.ts';
import {
  currentFormat,
  firstHead,
  formatHead,
  type Head,
  parseHead,
  readHead,
  replaceHead,
  writeHead,
} from './head.ts';
import { load } from './load.ts';
import { takeLock } from './lock.ts';
import { Memory } from './memory.ts';
import { Pack } from './pack.ts';
import { defaultSession, inSession, packPrefix, sessionFolder, sessionName } from './paths.ts';
import type { Root } from './pieces.ts';
import { save, savePlain } from './save.ts';
import { migrated } from './schema.ts';
import { HistoryTurn, type Turn } from './turn.ts';
import { headChanged } from './watch.ts';

export interface SessionOptions {
  /** Makes the world of a new session. */
  readonly create: () => World;
  readonly files?: Files;
  /** How long to wait for other commands, in milliseconds. */
  readonly patience?: number;
  /** The wall clock, milliseconds since 1970. */
  readonly clock?: () => number;
  /** From how many bytes on a pack is cleaned up. */
  readonly cleanFrom?: number;
}

/** Opens a session of the folder `home`. Touches no file yet. The default session comes into being at its first transaction. */
export function openSession(home: string, name: string, options: SessionOptions): Session {
  return new Session(sessionFolder(home, name), sessionName(name), options);
}

/** A saved world and its history. */
export class Session {
  readonly name: string;
  private readonly folder: string;
  private readonly files: Files;
  private readonly options: SessionOptions;
  private queue: Promise<unknown> = Promise.resolve();
  /** The head as this process saw or wrote it last, and what belongs to it. */
  private text: string | undefined;
  private head: Head | undefined;
  private memory: Memory | undefined;
  private world: World | undefined;

  constructor(folder: string, name: string, options: SessionOptions) {
    this.folder = folder;
    this.name = name;
    this.options = options;
    this.files = options.files ?? realFiles;
  }

  /**
   * Locks the session, gives its world to `f`, saves the world that `f` returns together with what it did to the history,
   * and unlocks. Whatever goes wrong, and if `f` throws, the old state stays. What `f` returned must not be changed in
   * place afterwards. Throws SessionError.
   */
  transact<T>(f: (turn: Turn) => { readonly world: World; readonly result: T }): Promise<T> {
    const turn = this.queue.then(() => this.locked(() => this.turn(f)));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when another process has saved since this one last loaded or saved; or when `signal` is aborted. */
  changed(signal?: AbortSignal): Promise<void> {
    const seen = this.text ?? readHead(this.files, this.folder);
    return headChanged(this.folder, () => readHead(this.files, this.folder) !== (this.text ?? seen), signal);
  }

  private async locked<T>(f: () => T): Promise<T> {
    const unlock = await this.lock();
    try {
      return f();
    } finally {
      unlock();
    }
  }

  private async lock(): Promise<() => void> {
    const path = inSession.lock(this.folder);
    const options = { patience: this.options.patience ?? 30_000 };
    try {
      return await takeLock(this.files, path, options);
    } catch (error) {
      const missing = error instanceof SessionError && 'errno' in error.data && error.data.errno === 'ENOENT';
      if (!missing) throw error;
      if (this.name !== defaultSession) throw new SessionError('no-session', { name: this.name });
    }
    makeFolder(this.files, this.folder);
    return takeLock(this.files, path, options);
  }

  private turn<T>(f: (turn: Turn) => { readonly world: World; readonly result: T }): T {
    const memory = this.refresh();
    const turn = new HistoryTurn({
      head: this.head,
      time: this.time(),
      currentWorld: () => this.currentWorld(memory),
      loadWorld: (root) => this.loadWorld(memory, root),
      newWorld: this.options.create,
      load: (root) => load(memory, root.kind, root.ref),
      save: (value) => save(memory, value),
      savePlain: (value) => savePlain(memory, value),
    });
    try {
      const { world, result } = f(turn);
      this.commit(memory, turn, world);
      return result;
    } catch (error) {
      if (memory.pack.waiting > 0) this.forget(); // what is remembered of this turn is not in the file
      throw error;
    }
  }

  /** Sees to it that what we have in memory is what is on the disk. */
  private refresh(): Memory {
    const text = readHead(this.files, this.folder) ?? this.firstHead();
    if (text === this.text && this.memory !== undefined) return this.memory;
    const path = inSession.head(this.folder);
    const head = isFirstHead(text) ? undefined : parseHead(text, path);
    if (this.memory !== undefined && head !== undefined && head.generation === this.head?.generation) {
      this.memory.pack.extend(head.end);
      if (head.world.ref.offset !== this.head.world.ref.offset) this.world = undefined;
    } else {
      this.world = undefined;
      const pack = inSession.pack(this.folder, head?.generation ?? this.time());
      this.memory = new Memory(guarded(pack, () => new Pack(this.files, pack, head?.end ?? 0)));
    }
    this.head = head;
    this.text = text;
    return this.memory;
  }

  /** Begins a session that was never saved. */
  private firstHead(): string {
    const path = inSession.head(this.folder);
    const names = guarded(this.folder, () => this.files.readdirSync(this.folder));
    if (names.some((name) => name.startsWith(packPrefix))) {
      throw new SessionError('damaged', { path, part: 'head', detail: 'the file is missing' });
    }
    replaceHead(this.files, this.folder, firstHead);
    return firstHead;
  }

  private currentWorld(memory: Memory): World {
    this.world ??= this.head === undefined ? this.options.create() : this.loadWorld(memory, this.head.world);
    return this.world;
  }

  private loadWorld(memory: Memory, root: Root): World {
    return migrated(load(memory, root.kind, root.ref), inSession.head(this.folder));
  }

  private commit(memory: Memory, turn: HistoryTurn, world: World): void {
    if (this.head !== undefined && world === this.world && !turn.dirty) return;
    const root = save(memory, world as unknown as Json);
    const { pack } = memory;
    if (this.head?.world.ref.offset === root.ref.offset && !turn.dirty) {
      pack.discard();
      return;
    }
    pack.flush();
    const base = this.head ?? { generation: generationOf(pack), cleaned: 0, revision: 0 };
    const head: Head = {
      format: currentFormat,
      revision: base.revision + 1,
      generation: base.generation,
      end: pack.end,
      cleaned: base.cleaned,
      world: root,
      ...turn.result(),
    };
    this.write(head, this.head === undefined ? replaceHead : writeHead); // nobody is to fall back on a head without a world
    this.world = world;
    if (isDue(head, this.options.cleanFrom)) this.clean(head, pack);
  }

  private write(head: Head, how: typeof writeHead): void {
    const text = formatHead(head);
    try {
      how(this.files, this.folder, text);
    } catch (error) {
      this.forget();
      throw error;
    }
    this.text = text;
    this.head = head;
  }

  /** Drops what nothing refers to. When it fails, the session is as good as before. */
  private clean(head: Head, pack: Pack): void {
    try {
      const cleaned = collect(this.files, this.folder, head, pack, this.time());
      this.write(cleaned, replaceHead);
      this.memory = undefined; // of the old pack
      this.world = undefined;
      removeOtherPacks(this.files, this.folder, cleaned.generation);
    } catch {
      try {
        this.write({ ...head, revision: head.revision + 1, cleaned: head.end }, writeHead); // not again at every command
      } catch {
        // the save before was good; the next command tries again
      }
    }
  }

  private forget(): void {
    this.text = undefined;
    this.head = undefined;
    this.memory = undefined;
    this.world = undefined;
  }

  private time(): number {
    return this.options.clock?.() ?? Date.now();
  }
}

const isFirstHead = (text: string) => text === firstHead;

function generationOf(pack: Pack): number {
  return Number(pack.path.slice(pack.path.lastIndexOf(packPrefix) + packPrefix.length));
}
