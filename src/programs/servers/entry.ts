import type { Program } from '../../kernel/program.ts';
import { apacheProgram } from './apache/httpd.ts';
import { mysqlAdmin } from './mysql/admin.ts';
import { mysqlClient } from './mysql/client.ts';
import { mysqlServer } from './mysql/server.ts';
import { nginxProgram } from './nginx/nginx.ts';
import { initdb } from './postgres/initdb.ts';
import { psql } from './postgres/psql.ts';
import { postgresServer } from './postgres/server.ts';
import { pgCtl, pgIsReady } from './postgres/tools.ts';
import { redisCli } from './redis/cli.ts';
import { redisServer } from './redis/server.ts';
import { runAs } from './run-as.ts';

/** The server or its client of this name, or undefined. */
export function serverProgram(name: string): Program | undefined {
  switch (name) {
    case 'nginx':
      return nginxProgram as unknown as Program;
    case 'redis-server':
      return redisServer as unknown as Program;
    case 'httpd':
      return apacheProgram as unknown as Program;
    case 'gosu':
    case 'su-exec':
      return runAs(name);
    case 'redis-cli':
      return redisCli;
    case 'postgres':
      return postgresServer as unknown as Program;
    case 'mysqld':
    case 'mariadbd':
      return mysqlServer as unknown as Program;
    case 'mysql':
    case 'mariadb':
      return mysqlClient;
    case 'mysqladmin':
    case 'mariadb-admin':
      return mysqlAdmin;
    case 'initdb':
      return initdb;
    case 'pg_ctl':
      return pgCtl;
    case 'pg_isready':
      return pgIsReady;
    case 'psql':
      return psql;
    default:
      return undefined;
  }
}
