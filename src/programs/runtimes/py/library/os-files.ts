import type { Errno } from '../../../../kernel/errno.ts';
import type { Native, Natives } from '../../core/lang.ts';
import type { Value } from '../../core/values.ts';
import type { Vm } from '../../core/vm.ts';

/** None, or the OSError of a system call about a path. */
function settled(vm: Vm, failed: Errno | undefined, path: Value): ReturnType<Native> {
  return failed ? vm.native('%oserror')(vm, [failed.errno, path], null, {}) : null;
}

/** What of the module os changes a file's mode or name. */
export const osFiles: Natives = {
  'os.chmod': (vm, [path = '', mode = 0]) => settled(vm, vm.sys.fs.chmod(String(path), Number(mode)), path),
  'os.symlink': (vm, [target = '', path = '']) => settled(vm, vm.sys.fs.symlink(String(target), String(path)), target),
  'os.rename': (vm, [from = '', to = '']) => settled(vm, vm.sys.fs.rename(String(from), String(to)), from),
  'os.replace': (vm, [from = '', to = '']) => settled(vm, vm.sys.fs.rename(String(from), String(to)), from),
  'os.unlink': (vm, [path = '']) => settled(vm, vm.sys.fs.unlink(String(path)), path),
  'os.rmdir': (vm, [path = '']) => settled(vm, vm.sys.fs.rmdir(String(path)), path),
};
