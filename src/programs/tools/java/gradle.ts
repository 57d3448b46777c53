import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { absolute, exists, put, putProgram, remove, textOf } from '../files.ts';
import { offline, refuse, standIn, write } from '../say.ts';
import { archiveText, compileTo } from './artifacts.ts';

/** Tasks that only look, or fetch what later ones need. */
const looking =
  /^(?:dependencies|resolveDependencies|downloadRepos|downloadDependencies|classes|compileJava|compileKotlin|processResources|tasks|help|wrapper)$/;
const making =
  /^(?:build|assemble|jar|bootJar|bootWar|war|shadowJar|installDist|distTar|distZip|installShadowDist|buildFatJar|quarkusBuild|publishToMavenLocal)$/;
const testing = /^(?:test|check)$/;

interface Subproject {
  readonly folder: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly script: string;
}

/** The program `gradle`: the tasks that Dockerfiles ask for, by what build.gradle and settings.gradle say. */
export function gradle(exec: Exec, sys: Sys): Next<Json> {
  const args = exec.argv.slice(1);
  const tasks: string[] = [];
  const without: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const one = args[i] ?? '';
    if (one === '-p' || one === '--project-dir') sys.chdir(absolute(sys, args[++i] ?? '.'));
    else if (one === '-x' || one === '--exclude-task') without.push(args[++i] ?? '');
    else if (/^(?:-I|--init-script|-g|--gradle-user-home|-c|-b)$/.test(one)) i++;
    else if (!one.startsWith('-')) tasks.push(one);
  }
  if (args.includes('--version') || args.includes('-v')) return { exit: refuse(sys, 'gradle --version') };
  const quiet = args.includes('-q') || args.includes('--quiet');
  const top = subproject(sys, '.');
  if (top === undefined && !exists(sys, 'settings.gradle') && !exists(sys, 'settings.gradle.kts')) {
    write(
      sys,
      2,
      `\nFAILURE: Build failed with an exception.\n\n* What went wrong:\nDirectory '${sys.cwd()}' does not contain a Gradle build.\n`,
    );
    return { exit: 1 };
  }
  const strange = tasks.find(
    (one) =>
      !/^(?:clean)$/.test(last(one)) && !looking.test(last(one)) && !making.test(last(one)) && !testing.test(last(one)),
  );
  if (strange !== undefined) return { exit: refuse(sys, `gradle ${strange}`) };
  if (offline(sys) && !args.includes('--offline')) {
    write(
      sys,
      2,
      "\nFAILURE: Build failed with an exception.\n\n* What went wrong:\nA problem occurred configuring root project.\n> Could not resolve all artifacts for configuration 'classpath'.\n   > repo.maven.apache.org: Temporary failure in name resolution\n",
    );
    return { exit: 1 };
  }
  let actions = 0;
  const all = subprojects(sys, top);
  for (const task of tasks) {
    const path = task
      .split(':')
      .filter((one) => one !== '')
      .slice(0, -1)
      .join('/');
    for (const project of all.filter(({ folder }) => path === '' || folder === path)) {
      if (last(task) === 'clean') remove(sys, `${project.folder}/build`);
      else if (making.test(last(task))) actions += make(sys, project, last(task));
      else if (testing.test(last(task))) write(sys, 2, `drydock: the tests of ${project.name} are read, not run\n`);
    }
  }
  if (!quiet)
    write(
      sys,
      1,
      `\nBUILD SUCCESSFUL in ${3 + actions}s\n${actions + 1} actionable task${actions === 0 ? '' : 's'}: ${actions + 1} executed\n`,
    );
  return { exit: 0 };
}

const last = (task: string): string => task.slice(task.lastIndexOf(':') + 1);

function subproject(sys: Sys, folder: string): Subproject | undefined {
  const script = textOf(sys, `${folder}/build.gradle`) ?? textOf(sys, `${folder}/build.gradle.kts`);
  if (script === undefined) return undefined;
  const settings = textOf(sys, 'settings.gradle') ?? textOf(sys, 'settings.gradle.kts') ?? '';
  const named = /rootProject\.name\s*=\s*['"]([^'"]+)['"]/.exec(settings)?.[1];
  const name = folder === '.' ? (named ?? sys.cwd().replace(/^.*\//, '')) : folder.replace(/^.*\//, '');
  const version = /^\s*(?:project\.)?version\s*=?\s*['"]([^'"]+)['"]/m.exec(script)?.[1];
  const whole = /^version\s*=\s*(\S+)/m.exec(textOf(sys, 'gradle.properties') ?? '')?.[1];
  return { folder, name, version: version ?? whole, script };
}

function subprojects(sys: Sys, top: Subproject | undefined): readonly Subproject[] {
  const settings = textOf(sys, 'settings.gradle') ?? textOf(sys, 'settings.gradle.kts') ?? '';
  const names = [...settings.matchAll(/^\s*include\b\s*\(?([^\n)]*(?:,\s*\n[^\n)]*)*)/gm)].flatMap(([, words = '']) =>
    [...words.matchAll(/['"]:?([^'"]+)['"]/g)].map(([, one = '']) => one),
  );
  const below = names.flatMap((name) => subproject(sys, name.replaceAll(':', '/')) ?? []);
  return top ? [top, ...below] : below;
}

/** What a task leaves in build; how many tasks that were. */
function make(sys: Sys, { folder, name, version, script }: Subproject, task: string): number {
  const out = `${folder}/build`;
  const sources = ['java', 'kotlin', 'groovy'].reduce(
    (sum, lang) =>
      sum +
      compileTo(
        sys,
        `${folder}/src/main/${lang}`,
        `${folder}/src/main/resources`,
        `${out}/classes/${lang}/main`,
        'gradle',
      ),
    0,
  );
  const boot = /org\.springframework\.boot/.test(script);
  const shadow = /shadow/.test(script) || task === 'buildFatJar';
  const base = /(?:archivesBaseName|archiveBaseName(?:\.set\()?)\s*=?\s*\(?['"]([^'"]+)['"]/.exec(script)?.[1] ?? name;
  const file = /archiveFileName(?:\.set\(|\s*=\s*)['"]([^'"]+)['"]/
    .exec(script)?.[1]
    ?.replace(/\$\{?(?:project\.)?version\}?/, version ?? '');
  const suffix = version === undefined ? '' : `-${version}`;
  const kind = task === 'bootWar' || task === 'war' ? 'war' : 'jar';
  const full = 30_000_000 + sources * 3_000;
  const jar = (path: string, size: number) =>
    put(sys, path, archiveText('gradle', path.replace(/^.*\//, '')), { size });
  const main = `${out}/libs/${file ?? `${base}${suffix}.${kind}`}`;
  jar(main, boot || kind === 'war' ? full : 2_000 + sources * 3_000);
  if (boot && (task === 'build' || task === 'assemble'))
    jar(`${out}/libs/${base}${suffix}-plain.jar`, 2_000 + sources * 3_000);
  if (shadow) jar(`${out}/libs/${base}${suffix}-all.jar`, full);
  if (
    /^(?:installDist|installShadowDist)$/.test(task) ||
    (/\bapplication\b/.test(script) && /^(?:build|assemble)$/.test(task))
  ) {
    const place = `${out}/install/${name}`;
    const scripts = [
      ...script.matchAll(
        /(?:applicationName\s*=\s*|CreateStartScripts[\s\S]*?applicationName\s*=\s*)['"]([^'"]+)['"]/g,
      ),
    ].map(([, one = '']) => one);
    jar(`${place}/lib/${base}${suffix}.jar`, 2_000 + sources * 3_000);
    for (const one of scripts.length === 0 ? [name] : scripts) putProgram(sys, `${place}/bin/${one}`, one);
  }
  standIn(sys, 'gradle', folder === '.' ? 'build.gradle' : `${folder}/build.gradle`, main, sources + 1);
  return 2;
}
