import type { Program } from '../kernel/program.ts';
import { programNamed } from './catalog.ts';
import { dockerInit } from './docker-init.ts';
import { execFormat, execRefused } from './exec-refused.ts';
import { helloProgram } from './hello.ts';
import { isolationProgram } from './isolation/names.ts';
import { packageManager } from './packages/entry.ts';
import { runtimeProgram } from './runtimes/names.ts';
import { serverProgram } from './servers/entry.ts';
import { toolProgram, withWrappers } from './tools/names.ts';

/** An operating system's program by the name that an executable file gives, if there is one. */
export function systemProgram(name: string): Program | undefined {
  if (/^(?:docker-init|tini|dumb-init)$/.test(name)) return dockerInit as Program;
  if (/^(?:apk|apt(?:-get|-cache|-mark)?|dpkg(?:-query|-architecture)?)$/.test(name)) return packageManager(name);
  if (/^(?:postgres|initdb|pg_ctl|pg_isready|psql|mysqld|mysql|mysqladmin|mariadbd?|mariadb-admin)$/.test(name))
    return serverProgram(name);
  if (/^(?:nginx|redis-server|redis-cli|httpd|gosu|su-exec)$/.test(name)) return serverProgram(name);
  if (name === 'exec-refused') return execRefused;
  if (name === 'exec-format') return execFormat;
  const isolating = isolationProgram(name);
  if (isolating !== undefined) return isolating;
  const tool = toolProgram(name);
  if (tool !== undefined) return tool;
  const runtime = runtimeProgram(name);
  if (runtime !== undefined) return name === 'java' ? withWrappers(runtime) : runtime;
  return name === 'hello' ? helloProgram : programNamed(name);
}
