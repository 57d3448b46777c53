import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Errno } from '../../../kernel/errno.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { OpenFlags } from '../../../kernel/fs/calls.ts';
import type { Block, PendingRedirect, ShellState } from '../state.ts';
import { wording } from '../wording/words.ts';
import { flush } from './output.ts';
import type { Shell } from './shell.ts';
import { complain, emptyFrame, hasOption } from './shell.ts';
import { setVariable, variableValue } from './variables.ts';

/** Copies of redirected descriptors are kept from this number on. */
export const firstPrivate = 10;

type Saved = (readonly [fd: number, copy: number | null])[];

/**
 * Puts redirections into force, in order. Returns the block that undoes them. When one fails, that is told (those before
 * it hold for the message, too), they are undone, and there is no block.
 */
export function redirect(sh: Shell, redirects: readonly PendingRedirect[]): (Block & { b: 'redirects' }) | undefined {
  const saved: Saved = [];
  for (const item of redirects) {
    const problem = item.variable === undefined ? redirectOne(sh, item, saved) : redirectNamed(sh, item, item.variable);
    if (problem !== undefined) {
      complain(sh, problem);
      flush(sh);
      undoRedirects(sh, saved);
      return undefined;
    }
  }
  return { b: 'redirects', saved };
}

/** bash's `{name}>…`: a free descriptor from 10 on, which stays open; `{name}>&-` closes the one of that number. */
function redirectNamed(sh: Shell, item: PendingRedirect, name: string): string | undefined {
  if (item.target === '-' && /&$/.test(item.kind)) {
    const known = variableValue(sh, name) ?? '';
    if (!/^\d+$/.test(known)) return `${name}: Bad file descriptor`;
    sh.sys.close(Number(known));
    return undefined;
  }
  const taken = new Set(sh.sys.fds());
  let fd = firstPrivate;
  while (taken.has(fd)) fd++;
  const problem = redirectOne(sh, { ...item, fd }, []);
  if (problem === undefined) setVariable(sh, name, String(fd));
  return problem;
}

function redirectOne(sh: Shell, { kind, fd, target, ambiguous }: PendingRedirect, saved: Saved): string | undefined {
  const { sys } = sh;
  if (ambiguous) return `${target}: ambiguous redirect`;
  if (kind === '<&' || kind === '>&') {
    if (target === '-') {
      save(sh, fd, saved);
      sys.close(fd);
      return undefined;
    }
    const move = sh.s.flavour === 'bash' && /^[0-9]+-$/.test(target);
    if (move || /^[0-9]+$/.test(target)) {
      const from = Number.parseInt(target, 10);
      if (!sys.isOpen(from) || sh.s.privateFds.includes(from)) return wording(sh).badDescriptor(target);
      if (from === fd) return undefined;
      save(sh, fd, saved);
      const copy = sys.dup(from, fd);
      if (!isErrno(copy) && move) sys.close(from);
      return isErrno(copy) ? `${target}: ${strerror(copy)}` : undefined;
    }
    if (sh.s.flavour === 'bash' && (kind === '<&' || fd !== 1)) return `${target}: ambiguous redirect`;
    if (kind === '<&' || fd !== 1) return wording(sh).badDescriptor(target);
  }
  if (kind === '<<') {
    const read = document(sh, target);
    if (isErrno(read)) return strerror(read);
    place(sh, read, fd, saved);
    return undefined;
  }
  const opened = open(sh, kind, target);
  if (typeof opened === 'string') return opened;
  place(sh, opened, fd, saved);
  if (kind === '&>' || kind === '&>>' || kind === '>&') {
    save(sh, 2, saved);
    sys.dup(fd, 2);
  }
  return undefined;
}

/** Moves a fresh descriptor to the number that it is for. */
export function place(sh: Shell, opened: number, fd: number, saved: Saved): void {
  if (opened === fd) {
    if (!saved.some(([known]) => known === fd)) saved.push([fd, null]);
    return;
  }
  save(sh, fd, saved);
  sh.sys.dup(opened, fd);
  sh.sys.close(opened);
}

/** Keeps what `fd` is now, so that it can be put back. */
function save(sh: Shell, fd: number, saved: Saved): void {
  if (saved.some(([known]) => known === fd)) return;
  const copy = sh.sys.isOpen(fd) ? sh.sys.dup(fd, undefined, firstPrivate) : null;
  if (copy === null || isErrno(copy)) saved.push([fd, null]);
  else {
    sh.s.privateFds = [...sh.s.privateFds, copy];
    saved.push([fd, copy]);
  }
}

/** Puts descriptors back as they were. */
export function undoRedirects(sh: Shell, saved: readonly (readonly [fd: number, copy: number | null])[]): void {
  for (const [fd, copy] of [...saved].reverse()) {
    if (copy === null) sh.sys.close(fd);
    else sh.sys.dup(copy, fd);
  }
  forgetRedirects(sh, saved);
}

/** Lets redirections stay in force for good: the copies are closed. */
export function forgetRedirects(sh: Shell, saved: readonly (readonly [fd: number, copy: number | null])[]): void {
  for (const [, copy] of saved) {
    if (copy === null) continue;
    sh.sys.close(copy);
    sh.s.privateFds = sh.s.privateFds.filter((fd) => fd !== copy);
  }
}

const flagsOf: { readonly [kind in PendingRedirect['kind']]?: OpenFlags } = {
  '<': { read: true },
  '<>': { read: true, write: true, create: true },
  '>': { write: true, create: true, truncate: true },
  '>|': { write: true, create: true, truncate: true },
  '>&': { write: true, create: true, truncate: true },
  '&>': { write: true, create: true, truncate: true },
  '&>>': { write: true, create: true, append: true },
  '>>': { write: true, create: true, append: true },
};

function open(sh: Shell, kind: PendingRedirect['kind'], target: string): number | string {
  const { fs } = sh.sys;
  if (kind === '>' && hasOption(sh, 'C')) {
    const stat = fs.stat(target);
    if (!isErrno(stat) && stat.type === 'file') return wording(sh).redirect('create', target, 'EEXIST');
  }
  const opened = fs.open(target, flagsOf[kind] ?? {}, 0o666);
  if (!isErrno(opened)) return opened;
  return wording(sh).redirect(kind === '<' ? 'open' : 'create', target, opened);
}

/** A pipe from which a here-document's text can be read; what does not fit at once is written by a child. */
function document(sh: Shell, text: string): number | Errno {
  const { sys } = sh;
  const ends = sys.pipe();
  if (isErrno(ends)) return ends;
  const [read, write] = ends;
  let bytes = encodeUtf8(text);
  while (bytes !== '') {
    const taken = sys.write(write, bytes);
    if (taken === 'again' || isErrno(taken)) break;
    bytes = bytes.slice(taken);
  }
  if (bytes !== '') {
    const frame = { ...emptyFrame('sub'), code: [{ o: 'exit' as const }] };
    const state: ShellState = {
      ...sh.s,
      frames: [frame],
      pending: null,
      out: [{ fd: 1, bytes }],
      jobs: [],
      traps: {},
      signals: [],
      privateFds: [],
      terminal: null,
      level: sh.s.level + 1,
    };
    const child = sys.fork(state, { fds: { 1: write, 2: 2 } });
    if (isErrno(child)) return child;
  }
  sys.close(write);
  return read;
}
