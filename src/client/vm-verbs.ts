import { begin, machineOf } from '../kernel/simulation.ts';
import { defaultName } from '../vm/names.ts';
import { virtualMachines } from '../vm/state.ts';
import { vmTexts } from '../vm/texts.ts';
import { openCurrent, shellWords } from './commands.ts';
import { firstHost } from './first-host.ts';
import { type Options, simulatedEnv } from './options.ts';
import { play } from './play.ts';
import { say } from './say.ts';
import { installedSoftware } from './software.ts';
import { explain, sayNotices } from './tell.ts';

/** `drydock vm boot|list|stop|rm|shell`: virtual machines on the simulated host. Returns the exit status. */
export async function runVm(words: readonly string[], options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  if (words[0] === 'shell') return guestShell(words.slice(1), options, env);
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

/** A shell of root in a guest: its own kernel, processes and files. */
async function guestShell(words: readonly string[], options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const named = words[0] !== undefined && !words[0].startsWith('-');
  const name = (named ? words[0] : undefined) ?? defaultName;
  const rest = named ? words.slice(1) : words;
  const software = installedSoftware();
  const session = openCurrent(env, software);
  const guest = await session.transact((turn) => {
    const found = virtualMachines(machineOf(begin(turn.world, software), firstHost))[name];
    return { world: turn.world, result: found?.state === 'running' ? found.guest : undefined };
  });
  if (guest === undefined) {
    say([`vm: ${vmTexts(options.lang).refused['not-running']({ name, free: '' })}`]);
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
