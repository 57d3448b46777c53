import type { Process } from '../state.ts';
import type { Meta } from './node.ts';

/** Bits of access(2). */
export const mayRead = 4;
export const mayWrite = 2;
export const mayExecute = 1;

/** Is the process the superuser with this capability (capabilities(7))? */
export function capable(process: Process, cap: string): boolean {
  return process.uid === 0 && process.caps.includes(cap);
}

/** May the process do this to the node (path_resolution(7), "Permissions")? `isDir` matters for the superuser's x. */
export function permits(process: Process, node: Meta, bits: number, isDir: boolean): boolean {
  if (capable(process, 'CAP_DAC_OVERRIDE')) return isDir || (bits & mayExecute) === 0 || (node.mode & 0o111) !== 0;
  const shift = node.uid === process.uid ? 6 : inGroup(process, node.gid) ? 3 : 0;
  return ((node.mode >> shift) & bits) === bits;
}

/** Is it one of the process's groups? */
export function inGroup(process: Process, gid: number): boolean {
  return process.gid === gid || process.groups.includes(gid);
}

/** May the process change the node's mode and times: its owner, or the superuser? */
export function owns(process: Process, node: Meta): boolean {
  return process.uid === node.uid || capable(process, 'CAP_FOWNER');
}

/** May the process remove `node` from `dir`, as far as the sticky bit is concerned? */
export function stickyAllows(process: Process, dir: Meta, node: Meta): boolean {
  return (dir.mode & 0o1000) === 0 || owns(process, dir) || owns(process, node);
}
