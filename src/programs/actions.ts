import type { Sys } from '../kernel/program.ts';

/** The steps that programs tell of: what they do as the real ones do, and what they only stand for. */
export interface ProgramActions {
  /** A package manager downloaded lists of packages and keeps them as files. */
  'package-lists': { readonly manager: string; readonly bytes: number; readonly folder: string };
  /** A package manager installed packages; `unknown` ones are not in the table: their place is taken by a stub. */
  'packages-installed': {
    readonly manager: string;
    readonly count: number;
    readonly bytes: number;
    /** Versions and sizes are those of another release, or typical ones. */
    readonly typical: boolean;
    readonly unknown: readonly string[];
  };
  'packages-removed': { readonly manager: string; readonly count: number; readonly bytes: number };
  /** A language runtime read a program; it is acted out from its text, not run. */
  'program-read': { readonly language: string; readonly file: string; readonly lines: number };
  /** A program does more than is read of it; the runtime said so and ended. */
  'program-beyond': { readonly language: string; readonly place: string; readonly what: string };
  /** A build tool was not run: its output folder `made` has stand-ins, named as `from` says. */
  'output-stands-in': {
    readonly tool: string;
    readonly from: string;
    readonly made: string;
    readonly files: number;
  };
  /** javac made a class file. */
  'class-compiled': { readonly name: string; readonly file: string; readonly version: number; readonly bytes: number };
  /** A Java virtual machine loaded a class file and checked it; `bytes` of bytecode in its methods. */
  'class-verified': {
    readonly name: string;
    readonly version: number;
    readonly methods: number;
    readonly bytes: number;
  };
  /** A method was called or looped so often that the virtual machine compiles it (tier 3: C1, tier 4: C2). */
  'method-compiled': { readonly method: string; readonly tier: number };
  /** A server listens; `workers` processes besides the first. */
  'server-ready': { readonly program: string; readonly port: number; readonly workers: number };
}

/** Records a step of a program. */
export function tell<A extends keyof ProgramActions>(
  sys: Sys,
  actor: string,
  action: A,
  data: ProgramActions[A],
): void {
  sys.note(actor, action, data);
}
