import { realFiles, type UserFiles, userFilesService } from '../engine/user-files.ts';
import type { Sys } from '../kernel/program.ts';

/** The files that paths on the command line mean: the real ones for a command typed there, else those of its machine. */
export function userFiles(sys: Sys): UserFiles {
  return realFiles((message) => sys.request(userFilesService, message)) ?? { ...sys.fs, cwd: () => sys.cwd() };
}
