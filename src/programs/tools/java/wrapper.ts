import type { Exec, Sys } from '../../../kernel/program.ts';
import { exists, put, textOf } from '../files.ts';
import { offline, write } from '../say.ts';

/** Which build tool a command line of java starts by its wrapper's archive, and with what arguments. */
export function wrapperCall(
  argv: readonly string[],
): { readonly tool: 'gradle' | 'mvn'; readonly args: readonly string[] } | undefined {
  const at = argv.findLastIndex((one) =>
    /(?:GradleWrapperMain|MavenWrapperMain|gradle-wrapper\.jar|maven-wrapper\.jar)$/.test(one),
  );
  if (at < 0 || (!/Main$/.test(argv[at] ?? '') && argv[at - 1] !== '-jar')) return undefined;
  return { tool: /gradle/i.test(argv[at] ?? '') ? 'gradle' : 'mvn', args: argv.slice(at + 1) };
}

/** What a wrapper does first: it fetches the release of the tool that its settings name. False without a network. */
export function fetchTool(exec: Exec, sys: Sys, tool: 'gradle' | 'mvn'): boolean {
  const file = tool === 'gradle' ? 'gradle/wrapper/gradle-wrapper.properties' : '.mvn/wrapper/maven-wrapper.properties';
  const url = /^distributionUrl=(.*)$/m
    .exec(textOf(sys, file) ?? '')?.[1]
    ?.replaceAll('\\', '')
    .trim();
  if (url === undefined) return true;
  const home = exec.env.HOME ?? '/root';
  const name = url.replace(/^.*\//, '').replace(/\.zip$/, '');
  const folder =
    `${home}/${tool === 'gradle' ? (exec.env.GRADLE_USER_HOME ?? '.gradle') : '.m2'}/wrapper/dists/${name}`.replace(
      `${home}//`,
      '/',
    );
  if (exists(sys, folder)) return true;
  write(sys, 1, `Downloading ${url}\n`);
  if (offline(sys)) {
    const host = /\/\/([^/]+)/.exec(url)?.[1] ?? url;
    write(sys, 2, `Exception in thread "main" java.net.UnknownHostException: ${host}\n`);
    return false;
  }
  put(sys, `${folder}/.contents`, '', { size: 130_000_000 });
  return true;
}
