import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Sys } from '../../../kernel/program.ts';
import { buildConfig } from './build.ts';
import type { Config } from './config.ts';
import { loadDirectives, numbered } from './load.ts';
import { errorTime, type Logs, openLogs } from './log.ts';
import { isMistake, type Mistake } from './syntax.ts';

/** nginx's command line. */
export type CommandLine = {
  readonly file: string;
  readonly globals: string;
  readonly test: boolean;
  readonly dump: boolean;
  readonly quiet: boolean;
  readonly signal: string | null;
};

export type Listener = { readonly fd: number; readonly port: number };

export type Ready = {
  readonly config: Config;
  readonly logs: Logs;
  readonly listeners: readonly Listener[];
};

/** The version: of the image, else of the distribution's package. */
export function versionOf(sys: Sys, env: Rec<string>): string {
  return env.NGINX_VERSION ?? (isErrno(sys.fs.stat('/etc/alpine-release')) ? '1.26.3' : '1.30.1');
}

/** `worker_processes auto`: as many as there are processors. */
function processors(sys: Sys): number {
  const read = sys.fs.readFile('/proc/cpuinfo');
  return isErrno(read) ? 1 : Math.max(1, [...read.bytes.matchAll(/^processor\s/gm)].length);
}

/** Reads the configuration; what is wrong is on standard error already. */
export function readConfig(sys: Sys, line: CommandLine, tell = true): Config | Mistake {
  const directives = loadDirectives(sys, line.file, line.globals);
  const config = isMistake(directives) ? directives : buildConfig(sys, directives, processors(sys));
  if (isMistake(config)) {
    if (tell) emergency(sys, config.mistake);
    return config;
  }
  if (!isMistake(directives) && !directives.some(({ name }) => name === 'events')) {
    const mistake = 'no "events" section in configuration';
    if (tell) {
      if (line.test && !line.quiet) say(sys, `nginx: the configuration file ${line.file} syntax is ok\n`);
      emergency(sys, mistake);
    }
    return { mistake };
  }
  return config;
}

/** Before the error log is open, mistakes go to it (its default) and to standard error. */
export function emergency(sys: Sys, text: string): void {
  say(sys, `${errorTime(sys.now)} [emerg] ${sys.pid}#${sys.pid}: ${text}\n`);
  // the log file is standard error in images: a second line without the time, as a terminal gets it
  const log = sys.fs.realpath('/var/log/nginx/error.log');
  if (isErrno(log) || !/^\/(?:dev|proc)\//.test(log)) return;
  say(sys, `nginx: [emerg] ${text}\n`);
}

export function say(sys: Sys, text: string): void {
  sys.write(2, encodeUtf8(text));
}

/** Opens logs and listening sockets; `kept` are those that are open already. */
export function open(sys: Sys, config: Config, kept: readonly Listener[]): Ready | undefined {
  const logs = openLogs(sys, config);
  if ('error' in logs) {
    emergency(sys, `open() "${logs.path}" failed (${numbered(logs.error as { errno: 'EACCES' })})`);
    return undefined;
  }
  const wanted = new Map<string, { readonly address: string; readonly port: number }>();
  for (const { listen } of config.servers) for (const one of listen) wanted.set(`${one.address}:${one.port}`, one);
  const ports = [...wanted.values()];
  const listeners: Listener[] = [];
  for (const { address, port } of ports) {
    // 0.0.0.0 takes the whole port
    if (address !== '0.0.0.0' && ports.some((one) => one.address === '0.0.0.0' && one.port === port)) continue;
    const known = kept.find((one) => one.port === port);
    const fd = known ? known.fd : sys.net.listen(address, port);
    if (isErrno(fd)) {
      emergency(sys, `bind() to ${address}:${port} failed (${numbered(fd)})`);
      return undefined;
    }
    listeners.push({ fd, port });
  }
  for (const one of kept) if (!listeners.some(({ fd }) => fd === one.fd)) sys.close(one.fd);
  return { config, logs, listeners };
}
