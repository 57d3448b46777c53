import type { Command } from './context.ts';
import { aliveKeys } from './values.ts';

/** What INFO prints; of the sections that are asked for. Figures of memory and traffic, which are not modelled, are left out. */
export function infoText(c: Command, wanted: readonly string[]): string {
  const { sys, settings, databases, now } = c;
  const uptime = Math.floor((now - settings.started) / 1000);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [
      'Server',
      [
        `redis_version:${settings.version}`,
        'redis_mode:standalone',
        `os:Linux ${sys.uname().release} x86_64`,
        'arch_bits:64',
        `process_id:${sys.pid}`,
        `tcp_port:${settings.port}`,
        `uptime_in_seconds:${uptime}`,
        `uptime_in_days:${Math.floor(uptime / 86_400)}`,
        `config_file:${settings.config}`,
      ],
    ],
    ['Clients', [`connected_clients:${c.clients}`, 'maxclients:10000', 'blocked_clients:0']],
    ['Persistence', ['loading:0', `aof_enabled:${settings.appendonly ? 1 : 0}`]],
    ['Replication', ['role:master', 'connected_slaves:0']],
    [
      'Keyspace',
      Object.keys(databases)
        .sort((a, b) => Number(a) - Number(b))
        .flatMap((index) => {
          const database = databases[index] ?? {};
          const keys = aliveKeys(database, now);
          const expiring = keys.filter((key) => database[key]?.expires !== undefined).length;
          return keys.length === 0 ? [] : [`db${index}:keys=${keys.length},expires=${expiring},avg_ttl=0`];
        }),
    ],
  ];
  const all = wanted.length === 0 || wanted.some((each) => /^(?:all|default|everything)$/.test(each));
  return sections
    .filter(([name]) => all || wanted.includes(name.toLowerCase()))
    .map(([name, lines]) => [`# ${name}`, ...lines, ''].join('\r\n'))
    .join('\r\n');
}
