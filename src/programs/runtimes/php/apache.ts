import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import type { ApacheConfig } from '../../servers/apache/config.ts';
import { begin, proceed, type RuntimeProgram, type RuntimeState, running } from '../core/process.ts';
import { builtin, type Value } from '../core/values.ts';
import { Ended, type Vm } from '../core/vm.ts';
import { packagedVersion } from '../versions.ts';
import { log } from './apache-log.ts';
import { readSites } from './apache-sites.ts';
import { php, phpLoop } from './lang.ts';
import { phpVersion } from './php.ts';
import { begin as beginSettings, settingsOfFile } from './settings.ts';

/** Debian's Apache as PHP's images run it: mod_php acts out files that end with .php, others are sent as they are. */
export const apacheWithPhp: RuntimeProgram = {
  start,
  step: (state, wake, sys) => proceed(php, phpLoop, sys, state, wake),
};

function start(exec: Exec, sys: Sys): Next<RuntimeState> {
  const say = (fd: number, text: string, code: number): Next<RuntimeState> => {
    sys.write(fd, text);
    return { exit: code };
  };
  const version = /^[\d.]+/.exec(packagedVersion(sys, /^apache2(?:-bin)?$/) ?? '')?.[0] ?? '2.4.66';
  const args = exec.argv.slice(1);
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '-v') return say(1, `Server version: Apache/${version} (Debian)\n`, 0);
    if (args[i] === '-D' && args[i + 1] === 'FOREGROUND') i++;
    else if (args[i] !== '-DFOREGROUND') return say(2, `drydock: apache2 ${args[i]} is not simulated\n`, 70);
  }
  if (!args.includes('-DFOREGROUND') && !args.includes('FOREGROUND'))
    return say(2, 'drydock: apache2 in the background is not simulated; apache2 -D FOREGROUND is\n', 70);
  const sites = readSites(sys, exec.env);
  if (typeof sites === 'string') return say(2, sites, 1);
  const loaded = isErrno(sys.fs.list('/etc/apache2/mods-enabled')) ? [] : sys.fs.list('/etc/apache2/mods-enabled');
  const acts =
    exec.env.PHP_VERSION !== undefined || (!isErrno(loaded) && loaded.some((name) => /^php.*\.load$/.test(name)));
  const release = phpVersion(exec.env, sys);
  return begin(php, phpLoop, sys, running('php', 'apache2', release, ['apache2'], exec.env, sys), (vm) => {
    vm.globals['%docker'] = (exec.env.PHP_VERSION ?? '') !== '';
    beginSettings(vm, settingsOfFile(sys, exec.env));
    if (sites.name === null) for (let i = 0; i < 2; i++) vm.write(2, unnamed(sys));
    for (const port of sites.ports) listen(vm, sys, port, sites, version, acts);
    const modules = acts ? ` PHP/${release}` : '';
    log(vm, 'mpm_prefork', `AH00163: Apache/${version} (Debian)${modules} configured -- resuming normal operations`);
    log(vm, 'core', "AH00094: Command line: 'apache2 -D FOREGROUND'");
    for (const signal of ['SIGTERM', 'SIGWINCH'] as const) {
      sys.onSignal(signal, 'catch');
      vm.signals[signal] = builtin('%apache ends');
    }
    tell(sys, 'apache2', 'server-ready', { program: 'apache2', port: sites.ports[0] ?? 80, workers: 0 });
  });
}

function unnamed(sys: Sys): string {
  const found = sys.net.interfaces().find(({ kind, addresses }) => kind !== 'loopback' && addresses.length > 0);
  const address = found?.addresses[0]?.replace(/\/.*/, '') ?? '127.0.0.1';
  return `AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using ${address}. Set the 'ServerName' directive globally to suppress this message\n`;
}

function listen(vm: Vm, sys: Sys, port: number, sites: ApacheConfig, version: string, acts: boolean): void {
  const fd = sys.net.listen('0.0.0.0', port);
  if (isErrno(fd)) {
    const why = fd.errno === 'EACCES' ? '(13)Permission denied' : '(98)Address already in use';
    vm.write(2, `${why}: AH00072: make_sock: could not bind to address 0.0.0.0:${port}\n`);
    vm.write(2, 'no listening sockets available, shutting down\nAH00015: Unable to open logs\n');
    throw new Ended(1);
  }
  const app: Value = JSON.stringify({ sites, version, acts, port });
  vm.listeners.push({ fd, port, address: '0.0.0.0', kind: 'apache', app });
}
