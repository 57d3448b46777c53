import { begin, machineOf } from '../kernel/simulation.ts';
import { defaultName } from '../vm/names.ts';
import { virtualMachines } from '../vm/state.ts';
import { vmTexts } from '../vm/texts.ts';
import { openCurrent, shellWords } from './commands.ts';
import { showCounterpart } from './compare-verbs.ts';
import { hostFiles } from './host-files.ts';
import { type Options, simulatedEnv } from './options.ts';
import { play } from './play.ts';
import { say } from './say.ts';
import { hostInUse } from './seat.ts';
import { installedSoftware } from './software.ts';
import { explain, sayNotices, sayWait } from './tell.ts';

/** `drydock vm boot|list|stop|rm|shell`: virtual machines on the simulated host. Returns the exit status. */
export async function runVm(words: readonly string[], options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  if (words[0] === 'shell') return guestShell(words.slice(1), options, env);
  if (words.length === 0 && (await showCounterpart(options, env))) return 0;
  const software = installedSoftware();
  const played = await play(openCurrent(env, software), software, {
    exec: {
      path: '/usr/local/bin/vm',
      argv: ['vm', ...words],
      env: { ...simulatedEnv(words, env), DRYDOCK_LANG: options.lang },
    },
    label: shellWords(['drydock', 'vm', ...words]),
    changes: words[0] !== 'list' && words[0] !== 'ls',
  });
  await explain(played, `vm ${words[0] ?? ''}`.trim(), options);
  sayNotices(played.notices, options);
  return played.exit.code;
}

/**
 * `drydock vagrant …`, `drydock VBoxManage …`: the host's own program, with the files of the folder that the user is in. A login shell
 * that Vagrant asks for on a terminal is played in the guest.
 */
export async function runMachineTool(
  program: 'vagrant' | 'VBoxManage',
  words: readonly string[],
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const software = installedSoftware(hostFiles(workingFolder(env), process.pid));
  const session = openCurrent(env, software);
  const label = shellWords(['drydock', program, ...words]);
  const played = await play(
    session,
    software,
    {
      exec: {
        path: `/usr/bin/${program}`,
        argv: [program, ...words],
        env: { ...simulatedEnv(words, env), DRYDOCK_LANG: options.lang, DRYDOCK_SEAT: '1' },
      },
      label,
      changes: !readers.has(words[0] ?? ''),
    },
    { waiting: (seconds) => sayWait(seconds, options) },
  );
  const seat = played.steps.find(({ action }) => action === 'guest-seat')?.data as { guest?: string } | undefined;
  if (seat?.guest === undefined) {
    await explain(played, `${program} ${words[0] ?? ''}`.trim(), options);
    sayNotices(played.notices, options);
    return played.exit.code;
  }
  const home = '/home/vagrant';
  const user = { HOME: home, USER: 'vagrant', LOGNAME: 'vagrant', SHELL: '/bin/bash' };
  const inside = await play(session, software, {
    exec: { path: '/usr/bin/bash', argv: ['-bash'], env: { ...simulatedEnv([], env), ...user } },
    label,
    changes: true,
    where: { host: seat.guest, home, uid: 1000, gid: 1000, groups: [1000, 27] },
  });
  sayNotices(inside.notices, options);
  return inside.exit.code;
}

/** Commands that only look: nothing to undo after them. */
const readers = new Set(['status', 'port', 'validate', 'global-status', 'version', 'ssh-config', 'list', 'showvminfo']);

/** Where the user is; also when that folder has been removed. */
function workingFolder(env: NodeJS.ProcessEnv): string {
  try {
    return process.cwd();
  } catch {
    return env.PWD ?? '/';
  }
}

/** A shell of root in a guest: its own kernel, processes and files. */
async function guestShell(words: readonly string[], options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const named = words[0] !== undefined && !words[0].startsWith('-');
  const name = (named ? words[0] : undefined) ?? defaultName;
  const rest = named ? words.slice(1) : words;
  const software = installedSoftware();
  const session = openCurrent(env, software);
  const find = () =>
    session.transact((turn) => {
      const found = virtualMachines(machineOf(begin(turn.world, software), hostInUse(turn.world)))[name];
      return { world: turn.world, result: found };
    });
  let machine = await find();
  if (machine?.state === 'booting' || machine?.again) {
    const log = { path: '/usr/local/bin/vm', argv: ['vm', 'shell', name, '-c', 'true'], env: simulatedEnv([], env) };
    await play(session, software, { exec: log, label: shellWords(['drydock', 'vm', 'shell', name]), changes: false });
    machine = await find();
  }
  const guest = machine?.state === 'running' ? machine.guest : undefined;
  if (guest === undefined) {
    say([`vm: ${vmTexts(options.lang).refused['not-running']({ name, free: '', port: '', snapshot: '' })}`]);
    return 1;
  }
  const home = '/root';
  const played = await play(session, software, {
    exec: { path: '/usr/bin/bash', argv: ['bash', ...rest], env: guestEnv(env) },
    label: shellWords(['drydock', 'vm', 'shell', ...words]),
    changes: true,
    where: { host: guest, home, uid: 0, gid: 0, groups: [] },
  });
  sayNotices(played.notices, options);
  return played.exit.code;
}

function guestEnv(env: NodeJS.ProcessEnv): { readonly [name: string]: string } {
  const root = { HOME: '/root', USER: 'root', LOGNAME: 'root', SHELL: '/bin/bash' };
  return { ...simulatedEnv([], env), ...root };
}
