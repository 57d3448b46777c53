import { quoteGo } from '../../../kernel/go/quote.ts';
import { type ArgumentSources, argumentValue } from '../expand/arguments.ts';
import { expandInstruction } from '../expand/instruction.ts';
import { type ExposedPort, readPorts } from '../ports.ts';
import { suggest } from '../suggest.ts';
import type { ArgInstruction, EscapeToken, Instruction, LineRange } from '../types.ts';
import { remoteKind } from '../validate.ts';
import type { Linter } from './linter.ts';
import { rules } from './rules.ts';

/** What the rules have to remember of a stage while its instructions are gone through. */
export interface StageChecks {
  readonly linter: Linter;
  /** ARGs of this stage and of those below it: they may be without a value. */
  readonly declared: Set<string>;
  workdirSet: boolean;
  /** The last CMD, ENTRYPOINT and HEALTHCHECK. */
  readonly once: Map<Instruction['kind'], LineRange>;
}

/** The beginning of a stage, perhaps on another stage. */
export function checksOn(linter: Linter, below?: StageChecks): StageChecks {
  return {
    linter,
    declared: new Set(below?.declared),
    workdirSet: below?.workdirSet ?? false,
    once: new Map(),
  };
}

/** The stage's variables at this point, by name. */
export type StageVariables = ReadonlyMap<string, string>;

/** As `expandInstruction`; reports variables that are not there. Throws DockerfileError. */
export function expandAndCheck<T extends Instruction>(
  checks: StageChecks,
  instruction: T,
  variables: StageVariables,
  escapeToken: EscapeToken,
): T {
  const lookUp = (name: string) => variables.get(name);
  return expandInstruction(instruction, lookUp, escapeToken, (names) =>
    reportMissing(checks, instruction.range, names, variables),
  );
}

/** As `argumentValue`, for one of the arguments of `instruction`; reports secrets and variables that are not there. */
export function declareAndCheck(
  checks: StageChecks,
  instruction: ArgInstruction,
  arg: ArgInstruction['args'][number],
  sources: Omit<ArgumentSources, 'lookUp'> & { readonly variables: StageVariables },
  escapeToken: EscapeToken,
): string | undefined {
  const { variables } = sources;
  checkSecret(checks.linter, 'ARG', arg.key, instruction.range);
  const missing = new Set<string>();
  const lookUp = (name: string) => {
    const value = variables.get(name);
    if (value === undefined) missing.add(name);
    return value;
  };
  try {
    return argumentValue(arg, { ...sources, lookUp }, escapeToken);
  } finally {
    reportMissing(checks, instruction.range, missing, variables);
    checks.declared.add(arg.key);
  }
}

/** A name is reported once for each word that it is missing in. */
function reportMissing(
  { linter, declared }: StageChecks,
  range: LineRange,
  names: ReadonlySet<string>,
  variables: StageVariables,
): void {
  for (const name of names) {
    if (declared.has(name)) continue;
    const meant = suggest(name, [...variables.keys()]);
    const hint = meant === undefined ? '' : ` (did you mean $${meant}?)`;
    linter.report(rules.undefinedVariable, range, `Usage of undefined variable '$${name}'${hint}`);
  }
}

/** What is known where an instruction stands. */
export interface Surroundings {
  /** SHELL was given, here or in the base. */
  readonly shellSet: boolean;
  /** Is this path of the build context left out by .dockerignore? Only asked for what comes from the build context. */
  readonly isIgnored: (path: string) => boolean;
}

/** Looks at an instruction (variables filled in) right before it takes effect. Throws DockerfileError for a port that is none. */
export function checkInstruction(checks: StageChecks, instruction: Instruction, around: Surroundings): void {
  const { linter } = checks;
  const { range, name } = instruction;
  switch (instruction.kind) {
    case 'env':
    case 'label':
      for (const { key, legacy } of instruction.pairs) {
        if (legacy) {
          const message = `"${name} key=value" should be used instead of legacy "${name} key value" format`;
          linter.report(rules.legacyPair, range, message);
        }
        if (instruction.kind === 'env') checkSecret(linter, 'ENV', key, range);
      }
      break;
    case 'workdir':
      if (!checks.workdirSet && !instruction.path.startsWith('/')) {
        const message = `Relative workdir ${quoteGo(instruction.path)} can have unexpected results if the base image changes`;
        linter.report(rules.relativeWorkdir, range, message);
      }
      checks.workdirSet = true;
      break;
    case 'cmd':
    case 'entrypoint':
      checkOnce(checks, instruction);
      if (instruction.command.shell && !around.shellSet) {
        const message = `JSON arguments recommended for ${name} to prevent unintended behavior related to OS signals`;
        linter.report(rules.jsonRecommended, range, message);
      }
      break;
    case 'healthcheck':
      checkOnce(checks, instruction);
      break;
    case 'expose':
      readPorts(instruction.ports, (port) => checkPort(linter, port, range));
      break;
    case 'add':
      checkIgnored(linter, 'Add', instruction.sources, range, around);
      break;
    case 'copy':
      if (instruction.from === undefined) checkIgnored(linter, 'Copy', instruction.sources, range, around);
      break;
  }
}

const secretWords = 'apikey|auth|credential|credentials|key|password|pword|passwd|secret|token';

function checkSecret(linter: Linter, instruction: 'ARG' | 'ENV', key: string, range: LineRange): void {
  if (!new RegExp(`(?:_|^)(?:${secretWords})(?:_|$)`, 'i').test(key) || /(?:_|^)public(?:_|$)/i.test(key)) return;
  const message = `Do not use ARG or ENV instructions for sensitive data (${instruction} ${quoteGo(key)})`;
  linter.report(rules.secret, range, message);
}

/** The earlier one is reported: it is the one that has no effect. */
function checkOnce({ linter, once }: StageChecks, { kind, name, range }: Instruction): void {
  const before = once.get(kind);
  if (before) {
    const message = `Multiple ${name} instructions should not be used in the same stage because only the last one will be used`;
    linter.report(rules.onlyOnce, before, message);
  }
  once.set(kind, range);
}

function checkPort(linter: Linter, { raw, address, hostPort, protocol }: ExposedPort, range: LineRange): void {
  if (protocol !== protocol.toLowerCase()) {
    const message = `Defined protocol '${raw}' in EXPOSE instruction should be lowercase`;
    linter.report(rules.protocolCase, range, message);
  }
  if (address !== '' || hostPort !== '') {
    const message = `EXPOSE instruction should not define an IP address or host-port mapping, found '${raw}'`;
    linter.report(rules.exposeFormat, range, message);
  }
}

function checkIgnored(
  linter: Linter,
  what: 'Add' | 'Copy',
  sources: readonly string[],
  range: LineRange,
  { isIgnored }: Surroundings,
): void {
  for (const source of sources) {
    if (remoteKind(source) !== undefined || !isIgnored(source)) continue;
    const message = `Attempting to ${what} file ${quoteGo(source)} that is excluded by .dockerignore`;
    linter.report(rules.copyIgnored, range, message);
  }
}
