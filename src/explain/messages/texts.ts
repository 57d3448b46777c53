import type { SessionProblems, WayOut } from '../../session/errors.ts';
import type { HostMessages } from './host-texts.ts';

/** What can be wrong with saved sessions. */
export type ProblemData = SessionProblems;

/** What can be done about a problem with a session. */
export type RemedyKey = WayOut;

/** drydock's own verbs that have a help text. */
export type OwnVerb =
  | 'why'
  | 'undo'
  | 'redo'
  | 'reset'
  | 'session'
  | 'session list'
  | 'session new'
  | 'session use'
  | 'session rm'
  | 'session export'
  | 'session import'
  | 'shell'
  | 'explain'
  | 'layers'
  | 'net'
  | 'processes'
  | 'disk'
  | 'cache'
  | 'cache why'
  | 'scenario'
  | 'scenario play'
  | 'scenario list'
  | 'scenario run'
  | 'scenario check'
  | 'scenario hint'
  | 'scenario solve'
  | 'scenario reset'
  | 'scenario lint'
  | 'scenario new'
  | 'scenario handout'
  | 'progress'
  | 'progress export'
  | 'class'
  | 'class report'
  | 'tour'
  | 'completion'
  | 'env'
  | 'host'
  | 'host new'
  | 'host list'
  | 'host use'
  | 'host rm'
  | 'registry'
  | 'registry serve'
  | 'vm'
  | 'compare'
  | 'vagrant'
  | 'VBoxManage';

/** drydock's own flags, which stand before the command. */
export type OwnFlag = '--explain' | '--lang' | '--plain' | '--version' | '--help';

interface FileLine {
  readonly file: string;
  readonly line: number;
}

/** What drydock itself says, besides Docker's words and the explanations. One line each unless told otherwise. */
export interface Messages {
  /** `steps`: how many more can be undone. */
  readonly undone: (d: { readonly command: string; readonly steps: number }) => string;
  readonly redone: (d: { readonly command: string; readonly steps: number }) => string;
  readonly resetDone: (d: { readonly session: string }) => string;
  readonly historyHeading: string;
  readonly historyEmpty: string;
  /** An entry of the list of sessions; `saved` is a point in time, already in words. */
  readonly sessionEntry: (d: { readonly name: string; readonly current: boolean; readonly saved?: string }) => string;
  readonly sessionMade: (d: { readonly name: string }) => string;
  readonly sessionUsed: (d: { readonly name: string }) => string;
  readonly sessionRemoved: (d: { readonly name: string; readonly current: string }) => string;
  /** Of a session: why it cannot be read or written. */
  readonly problem: { readonly [C in keyof ProblemData]: (data: ProblemData[C]) => string };
  /** What to do about it, as part of a sentence or a command. */
  readonly remedy: { readonly [K in RemedyKey]: string };
  /** Introduces remedies. */
  readonly tryThis: (d: { readonly remedies: readonly string[] }) => string;

  /** More wall-clock time had gone by than is made up for. `minutes`: what passed inside; 0 when that is not known. */
  readonly suspended: (d: { readonly minutes: number }) => string;
  /** A foreground command ran ahead of the wall clock for an hour; from now on a second takes a second. */
  readonly nowRealTime: string;
  /** A turn used up its steps. */
  readonly outOfSteps: (d: { readonly steps: number }) => string;
  readonly outputLimit: (d: { readonly bytes: number }) => string;
  /** The session went back to before this run, by a command in another terminal. */
  readonly takenBack: string;
  /** The session was reset or removed by a command in another terminal. */
  readonly sessionGone: string;
  /** The virtual machine that the command ran in was switched off. */
  readonly machineOff: string;
  /** While simulated time is waited for on a terminal. */
  readonly waitingKey: (d: { readonly seconds: number }) => string;
  readonly portInside: (d: { readonly port: number }) => string;

  readonly whyNothing: string;
  readonly whyHeading: (d: { readonly command: string }) => string;
  /** `drydock explain`: what a command would do. `open`: it would not have ended by itself. */
  readonly explainHeading: (d: { readonly command: string }) => string;
  readonly explainOpen: string;
  readonly explainStatus: (d: { readonly status: number }) => string;
  readonly scenario: {
    readonly over: (d: { readonly session: string }) => string;
    /** Beside the spinner while somebody reads. */
    readonly pace: string;
    readonly choose: string;
    readonly unreadable: (d: { readonly file: string }) => string;
    readonly wrong: { readonly [C in 'too-long' | 'too-many' | 'binary']: (d: FileLine) => string };
  };
  readonly hosts: HostMessages;
  readonly registry: {
    /** Why `drydock registry serve` cannot do it. */
    readonly wrong: {
      readonly [C in 'bad-address' | 'not-local' | 'port-taken' | 'no-process']: (d: {
        readonly address: string;
      }) => string;
    };
  };
  readonly badLanguage: (d: { readonly value: string }) => string;
  /** `names`: what can be compared. */
  readonly cannotCompare: (d: { readonly name: string; readonly names: string }) => string;
  readonly badLevel: (d: { readonly value: string }) => string;
  readonly unknownVerb: (d: { readonly verb: string }) => string;
  readonly didYouMean: (d: { readonly words: readonly string[] }) => string;
  readonly tooManyArguments: (d: { readonly verb: string }) => string;
  readonly argumentNeeded: (d: { readonly verb: string; readonly argument: string }) => string;
  readonly notSimulated: (d: { readonly what: string }) => string;
  readonly internalError: (d: { readonly detail: string }) => string;

  readonly help: {
    readonly about: string;
    readonly usage: string;
    readonly ownCommands: string;
    readonly ownOptions: string;
    readonly environment: string;
    readonly verbs: { readonly [V in OwnVerb]: string };
    readonly flags: { readonly [F in OwnFlag]: string };
    /** Names of environment variables with what they do. */
    readonly variables: { readonly [name in 'DRYDOCK_HOME' | 'DRYDOCK_EXPLAIN' | 'DRYDOCK_LANG' | 'NO_COLOR']: string };
  };
}
