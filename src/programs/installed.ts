import type { Program } from '../kernel/program.ts';
import { programNamed } from './catalog.ts';
import { dockerInit } from './docker-init.ts';
import { helloProgram } from './hello.ts';
import { packageManager } from './packages/entry.ts';
import { runtimeProgram } from './runtimes/names.ts';
import { serverProgram } from './servers/entry.ts';

/** An operating system's program by the name that an executable file gives, if there is one. */
export function systemProgram(name: string): Program | undefined {
  if (/^(?:docker-init|tini|dumb-init)$/.test(name)) return dockerInit as Program;
  if (/^(?:apk|apt(?:-get|-cache|-mark)?|dpkg(?:-query)?)$/.test(name)) return packageManager(name);
  if (/^(?:postgres|initdb|pg_ctl|pg_isready|psql|mysqld|mysql|mysqladmin|mariadbd?|mariadb-admin)$/.test(name))
    return serverProgram(name);
  if (/^(?:nginx|redis-server|redis-cli|httpd|gosu|su-exec)$/.test(name)) return serverProgram(name);
  const runtime = runtimeProgram(name);
  if (runtime !== undefined) return runtime;
  return name === 'hello' ? helloProgram : programNamed(name);
}
