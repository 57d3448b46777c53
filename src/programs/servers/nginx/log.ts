import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { Config } from './config.ts';

const levels = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'];

/** Open log files: their descriptors by path. */
export type Logs = { readonly [path: string]: number };

/** Opens all log files of a configuration; the path that cannot be opened, and why. */
export function openLogs(
  sys: Sys,
  config: Config,
): Logs | { readonly path: string; readonly error: Parameters<typeof isErrno>[0] } {
  const paths = new Set([config.errorLog.file]);
  for (const { settings, locations } of config.servers) {
    for (const { accessLog } of [settings, ...locations.map((one) => one.settings)])
      if (accessLog) paths.add(accessLog.file);
  }
  const logs: { [path: string]: number } = {};
  for (const path of paths) {
    if (path === 'stderr') {
      logs[path] = 2;
      continue;
    }
    const fd = sys.fs.open(
      path.startsWith('/') ? path : `/etc/nginx/${path}`,
      { write: true, create: true, append: true },
      0o644,
    );
    if (isErrno(fd)) return { path, error: fd };
    logs[path] = fd;
  }
  return logs;
}

/** `2026/11/22 22:23:01`. */
export function errorTime(at: number): string {
  return new Date(at / 1000).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}

/** A line for the error log, if its level is logged. */
export function logError(sys: Sys, config: Config, logs: Logs, level: string, text: string): void {
  if (levels.indexOf(level) < levels.indexOf(config.errorLog.level)) return;
  const fd = logs[config.errorLog.file] ?? 2;
  sys.write(fd, encodeUtf8(`${errorTime(sys.now)} [${level}] ${sys.pid}#${sys.pid}: ${text}\n`));
}
