import type { Sys } from '../../kernel/program.ts';
import type { Act, PlanName, PlanOptions } from './acts.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { boxActs } from './box-commands.ts';
import { commands, generalHelp, groupHelp, helpOf, isSubcommand, otherCommands } from './help.ts';
import { loginActs } from './login.ts';
import { type Look, type Target, targetNamed, targetOf } from './look.ts';
import { initActs, listActs, portActs, sshConfigActs, statusActs, validateActs } from './look-commands.ts';
import { syncing } from './plan-booted.ts';
import { findProject, projectFiles } from './project.ts';
import { snapshotActs } from './snapshot-commands.ts';
import { failure, header, plain } from './tell.ts';
import * as words from './words.ts';

type Env = { readonly [name: string]: string };

/** What the words after `vagrant` are to do. */
export function commandActs(argv: readonly string[], env: Env, sys: Sys): readonly Act[] {
  const [first, ...rest] = argv.filter((word) => word !== '--no-color' && word !== '--no-tty');
  if (first === '-v' || first === '--version') return [plain('Vagrant 2.3.4')];
  if (first === undefined) return [plain(generalHelp()), { do: 'exit', status: 1 }];
  if (first === '-h' || first === '--help') return [plain(generalHelp())];
  if (first === 'help')
    return rest[0] === undefined ? [plain(generalHelp())] : commandActs([...rest, '--help'], env, sys);
  if (first === 'box' || first === 'snapshot') return groupActs(first, rest, env, sys);
  if (otherCommands.has(first)) return refused(`vagrant ${first}`);
  if (!Object.hasOwn(commands, first)) return [plain(generalHelp()), { do: 'exit', status: 1 }];
  return withArguments(first, rest, (given) => commandOf(first, given, env, sys));
}

function refused(what: string): readonly Act[] {
  return failure(`drydock: ${what}: not simulated`);
}

function groupActs(group: 'box' | 'snapshot', [name, ...rest]: readonly string[], env: Env, sys: Sys): readonly Act[] {
  if (name === undefined && group === 'snapshot') {
    return failure(
      `This command was not invoked properly. The help for this command is\navailable below.\n\n${groupHelp(group)}`,
    );
  }
  if (name === undefined || name === '-h' || name === '--help' || !isSubcommand(group, name))
    return [plain(groupHelp(group))];
  const full = `${group} ${name}`;
  if (!Object.hasOwn(commands, full)) return refused(`vagrant ${full}`);
  return withArguments(full, rest, (given) =>
    group === 'box' ? boxActs(name, given, sys) : inProject(env, sys, (look) => snapshotActs(name, given, look)),
  );
}

function withArguments(
  name: string,
  rest: readonly string[],
  act: (given: Arguments) => readonly Act[],
): readonly Act[] {
  const given = readArguments(name, rest);
  if (given === 'help') return [plain(helpOf(name))];
  if (given !== undefined && 'refused' in given) return refused(`vagrant ${name} ${given.refused}`);
  if (given === undefined) {
    return failure(
      `An invalid option was specified. The help for this command\nis available below.\n\n${helpOf(name)}`,
    );
  }
  return act(given);
}

function inProject(env: Env, sys: Sys, act: (look: Look) => readonly Act[]): readonly Act[] {
  const project = findProject(projectFiles(sys), env);
  if (project === undefined) return failure(words.noProject);
  if (typeof project === 'string') return failure(project);
  sys.note('vagrant', 'vagrant-read', { file: project.path, machines: project.machines.map(({ machine }) => machine) });
  return act({ sys, project });
}

function commandOf(name: string, given: Arguments, env: Env, sys: Sys): readonly Act[] {
  if (name === 'version') return [plain(words.noCheckpoint)];
  if (name === 'init') return initActs(given, sys);
  if (name === 'global-status') return listActs(sys);
  if (given.flags.has('--all-global')) return refused('--all-global');
  return inProject(env, sys, (look) => projectCommand(name, given, env, look));
}

function projectCommand(name: string, given: Arguments, env: Env, look: Look): readonly Act[] {
  const options = optionsOf(given);
  switch (name) {
    case 'validate':
      return validateActs(given, look);
    case 'status':
      return withTargets(look, given.words, (targets) => statusActs(targets));
    case 'up':
      return upActs(given, look, options);
    case 'ssh':
      return withOne(look, given.words, (target) => sshActs(target, given, env, look));
    case 'ssh-config':
      return withTargets(look, given.words, (targets) => sshConfigActs(targets, given));
    case 'port':
      return withOne(look, given.words, (target) => portActs(target, given));
    case 'halt':
      return planned(look, given.words, 'halt', options, true);
    case 'resume':
      return planned(look, given.words, 'resume', options, false);
    case 'provision':
      return planned(look, given.words, 'provision', { ...options, provision: true }, false);
    case 'suspend':
      return withTargets(look, given.words, (targets) => targets.flatMap(suspendActs));
    case 'reload':
      return withTargets(look, given.words, (targets) => targets.flatMap((target) => reloadActs(target, options)));
    default:
      return destroyActs(given, look);
  }
}

function optionsOf({ flags, values }: Arguments): PlanOptions {
  const only = values.get('--provision-with')?.split(',');
  const provision =
    flags.has('--provision') || only !== undefined ? true : flags.has('--no-provision') ? false : undefined;
  return {
    ...(provision === undefined ? {} : { provision }),
    ...(only === undefined ? {} : { with: only }),
    ...(flags.has('--force') ? { force: true } : {}),
  };
}

/** The machines that are named, or all; a name that is not there is an error. */
export function withTargets(
  look: Look,
  names: readonly string[],
  act: (targets: readonly Target[]) => readonly Act[],
): readonly Act[] {
  const targets: Target[] = [];
  for (const name of names) {
    const target = targetNamed(look, name);
    if (!target) return failure(words.machineNotFound(name));
    targets.push(target);
  }
  return act(names.length > 0 ? targets : look.project.machines.map((config) => targetOf(look, config)));
}

/** The one machine that is meant: named, the only one, or the primary one. */
export function withOne(look: Look, names: readonly string[], act: (target: Target) => readonly Act[]): readonly Act[] {
  return withTargets(look, names, (targets) => {
    const primary = targets.filter(({ config }) => config.primary);
    const [one, more] = targets.length === 1 ? targets : primary;
    return one && !more ? act(one) : failure(words.oneTarget);
  });
}

function planned(
  look: Look,
  names: readonly string[],
  plan: PlanName,
  options: PlanOptions,
  backwards: boolean,
): readonly Act[] {
  return withTargets(look, names, (targets) => {
    const acts = targets.map(({ config }): Act => ({ do: 'plan', plan, machine: config.machine, options }));
    return backwards ? acts.reverse() : acts;
  });
}

function upActs({ words: names, values }: Arguments, look: Look, options: PlanOptions): readonly Act[] {
  const provider = values.get('--provider');
  if (provider !== undefined && provider !== 'virtualbox') return refused(`the provider ${provider}`);
  return withTargets(look, names, (targets) => {
    const wanted = names.length > 0 ? targets : targets.filter(({ config }) => config.autostart);
    if (wanted.length === 0) {
      return [
        plain(
          'No machines to bring up. This is usually because all machines are\nset to `autostart: false`, which means you have to explicitly specify\nthe name of the machine to bring up.',
        ),
      ];
    }
    return [
      ...wanted.map(({ config }) => plain(`Bringing machine '${config.machine}' up with 'virtualbox' provider...`)),
      ...wanted.map(({ config }): Act => ({ do: 'plan', plan: 'up', machine: config.machine, options })),
    ];
  });
}

function sshActs(target: Target, given: Arguments, env: Env, look: Look): readonly Act[] {
  const { vm, state } = target;
  const { sys } = look;
  const sync = syncing(look, target);
  if (!vm) return failure(words.creationRequired);
  if (state !== 'running') return failure(words.notRunningSsh);
  const command = given.values.get('--command');
  if (command === undefined && sys.isatty(0)) {
    // the client plays the shell itself
    if (env.DRYDOCK_SEAT === '1')
      return [...sync, { do: 'note', action: 'guest-seat', data: { guest: vm.guest ?? '' } }];
    return [...sync, ...loginActs(target, sys)];
  }
  const argv = command === undefined ? ['/bin/bash', '-l'] : ['/bin/bash', '-l', '-c', command];
  const run = { user: 'vagrant', argv };
  return [
    ...sync,
    { do: 'run', vm: vm.name, command: run, prefix: null, input: command === undefined, strict: false },
    ...sync,
  ];
}

function suspendActs({ config, vm, state }: Target): readonly Act[] {
  if (!vm) return [header(config.machine, words.notCreated)];
  if (state !== 'running') return [];
  return [
    header(config.machine, 'Saving VM state and suspending execution...'),
    {
      do: 'ask',
      request: { op: 'hold', name: vm.name, how: 'save' },
      about: ['controlvm', vm.uuid ?? '', 'savestate'],
    },
  ];
}

function reloadActs({ config, vm }: Target, options: PlanOptions): readonly Act[] {
  const { machine } = config;
  if (!vm) return [header(machine, words.notCreated)];
  return [
    { do: 'plan', plan: 'halt', machine, options: options.force ? { force: true } : {} },
    { do: 'plan', plan: 'start', machine, options },
  ];
}

function destroyActs(given: Arguments, look: Look): readonly Act[] {
  return withTargets(look, given.words, (targets) => {
    const there = targets.filter(({ vm }) => vm !== undefined).length;
    return targets.toReversed().flatMap(({ config, vm }): readonly Act[] => {
      const act: Act = { do: 'plan', plan: 'destroy', machine: config.machine, options: {} };
      if (!vm || given.flags.has('--force')) return [act];
      const kept = `The VM '${config.machine}' will not be destroyed, since the confirmation\nwas declined.`;
      return [
        {
          do: 'confirm',
          question: `    ${config.machine}: Are you sure you want to destroy the '${config.machine}' VM? [y/N] `,
          yes: [act],
          no: [header(config.machine, kept), { do: 'status', status: there > 1 ? 2 : 1 }],
        },
      ];
    });
  });
}
