import type { Program } from '../../kernel/program.ts';
import type { Style } from '../makers/io.ts';
import { startIsolation, stepIsolation } from './entry.ts';

/** The tools by which a process isolates itself or looks at others' isolation: util-linux, iproute2 and coreutils have them. */
const tools: { readonly [path: string]: string } = {
  '/usr/sbin/chroot': 'isolation/chroot',
  '/usr/bin/unshare': 'isolation/unshare',
  '/usr/bin/nsenter': 'isolation/nsenter',
  '/usr/bin/lsns': 'isolation/lsns',
  '/usr/bin/findmnt': 'isolation/findmnt',
  '/usr/bin/mountpoint': 'isolation/mountpoint',
  '/usr/bin/setpriv': 'isolation/setpriv',
  '/usr/sbin/pivot_root': 'isolation/pivot_root',
};

/** The executables of a Debian or Ubuntu system among them: the path of each, and the program that it is. */
export function isolationTools(): { readonly [path: string]: string } {
  return tools;
}

/** runc, which comes with Docker, and the tools that only refuse. */
export function runtimeTools(): { readonly [path: string]: string } {
  return { '/usr/bin/runc': 'isolation/runc', '/usr/bin/ctr': 'isolation/ctr' };
}

/** An applet of busybox, or of a Debian system (which has it from util-linux). */
export function isolatingApplet({ name, flavour }: Style): Program {
  const full = flavour === 'busybox' ? `busybox/${name}` : `isolation/${name}`;
  return {
    start: (exec, sys) => startIsolation(full, exec, sys),
    step: (state, wake, sys) => stepIsolation(full, state, wake, sys),
  };
}

/** The program of this name; undefined when it is none of them. */
export function isolationProgram(name: string): Program | undefined {
  if (!name.startsWith('isolation/')) return undefined;
  return {
    start: (exec, sys) => startIsolation(name, exec, sys),
    step: (state, wake, sys) => stepIsolation(name, state, wake, sys),
  };
}
