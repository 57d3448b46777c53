import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { Sys } from '../../kernel/program.ts';
import { inquire } from '../ask.ts';
import type { Act } from './acts.ts';
import type { Arguments } from './arguments.ts';
import { forwardsOf, type Look, stateName, type Target } from './look.ts';
import { projectFiles } from './project.ts';
import { readIndex } from './store.ts';
import { failure, header, plain } from './tell.ts';
import { fullVagrantfile, minimalVagrantfile } from './templates.ts';
import { configProblem } from './validate.ts';
import * as words from './words.ts';

/** `vagrant init` */
export function initActs({ words: [box = 'base'], flags, values }: Arguments, sys: Sys): readonly Act[] {
  const files = projectFiles(sys);
  const output = values.get('--output') ?? 'Vagrantfile';
  const make = flags.has('--minimal') ? minimalVagrantfile : fullVagrantfile;
  const text = make(box, values.get('--box-version'));
  if (output === '-') return [{ do: 'write', fd: 1, bytes: encodeUtf8(text) }];
  if (files.exists(output) && !flags.has('--force')) return failure(words.vagrantfileExists);
  if (!files.write(output, text)) {
    return failure(words.vagrantfileUnwritable);
  }
  return [plain(words.initDone)];
}

/** `vagrant validate` */
export function validateActs({ flags }: Arguments, { project }: Look): readonly Act[] {
  const notes = flags.has('--ignore-provider')
    ? project.machines.map(({ machine }) => header(machine, 'Ignoring provider config for validation...'))
    : [];
  for (const config of project.machines) {
    const problem = configProblem(config, project.files);
    if (problem !== undefined) return [...notes, ...failure(problem)];
    if (config.refused.length > 0)
      return [...notes, ...failure(`drydock: ${config.refused.join(', ')}: not simulated`)];
  }
  return [...notes, plain('Vagrantfile validated successfully.')];
}

/** `vagrant status` */
export function statusActs(targets: readonly Target[]): readonly Act[] {
  const width = Math.max(25, ...targets.map(({ config }) => config.machine.length));
  const rows = targets.map(({ config, state }) => `${config.machine.padEnd(width)} ${state} (virtualbox)`);
  const [only] = targets;
  const about = targets.length === 1 && only ? (words.stateWords[only.state] ?? '') : words.severalMachines;
  return [plain(`Current machine states:\n\n${rows.join('\n')}\n\n${about}`)];
}

/** `vagrant port` */
export function portActs({ vm, state }: Target, { values }: Arguments): readonly Act[] {
  const ports = state === 'running' ? forwardsOf(vm) : [];
  if (ports.length === 0) return [plain(words.noPorts)];
  const wanted = values.get('--guest');
  if (wanted !== undefined) {
    const found = ports.find(({ guestPort }) => String(guestPort) === wanted);
    return found ? [plain(String(found.hostPort))] : failure(words.unmappedPort(wanted));
  }
  const rows = ports.map(({ guestPort, hostPort }) => `${String(guestPort).padStart(6)} (guest) => ${hostPort} (host)`);
  return [plain(`${words.portsHead}\n\n${rows.join('\n')}`)];
}

/** `vagrant ssh-config` */
export function sshConfigActs(targets: readonly Target[], { values }: Arguments): readonly Act[] {
  const acts: Act[] = [];
  for (const { config, vm, state, known } of targets) {
    if (!vm || state !== 'running') return failure(words.notReadyForSsh);
    const port = forwardsOf(vm).find(({ guestPort }) => guestPort === 22)?.hostPort ?? 2222;
    const key = `${known?.directory ?? ''}/.vagrant/machines/${config.machine}/virtualbox/private_key`;
    acts.push(
      plain(
        [
          `Host ${values.get('--host') ?? config.machine}`,
          '  HostName 127.0.0.1',
          '  User vagrant',
          `  Port ${port}`,
          '  UserKnownHostsFile /dev/null',
          '  StrictHostKeyChecking no',
          '  PasswordAuthentication no',
          `  IdentityFile ${key}`,
          '  IdentitiesOnly yes',
          '  LogLevel FATAL',
          '',
        ].join('\n'),
      ),
    );
  }
  return acts;
}

/** `vagrant global-status` */
export function listActs(sys: Sys): readonly Act[] {
  const machines = readIndex(sys).machines.map((known) => ({
    ...known,
    now: stateName(inquire(sys, { op: 'show', name: known.vm })?.machine?.state),
  }));
  const width = (least: number, cells: readonly string[]) => Math.max(least, ...cells.map(({ length }) => length));
  const widths = [
    8,
    width(
      6,
      machines.map(({ name }) => name),
    ),
    width(8, machines.length > 0 ? ['virtualbox'] : []),
    width(
      6,
      machines.map(({ now }) => now),
    ),
    width(
      35,
      machines.map(({ directory }) => directory),
    ),
  ];
  const row = (cells: readonly string[]) => cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' ');
  const head = `${row(['id', 'name', 'provider', 'state', 'directory'])} `;
  const rule = '-'.repeat(widths.reduce((sum, each) => sum + each + 1, 0));
  const lines = machines.map(
    ({ id, name, now, directory }) => `${row([id.slice(0, 7), name, 'virtualbox', now, directory])} `,
  );
  const foot = machines.length === 0 ? words.noEnvironments : ` \n${words.environmentsFoot}`;
  return [plain([head, rule, ...lines, foot].join('\n'))];
}
