/** Plain data: all that a world, a process state or a message may hold. Saving a world is writing this down. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A record: keys to values, never changed in place by those who are handed one. */
export type Rec<T> = { readonly [key: string]: T };

/** Microseconds. Points in time are microseconds since 1970-01-01T00:00:00Z on the world's clock. */
export type Us = number;

/** A name that means one thing in its world: a namespace's inode number, a container's 64 hex digits, … */
export type Id = string;

export const second: Us = 1_000_000;
export const millisecond: Us = 1_000;
