import { bytes, plural } from '../quantities.ts';
import { type HostTexts, imitated } from './host-texts.ts';

/** What happens between computers, in full sentences. */
export const hostSentences: HostTexts = {
  'host-new': (d) =>
    `The computer ${d.name} joins the local network with the address ${d.address}. It is a computer of its own: ${plural(d.cpus, 'processor')}, ${bytes(d.memory)} of memory, its own kernel (${d.release}), files and processes. ${
      d.kind === 'linux'
        ? d.docker
          ? 'It has an engine of its own too: images and containers of other computers are not there.'
          : 'Docker is not installed on it.'
        : 'Its kernel cannot run Linux programs, so Docker Desktop keeps a virtual machine with a Linux kernel in it: the engine and all containers are in there.'
    }`,
  'host-remove': (d) =>
    `The computer ${d.name} is gone, and with it its files, its engine and ${plural(d.containers, 'container')}. What was pushed to a registry on another computer is still there.`,
  'ssh-connect': (d) =>
    `A connection by ssh goes to sshd at ${d.address}:${d.port}, which checks the key of ${d.user} and starts \`${d.program}\` there as process ${d.pid} of that computer.${
      d.program.endsWith('dial-stdio')
        ? ' It does nothing but pass bytes between this connection and the socket of the engine there. The client runs here; images, containers, volumes and paths are those of the other computer.'
        : ''
    }`,
  'desktop-forward': (d) =>
    `The client writes to the socket ${d.socket}. Not an engine but a program of Docker Desktop, com.docker.backend, reads there. It passes the request on into a virtual machine (${plural(d.cpus, 'processor')}, ${bytes(d.memory)}): ${
      d.kind === 'mac'
        ? "Apple's Virtualization framework runs it today; HyperKit, based on xhyve, did so until it was given up"
        : 'it is the one of WSL 2, on Hyper-V'
    }. Its kernel is Linux ${d.release}, this computer's is ${d.hostSystem}. dockerd and the containers run in there.`,
  'unit-start': (d) =>
    `The service manager, systemd, starts the unit ${d.unit}: its main process is ${d.pid}, in a cgroup of its own, and systemd will tell how it is doing.`,
  'unit-stop': (d) =>
    `The service manager, systemd, stops the unit ${d.unit} with SIGTERM.${d.containers > 0 ? ` dockerd first stops ${plural(d.containers, 'running container')}; those with a restart policy come back when it starts again.` : ''}`,
  'docker-install': (d) =>
    `${d.packages.join(', ')} are unpacked (${bytes(d.bytes)}). The package makes the group docker (number ${d.group}), to which the socket /var/run/docker.sock belongs, and systemd starts containerd and docker. Whoever may write to that socket can do on this computer what root can.${imitated(d) ? ` The package is of Docker ${d.package}; what runs here is the engine that drydock imitates, ${d.engine}.` : ''}`,
};

/** The same in a few words. */
export const hostBriefs: HostTexts = {
  'host-new': (d) =>
    `${d.name}: ${d.address}, ${plural(d.cpus, 'CPU')}, ${bytes(d.memory)}, its own kernel (${d.release})${
      d.kind === 'linux'
        ? d.docker
          ? ' and its own engine'
          : ', no Docker'
        : '; Docker Desktop keeps a Linux VM in it'
    }`,
  'host-remove': (d) => `${d.name} is gone with its ${plural(d.containers, 'container')}`,
  'ssh-connect': (d) =>
    d.program.endsWith('dial-stdio')
      ? `${d.user}@${d.address}:${d.port} → ${d.program} (PID ${d.pid} there) → the engine's socket there: all that follows happens on ${d.host}`
      : `${d.user}@${d.address}:${d.port} → ${d.program} (PID ${d.pid} there)`,
  'desktop-forward': (d) =>
    `socket ${d.socket} → com.docker.backend → Linux VM (${plural(d.cpus, 'CPU')}, ${bytes(d.memory)}) → dockerd; its kernel is ${d.release}, this computer's ${d.hostSystem}`,
  'unit-start': (d) => `${d.unit} started, main process ${d.pid}`,
  'unit-stop': (d) =>
    `${d.unit} stopped${d.containers > 0 ? `, and ${plural(d.containers, 'running container')} with it` : ''}`,
  'docker-install': (d) =>
    `${plural(d.packages.length, 'package')}, ${bytes(d.bytes)}; group docker (${d.group}) owns the socket: its members are as good as root${imitated(d) ? ` (packaged: ${d.package}, imitated: ${d.engine})` : ''}`,
};
