import type { Rec, Us } from '../../kernel/json.ts';

/**
 * What a Dockerfile says: stages of typed instructions, as BuildKit's `instructions` package has them (v0.25). Nothing
 * is expanded yet: `expandInstruction` (expand.ts) makes the same types with the variables filled in. Text is text
 * (UTF-8 decoded), paths are as written.
 */
export interface Dockerfile {
  /** `ARG`s before the first `FROM`. */
  readonly globalArgs: readonly ArgInstruction[];
  readonly stages: readonly Stage[];
  readonly escape: EscapeToken;
  readonly directives: readonly Directive[];
  /** Lines with an empty continuation line in them (the number of the last line of the instruction). */
  readonly emptyContinuations: readonly number[];
}

export type EscapeToken = '\\' | '`';

/** First and last line, counted from 1. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** `# syntax=…`, `# escape=…`, `# check=…` at the top. */
export interface Directive {
  readonly name: 'syntax' | 'escape' | 'check';
  readonly value: string;
  readonly line: number;
}

/** What every instruction has. */
export interface Written {
  /** The word as written: `RUN`, `run`, … */
  readonly name: string;
  /** The whole instruction, continuation lines joined, trimmed: what `[2/3] RUN …` is made of. */
  readonly source: string;
  readonly range: LineRange;
  /** Comment lines directly above, without `#`. */
  readonly comments: readonly string[];
  /** This came from an ONBUILD trigger of the base image or stage (its range is then the `FROM` line). */
  readonly fromOnbuild?: true;
}

export interface Stage extends Written {
  /** `AS name`, in lower case; absent when the stage has none (its display name is then `stage-N`). */
  readonly stageName?: string;
  /** The base as written: an image, a stage's name, `scratch`, with variables. */
  readonly base: string;
  /** `--platform=…` as written. */
  readonly platform?: string;
  /** The comment above that begins with the stage's name (`docker build --call=targets`). */
  readonly description?: string;
  readonly instructions: readonly Instruction[];
}

export type Instruction =
  | AddInstruction
  | ArgInstruction
  | CmdInstruction
  | CopyInstruction
  | EntrypointInstruction
  | EnvInstruction
  | ExposeInstruction
  | HealthcheckInstruction
  | LabelInstruction
  | MaintainerInstruction
  | OnbuildInstruction
  | RunInstruction
  | ShellInstruction
  | StopsignalInstruction
  | UserInstruction
  | VolumeInstruction
  | WorkdirInstruction;

export type InstructionKind = Instruction['kind'];

/** A here-document of RUN: `name` is its end word, `data` as written (tabs not yet taken off). */
export interface HereDocument {
  readonly name: string;
  readonly data: string;
  /** `<<-`: leading tabs of each line go (`chompHereDocument`). */
  readonly chomp: boolean;
}

/** Shell form (`shell: true`, one word: the whole line) or JSON form. */
export interface CommandLine {
  readonly words: readonly string[];
  /** The shell (SHELL, or /bin/sh -c) goes before the words. */
  readonly shell: boolean;
}

/** A file that stands in the Dockerfile (COPY <<EOF /dest). Leading tabs are already off for `<<-`. */
export interface InlineFile {
  readonly path: string;
  readonly data: string;
  /** The end word was not quoted: variables in `data` are expanded. */
  readonly expand: boolean;
}

export interface SourcesAndDestination {
  readonly sources: readonly string[];
  readonly inline: readonly InlineFile[];
  readonly destination: string;
}

export interface RunInstruction extends Written {
  readonly kind: 'run';
  readonly command: CommandLine;
  readonly documents: readonly HereDocument[];
  /** The `--mount=` values as written; `parseMount` (instructions/mounts.ts) reads them after expansion. */
  readonly mountFlags: readonly string[];
  /** `--mount`s read. Before expansion only `from` can be relied upon; `expandInstruction` fills in the rest. */
  readonly mounts: readonly RunMount[];
  readonly network: 'default' | 'none' | 'host';
  /** `--security=`: only with a newer frontend (`# syntax=docker/dockerfile:1`). */
  readonly security?: 'sandbox' | 'insecure';
  readonly devices: readonly RunDevice[];
  /** The names of the flags that were given (`mount`, `network`, …). */
  readonly flagsUsed: readonly string[];
}

export type MountType = 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';

export interface RunMount {
  readonly type: MountType;
  readonly from?: string;
  readonly source?: string;
  readonly target?: string;
  readonly readOnly: boolean;
  /** Bytes (tmpfs). */
  readonly sizeLimit?: number;
  readonly id?: string;
  readonly sharing?: 'shared' | 'private' | 'locked';
  readonly required: boolean;
  /** The environment variable that holds a secret; empty: the default name. */
  readonly env?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

export interface RunDevice {
  readonly name: string;
  readonly required: boolean;
}

interface CopyFlags extends SourcesAndDestination {
  readonly chown?: string;
  readonly chmod?: string;
  readonly link: boolean;
  readonly exclude: readonly string[];
}

export interface CopyInstruction extends Written, CopyFlags {
  readonly kind: 'copy';
  /** A stage's name or number, or an image. Variables are not expanded in it. */
  readonly from?: string;
  /** `--parents`: only with a newer frontend (`# syntax=docker/dockerfile:1`). */
  readonly parents: boolean;
}

export interface AddInstruction extends Written, CopyFlags {
  readonly kind: 'add';
  /** Absent: not given. */
  readonly keepGitDir?: boolean;
  readonly checksum?: string;
  /** Absent: not given (local archives are unpacked, downloaded ones are not). */
  readonly unpack?: boolean;
}

export interface CmdInstruction extends Written {
  readonly kind: 'cmd';
  readonly command: CommandLine;
}

/** No words: `ENTRYPOINT []`, which removes the base image's. */
export interface EntrypointInstruction extends Written {
  readonly kind: 'entrypoint';
  readonly command: CommandLine;
}

export interface KeyValue {
  readonly key: string;
  readonly value: string;
  /** `ENV key value`: the old form, without `=`. */
  readonly legacy?: true;
}

export interface EnvInstruction extends Written {
  readonly kind: 'env';
  readonly pairs: readonly KeyValue[];
}

export interface LabelInstruction extends Written {
  readonly kind: 'label';
  readonly pairs: readonly KeyValue[];
}

export interface ArgPair {
  readonly key: string;
  /** Absent: no default. */
  readonly value?: string;
  /** The comment above that begins with the name (`docker build --call=outline`). */
  readonly description?: string;
}

export interface ArgInstruction extends Written {
  readonly kind: 'arg';
  readonly args: readonly ArgPair[];
}

/** `ports` as written, sorted; `readPorts` (ports.ts) makes `80/tcp` … of them after expansion. */
export interface ExposeInstruction extends Written {
  readonly kind: 'expose';
  readonly ports: readonly string[];
}

/** As an image's configuration has it, times in microseconds; absent values are inherited or the engine's own. */
export interface Healthcheck {
  /** `['NONE']`, `['CMD', …]` or `['CMD-SHELL', line]`. */
  readonly test: readonly string[];
  readonly interval?: Us;
  readonly timeout?: Us;
  readonly startPeriod?: Us;
  readonly startInterval?: Us;
  readonly retries?: number;
}

export interface HealthcheckInstruction extends Written {
  readonly kind: 'healthcheck';
  readonly health: Healthcheck;
}

export interface MaintainerInstruction extends Written {
  readonly kind: 'maintainer';
  readonly maintainer: string;
}

/** `expression` is the trigger as it goes into the image (`parseTrigger` reads it in the next build). */
export interface OnbuildInstruction extends Written {
  readonly kind: 'onbuild';
  readonly expression: string;
}

export interface ShellInstruction extends Written {
  readonly kind: 'shell';
  readonly shell: readonly string[];
}

export interface StopsignalInstruction extends Written {
  readonly kind: 'stopsignal';
  readonly signal: string;
}

export interface UserInstruction extends Written {
  readonly kind: 'user';
  readonly user: string;
}

export interface VolumeInstruction extends Written {
  readonly kind: 'volume';
  readonly volumes: readonly string[];
}

export interface WorkdirInstruction extends Written {
  readonly kind: 'workdir';
  readonly path: string;
}

/** Variables by name. */
export type Variables = Rec<string>;

/** A finding of the linter, as `docker build --check` lists it. */
export interface LintWarning {
  /** `StageNameCasing`, … */
  readonly rule: string;
  readonly description: string;
  readonly url: string;
  readonly message: string;
  readonly range: LineRange;
}
