import type { Sys } from '../../../kernel/program.ts';
import { put, putProgram } from '../../tools/files.ts';
import { consoleScripts } from './console-scripts.ts';
import { normalized } from './tables.ts';

/** Where a project is unpacked: its modules, and its commands. */
export interface Place {
  readonly site: string;
  readonly bin: string;
}

interface ProjectFile {
  readonly path: string;
  readonly text: string;
  /** It is this program, instead of a text. */
  readonly program?: string;
  /** Bytes that it takes beyond its text. */
  readonly size?: number;
}

/** The files of a project: its metadata, one file of its size for its modules, and its commands. */
export function projectFiles(
  { site, bin }: Place,
  project: string,
  version: string,
  size: number,
): readonly ProjectFile[] {
  const key = normalized(project);
  const metadata = `Metadata-Version: 2.4\nName: ${project}\nVersion: ${version}\n`;
  return [
    { path: `${site}/${project}-${version}.dist-info/METADATA`, text: metadata },
    { path: `${site}/${key.replaceAll('-', '_')}/.contents`, text: '', size },
    ...consoleScripts(key).map(([command, program]) => ({ path: `${bin}/${command}`, text: '', program })),
  ];
}

/** Unpacks a project. */
export function placeProject(sys: Sys, place: Place, project: string, version: string, size: number): void {
  for (const { path, text, program, size: taken } of projectFiles(place, project, version, size)) {
    if (program !== undefined) putProgram(sys, path, program);
    else put(sys, path, text, taken === undefined ? {} : { size: taken });
  }
}

/** The folder of commands that belongs to a folder of modules. */
export function binOf(site: string): string {
  return `${/^(.*)\/lib\/python[\d.]+\/site-packages$/.exec(site)?.[1] ?? '/usr/local'}/bin`;
}
