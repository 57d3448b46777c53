import type { Sys } from '../../../kernel/program.ts';
import { put, putProgram } from '../../tools/files.ts';
import { consoleScripts } from './console-scripts.ts';
import { normalized } from './tables.ts';

/** Where a project is unpacked: its modules, and its commands. */
export interface Place {
  readonly site: string;
  readonly bin: string;
}

/** Unpacks a project: its metadata, one file of its size for its modules, and its commands. */
export function placeProject(sys: Sys, { site, bin }: Place, project: string, version: string, size: number): void {
  const key = normalized(project);
  put(
    sys,
    `${site}/${project}-${version}.dist-info/METADATA`,
    `Metadata-Version: 2.4\nName: ${project}\nVersion: ${version}\n`,
  );
  put(sys, `${site}/${key.replaceAll('-', '_')}/.contents`, '', { size });
  for (const [command, program] of consoleScripts(key)) putProgram(sys, `${bin}/${command}`, program);
}

/** The folder of commands that belongs to a folder of modules. */
export function binOf(site: string): string {
  return `${/^(.*)\/lib\/python[\d.]+\/site-packages$/.exec(site)?.[1] ?? '/usr/local'}/bin`;
}
