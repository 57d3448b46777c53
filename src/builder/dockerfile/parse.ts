import { type ByteString, encodeUtf8 } from '../../kernel/bytes.ts';
import { quoteGo } from '../../kernel/go/quote.ts';
import type { Command } from './command.ts';
import { DockerfileError, located, relocated } from './errors.ts';
import { builtInFeatures, type Features } from './instructions/features.ts';
import { readFlags } from './instructions/flags.ts';
import { describe, readInstruction, writtenOf } from './instructions/instruction.ts';
import { checkCommand, checkDescription } from './lint/commands.ts';
import { type Linter, noLinter } from './lint/linter.ts';
import { rules } from './lint/rules.ts';
import { parseTree } from './parse-tree.ts';
import type { ArgInstruction, Dockerfile, Instruction, LineRange, Stage } from './types.ts';

/**
 * Reads a Dockerfile into its stages. Nothing is expanded, and no image is looked at.
 * @param source the file's bytes
 * @param features what the frontend in use has besides (`# syntax=`, see `featuresOf`)
 * @param linter is told what the rules that look at single instructions find, up to an error if there is one
 * @throws DockerfileError in BuildKit's words, with the places in the file
 */
export function parseDockerfile(
  source: ByteString,
  features: Features = builtInFeatures,
  linter: Linter = noLinter,
): Dockerfile {
  if (source === '') throw new DockerfileError('empty', 'the Dockerfile cannot be empty');
  const tree = parseTree(source);
  for (const line of tree.emptyContinuations) {
    linter.report(rules.emptyContinuation, { start: line, end: line }, 'Empty continuation line');
  }
  const globalArgs: ArgInstruction[] = [];
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const command of tree.commands) {
    checkCommand(linter, command);
    const read = readCommand(command, features);
    checkDescription(linter, read);
    const stage = stages.at(-1);
    if ('base' in read) stages.push({ ...read, instructions: [] });
    else if (stage) stage.instructions.push(read);
    else if (read.kind === 'arg') globalArgs.push(read);
    else throw new DockerfileError('before-from', 'no build stage in current context', [command.range]);
  }
  if (stages.length === 0) throw new DockerfileError('no-stages', 'dockerfile contains no stages to build');
  const { commands: _read, ...rest } = tree;
  return { globalArgs, stages, ...rest };
}

/**
 * Reads an ONBUILD trigger out of an image or a stage, as an instruction of the stage whose FROM stands at `place`.
 * @throws DockerfileError, at that place
 */
export function parseTrigger(expression: string, place: LineRange, features: Features = builtInFeatures): Instruction {
  try {
    const [command, ...more] = parseTree(encodeUtf8(expression)).commands;
    if (!command || more.length > 0) {
      throw new DockerfileError('onbuild', 'onbuild trigger should be a single expression');
    }
    if (command.name.toLowerCase() === 'from') {
      throw new DockerfileError('onbuild', '*instructions.Stage is not a command type');
    }
    return { ...readInstruction({ ...command, range: place }, features), fromOnbuild: true };
  } catch (error) {
    throw error instanceof DockerfileError ? relocated(error, [place]) : error;
  }
}

function readCommand(command: Command, features: Features): Instruction | Stage {
  const before = `dockerfile parse error on line ${command.range.start}: `;
  const read = () => (command.name.toLowerCase() === 'from' ? readStage(command) : readInstruction(command, features));
  return located(command.range, read, before);
}

function readStage(command: Command): Stage {
  const stageName = stageNameOf(command.args);
  const platform = readFlags(command.flags, { platform: 'value' }).value('platform');
  const description = stageName === undefined ? undefined : describe(command.comments, stageName);
  return {
    ...writtenOf(command),
    base: command.args[0] ?? '',
    ...(stageName === undefined ? {} : { stageName }),
    ...(platform ? { platform } : {}),
    ...(description === undefined ? {} : { description }),
    instructions: [],
  };
}

function stageNameOf(args: readonly string[]): string | undefined {
  const [, as = '', name = ''] = args;
  if (args.length === 1) return undefined;
  if (args.length !== 3 || as.toLowerCase() !== 'as') {
    throw new DockerfileError('arguments', 'FROM requires either one or three arguments');
  }
  const lower = name.toLowerCase();
  if (/^[a-z][a-z0-9-_.]*$/.test(lower)) return lower;
  const problem = `${quoteGo(name)}, name can't start with a number or contain symbols`;
  throw new DockerfileError('stage-name', `invalid name for build stage: ${problem}`);
}
