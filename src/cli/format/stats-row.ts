import { marshalMap } from './go/json.ts';
import { type Method, textValue, type Value } from './go/types.ts';
import { bytesSize, humanSize } from './size.ts';
import type { Header } from './table.ts';

/** One reading of a container's counters (GET /containers/ID/stats). */
export interface Reading {
  readonly id: string;
  readonly name: string;
  /** Microseconds since 1970. */
  readonly read: number;
  readonly pids_stats: { readonly current: number };
  readonly cpu_stats: { readonly cpu_usage: { readonly total_usage: number }; readonly online_cpus: number };
  readonly memory_stats: { readonly usage: number; readonly limit: number };
  readonly networks: { readonly [name: string]: { readonly rx_bytes: number; readonly tx_bytes: number } };
}

export const statsHeader: Header = {
  BlockIO: 'BLOCK I/O',
  CPUPerc: 'CPU %',
  Container: 'CONTAINER',
  ID: 'CONTAINER ID',
  MemPerc: 'MEM %',
  MemUsage: 'MEM USAGE / LIMIT',
  Name: 'NAME',
  NetIO: 'NET I/O',
  PIDs: 'PIDS',
};

const columns = ['ID', 'Name', 'CPUPerc', 'MemUsage', 'MemPerc', 'NetIO', 'BlockIO', 'PIDs'];

/** The format by what was asked for: the usual table, or a template of the user's. */
export function statsFormat(format: string): string {
  return format === '' || format === 'table' ? `table ${columns.map((name) => `{{.${name}}}`).join('\t')}` : format;
}

/** A container as templates of `docker stats` see it; `asked` is how it was called, `before` an earlier reading. */
export function statsRow(asked: string, now: Reading, before: Reading, truncate: boolean): Value {
  const { usage, limit } = now.memory_stats;
  const sum = (of: 'rx_bytes' | 'tx_bytes'): string =>
    humanSize(
      Object.values(now.networks).reduce((total, network) => total + network[of], 0),
      3,
    );
  const used = (now.cpu_stats.cpu_usage.total_usage - before.cpu_stats.cpu_usage.total_usage) / 1000;
  const passed = now.read - before.read;
  const percent = (part: number, whole: number): string => `${(whole > 0 ? (part / whole) * 100 : 0).toFixed(2)}%`;
  const fields: { readonly [name: string]: string } = {
    BlockIO: '0B / 0B',
    CPUPerc: percent(Math.max(0, used), passed),
    Container: asked,
    ID: truncate ? now.id.slice(0, 12) : now.id,
    MemPerc: percent(usage, limit),
    MemUsage: `${bytesSize(usage)} / ${bytesSize(limit)}`,
    Name: now.name.replace(/^\//, ''),
    NetIO: `${sum('rx_bytes')} / ${sum('tx_bytes')}`,
    PIDs: String(now.pids_stats.current),
  };
  const methods: { [name: string]: Method } = {};
  for (const [name, text] of Object.entries(fields)) methods[name] = () => textValue(text);
  methods.MarshalJSON = () => textValue(marshalMap(fields));
  return { type: { kind: 'struct', name: '*container.statsContext', fields: [], methods }, data: {} };
}
