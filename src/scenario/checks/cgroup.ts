import { parseSize } from '../../cli/format/size.ts';
import type { CgroupCheck } from '../schema/check.ts';
import { both } from '../text.ts';
import type { Verdict, View } from './view.ts';

/** Is there such a control group on the host, with such a limit, and has its limit killed somebody? */
export function checkCgroup({ cgroup, memory, killed }: CgroupCheck, { m }: View): Verdict {
  const found = Object.values(m.kernel.cgroups).find(({ path }) => path === cgroup);
  if (!found) return { ok: false, says: both(`there is no cgroup ${cgroup}`, `${cgroup} cgroup이 없어요`) };
  const { memoryMax, oomKills = 0 } = found;
  if (memory !== undefined && (memoryMax === undefined || memoryMax > parseSize(memory, 1024)))
    return {
      ok: false,
      says: both(
        `the cgroup ${cgroup} has no memory.max of ${memory} or less`,
        `${cgroup} cgroup의 memory.max가 ${memory} 이하가 아니에요`,
      ),
    };
  if (killed !== undefined && killed !== oomKills > 0)
    return {
      ok: false,
      says: killed
        ? both(`nothing has been killed in the cgroup ${cgroup}`, `${cgroup} cgroup에서 강제로 종료된 것이 없어요`)
        : both(`something was killed in the cgroup ${cgroup}`, `${cgroup} cgroup에서 강제로 종료된 것이 있어요`),
    };
  return { ok: true, says: both(`there is the cgroup ${cgroup}`, `${cgroup} cgroup이 있어요`) };
}
