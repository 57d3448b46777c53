import type { Errno } from '../../kernel/errno.ts';
import { millisecond, second, type Us } from '../../kernel/json.ts';

/**
 * How long a blocking connect(2) takes to fail: a refusal comes at once; a neighbour that does not answer ARP is given
 * up after three requests, a host that does not answer after six repeated SYNs (net.ipv4.tcp_syn_retries).
 */
export function connectDelay({ errno }: Errno): Us {
  if (errno === 'EHOSTUNREACH') return 3 * second + 60 * millisecond;
  return errno === 'ETIMEDOUT' ? 134 * second : 0;
}
