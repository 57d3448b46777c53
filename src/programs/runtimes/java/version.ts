import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Sys } from '../../../kernel/program.ts';
import { packagedVersion } from '../versions.ts';
import { lastTier } from './machine/compiler.ts';

/** An installed Java: its version, and the build as it names itself (`21.0.12+8-LTS`). */
interface Release {
  readonly version: string;
  readonly build: string;
  readonly temurin: boolean;
}

/** The Java that is installed: what the image's environment says, else the distribution's package; Debian 12's own otherwise. */
function release(exec: Exec, sys: Sys): Release {
  const told = /\d.*/.exec(exec.env.JAVA_VERSION ?? '')?.[0];
  if (told !== undefined) return { version: /^[\d.]+/.exec(told)?.[0] ?? told, build: told, temurin: true };
  const place = sys.fs.realpath(exec.path);
  const major = /java-?(?:1\.)?(\d+)|jdk-?(\d+)/
    .exec(isErrno(place) ? exec.path : place)
    ?.slice(1)
    .find((n) => n !== undefined);
  const packaged = packagedVersion(sys, new RegExp(`^openjdk-?${major ?? '\\d+'}(?:-|$)`)) ?? '';
  // Debian's 17.0.15+6-1~deb12u1 calls itself 17.0.15+6-Debian-1deb12u1; Alpine's 17.0.19_p10-r0 is 17.0.19+10-alpine-r0
  const [, version, number, revision = ''] = /^([\d.]+)(?:\+|_p)(\d+)-(.+)$/.exec(packaged) ?? [];
  if (version === undefined) return { version: '17.0.15', build: '17.0.15+6-Debian-1deb12u1', temurin: false };
  const whose = packaged.includes('_p') ? 'alpine' : 'Debian';
  return { version, build: `${version}+${number}-${whose}-${revision.replaceAll('~', '')}`, temurin: false };
}

/** The version of Java that is installed, as `17.0.15`. */
export function javaVersion(exec: Exec, sys: Sys): string {
  return release(exec, sys).version;
}

/** Days of Oracle's critical patch updates: each brings an update of every release line. */
const days = '2025-04-15 2025-07-15 2025-10-21 2026-01-20 2026-04-21 2026-07-21 2026-10-20'.split(' ');
/** The update of a release line that came on the first of them. */
const first: { readonly [line: string]: number } = { 11: 27, 17: 15, 21: 7, 25: -1 };

/** The day of a release; undefined where it is older, newer, or came between updates. */
function dayOf(version: string): string | undefined {
  const [, line = '', update] = /^(\d+)\.0\.(\d+)$/.exec(version) ?? [];
  return days[Number(update) - (first[line] ?? Number.NaN)];
}

/** What `java -version` prints; `flags` are those that were given before it. */
export function versionText(exec: Exec, sys: Sys, long: boolean, flags: readonly string[]): string {
  const { version, build, temurin } = release(exec, sys);
  const lts = temurin && /^(?:8|11|17|21|25)\b/.test(version);
  const name = temurin ? `Temurin-${build} (build ${build}${lts ? '-LTS' : ''}` : `(build ${build}`;
  const day = dayOf(version);
  const from = `${day === undefined ? '' : ` ${day}`}${lts ? ' LTS' : ''}`;
  const how = [
    flags.includes('-Xint') ? 'interpreted mode' : 'mixed mode',
    ...(lastTier(flags) === 1 ? ['emulated-client'] : []),
    ...(flags.findLast((f) => f.startsWith('-Xshare:')) === '-Xshare:off' ? [] : ['sharing']),
  ];
  return [
    long ? `openjdk ${version}${from}` : `openjdk version "${version}"${from}`,
    `OpenJDK Runtime Environment ${name})`,
    `OpenJDK 64-Bit Server VM ${name}, ${how.join(', ')})`,
    '',
  ].join('\n');
}
