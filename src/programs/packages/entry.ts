import type { Program } from '../../kernel/program.ts';
import { apkProgram } from './apk/apk.ts';
import { aptProgram } from './debian/apt.ts';
import { architectureProgram } from './debian/architecture.ts';
import { dpkgProgram } from './debian/dpkg.ts';

/** The package manager of this name, or undefined. */
export function packageManager(name: string): Program | undefined {
  const known = made.get(name);
  if (known) return known;
  const program = make(name);
  if (program) made.set(name, program);
  return program;
}

/** They keep nothing, so everybody can have the same. */
const made = new Map<string, Program>();

function make(name: string): Program | undefined {
  switch (name) {
    case 'apk':
      return apkProgram;
    case 'apt':
    case 'apt-get':
    case 'apt-cache':
    case 'apt-mark':
      return aptProgram(name);
    case 'dpkg':
    case 'dpkg-query':
      return dpkgProgram(name);
    case 'dpkg-architecture':
      return architectureProgram;
    default:
      return undefined;
  }
}
