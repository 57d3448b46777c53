import type { RunOp } from '../../../builder/graph/vertex.ts';
import type { TreeNode } from '../../../kernel/fs/node.ts';
import type { Id, Json } from '../../../kernel/json.ts';
import type { Machine } from '../../../kernel/machine.ts';
import { defaultBridge } from '../../network.ts';
import { attach, detach } from '../../networks/attach.ts';
import { findNetwork } from '../../networks/store.ts';
import type { Endpoint } from '../../networks/types.ts';

/** Joins a step's process to the default bridge. Returns its endpoint as plain data. */
export function join(m: Machine, netns: Id): Json {
  const network = findNetwork(m, 'bridge');
  return attach(m, { netns, endpoints: [], configs: {} }, 'bridge', network) as unknown as Json;
}

/** Takes the step's place on the bridge away. */
export function leave(m: Machine, endpoint: Json): void {
  detach(m, endpoint as unknown as Endpoint);
}

/** /etc/hosts and resolv.conf of a step, as BuildKit writes them. */
export function networkFiles(m: Machine, files: Id, { hosts }: RunOp): void {
  const lines = [
    '127.0.0.1\tlocalhost buildkitsandbox',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    ...hosts.map((entry) => {
      const cut = entry.search(/[:=]/);
      const address = entry.slice(cut + 1);
      return `${address === 'host-gateway' ? defaultBridge.gateway : address}\t${entry.slice(0, cut)}`;
    }),
  ];
  const meta = { mode: 0o644, uid: 0, gid: 0, mtime: m.world.now };
  const entries: { [name: string]: TreeNode } = {
    'resolv.conf': { t: 'file', ...meta, data: 'nameserver 10.0.2.3\n' },
    hosts: { t: 'file', ...meta, data: `${lines.join('\n')}\n` },
  };
  m.draft.own(m.draft.own(m.kernel, 'filesystems'), files).root = { t: 'dir', ...meta, mode: 0o755, entries };
}
