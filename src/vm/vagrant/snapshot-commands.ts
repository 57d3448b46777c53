import type { Act } from './acts.ts';
import type { Arguments } from './arguments.ts';
import { withTargets } from './commands.ts';
import { helpOf } from './help.ts';
import type { Look, Target } from './look.ts';
import { failure, header, plain } from './tell.ts';
import * as words from './words.ts';

/** `vagrant snapshot save|restore|delete|list` */
export function snapshotActs(name: string, { words: given, flags }: Arguments, look: Look): readonly Act[] {
  if (name === 'list') return withTargets(look, given, (targets) => targets.flatMap(listed));
  const snapshot = given.at(-1);
  if (snapshot === undefined || given.length > 2) {
    return failure(
      `This command was not invoked properly. The help for this command is\navailable below.\n\n${helpOf(`snapshot ${name}`)}`,
    );
  }
  return withTargets(look, given.slice(0, -1), (targets) =>
    targets.flatMap((target): readonly Act[] => {
      if (name === 'save') return saved(target, snapshot, flags.has('--force'));
      return name === 'restore' ? restored(target, snapshot, !flags.has('--no-start')) : deleted(target, snapshot);
    }),
  );
}

function has({ vm }: Target, snapshot: string): boolean {
  return vm?.snapshots.some(({ name }) => name === snapshot) ?? false;
}

function request(target: Target, act: 'take' | 'restore' | 'delete', snapshot: string): Act {
  const name = target.vm?.name ?? '';
  return {
    do: 'ask',
    request: { op: 'snapshot', name, act, snapshot },
    about: ['snapshot', target.vm?.uuid ?? '', act, snapshot],
  };
}

function saved(target: Target, snapshot: string, force: boolean): readonly Act[] {
  const { machine } = target.config;
  if (!target.vm) {
    return [plain(`Machine '${machine}' has not been created yet, and therefore cannot save snapshots. Skipping...`)];
  }
  if (has(target, snapshot) && !force) return failure(words.snapshotExists);
  return [
    ...(has(target, snapshot) ? deleted(target, snapshot) : []),
    header(machine, `Snapshotting the machine as '${snapshot}'...`),
    request(target, 'take', snapshot),
    header(machine, words.snapshotSaved),
  ];
}

function restored(target: Target, snapshot: string, start: boolean): readonly Act[] {
  const { machine } = target.config;
  if (!has(target, snapshot)) return failure(words.noSnapshot(snapshot, machine));
  const on = target.state !== 'poweroff' && target.state !== 'saved' && target.state !== 'aborted';
  return [
    ...(on ? [{ do: 'plan', plan: 'halt', machine, options: { force: true } } as const] : []),
    header(machine, `Restoring the snapshot '${snapshot}'...`),
    request(target, 'restore', snapshot),
    ...(start ? [{ do: 'plan', plan: 'start', machine, options: {} } as const] : []),
  ];
}

function deleted(target: Target, snapshot: string): readonly Act[] {
  const { machine } = target.config;
  if (!has(target, snapshot)) return failure(words.noSnapshot(snapshot, machine));
  return [
    header(machine, `Deleting the snapshot '${snapshot}'...`),
    request(target, 'delete', snapshot),
    header(machine, 'Snapshot deleted!'),
  ];
}

function listed({ config, vm }: Target): readonly Act[] {
  if (!vm) return [header(config.machine, words.notCreated)];
  if (vm.snapshots.length === 0) {
    return [
      header(config.machine, words.noSnapshots),
      plain(words.noSnapshotsDetail.replace(/^/gm, `    ${config.machine}: `)),
    ];
  }
  return [header(config.machine, ''), plain(vm.snapshots.map(({ name }) => name).join('\n'))];
}
