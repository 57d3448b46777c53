import type { ApiRequest } from '../../engine/api.ts';
import type { Json } from '../../kernel/json.ts';
import type { Wait } from '../../kernel/program.ts';
import type { Client } from '../client.ts';
import { type Display, newDisplay, showProgress } from '../format/jsonmessage.ts';
import { type Following, openProgress, progressWait, readProgress } from './progress.ts';

/** An image on its way between engine and registry, as a verb follows it. Plain data. */
export interface Transfer {
  readonly [key: string]: Json | undefined;
  readonly following: Following;
  /** Absent: nothing is shown, but for errors. */
  readonly display: Display | null;
}

/** It is over, or it goes on after a wait. */
export type Transferred = { readonly over: true } | { readonly transfer: Transfer; readonly wait: Wait };

/** Asks for a transfer, whose progress is shown on an output (or, with `null`, nowhere). Throws ApiError, CliError. */
export function beginTransfer(client: Client, request: ApiRequest, fd: 1 | 2 | null): Transferred {
  const display = fd === null ? null : newDisplay(client, fd);
  return goOnTransfer(client, { following: openProgress(client, request), display });
}

/** Shows what has come. Throws CliError when the engine says that it failed. */
export function goOnTransfer(client: Client, { following, display }: Transfer): Transferred {
  const { messages, following: next } = readProgress(client, following);
  const hidden: Client = { ...client, output: [] };
  const shown = display
    ? showProgress(client, display, messages)
    : showProgress(hidden, { fd: 1, cols: 0, ids: [] }, messages) && null;
  if (!next) return { over: true };
  return { transfer: { following: next, display: shown }, wait: progressWait(next) };
}
