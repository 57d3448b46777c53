import { quoteGo } from '../../../kernel/go/quote.ts';
import type { Command } from '../command.ts';
import { DockerfileError } from '../errors.ts';
import type { RunInstruction, Written } from '../types.ts';
import type { Features } from './features.ts';
import { type FlagKind, readFlags } from './flags.ts';
import { commandLine } from './instruction.ts';
import { parseDevice, parseMount } from './mounts.ts';

/** RUN. Throws DockerfileError. */
export function readRun(command: Command, written: Written, features: Features): RunInstruction {
  const security: { readonly [name: string]: FlagKind } = features.security ? { security: 'value' } : {};
  const flags = readFlags(command.flags, { mount: 'values', network: 'value', ...security, device: 'values' });
  const devices = flags.values('device').map(parseDevice);
  const mountFlags = flags.values('mount');
  const mounts = mountFlags.map((value) => parseMount(value));
  const network = flags.value('network') ?? 'default';
  if (network !== 'default' && network !== 'none' && network !== 'host') {
    throw new DockerfileError('flag', `invalid network mode ${quoteGo(network)}`);
  }
  return {
    kind: 'run',
    ...written,
    command: commandLine(command),
    documents: command.documents.map(({ name, content, chomp }) => ({ name, data: content, chomp })),
    mountFlags,
    mounts,
    network,
    ...securityOf(flags.value('security')),
    devices,
    flagsUsed: flags.used,
  };
}

function securityOf(value: string | undefined): { security?: 'sandbox' | 'insecure' } {
  if (value === undefined) return {};
  if (value === 'sandbox' || value === 'insecure') return { security: value };
  throw new DockerfileError('flag', `security ${quoteGo(value)} is not valid`);
}
