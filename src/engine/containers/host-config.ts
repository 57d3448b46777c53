import type { Machine } from '../../kernel/machine.ts';
import type { HostConfig } from '../api.ts';
import { capabilityNames } from '../capabilities.ts';
import { EngineError } from '../errors.ts';
import { findContainer } from '../lookup.ts';
import { type Verified, verifyHost } from './verify.ts';

const refuse = (message: string): EngineError => new EngineError('bad-parameter', 400, message);

/** A new container's host configuration as the engine keeps it, with its warnings. Throws EngineError. */
export function hostConfigOf(m: Machine, given: Partial<HostConfig>): Verified {
  const { host, warnings } = verifyHost(m, given);
  const { CapAdd, CapDrop, PidMode, IpcMode } = host;
  const security = securityOf(host);
  return {
    host: {
      ...host,
      ...(CapAdd ? { CapAdd: capabilityNames('CapAdd', CapAdd) } : {}),
      ...(CapDrop ? { CapDrop: capabilityNames('CapDrop', CapDrop) } : {}),
      ...(PidMode ? { PidMode: withId(m, PidMode, 'PID') } : {}),
      ...(IpcMode ? { IpcMode: withId(m, IpcMode, 'IPC') } : {}),
      ...(security ? { SecurityOpt: security } : {}),
    },
    warnings,
  };
}

/** `container:NAME` is kept with the container's id. */
function withId(m: Machine, mode: string, kind: string): string {
  if (!mode.startsWith('container:')) return mode;
  const name = mode.slice('container:'.length);
  if (name === '') throw refuse(`failed to join ${kind} namespace: invalid name or ID supplied: ""`);
  try {
    return `container:${findContainer(m, name).id}`;
  } catch (error) {
    // not a 404: that would make the client fetch the image
    throw error instanceof EngineError ? refuse(error.message) : error;
  }
}

/** Options for seccomp, AppArmor and SELinux; whoever shares the host's processes or IPC has no SELinux label. */
function securityOf({ SecurityOpt, Privileged, PidMode, IpcMode }: Partial<HostConfig>): readonly string[] | undefined {
  for (const option of SecurityOpt ?? []) {
    const [, name = '', value = ''] = /^([^=:]*)[=:]?(.*)$/s.exec(option) ?? [];
    const boolean = ['', 'true', 'false'].includes(value);
    if (['label', 'apparmor', 'seccomp'].includes(name) || (name === 'no-new-privileges' && boolean)) continue;
    throw refuse(`invalid --security-opt 2: ${JSON.stringify(option)}`);
  }
  if (!Privileged && PidMode !== 'host' && IpcMode !== 'host') return SecurityOpt;
  return [...(SecurityOpt ?? []), 'label=disable'];
}
