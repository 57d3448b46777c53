/** What can be wrong with saved sessions. The codes are stable: hints and translations are chosen by them. */
export interface SessionProblems {
  /** Another process has held the lock for longer than we wait. */
  busy: { readonly path: string; readonly pid: number };
  /** A file does not hold what was saved in it. `part` is `head` when the history itself cannot be read. */
  damaged: { readonly path: string; readonly part: 'head' | 'pack'; readonly detail: string };
  /** Saved by a newer drydock. */
  newer: { readonly path: string; readonly found: number; readonly known: number };
  /** Saved by an older drydock whose running programs this one cannot go on with. */
  older: { readonly path: string; readonly found: number; readonly known: number };
  /** No room left on the disk (or in the user's quota). */
  'no-space': { readonly path: string };
  'read-only': { readonly path: string };
  denied: { readonly path: string };
  /** Any other failure of the system, by its errno. */
  failed: { readonly path: string; readonly errno: string };
  'no-session': { readonly name: string };
  'session-exists': { readonly name: string };
  'bad-name': { readonly name: string };
  'nothing-to-undo': Record<never, never>;
  'nothing-to-redo': Record<never, never>;
}

export type SessionCode = keyof SessionProblems;

/** What the user can do about it, best first; words after `drydock` where they are commands. */
export type WayOut =
  | 'undo'
  | 'reset'
  | 'session list'
  | 'session new'
  | 'upgrade'
  | 'try again'
  | 'free space'
  | 'check permissions'
  | 'set DRYDOCK_HOME';

const waysOut: { readonly [code in SessionCode]: readonly WayOut[] } = {
  busy: ['try again'],
  damaged: ['undo', 'reset', 'session new'],
  newer: ['upgrade', 'session new'],
  older: ['reset', 'session new'],
  'no-space': ['free space', 'set DRYDOCK_HOME'],
  'read-only': ['set DRYDOCK_HOME'],
  denied: ['check permissions', 'set DRYDOCK_HOME'],
  failed: ['try again', 'set DRYDOCK_HOME'],
  'no-session': ['session list', 'session new'],
  'session-exists': ['session list'],
  'bad-name': ['session new'],
  'nothing-to-undo': [],
  'nothing-to-redo': [],
};

type Wordings = { readonly [C in SessionCode]: (data: SessionProblems[C]) => string };

const wordings: Wordings = {
  busy: ({ path, pid }) => `the session is in use by process ${pid} (lock file ${path})`,
  damaged: ({ path, detail }) => `${path} is damaged (${detail}); nothing was changed`,
  newer: ({ path, found, known }) =>
    `${path} was saved by a newer drydock (version ${found} of the format; this one knows ${known})`,
  older: ({ path, found, known }) =>
    `${path} was saved by an older drydock (version ${found} of the format; this one knows ${known}), and what runs in it cannot be carried over; nothing was changed`,
  'no-space': ({ path }) => `no space left to write ${path}; the last saved state is kept`,
  'read-only': ({ path }) => `cannot write ${path}: the disk is read-only`,
  denied: ({ path }) => `no permission to use ${path}`,
  failed: ({ path, errno }) => `cannot use ${path}: ${errno}`,
  'no-session': ({ name }) => `no such session: ${name}`,
  'session-exists': ({ name }) => `there is a session named ${name} already`,
  'bad-name': ({ name }) => `not a session name: ${JSON.stringify(name)} (letters, digits, "-", "_", "."; at most 64)`,
  'nothing-to-undo': () => 'nothing to undo',
  'nothing-to-redo': () => 'nothing to redo',
};

/** Thrown for everything that can go wrong with saved sessions. Nothing has been changed or deleted when it is. */
export class SessionError<C extends SessionCode = SessionCode> extends Error {
  override readonly name = 'SessionError';
  readonly code: C;
  readonly data: SessionProblems[C];
  readonly waysOut: readonly WayOut[];

  constructor(code: C, data: SessionProblems[C], options?: ErrorOptions) {
    super(wordings[code](data), options);
    this.code = code;
    this.data = data;
    // without the head there is no history to go back in
    const noHistory = code === 'damaged' && (data as SessionProblems['damaged']).part === 'head';
    this.waysOut = noHistory ? ['session new'] : waysOut[code];
  }
}

/** Is this the failure of a system call, and which? */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** A system call's failure as a session's; everything else is handed back as it is. */
export function asSessionError(error: unknown, path: string): unknown {
  const errno = errnoOf(error);
  if (error instanceof SessionError || errno === undefined || !/^E[A-Z0-9]+$/.test(errno)) return error;
  switch (errno) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new SessionError('no-space', { path }, { cause: error });
    case 'EROFS':
      return new SessionError('read-only', { path }, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new SessionError('denied', { path }, { cause: error });
    default:
      return new SessionError('failed', { path, errno }, { cause: error });
  }
}
