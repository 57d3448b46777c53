import { fail } from '../kernel/errno.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine, Service } from '../kernel/machine.ts';
import { moveOnWire } from '../kernel/net/wire.ts';
import { wireService } from '../kernel/net/wire-service.ts';
import type { Program } from '../kernel/program.ts';
import { type HostRow, rowsOf } from './list.ts';
import { type MadeHost, newHost, type Wanted } from './new.ts';
import { dialStdio } from './remote/dial-stdio.ts';
import { linkService } from './remote/link.ts';
import { engineLink, sshService } from './remote/names.ts';
import { sessionService } from './remote/sessions.ts';
import { ssh } from './remote/ssh.ts';
import { sshd } from './remote/sshd.ts';
import { type RemovedHost, removeHost } from './remove.ts';
import { commandNotFound, newgrp } from './setup/login-tools.ts';
import { outside, outsideService } from './setup/outside.ts';
import { journalctl } from './systemd/journalctl.ts';
import { machineTool } from './systemd/machine-tools.ts';
import { systemd } from './systemd/manager.ts';
import { systemdService } from './systemd/state.ts';
import { systemctl } from './systemd/systemctl.ts';

// Functions, so that whoever knows that there may be several computers need not load what they need before there are.

const programs: { readonly [name: string]: Program } = {
  'dial-stdio': dialStdio,
  ssh,
  sshd: sshd as Program,
  systemctl: systemctl as Program,
  journalctl,
  'machine-tool': machineTool,
  newgrp,
  'command-not-found': commandNotFound,
};

/** A program of computers that talk to each other, by the name that an executable file gives. */
export function hostProgram(name: string): Program | undefined {
  return Object.hasOwn(programs, name) ? programs[name] : undefined;
}

const wires: Service = { stateless: true, request: () => fail('EINVAL'), io: moveOnWire };

const services: { readonly [name: string]: Service } = {
  [engineLink]: linkService,
  [sshService]: sessionService,
  [wireService]: wires,
  [systemdService]: systemd,
  [outsideService]: outside,
};

/** A service of them. Throws for a name that none has. */
export function hostService(name: string): Service {
  const found = services[name];
  if (!found) throw new Error(`no service ${name}`);
  return found;
}

/** As `newHost`. */
export function makeHost(m: Machine, wanted: Wanted, installed: { readonly [path: string]: string }): MadeHost {
  return newHost(m, wanted, installed);
}

/** As `removeHost`. */
export function dropHost(m: Machine, name: Id): RemovedHost {
  return removeHost(m, name);
}

/** As `rowsOf`. */
export function hostRows(m: Machine): readonly HostRow[] {
  return rowsOf(m);
}
