import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Sys } from '../../../kernel/program.ts';

/** The version of Java that is installed: what the environment says, else what the program's folder is called. */
export function javaVersion(exec: Exec, sys: Sys): string {
  const told = /(\d+(?:\.\d+)*)/.exec(exec.env.JAVA_VERSION ?? '')?.[1];
  if (told !== undefined) return told;
  const place = sys.fs.realpath(exec.path);
  const full = isErrno(place) ? exec.path : place;
  return /java-?(?:1\.)?(\d+)|jdk-?(\d+)/
    .exec(full)
    ?.slice(1)
    .find((n) => n !== undefined) === '21'
    ? '21.0.11'
    : '17.0.15';
}

/** The days of release; those of the newest where it is not listed. */
const dates: { readonly [version: string]: string } = {
  '17.0.15': '2025-04-15',
  '17.0.19': '2026-04-21',
  '21.0.11': '2026-04-21',
};

/** What `java -version` prints. */
export function versionText(exec: Exec, sys: Sys, long: boolean): string {
  const version = javaVersion(exec, sys);
  const date = dates[version] ?? '2026-07-21';
  const temurin = (exec.env.JAVA_VERSION ?? '') !== '';
  const build = temurin ? `Temurin-${(exec.env.JAVA_VERSION ?? '').replace(/^jdk-?/, '')}` : `build ${version}`;
  const lts = temurin && /^(?:17|21|25)\./.test(version) ? ' LTS' : '';
  const inner = temurin
    ? `${build} (build ${(exec.env.JAVA_VERSION ?? '').replace(/^jdk-?/, '')}${lts === '' ? '' : '-LTS'})`
    : `(${build})`;
  return [
    long ? `openjdk ${version} ${date}${lts}` : `openjdk version "${version}" ${date}${lts}`,
    `OpenJDK Runtime Environment ${inner}`,
    `OpenJDK 64-Bit Server VM ${inner.replace(/\)$/, ', mixed mode, sharing)')}`,
    '',
  ].join('\n');
}
