/** The steps of the builder (BuildKit, inside dockerd). src/explain has sentences for each. */
export interface BuildActions {
  /** What is to be built: so many steps are needed of the stages of a Dockerfile. */
  'build-plan': {
    readonly dockerfile: string;
    readonly target: string;
    readonly steps: number;
    readonly stages: number;
    /** Stages that the target does not need. */
    readonly skipped: readonly string[];
  };
  /** The client's files: how many the builder knows of, how many were new or changed, bytes sent. */
  'build-context': {
    readonly files: number;
    readonly changed: readonly string[];
    readonly more: number;
    readonly bytes: number;
  };
  /** What an image tells of the steps that made it; 0: it has no inline cache. */
  'cache-import': { readonly image: string; readonly steps: number };
  /** A step's result was there already. */
  'build-hit': { readonly step: string; readonly uses: number };
  /** A step had to be done, and why. */
  'build-miss': { readonly step: string; readonly reason: MissReason };
  /** A step has made a layer. */
  'build-layer': { readonly step: string; readonly layer: string; readonly bytes: number; readonly files: number };
  /** RUN: a process on the files so far. */
  'build-run': { readonly step: string; readonly pid: number; readonly argv: readonly string[] };
  'build-export': {
    readonly image: string;
    readonly names: readonly string[];
    readonly layers: number;
    readonly added: number;
  };
  'build-failed': { readonly message: string };
  'build-prune': { readonly removed: number; readonly bytes: number };
}

/** Why a step was not in the cache. */
export type MissReason =
  | { readonly why: 'new' }
  | { readonly why: 'no-cache' }
  | { readonly why: 'parent'; readonly parent: string }
  | { readonly why: 'base'; readonly from: string }
  | { readonly why: 'instruction'; readonly before: string }
  /** A variable that is new, or gone: null. */
  | {
      readonly why: 'argument' | 'environment';
      readonly name: string;
      readonly before: string | null;
      readonly now: string | null;
    }
  | { readonly why: 'user' | 'workdir'; readonly before: string; readonly now: string }
  /** Something else that instructions before it or the build's options have set. */
  | { readonly why: 'settings' }
  /** `modes`: those of the files of which only the mode has changed (older sessions do not say). */
  | {
      readonly why: 'files';
      readonly files: readonly string[];
      readonly modes?: readonly string[];
      readonly more: number;
    };
