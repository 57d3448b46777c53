import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { type Errno, isErrno, strerror } from '../../../kernel/errno.ts';
import type { Natives } from '../core/lang.ts';
import type { Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { warn } from './errors.ts';
import { int, text } from './values.ts';

const path = (vm: Vm, v: Value | undefined): string => decodeUtf8(text(vm, v ?? ''));

/** True, or false with the warning of a call that failed; `named`: what stands between its parentheses. */
function settled(vm: Vm, call: string, named: string, failed: Errno | undefined): boolean {
  if (failed) warn(vm, 'Warning', `${call}(${named}): ${strerror(failed.errno)}`);
  return !failed;
}

/** What changes a file's mode, name or place. */
export const fileNatives: Natives = {
  chmod: (vm, [file, mode = 0]) => settled(vm, 'chmod', '', vm.sys.fs.chmod(path(vm, file), int(vm, mode))),
  rename: (vm, [from = '', to = '']) =>
    settled(vm, 'rename', `${text(vm, from)},${text(vm, to)}`, vm.sys.fs.rename(path(vm, from), path(vm, to))),
  rmdir: (vm, [folder = '']) => settled(vm, 'rmdir', text(vm, folder), vm.sys.fs.rmdir(path(vm, folder))),
  symlink: (vm, [target, link]) => settled(vm, 'symlink', '', vm.sys.fs.symlink(path(vm, target), path(vm, link))),
  is_link: (vm, [file]) => {
    const stat = vm.sys.fs.stat(path(vm, file), { follow: false });
    return !isErrno(stat) && stat.type === 'link';
  },
  copy: (vm, [from = '', to = '']) => {
    const got = vm.sys.fs.readFile(path(vm, from));
    const failed = isErrno(got) ? got : vm.sys.fs.writeFile(path(vm, to), got.bytes);
    if (failed === undefined) return true;
    const name = text(vm, isErrno(got) ? from : to);
    warn(vm, 'Warning', `copy(${name}): Failed to open stream: ${strerror(failed.errno)}`);
    return false;
  },
};
