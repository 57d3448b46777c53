import type { Program } from '../kernel/program.ts';
import { busyboxApplets, coreutilsApplets, programNamed } from './catalog.ts';
import { helloProgram } from './hello.ts';
import { networkPrograms } from './network/catalog.ts';

/** An operating system's program by the name that an executable file gives, if there is one. */
export function systemProgram(name: string): Program | undefined {
  return name === 'hello' ? helloProgram : programNamed(name);
}

/** The names under which busybox is linked in an image. */
export function busyboxNames(): readonly string[] {
  return busyboxApplets;
}

/** The executables of a host's tools: the path of each, and the program that it is. */
export function hostTools(): { readonly [path: string]: string } {
  const files: { [path: string]: string } = {};
  for (const { path, program } of coreutilsApplets) files[path] = program;
  for (const name of networkPrograms().keys()) files[`/usr/bin/${name}`] = name;
  return files;
}
