/** A rule of `docker build --check`. */
export interface LintRule {
  readonly name: string;
  readonly description: string;
  /** Its page; empty for the one that has none. */
  readonly url: string;
  /** Only looked at when `# check=experimental=…` asks for it. */
  readonly experimental?: true;
}

function rule(name: string, description: string): LintRule {
  const page = name.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();
  return { name, description, url: `https://docs.docker.com/go/dockerfile/rule/${page}/` };
}

/** The rules of BuildKit 0.25, by what they are about. */
export const rules = {
  stageCase: rule('StageNameCasing', 'Stage names should be lowercase'),
  asCase: rule('FromAsCasing', "The 'as' keyword should match the case of the 'from' keyword"),
  emptyContinuation: rule('NoEmptyContinuation', 'Empty continuation lines will become errors in a future release'),
  instructionCase: rule(
    'ConsistentInstructionCasing',
    'All commands within the Dockerfile should use the same casing (either upper or lower)',
  ),
  duplicateStage: rule('DuplicateStageName', 'Stage names should be unique'),
  reservedStage: rule('ReservedStageName', 'Reserved words should not be used as stage names'),
  jsonRecommended: rule(
    'JSONArgsRecommended',
    'JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals',
  ),
  maintainer: rule(
    'MaintainerDeprecated',
    'The MAINTAINER instruction is deprecated, use a label instead to define an image author',
  ),
  undefinedInFrom: rule('UndefinedArgInFrom', 'FROM command must use declared ARGs'),
  relativeWorkdir: rule(
    'WorkdirRelativePath',
    'Relative workdir without an absolute workdir declared within the build can have unexpected results if the base image changes',
  ),
  undefinedVariable: rule('UndefinedVar', 'Variables should be defined before their use'),
  onlyOnce: rule(
    'MultipleInstructionsDisallowed',
    'Multiple instructions of the same type should not be used in the same stage',
  ),
  legacyPair: rule('LegacyKeyValueFormat', 'Legacy key/value format with whitespace separator should not be used'),
  basePlatform: {
    name: 'InvalidBaseImagePlatform',
    description: 'Base image platform does not match expected target platform',
    url: '',
  },
  redundantPlatform: rule(
    'RedundantTargetPlatform',
    'Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior',
  ),
  secret: rule('SecretsUsedInArgOrEnv', 'Sensitive data should not be used in the ARG or ENV commands'),
  invalidDefault: rule(
    'InvalidDefaultArgInFrom',
    'Default value for global ARG results in an empty or invalid base image name',
  ),
  constantPlatform: rule('FromPlatformFlagConstDisallowed', 'FROM --platform flag should not use a constant value'),
  copyIgnored: {
    ...rule('CopyIgnoredFile', 'Attempting to Copy file that is excluded by .dockerignore'),
    experimental: true,
  },
  description: {
    ...rule(
      'InvalidDefinitionDescription',
      'Comment for build stage or argument should follow the format: `# <arg/stage name> <description>`. If this is not intended to be a description comment, add an empty line or comment between the instruction and the comment.',
    ),
    experimental: true,
  },
  protocolCase: rule('ExposeProtoCasing', 'Protocol in EXPOSE instruction should be lowercase'),
  exposeFormat: rule(
    'ExposeInvalidFormat',
    'IP address and host-port mapping should not be used in EXPOSE instruction. This will become an error in a future release',
  ),
} as const satisfies { readonly [what: string]: LintRule };
