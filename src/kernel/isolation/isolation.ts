import type { Machine } from '../machine.ts';
import { ownProcess } from '../process.ts';
import { boundingSet } from '../setuid.ts';
import type { Process } from '../state.ts';
import type { IsolationCalls } from './calls.ts';
import { changeRoot, joinNamespace, unshare } from './isolate.ts';
import { mountCall, pivotCall, replaceRoot, umountCall } from './mount-call.ts';
import { capableIn } from './users.ts';

/** The calls of the process with host pid `pid`. Throws when there is no such process. */
export function isolationCalls(m: Machine, pid: number): IsolationCalls {
  const self = (): Process => {
    const process = m.kernel.processes[pid];
    if (!process) throw new Error(`no process ${pid}`);
    return process;
  };
  return {
    chroot: (path) => changeRoot(m, self(), path),
    unshare: (kinds) => unshare(m, self(), kinds),
    setns: (path, kind) => joinNamespace(m, self(), path, kind),
    mount: (request) => mountCall(m, self(), request),
    umount: (path, options = {}) => umountCall(m, self(), path, options.detach ?? false),
    pivotRoot: (newRoot, putOld) => pivotCall(m, self(), newRoot, putOld),
    replaceRoot: (newRoot) => replaceRoot(m, self(), newRoot),
    keepCapabilities: (kept, forGood) => {
      const most = boundingSet(m, self());
      const bounding = most.filter((cap) => kept.includes(cap));
      const owned = ownProcess(m, pid);
      if (bounding.length < most.length) owned.bounding = bounding;
      owned.caps = owned.caps.filter((cap) => kept.includes(cap));
      if (forGood) owned.noNewPrivs = true;
    },
    capable: (capability) => capableIn(m, self(), capability, self().ns.user),
    dieWithParent: () => {
      ownProcess(m, pid).diesWithParent = true;
    },
  };
}
