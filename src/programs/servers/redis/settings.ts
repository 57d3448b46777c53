import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { Settings } from './context.ts';
import { splitWords } from './resp.ts';

/** Directives that change nothing that can be seen here. */
const harmless =
  /^(?:protected-mode|loglevel|tcp-backlog|timeout|tcp-keepalive|databases|daemonize|pidfile|always-show-logo|set-proc-title|stop-writes-on-bgsave-error|rdbcompression|rdbchecksum|appendfsync|appendfilename|appenddirname|no-appendfsync-on-rewrite|auto-aof-\S+|maxmemory-\S+|maxclients|lazyfree-\S+|hz|dynamic-hz|io-threads\S*|logfile|lua-time-limit|slowlog-\S+|latency-\S+|notify-keyspace-events|\S+-max-\S+|activerehashing|client-\S+|aof-\S+|jemalloc-bg-thread|repl-\S+|replica-\S+|enable-\S+|locale-collate|ignore-warnings|stream-\S+)$/;
const unsimulated =
  /^(?:replicaof|slaveof|masterauth|cluster-\S+|sentinel|loadmodule|tls-\S+|aclfile|user|rename-command|unixsocket\S*|include|supervised)$/;

/** The version: of the image, else of the distribution's package. */
export function redisVersion(sys: Sys, env: Rec<string>): string {
  return env.REDIS_VERSION ?? (isErrno(sys.fs.stat('/etc/alpine-release')) ? '8.0.2' : '8.6.2');
}

export type Read =
  | { readonly settings: Settings }
  /** A mistake in the file or the options, and whether it is met after the start of the log. */
  | { readonly fatal: string; readonly early: boolean };

/** Settings from the command line: a file, and options that say what a line of it would say. */
export function readSettings(sys: Sys, args: readonly string[], env: Rec<string>): Read {
  const lines: string[][] = [];
  const [first = ''] = args;
  const file = first !== '' && !first.startsWith('-') ? first : '';
  if (file !== '') {
    const read = sys.fs.readFile(file);
    if (isErrno(read))
      return { fatal: `Fatal error, can't open config file '${file}': ${strerror(read)}`, early: true };
    for (const line of decodeUtf8(read.bytes).split('\n')) {
      const words = line.trim().startsWith('#') ? [] : splitWords(line);
      if (words && words.length > 0) lines.push(words);
    }
  }
  let current: string[] | undefined;
  for (const word of file === '' ? args : args.slice(1)) {
    if (word.startsWith('--')) {
      current = [word.slice(2)];
      lines.push(current);
    } else current?.push(...(word.includes(' ') ? word.split(' ') : [word]));
  }
  const settings = {
    port: 6379,
    bind: '* -::*',
    dir: sys.cwd(),
    file: 'dump.rdb',
    appendonly: false,
    password: '',
    save: '3600 1 300 100 60 10000',
    maxmemory: '0',
    config: file,
    version: redisVersion(sys, env),
    started: sys.now / 1000,
  };
  for (const [name = '', ...values] of lines) {
    const value = values.join(' ');
    const key = name.toLowerCase();
    if (key === 'port') settings.port = Number(value);
    else if (key === 'bind') settings.bind = value;
    else if (key === 'dir') settings.dir = value;
    else if (key === 'dbfilename') settings.file = value;
    else if (key === 'appendonly') settings.appendonly = value === 'yes';
    else if (key === 'requirepass') settings.password = value;
    else if (key === 'save') settings.save = value;
    else if (key === 'maxmemory') settings.maxmemory = value;
    else if (unsimulated.test(key)) return { fatal: `drydock: '${key}' is not simulated`, early: false };
    else if (!harmless.test(key))
      return { fatal: `Unresolved Configuration(s) Detected:\n>>> '${[name, ...values].join(' ')}'`, early: false };
  }
  return { settings };
}
