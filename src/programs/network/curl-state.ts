import type { Us } from '../../kernel/json.ts';
import type { CurlOptions, Job } from './curl-options.ts';
import type { Exchange } from './exchange.ts';
import type { Url } from './url.ts';

/** How a transfer ended when it failed: curl's exit status and message (without `curl: (N) `). */
export type Failure = { readonly code: number; readonly text: string };

/** Where curl stands: one transfer (with its redirections and retries), and the transfers that are still to come. */
export type State = {
  readonly o: CurlOptions;
  readonly job: Job;
  readonly more: readonly Job[];
  readonly url: Url;
  readonly ip: string;
  readonly began: Us;
  /** A connect that is known to fail then, and why for -v. */
  readonly failing: (Failure & { readonly at: Us; readonly why: string }) | null;
  /** When to try again, and how often that may still be. */
  readonly retryAt: Us | null;
  readonly retriesLeft: number;
  readonly x: Exchange | null;
  readonly method: string;
  readonly uploaded: number;
  readonly status: number;
  readonly version: string;
  readonly type: string;
  /** Body bytes that were announced; 0: unknown. */
  readonly total: number;
  readonly headerBytes: number;
  readonly keepAlive: boolean;
  readonly redirects: number;
  readonly dropBody: boolean;
  /** Where the response says to go. */
  readonly location: string | null;
  /** Where the body goes, once that is open. */
  readonly out: number | null;
  readonly file: string;
  /** Connections are numbered in -v. */
  readonly connection: number;
  readonly meter: boolean;
  readonly told: boolean;
};

const nowhere: Url = { scheme: 'http', host: '', port: 0, explicitPort: false, path: '/' };

/** The state before a transfer. */
export function fresh(o: CurlOptions, job: Job, more: readonly Job[], url: Url | undefined, began: Us): State {
  return {
    o,
    job,
    more,
    url: url ?? nowhere,
    ip: '',
    began,
    failing: null,
    retryAt: null,
    retriesLeft: o.retries,
    x: null,
    method: 'GET',
    uploaded: 0,
    status: 0,
    version: '',
    type: '',
    total: 0,
    headerBytes: 0,
    keepAlive: false,
    redirects: 0,
    dropBody: false,
    location: null,
    out: null,
    file: '',
    connection: 0,
    meter: false,
    told: false,
  };
}
