import type { Machine } from '../../kernel/machine.ts';
import { defaultPath } from '../limits.ts';
import { linkVariables } from '../networks/links.ts';
import type { Container } from '../state.ts';

/** PATH, HOSTNAME, TERM with a terminal, those of links, then the configured ones. HOME is added by runc from /etc/passwd. */
export function environment(m: Machine, container: Container): { readonly [key: string]: string } {
  const { config } = container;
  const env = new Map([
    ['PATH', defaultPath],
    ['HOSTNAME', config.Hostname || container.id.slice(0, 12)],
  ]);
  if (config.Tty) env.set('TERM', 'xterm');
  if (container.links) for (const [name, value] of linkVariables(m, container)) env.set(name, value);
  for (const entry of config.Env ?? []) {
    const cut = entry.indexOf('=');
    if (cut > 0) env.set(entry.slice(0, cut), entry.slice(cut + 1));
  }
  return Object.fromEntries(env);
}
