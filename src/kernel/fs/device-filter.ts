import type { Machine } from '../machine.ts';
import type { DeviceNode } from './node.ts';

/** May processes of the cgroup open the device: do this group and all above it allow it? */
export function deviceAllowed(m: Machine, cgroup: string, { t, major, minor }: DeviceNode): boolean {
  const kind = t === 'char' ? 'c' : 'b';
  for (let at = cgroup; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const devices = m.kernel.cgroups[at]?.devices;
    if (devices && !devices.includes(`${kind} ${major}:${minor}`) && !devices.includes(`${kind} ${major}:*`))
      return false;
  }
  return true;
}
