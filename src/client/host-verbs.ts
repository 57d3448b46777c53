import type { HostMessages } from '../explain/messages/host-texts.ts';
import { messages } from '../explain/messages/messages.ts';
import { columns, pad } from '../explain/width.ts';
import { dropHost, hostRows, makeHost } from '../host/entry.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import type { Json } from '../kernel/json.ts';
import { advance, begin, machineOf, type Simulation, snapshot } from '../kernel/simulation.ts';
import type { Step } from '../kernel/trace.ts';
import { sizeOf } from '../vm/size.ts';
import { catchUp, wallClock } from './clock.ts';
import { openCurrent, shellWords } from './commands.ts';
import { firstHost } from './first-host.ts';
import { hostPrograms } from './first-world.ts';
import { turnOps } from './limits.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';
import { say } from './say.ts';
import { lessonSoftware } from './scenario-machine.ts';
import { explain } from './tell.ts';

/** The flags of `drydock host new`. */
export interface NewHostFlags {
  readonly kind?: string;
  readonly memory?: string;
  readonly cpus?: string;
  readonly disk?: string;
  readonly bare?: boolean;
}

type Refusal = keyof HostMessages['wrong'];
type Env = NodeJS.ProcessEnv;

/** `drydock host new NAME`: a computer on the local network. Returns the exit status. */
export async function newHostVerb(name: string, flags: NewHostFlags, options: Options, env: Env): Promise<number> {
  const { kind = 'linux', bare = false } = flags;
  if (kind !== 'linux' && kind !== 'mac' && kind !== 'windows') return refuse('bad-kind', kind, options);
  const memory = flags.memory === undefined ? undefined : sizeOf(flags.memory);
  const disk = flags.disk === undefined ? undefined : sizeOf(flags.disk);
  const cpus = flags.cpus === undefined ? undefined : Number(flags.cpus);
  if (flags.memory !== undefined && memory === undefined) return refuse('bad-size', flags.memory, options);
  if (flags.disk !== undefined && disk === undefined) return refuse('bad-size', flags.disk, options);
  if (cpus !== undefined && (!Number.isInteger(cpus) || cpus < 1 || cpus > 128)) {
    return refuse('bad-size', flags.cpus ?? '', options);
  }
  const wanted = {
    name,
    kind,
    bare,
    ...(memory === undefined ? {} : { memory }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(disk === undefined ? {} : { disk }),
  } as const;
  const words = [
    'drydock',
    'host',
    'new',
    name,
    ...(kind === 'linux' ? [] : ['--kind', kind]),
    ...(bare ? ['--bare'] : []),
  ];
  const { result, steps } = await change(words, env, (sim) => {
    const made = makeHost(machineOf(sim, firstHost), wanted, hostPrograms());
    return { result: made, changed: made.did === 'made' };
  });
  if (result.did !== 'made') return refuse(result.did, name, options);
  const texts = messages(options.lang).hosts;
  if (options.level !== 'off') await tell(steps, options);
  say([kind === 'linux' ? texts.made({ name, address: result.address, bare }) : texts.madeDesktop({ name })]);
  return 0;
}

/** `drydock host rm NAME`. Returns the exit status. */
export async function removeHostVerb(name: string, options: Options, env: Env): Promise<number> {
  const { result, steps } = await change(['drydock', 'host', 'rm', name], env, (sim) => {
    const { did } = dropHost(machineOf(sim, firstHost), name);
    return { result: did, changed: did === 'removed' };
  });
  if (result !== 'removed') return refuse(result, name, options);
  if (options.level !== 'off') await tell(steps, options);
  say([messages(options.lang).hosts.removed({ name })]);
  return 0;
}

/** `drydock host use NAME`: where commands run from now on. Returns the exit status. */
export async function useHostVerb(name: string, options: Options, env: Env): Promise<number> {
  const { result } = await change(['drydock', 'host', 'use', name], env, (sim) => {
    const known = name === firstHost || (!name.includes('/') && sim.world.hosts[name]?.made !== undefined);
    const before = sim.world.seat ?? firstHost;
    if (known && name === firstHost) delete sim.world.seat;
    else if (known) sim.world.seat = name;
    return { result: known, changed: known && before !== name };
  });
  if (!result) return refuse('no-such-host', name, options);
  say([messages(options.lang).hosts.used({ name })]);
  return 0;
}

/** `drydock host list`. Returns the exit status. */
export async function listHosts(options: Options, env: Env): Promise<number> {
  const { headings, docker } = messages(options.lang).hosts;
  const software = lessonSoftware();
  const rows = await openCurrent(env, software).transact((turn) => {
    const sim = begin(turn.world, software);
    return { world: turn.world, result: hostRows(machineOf(sim, firstHost)) };
  });
  const cells = rows.map((row) => [
    `${row.inUse ? '* ' : '  '}${row.name}`,
    row.kind,
    row.address ?? '-',
    row.kernel,
    `${row.cpus}`,
    `${Math.round(row.memory / 2 ** 20)} MiB`,
    docker[row.docker],
  ]);
  const table = [[`  ${headings[0]}`, ...headings.slice(1)], ...cells];
  const text = table.map((row) => {
    return row
      .map((cell, i) => pad(cell, widthOf(table, i)))
      .join('   ')
      .trimEnd();
  });
  print(1, encodeUtf8(`${text.join('\n')}\n`));
  return 0;
}

function widthOf(table: readonly (readonly string[])[], column: number): number {
  return Math.max(...table.map((row) => columns(row[column] ?? '')));
}

/** One change of the world, as a step that can be undone. */
async function change<T>(
  words: readonly string[],
  env: Env,
  act: (sim: Simulation) => { readonly result: T; readonly changed: boolean },
): Promise<{ readonly result: T; readonly steps: readonly Step[] }> {
  const label = shellWords(words);
  const software = lessonSoftware();
  return openCurrent(env, software).transact((turn) => {
    const sim = begin(turn.world, software);
    catchUp(sim, wallClock());
    sim.trace.length = 0;
    const { result, changed } = act(sim);
    if (!changed) return { world: turn.world, result: { result, steps: [] } };
    const run = `host-${process.pid}`;
    turn.begin(run, label);
    const steps = sim.trace.filter(({ actor }) => actor === 'drydock');
    advance(sim, { until: sim.world.now, ops: turnOps });
    turn.end(run, { label, trace: steps as unknown as Json, changed });
    return { world: snapshot(sim), result: { result, steps } };
  });
}

async function tell(steps: readonly Step[], options: Options): Promise<void> {
  await explain({ exit: { code: 0 }, steps, errors: '', notices: [] }, 'host', options);
}

function refuse(why: Refusal, name: string, options: Options): number {
  say([`drydock: ${messages(options.lang).hosts.wrong[why]({ name })}`]);
  return 1;
}
