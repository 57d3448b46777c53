import { parseSize } from '../../cli/format/size.ts';
import { josa } from '../../explain/josa.ts';
import type { DirNode, Inode } from '../../kernel/fs/node.ts';
import type { Machine } from '../../kernel/machine.ts';
import { type VirtualMachine, virtualMachines } from '../../vm/state.ts';
import type { VmCheck } from '../schema/check.ts';
import { fits } from '../schema/parts.ts';
import { both } from '../text.ts';
import { fileIn, hostFile, textOf, type Verdict, type View } from './view.ts';

/** Are there virtual machines like this? What runs in them and lies on their disks is looked up in the guests themselves. */
export function checkVm(check: VmCheck, { m }: View): Verdict {
  const named = Object.values(virtualMachines(m)).filter(({ name }) => fits(check.vm, name));
  const [first] = named;
  if (!first) {
    const name = check.vm.includes('*') ? '' : check.vm;
    const says = both(`there is no virtual machine ${name}`.trimEnd(), `${name} 가상 머신이 없어요`.trimStart());
    return { ok: false, says };
  }
  const judged = named.map((vm) => ({ vm, lack: lackOf(check, vm, m) }));
  const good = judged.filter(({ lack }) => lack === undefined);
  const { count = 1 } = check;
  if (good.length >= count) {
    const who = good.map(({ vm }) => vm.name).join(', ');
    return { ok: true, says: both(`the virtual machine ${who} is as wanted`, `${who} 가상 머신이 조건에 맞아요`) };
  }
  if (good.length > 0 || named.length < count)
    return {
      ok: false,
      says: both(
        `${good.length} of ${count} virtual machines are as wanted`,
        `조건에 맞는 가상 머신이 ${good.length}개예요. ${count}개가 필요해요`,
      ),
    };
  return { ok: false, says: judged.find(({ lack }) => lack !== undefined)?.lack ?? both('', '') };
}

/** What a machine lacks; undefined: nothing. */
function lackOf({ state, on, memory, process, file }: VmCheck, vm: VirtualMachine, m: Machine) {
  const { name } = vm;
  if (state !== undefined && vm.state !== state)
    return both(`the virtual machine ${name} is ${vm.state}, not ${state}`, `${name} 가상 머신이 ${vm.state} 상태예요`);
  const kind = vm.hypervisor ?? 'qemu';
  if (on !== undefined && !on.includes(kind))
    return both(`the virtual machine ${name} runs on ${kind}`, `${name} 가상 머신은 ${kind}에서 실행돼요`);
  if (memory !== undefined && vm.hardware.memory < parseSize(memory, 1024))
    return both(
      `the virtual machine ${name} has less memory than ${memory}`,
      `${name} 가상 머신의 메모리가 ${memory}보다 작아요`,
    );
  const guest = vm.guest !== undefined && m.world.hosts[vm.guest] ? m.peer(vm.guest) : undefined;
  if (process !== undefined && !runsThere(guest, process))
    return both(
      `no process "${process}" runs in ${name}`,
      `${name} 안에서 "${process}" 프로세스가 실행되고 있지 않아요`,
    );
  if (file === undefined) return undefined;
  const node = guest ? hostFile(guest, file.path) : onDisk(vm.disk, file.path);
  if (!node) return both(`the disk of ${name} has no ${file.path}`, `${name}의 디스크에 ${file.path} 파일이 없어요`);
  if (file.contains === undefined || textOf(node).includes(file.contains)) return undefined;
  return both(
    `${file.path} in ${name} does not contain "${file.contains}"`,
    `${name}의 ${file.path}에 ${josa(`"${file.contains}"`, '이/가')} 들어 있지 않아요`,
  );
}

function runsThere(guest: Machine | undefined, wanted: string): boolean {
  return Object.values(guest?.kernel.processes ?? {}).some(
    ({ argv, status }) => !('zombie' in status) && argv.join(' ').includes(wanted),
  );
}

function onDisk(root: DirNode, path: string): Inode | undefined {
  return fileIn({ root, inodes: {} }, path);
}
