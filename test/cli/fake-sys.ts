import { dockerProgram } from '../../src/cli/program.ts';
import type { ApiRequest, ApiResponse } from '../../src/engine/api.ts';
import type { ByteString } from '../../src/kernel/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../src/kernel/bytes.ts';
import type { Errno } from '../../src/kernel/errno.ts';
import { fail } from '../../src/kernel/errno.ts';
import type { Json, Rec } from '../../src/kernel/json.ts';
import type { Next, ServiceAnswer, Sys, Termios, Wait, Wake } from '../../src/kernel/program.ts';
import type { Signal } from '../../src/kernel/signals.ts';

/** What the test's engine answers. */
export type Engine = (request: ApiRequest) => Reply | undefined;
export type Reply = Partial<ApiResponse> & {
  readonly job?: string;
  readonly fd?: number;
  readonly errno?: Errno['errno'];
};

interface Options {
  readonly engine?: Engine;
  readonly env?: Rec<string>;
  readonly files?: Rec<string>;
  /** Descriptors that are a terminal, of 100 columns. */
  readonly tty?: readonly number[];
  readonly now?: number;
}

/** A docker process with a test around it: an engine that answers as told, and everything that it does written down. */
export class FakeProcess {
  readonly requests: string[] = [];
  readonly bodies: Json[] = [];
  readonly signals: Partial<Record<Signal, string>> = {};
  /** What can be read of a descriptor: bytes, then `again`, or `eof` after `end`. */
  readonly inputs = new Map<number, { bytes: ByteString; ended: boolean }>();
  readonly written = new Map<number, ByteString>();
  readonly closed: number[] = [];
  readonly halfClosed: number[] = [];
  /** Bytes that an output still takes; no entry: as many as come. */
  readonly room = new Map<number, number>();
  modes: Termios = { icanon: true, echo: true, isig: true, opost: true };
  next: Next<Json> | undefined;
  private readonly options: Options;

  constructor(options: Options = {}) {
    this.options = options;
  }

  start(...args: readonly string[]): this {
    const env = { HOME: '/root', ...this.options.env };
    this.next = dockerProgram.start({ path: '/usr/bin/docker', argv: ['docker', ...args], env }, this.sys());
    return this;
  }

  /** Lets it go on. Its state goes through JSON, as when the world is saved. */
  wake(wake: Wake): this {
    if (!this.next || !('state' in this.next)) throw new Error('it has ended');
    const state = JSON.parse(JSON.stringify(this.next.state)) as Json;
    this.next = dockerProgram.step(state, wake, this.sys());
    return this;
  }

  job(id: string, status: number, body: Json): this {
    return this.wake({ on: 'job', id, reply: { status, body } });
  }

  signal(signal: Signal): this {
    return this.wake({ on: 'signal', signal });
  }

  /** Bytes come on a descriptor. */
  gets(fd: number, bytes: ByteString, ended = false): this {
    this.inputs.set(fd, { bytes, ended });
    return this.wake({ on: 'fd', fd });
  }

  get wait(): Wait | undefined {
    return this.next && 'wait' in this.next ? this.next.wait : undefined;
  }

  get exit(): number | undefined {
    return this.next && 'exit' in this.next ? this.next.exit : undefined;
  }

  get stdout(): string {
    return decodeUtf8(this.written.get(1) ?? '');
  }

  get stderr(): string {
    return decodeUtf8(this.written.get(2) ?? '');
  }

  private sys(): Sys {
    const { options } = this;
    const file = (path: string) => options.files?.[path];
    const isatty = (fd: number) => options.tty?.includes(fd) ?? false;
    const calls = {
      now: options.now ?? 1_795_375_600_000_000,
      pid: 100,
      request: (service: string, message: Json) =>
        service === 'dockerd' ? this.answer(message as unknown as ApiRequest) : fail('ENOENT'),
      read: (fd: number) => {
        const input = this.inputs.get(fd);
        if (!input || (input.bytes === '' && !input.ended)) return 'again';
        if (input.bytes === '') return 'eof';
        const { bytes } = input;
        input.bytes = '';
        return { bytes };
      },
      write: (fd: number, bytes: ByteString) => {
        const room = this.room.get(fd) ?? bytes.length;
        if (room === 0) return 'again';
        const taken = bytes.slice(0, room);
        if (this.room.has(fd)) this.room.set(fd, room - taken.length);
        this.written.set(fd, (this.written.get(fd) ?? '') + taken);
        return taken.length;
      },
      close: (fd: number) => {
        this.closed.push(fd);
        return undefined;
      },
      onSignal: (signal: Signal, how: string) => {
        this.signals[signal] = how;
      },
      isatty,
      uname: () => ({ sysname: 'Linux', hostname: 'box', release: '6.8', version: '#1', machine: 'x86_64' }),
      winsize: (fd: number) => (isatty(fd) ? { cols: 100, rows: 24 } : fail('ENOTTY')),
      termios: (_fd: number, change?: Partial<Termios>) => {
        this.modes = { ...this.modes, ...change };
        return this.modes;
      },
      fs: {
        stat: (path: string) => (file(path) === undefined ? fail('ENOENT') : { type: 'file' }),
        readFile: (path: string) => {
          const text = file(path);
          return text === undefined ? fail('ENOENT') : { bytes: encodeUtf8(text) };
        },
      },
      net: {
        shutdown: (fd: number) => {
          this.halfClosed.push(fd);
          return undefined;
        },
      },
    };
    return calls as unknown as Sys;
  }

  private answer(request: ApiRequest): ServiceAnswer | Errno {
    const query = new URLSearchParams(request.query ?? {}).toString();
    this.requests.push(`${request.method} ${request.path}${query && `?${query}`}`);
    if (request.body !== undefined) this.bodies.push(request.body);
    const reply: Reply = this.options.engine?.(request) ?? { status: 404, body: { message: 'page not found' } };
    if (reply.errno) return fail(reply.errno);
    const fd = reply.fd === undefined ? {} : { fd: reply.fd };
    if (reply.job !== undefined) return { job: reply.job, ...fd };
    return { reply: { status: reply.status ?? 200, body: reply.body ?? null }, ...fd };
  }
}

/** Runs a command that does not wait; what it printed and ended with. */
export function docker(
  args: string,
  options: Options = {},
): { stdout: string; stderr: string; code: number | undefined } {
  return dockerArgs(args.split(' ').filter(Boolean), options);
}

/** The same, with arguments that may have spaces in them. */
export function dockerArgs(args: readonly string[], options: Options = {}) {
  const process = new FakeProcess(options).start(...args);
  return { stdout: process.stdout, stderr: process.stderr, code: process.exit };
}

/** One frame of a multiplexed stream. */
export function frame(fd: 1 | 2, data: ByteString): ByteString {
  return `${String.fromCharCode(fd, 0, 0, 0, 0, 0, data.length >> 8, data.length & 255)}${data}`;
}
