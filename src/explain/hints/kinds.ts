/**
 * The kinds of failures that there is advice for, with what the advice needs to know. The wordings that they are
 * recognised by are Docker 28.5's.
 */
export interface HintData {
  'name-conflict': { readonly name: string };
  'invalid-name': { readonly name: string };
  'no-such-container': { readonly name: string };
  'no-such-object': { readonly name: string };
  /** Looked up in the daemon's store only. */
  'no-such-image': { readonly name: string };
  /** A registry was asked for it. */
  'image-not-pulled': { readonly name: string };
  'container-running': { readonly name: string };
  'container-not-running': { readonly name: string };
  'container-paused': { readonly name: string };
  'removal-in-progress': { readonly name: string };
  'option-after-image': { readonly option: string };
  'command-not-found': { readonly command: string };
  'is-a-directory': { readonly path: string };
  'permission-denied': { readonly path: string };
  'no-command': Record<never, never>;
  'no-such-exec-dir': { readonly path: string };
  'unknown-user': { readonly user: string };
  'working-dir': { readonly path: string };
  'not-a-tty': Record<never, never>;
  'port-taken': { readonly port: string };
  /** By a program of the host, not by a container. */
  'port-on-host': { readonly port: string };
  'rate-limited': Record<never, never>;
  'registry-down': Record<never, never>;
  'disk-full': Record<never, never>;
  'invalid-port': { readonly port: string };
  'no-such-network': { readonly name: string };
  'network-in-use': { readonly name: string; readonly container: string };
  'network-exists': { readonly name: string };
  'pool-overlaps': Record<never, never>;
  'own-address': Record<never, never>;
  'memory-too-small': Record<never, never>;
  'too-many-cpus': Record<never, never>;
  'invalid-signal': { readonly signal: string };
  'invalid-filter-value': { readonly filter: string };
  'invalid-filter': { readonly filter: string; readonly request: string };
  'restart-and-rm': Record<never, never>;
  'conflicting-options': Record<never, never>;
  'restart-policy': { readonly policy: string };
  'push-denied': Record<never, never>;
  'no-local-tag': { readonly name: string };
  'no-registry': { readonly address: string };
  'http-registry': { readonly address: string };
  'login-needs-terminal': Record<never, never>;
  'image-runs': { readonly container: string };
  'image-in-use': { readonly container: string };
  'image-many-names': { readonly image: string };
  'image-has-children': Record<never, never>;
  'invalid-reference': Record<never, never>;
  'no-such-volume': { readonly name: string };
  'volume-in-use': { readonly name: string };
  'bind-source-missing': { readonly path: string };
  'env-file-missing': { readonly path: string };
  'ps-columns': Record<never, never>;
  'unknown-flag': { readonly flag: string };
  'flag-needs-value': { readonly flag: string };
  'unknown-command': { readonly command: string };
  'wrong-arguments': { readonly command: string };
  template: Record<never, never>;
  'bad-request': Record<never, never>;
  'not-found': Record<never, never>;
  conflict: Record<never, never>;
  'server-error': Record<never, never>;
}

export type HintKind = keyof HintData;

/** A recognised failure. */
export type Recognised = { [K in HintKind]: { readonly kind: K; readonly data: HintData[K] } }[HintKind];

export interface Advice {
  /** Why it failed. */
  readonly why: string;
  /** What to do now. */
  readonly tryThis?: string;
}

/** Advice on every kind, in one language; a missing kind does not compile. */
export type HintTexts = { readonly [K in HintKind]: (data: HintData[K]) => Advice };
