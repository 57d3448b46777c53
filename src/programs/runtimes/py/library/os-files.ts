import type { Errno } from '../../../../kernel/errno.ts';
import type { Native, Natives } from '../../core/lang.ts';
import type { Value } from '../../core/values.ts';
import type { Vm } from '../../core/vm.ts';
import { str } from '../values.ts';

/** None, or the OSError of a system call about a path. */
function settled(vm: Vm, failed: Errno | undefined, path: Value): ReturnType<Native> {
  return failed ? vm.native('%oserror')(vm, [failed.errno, path], null, {}) : null;
}

/** What of the module os changes a file's mode or name. */
export const osFiles: Natives = {
  'os.chmod': (vm, [path = '', mode = 0]) => settled(vm, vm.sys.fs.chmod(str(vm, path), Number(mode)), path),
  'os.symlink': (vm, [target = '', path = '']) =>
    settled(vm, vm.sys.fs.symlink(str(vm, target), str(vm, path)), target),
  'os.rename': (vm, [from = '', to = '']) => settled(vm, vm.sys.fs.rename(str(vm, from), str(vm, to)), from),
  'os.replace': (vm, [from = '', to = '']) => settled(vm, vm.sys.fs.rename(str(vm, from), str(vm, to)), from),
  'os.unlink': (vm, [path = '']) => settled(vm, vm.sys.fs.unlink(str(vm, path)), path),
  'os.rmdir': (vm, [path = '']) => settled(vm, vm.sys.fs.rmdir(str(vm, path)), path),
};
