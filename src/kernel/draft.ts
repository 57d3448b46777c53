/** Fields of T that may be assigned. Only for objects that a draft owns. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Changes to an immutable value, made in place where that is safe. The draft knows which objects it made itself; those
 * it changes directly, any other is copied (one level) the first time it is to be changed. So a turn copies each changed
 * object once, and whoever holds the old world still holds the old world.
 */
export class Draft {
  private mine = new WeakSet<object>();

  /** The object at `parent[key]`, made changeable. `parent` must be owned by this draft already. */
  own<P extends object, K extends keyof P>(
    parent: P,
    key: K,
  ): P[K] extends object | undefined ? Mutable<NonNullable<P[K]>> : never {
    const value = parent[key];
    if (typeof value !== 'object' || value === null) throw new TypeError(`nothing to change at ${String(key)}`);
    const owned = this.copy(value);
    if (owned !== value) parent[key] = owned as P[K];
    return owned as never;
  }

  /** A changeable copy of `value`, or `value` itself when it is this draft's own already. */
  copy<T extends object>(value: T): Mutable<T> {
    if (this.mine.has(value)) return value;
    const owned = (Array.isArray(value) ? value.slice() : { ...value }) as T;
    this.mine.add(owned);
    return owned;
  }

  /** Marks an object that the caller has just made (and not shown to anyone) as changeable in place. */
  adopt<T extends object>(value: T): Mutable<T> {
    this.mine.add(value);
    return value;
  }

  /** Forgets ownership of this one object, which is immutable from now on; tells whether it was this draft's own. */
  disown(value: object): boolean {
    return this.mine.delete(value);
  }

  /** Forgets all ownership: everything made so far is immutable from now on. Call it before keeping a part as a snapshot. */
  seal(): void {
    this.mine = new WeakSet();
  }
}
