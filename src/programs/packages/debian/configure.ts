import type { Rec } from '../../../kernel/json.ts';
import type { Package } from '../package.ts';
import type { Event } from '../player.ts';
import type { Act } from './acts.ts';
import type { Installed } from './database.ts';
import { dpkgName } from './names.ts';
import type { Release } from './release.ts';

const perl =
  '(you may need to install the Term::ReadLine module) (@INC entries checked: /etc/perl /usr/local/lib/x86_64-linux-gnu/perl/5.40.1 /usr/local/share/perl/5.40.1 /usr/lib/x86_64-linux-gnu/perl5/5.40 /usr/share/perl5 /usr/lib/x86_64-linux-gnu/perl-base /usr/lib/x86_64-linux-gnu/perl/5.40 /usr/share/perl/5.40 /usr/local/lib/site_perl)';

/**
 * What debconf complains about in a bare image: up to bookworm (and in Ubuntu) that it cannot look into the archives before
 * they are unpacked, since trixie that it has no way to ask. Nothing with DEBIAN_FRONTEND=noninteractive on trixie.
 */
export function frontendTrouble(release: Release, env: Rec<string>, terminal: boolean, archives: number): string {
  if (release.code !== 'trixie') {
    return 'debconf: delaying package configuration, since apt-utils is not installed\n';
  }
  if ((env.DEBIAN_FRONTEND ?? '') === 'noninteractive' || terminal) return '';
  const reason =
    env.TERM === undefined || env.TERM === ''
      ? 'TERM is not set, so the dialog frontend is not usable.'
      : 'No usable dialog-like program is installed, so the dialog based frontend cannot be used.';
  return [
    'unable to initialize frontend: Dialog',
    `(${reason})`,
    'falling back to frontend: Readline',
    'unable to initialize frontend: Readline',
    `(Can't locate Term/ReadLine.pm in @INC ${perl} at /usr/share/perl5/Debconf/FrontEnd/Readline.pm line 8, <STDIN> line ${archives}.)`,
    'falling back to frontend: Teletype',
    'unable to initialize frontend: Teletype',
    '(This frontend requires a controlling tty.)',
    'falling back to frontend: Noninteractive',
  ]
    .map((line) => `debconf: ${line}\n`)
    .join('');
}

const certificates = 'Updating certificates in /etc/ssl/certs...\r\n';

/** The packages are configured, each after those that it needs. */
export function settingUp(order: readonly Package[], release: Release, _env: Rec<string>): Event<Act>[] {
  return order.map((pack) => ({
    after: 15_000,
    out: `Setting up ${dpkgName(pack)} (${pack.version}) ...\r\n${pack.name === 'ca-certificates' ? `${certificates}${release.code === 'trixie' ? 148 : 142} added, 0 removed; done.\r\n` : ''}`,
  }));
}

/** What is done once after everything: the cache of libraries, certificates. */
export function triggers(order: readonly Package[], installed: ReadonlyMap<string, Installed>): Event<Act>[] {
  const libc = installed.get('libc-bin');
  const events: Event<Act>[] = [];
  if (libc && order.some(({ name }) => name.startsWith('lib') && !name.endsWith('-dev'))) {
    events.push({ after: 50_000, out: `Processing triggers for libc-bin (${libc.version}) ...\r\n` });
  }
  const certs = order.find(({ name }) => name === 'ca-certificates');
  if (certs) {
    events.push({
      after: 200_000,
      out: `Processing triggers for ca-certificates (${certs.version}) ...\r\n${certificates}0 added, 0 removed; done.\r\nRunning hooks in /etc/ca-certificates/update.d...\r\ndone.\r\n`,
    });
  }
  return events;
}
