import type { Command } from '../command.ts';
import type { Dockerfile, Instruction, Stage, Written } from '../types.ts';
import type { Linter } from './linter.ts';
import { rules } from './rules.ts';

const isLower = (text: string) => text === text.toLowerCase();
const isUpper = (text: string) => text === text.toUpperCase();

/** What is looked at before a command is understood. */
export function checkCommand(linter: Linter, { name, args, range }: Command): void {
  if (name.toLowerCase() === 'maintainer') {
    linter.report(rules.maintainer, range, 'Maintainer instruction is deprecated in favor of using label');
  }
  if (name.toLowerCase() !== 'from') return;
  const [, as = '', stage = ''] = args;
  if (args.length === 3 && !isLower(stage)) {
    linter.report(rules.stageCase, range, `Stage name '${stage}' should be lowercase`);
  }
  const matches = isLower(name) ? isLower(as) : !isUpper(name) || isUpper(as);
  if (args.length >= 3 && !matches) {
    linter.report(rules.asCase, range, `'${as}' and '${name}' keywords' casing do not match`);
  }
}

/** The comment above FROM … AS and ARG, which `docker build --call=outline` shows as their description. */
export function checkDescription(linter: Linter, read: Instruction | Stage): void {
  const [what, names] = definitions(read);
  const comment = read.comments.at(-1);
  const [first] = names;
  if (comment === undefined || first === undefined || names.includes(comment.split(' ', 1)[0] ?? '')) return;
  const name = names.length > 1 ? '<arg_key>' : first;
  const message = `Comment for ${what} should follow the format: \`# ${name} <description>\``;
  linter.report(rules.description, read.range, message);
}

function definitions(read: Instruction | Stage): [what: string, names: readonly string[]] {
  if ('base' in read) return ['FROM', read.stageName === undefined ? [] : [read.stageName]];
  return ['ARG', read.kind === 'arg' ? read.args.map((arg) => arg.key) : []];
}

const reserved = new Set(['context', 'scratch']);

/** What is looked at when the whole file has been read: names of stages, and how instructions are written. */
export function checkStages(linter: Linter, { stages }: Dockerfile): void {
  const seen = new Set<string>();
  for (const { stageName, range } of stages) {
    if (stageName === undefined) continue;
    if (reserved.has(stageName)) {
      const message = `Stage name should not use the same name as reserved stage "${stageName}"`;
      linter.report(rules.reservedStage, range, message);
    }
    if (seen.has(stageName)) {
      const message = `Duplicate stage name "${stageName}", stage names should be unique`;
      linter.report(rules.duplicateStage, range, message);
    }
    seen.add(stageName);
  }
  checkCasing(
    linter,
    stages.flatMap((stage) => [stage, ...stage.instructions]),
  );
}

function checkCasing(linter: Linter, all: readonly Written[]): void {
  const lower = all.filter(({ name }) => isLower(name)).length;
  const upper = all.filter(({ name }) => isUpper(name) && !isLower(name)).length;
  const [fits, casing] = lower > upper ? ([isLower, 'lowercase'] as const) : ([isUpper, 'uppercase'] as const);
  for (const { name, range } of all) {
    if (fits(name)) continue;
    const message = `Command '${name}' should match the case of the command majority (${casing})`;
    linter.report(rules.instructionCase, range, message);
  }
}
