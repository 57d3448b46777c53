import type { CommandLine } from './start.ts';

export type Show = 'version' | 'build' | 'help';

/** Reads nginx's command line: what to do, what to show, or a complaint. */
export function parseLine(args: readonly string[]): CommandLine | { readonly show: Show } | string {
  let file = '/etc/nginx/nginx.conf';
  let globals = '';
  let test = false;
  let dump = false;
  let quiet = false;
  let signal: string | null = null;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (!arg.startsWith('-')) return `nginx: invalid option: "${arg}"\n`;
    for (let at = 1; at < arg.length; at++) {
      const letter = arg[at] ?? '';
      if (letter === 'v') return { show: 'version' };
      if (letter === 'V') return { show: 'build' };
      if (letter === 'h' || letter === '?') return { show: 'help' };
      if (letter === 't' || letter === 'T') {
        test = true;
        dump = letter === 'T';
      } else if (letter === 'q') quiet = true;
      else if ('cgsep'.includes(letter)) {
        const value = arg.slice(at + 1) || args[++i];
        if (value === undefined)
          return `nginx: option "-${letter}" requires ${letter === 's' ? 'parameter' : letter === 'g' ? 'parameter' : 'file name'}\n`;
        if (letter === 'c') file = value.startsWith('/') ? value : `/etc/nginx/${value}`;
        else if (letter === 'g') globals = value;
        else if (letter === 's') {
          if (!/^(?:stop|quit|reopen|reload)$/.test(value)) return `nginx: invalid option: "-s ${value}"\n`;
          signal = value;
        } else return `nginx: drydock: option "-${letter}" is not simulated\n`;
        break;
      } else return `nginx: invalid option: "${letter}"\n`;
    }
  }
  return { file, globals, test, dump, quiet, signal };
}

/** What -v, -V and -h print. */
export function usage(show: Show, version: string): string {
  const first = `nginx version: nginx/${version}\n`;
  if (show === 'version') return first;
  if (show === 'build')
    return `${first}TLS SNI support enabled\nconfigure arguments: --prefix=/etc/nginx --sbin-path=/usr/sbin/nginx --conf-path=/etc/nginx/nginx.conf --error-log-path=/var/log/nginx/error.log --http-log-path=/var/log/nginx/access.log --pid-path=/run/nginx.pid --user=nginx --group=nginx\n`;
  return `${first}Usage: nginx [-?hvVtTq] [-s signal] [-p prefix]
             [-e filename] [-c filename] [-g directives]

Options:
  -?,-h         : this help
  -v            : show version and exit
  -V            : show version and configure options then exit
  -t            : test configuration and exit
  -T            : test configuration, dump it and exit
  -q            : suppress non-error messages during configuration testing
  -s signal     : send signal to a master process: stop, quit, reopen, reload
  -p prefix     : set prefix path (default: /etc/nginx/)
  -e filename   : set error log file (default: /var/log/nginx/error.log)
  -c filename   : set configuration file (default: /etc/nginx/nginx.conf)
  -g directives : set global directives out of configuration file

`;
}
