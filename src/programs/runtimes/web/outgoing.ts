import { isErrno } from '../../../kernel/errno.ts';
import { type Exchange, exchange, proceed } from '../../network/exchange.ts';
import type { Header } from '../../network/http.ts';
import type { Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';

/** A request that the program itself has sent, as far as its answer has come. */
export interface Outgoing {
  readonly x: Exchange;
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: string;
  /** The native that gets the answer, and what is bound to it. */
  readonly native: string;
  readonly self: Value;
}

/** Sends a request over a connection; `native` is called with what came, a `response` object, or with an error's code. */
export function ask(vm: Vm, fd: number, method: string, request: string, native: string, self: Value): void {
  const x = exchange(fd, method, request);
  const client: Outgoing = { x, status: 0, reason: '', headers: [], body: '', native, self };
  const none = { listener: -1, remote: '', input: '', output: '', closing: false, busy: false };
  vm.connections.push({ fd, ...none, client });
}

/** Looks at the answer; true when something moved. */
export function answerRound(vm: Vm, fd: number, from: Outgoing): boolean {
  let client = from;
  let moved = false;
  for (;;) {
    const progress = proceed(vm.sys, client.x);
    client = { ...client, x: progress.x };
    if (progress.now === 'wait') {
      vm.connections = vm.connections.map((one) => (one.fd === fd ? { ...one, client } : one));
      return moved;
    }
    moved = true;
    if (progress.now === 'head') {
      const reason = progress.head.first.split(' ').slice(2).join(' ');
      client = { ...client, status: progress.status, reason, headers: progress.head.headers };
    } else if (progress.now === 'body') client = { ...client, body: client.body + progress.bytes };
    else {
      const closed = vm.sys.close(fd);
      if (isErrno(closed)) vm.sys.spend(1);
      vm.connections = vm.connections.filter((one) => one.fd !== fd);
      const { status, reason, headers, body } = client;
      const response = vm.make({ k: 'response', x: { status, reason, headers, body } as never });
      vm.native(client.native)(vm, progress.now === 'done' ? [response] : ['UND_ERR_SOCKET'], client.self, {});
      return true;
    }
  }
}
