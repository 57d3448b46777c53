import { allCapabilities } from '../kernel/capabilities.ts';
import type { HostConfig } from './api.ts';
import { EngineError } from './errors.ts';
import { keptCapabilities } from './limits.ts';

/** Names of capabilities as the engine keeps them: `net_admin` is `CAP_NET_ADMIN`, `all` is `ALL`. Throws `bad-parameter`. */
export function capabilityNames(field: 'CapAdd' | 'CapDrop', given: readonly string[]): readonly string[] {
  return given.map((text) => {
    const upper = text.toUpperCase();
    if (upper === 'ALL') return upper;
    const name = upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
    if (allCapabilities.includes(name)) return name;
    throw new EngineError('bad-parameter', 400, `invalid ${field}: unknown capability: ${JSON.stringify(name)}`);
  });
}

/** The usual ones in the kernel's order. */
let inOrder: readonly string[] | undefined;

/** What root in the container may do: the usual capabilities without the dropped ones, and the added ones. */
export function capabilitiesOf(host: Partial<HostConfig>): readonly string[] {
  const { CapAdd = [], CapDrop = [], Privileged = false } = host;
  if (Privileged) return allCapabilities;
  if (CapAdd.length === 0 && CapDrop.length === 0) {
    inOrder ??= allCapabilities.filter((name) => keptCapabilities.includes(name));
    return inOrder;
  }
  const usual = CapAdd.includes('ALL') ? allCapabilities : CapDrop.includes('ALL') ? [] : keptCapabilities;
  const kept = new Set(usual.filter((name) => !CapDrop.includes(name)));
  for (const name of CapAdd) if (name !== 'ALL') kept.add(name);
  return allCapabilities.filter((name) => kept.has(name));
}
