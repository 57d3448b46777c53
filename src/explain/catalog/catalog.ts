import type { BootPlan } from '../../vm/plan.ts';
import type { Action, Actions } from '../actions.ts';
import type { RequestKind } from '../requests.ts';
import type { TermKey } from '../terms.ts';
import type { BuildBriefs } from './build-texts.ts';
import type { HostTexts } from './host-texts.ts';
import type { ImageTexts } from './image-texts.ts';
import type { IsolationTexts } from './isolation-texts.ts';
import type { MachineTexts } from './machine-texts.ts';
import type { NetworkTexts } from './network-texts.ts';
import type { ProgramTexts } from './program-texts.ts';
import type { VmBriefs } from './vm-texts.ts';
import type { WatchTexts } from './watch-texts.ts';

/** One full sentence or two for each action: what happens on a Linux host, and why it matters. */
export type Sentences = { readonly [A in Action]: (data: Actions[A]) => string };

/** A word of the field and what it means. */
export interface Term {
  readonly word: string;
  readonly gloss: string;
}

/** What the brief narration says: steps that belong together are one line. */
export interface BriefTexts {
  /** A new container's own layer. */
  readonly layer: (d: { readonly image: string; readonly layers: number; readonly driver: string }) => string;
  /** The layer of a container that ran before, mounted again. */
  readonly layerAgain: string;
  readonly namespaces: (d: NamespacesBrief) => string;
  readonly confine: (d: ConfineBrief) => string;
  readonly network: (d: NetworkBrief) => string;
  /** The container's first program; `release` is the host's kernel. */
  readonly program: (d: { readonly path: string; readonly pid: number; readonly release: string }) => string;
  /** `docker exec`: one more process in a running container. */
  readonly join: (d: JoinBrief) => string;
  readonly stop: (d: StopBrief) => string;
  readonly kill: (d: { readonly container: string; readonly signal: string; readonly pid: number }) => string;
  readonly ignoredByPid1: (d: { readonly signal: string }) => string;
  readonly end: (d: EndBrief) => string;
  readonly removed: (d: { readonly names: readonly string[] }) => string;
  readonly list: (d: Actions['list']) => string;
  readonly inspect: (d: Actions['inspect']) => string;
  readonly log: (d: Actions['read-log']) => string;
  readonly top: (d: Actions['top']) => string;
  readonly attach: (d: Actions['attach']) => string;
  readonly freeze: (d: Actions['freeze']) => string;
  readonly planRestart: (d: Actions['plan-restart']) => string;
  readonly rename: (d: Actions['rename']) => string;
  readonly diff: (d: Actions['diff']) => string;
  readonly update: (d: Actions['update']) => string;
  readonly prune: (d: Actions['prune']) => string;
  readonly copy: (d: Actions['copy']) => string;
  readonly volume: (d: Actions['volume']) => string;
  readonly bindSource: (d: Actions['bind-source']) => string;
  readonly images: ImageTexts;
  readonly builds: BuildBriefs;
  readonly networks: NetworkTexts;
  readonly watch: WatchTexts;
  readonly programs: ProgramTexts;
  readonly isolation: IsolationTexts;
  readonly machines: VmBriefs;
  readonly guests: MachineTexts;
  readonly hosts: HostTexts;
  readonly wait: (d: Actions['wait']) => string;
  readonly copyUp: (d: { readonly path: string; readonly count: number }) => string;
  readonly budget: (d: Actions['budget']) => string;
  /** What a virtual machine would do instead, up to the same program. */
  readonly vm: (d: { readonly program: string; readonly plan: BootPlan }) => string;
  /** `drydock why` and what it shows. */
  readonly why: string;
  /** So many further lines were left out. */
  readonly more: (d: { readonly count: number }) => string;
}

export interface NamespacesBrief {
  readonly kinds: readonly string[];
  readonly memoryMax?: number;
  readonly cpuMax?: readonly [number, number];
  readonly pidsMax?: number;
}

export interface ConfineBrief {
  readonly pivoted: boolean;
  readonly hostname?: string;
  readonly dropped?: number;
}

export interface NetworkBrief {
  /** None: no interface of its own (--network host or none). */
  readonly address?: string;
  readonly bridge?: string;
  readonly ports: readonly { readonly from: string; readonly to: string }[];
}

export interface JoinBrief {
  readonly container: string;
  readonly pid: number;
  readonly inside: number;
  readonly namespaces: number;
  readonly program: string;
  /** The exit status, when the process has ended already. */
  readonly ended?: number;
}

export interface StopBrief {
  readonly container: string;
  readonly signal: string;
  /** Seconds. */
  readonly timeout: number;
  readonly ignored: boolean;
  readonly overdue: boolean;
}

export interface EndBrief {
  readonly name: string;
  readonly code: number;
  readonly signal?: string;
  readonly oom: boolean;
  readonly removed: boolean;
}

/** All that explanations say in one language. */
export interface Catalog {
  readonly sentences: Sentences;
  /** What a call of the Engine API is for. */
  readonly requests: { readonly [K in RequestKind]: (status: number) => string };
  readonly terms: { readonly [T in TermKey]: Term };
  readonly brief: BriefTexts;
  /** How an actor is called; names of programs stay. */
  readonly actor: (name: string) => string;
  readonly labels: {
    readonly words: string;
    readonly vm: string;
    readonly unknownStep: string;
    readonly nothing: string;
  };
}
