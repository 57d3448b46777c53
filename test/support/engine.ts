import { firstHost } from '../../src/client/first-host.ts';
import type { ApiRequest } from '../../src/engine/api.ts';
import { frame } from '../../src/engine/streams.ts';
import type { ByteString } from '../../src/kernel/bytes.ts';
import { isErrno } from '../../src/kernel/errno.ts';
import { closeFd } from '../../src/kernel/files.ts';
import type { Id, Json } from '../../src/kernel/json.ts';
import type { Machine } from '../../src/kernel/machine.ts';
import { readPipe, writePipe } from '../../src/kernel/pipes.ts';
import { advance, begin, machineOf, type Simulation, snapshot } from '../../src/kernel/simulation.ts';
import { Sandbox, software } from './sandbox.ts';

/** An answer as a test looks at it. */
export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly body: any;
  readonly job?: Id;
  readonly fd: number;
}

/** Speaks to the engine of a sandbox as process 1 of its host, without a client program. */
export class EngineLab {
  readonly sandbox: Sandbox;
  private sim: Simulation;

  constructor(sandbox = new Sandbox()) {
    this.sandbox = sandbox;
    this.sim = begin(sandbox.world, software);
  }

  get machine(): Machine {
    return machineOf(this.sim, firstHost);
  }

  /** The world as it is now, sealed. */
  get world() {
    this.sandbox.world = snapshot(this.sim);
    return this.sandbox.world;
  }

  call(method: ApiRequest['method'], path: string, more: { query?: ApiRequest['query']; body?: object } = {}): Reply {
    const request = { method, path, ...more } as unknown as Json;
    const answer = software.services.get('dockerd')?.request(this.machine, 1, request);
    if (!answer || isErrno(answer)) throw new Error('no engine');
    const fd = answer.fd ?? -1;
    if ('job' in answer) return { status: 0, body: null, job: answer.job, fd };
    return { ...(answer.reply as unknown as { status: number; body: Json }), fd };
  }

  /** The answer of a job, once it is there. */
  done(job: Id | undefined): Reply | undefined {
    const { reply } = this.machine.kernel.jobs[job ?? ''] ?? {};
    if (reply === undefined) return undefined;
    delete this.machine.draft.own(this.machine.kernel, 'jobs')[job ?? ''];
    return { ...(reply as unknown as { status: number; body: Json }), fd: -1 };
  }

  /** Lets simulated time pass. */
  pass(seconds: number): this {
    advance(this.sim, { until: this.sim.world.now + seconds * 1_000_000, ops: 100_000_000 });
    return this;
  }

  /** A container, created and started; returns its id. */
  run(name: string, command: readonly string[], config: object = {}): string {
    const id = this.create(name, command, config);
    const started = this.call('POST', `/containers/${id}/start`);
    if (started.status !== 204) throw new Error(JSON.stringify(started.body));
    return id;
  }

  create(name: string, command: readonly string[], config: object = {}): string {
    const body = { Image: 'alpine', Cmd: command, ...config };
    const created = this.call('POST', '/containers/create', { query: { name }, body });
    if (created.status !== 201) throw new Error(JSON.stringify(created.body));
    return created.body.Id;
  }

  /** What has come through a stream, as it came; undefined at its end. */
  read(fd: number): ByteString | undefined {
    const file = this.file(fd);
    const got = file?.kind === 'stream' ? readPipe(this.machine, file.rx, 1_000_000) : 'eof';
    if (got === 'again') return '';
    return got === 'eof' || isErrno(got) ? undefined : got.bytes;
  }

  /** All that comes through a stream without frames: stdout and stderr apart. */
  readFrames(fd: number): { out: string; err: string; ended: boolean } {
    const result = { out: '', err: '', ended: false };
    let bytes = '';
    for (;;) {
      const more = this.read(fd);
      result.ended = more === undefined;
      if (!more) break;
      bytes += more;
    }
    while (bytes.length >= 8) {
      const length = [...bytes.slice(4, 8)].reduce((n, c) => n * 256 + c.charCodeAt(0), 0);
      const payload = bytes.slice(8, 8 + length);
      if (bytes.charCodeAt(0) === 1) result.out += payload;
      else result.err += payload;
      if (frame(bytes.charCodeAt(0) as 1 | 2, payload) !== bytes.slice(0, 8 + length)) throw new Error('bad frame');
      bytes = bytes.slice(8 + length);
    }
    return result;
  }

  write(fd: number, bytes: ByteString): number {
    const file = this.file(fd);
    const sent = file?.kind === 'stream' ? writePipe(this.machine, file.tx, bytes) : 0;
    return typeof sent === 'number' ? sent : 0;
  }

  close(fd: number): void {
    closeFd(this.machine, 1, fd);
  }

  private file(fd: number) {
    return this.machine.kernel.files[this.machine.kernel.processes[1]?.fds[fd] ?? ''];
  }
}
