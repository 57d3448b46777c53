import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { absolute, exists, filesBelow, remove } from '../files.ts';
import { offline, refuse, standIn, write } from '../say.ts';
import { compileTo, copyDependencies, fillRepository, packageProject } from './artifacts.ts';
import { type Project, readProject } from './pom.ts';

const phases = ['validate', 'compile', 'test-compile', 'test', 'package', 'verify', 'install', 'deploy'];
const rule = `[INFO] ${'-'.repeat(72)}\n`;
/** The releases of its own plugins that Maven 3.9 takes where a project names none. */
const versions: { readonly [plugin: string]: string } = {
  clean: '3.2.0',
  resources: '3.3.1',
  compiler: '3.13.0',
  surefire: '3.2.5',
  jar: '3.4.1',
  war: '3.4.0',
  install: '3.1.2',
  dependency: '3.7.0',
};

interface Call {
  readonly goals: readonly string[];
  readonly quiet: boolean;
  readonly words: readonly string[];
  readonly only: readonly string[] | undefined;
  readonly also: boolean;
  readonly file: string;
}

function readCall(args: readonly string[]): Call | string {
  const goals: string[] = [];
  let [quiet, also, file]: [boolean, boolean, string] = [false, false, 'pom.xml'];
  let only: readonly string[] | undefined;
  for (let i = 0; i < args.length; i++) {
    const one = args[i] ?? '';
    if (one === '-q' || one === '--quiet') quiet = true;
    else if (one === '-f' || one === '--file') file = args[++i] ?? file;
    else if (one === '-pl' || one === '--projects') only = (args[++i] ?? '').split(',');
    else if (one === '-am' || one === '--also-make') also = true;
    else if (/^(?:-s|--settings|-T|--threads|-P|--activate-profiles|-l|-gs|-t)$/.test(one)) i++;
    else if (!one.startsWith('-')) goals.push(one);
  }
  if (goals.length === 0) return 'mvn without a goal';
  const strange = goals.find((one) => !phases.includes(one) && !known.test(one));
  return strange === undefined ? { goals, quiet, words: args, only, also, file } : `mvn ${strange}`;
}

const known =
  /^(?:clean|process-resources|prepare-package|dependency:(?:[\d.]+:)?(?:go-offline|resolve|resolve-plugins|copy-dependencies|tree)|[\w.:-]*:go-offline|spring-boot:repackage|assembly:single|wrapper:wrapper|compiler:compile|resources:resources|help:(?:[\d.]+:)?evaluate|org\.apache\.maven\.plugins:maven-help-plugin:(?:[\d.]+:)?evaluate)$/;

/** The program `mvn`: the phases of a build and the goals that Dockerfiles ask for, by what pom.xml says. */
export function maven(exec: Exec, sys: Sys): Next<Json> {
  const args = exec.argv.slice(1);
  const home = exec.env.HOME ?? '/root';
  if (args.some((one) => /^(?:-v|--version|-version)$/.test(one))) return { exit: version(exec, sys) };
  const call = readCall(args);
  if (typeof call === 'string') return { exit: refuse(sys, call) };
  const print = (text: string) => (call.quiet ? undefined : write(sys, 1, text));
  print('[INFO] Scanning for projects...\n');
  const [folder, file] = split(call.file);
  const top = readProject(sys, folder, file, args);
  if (top === undefined) return { exit: failed(sys, print, noPom(sys)) };
  if (offline(sys)) return { exit: failed(sys, print, unreachable(top)) };
  const projects = inOrder(sys, top, args).filter((one) => wanted(one, top, call));
  for (const project of projects) {
    print(head(project));
    build(sys, project, call, home, print);
  }
  print(
    `${rule}[INFO] BUILD SUCCESS\n${rule}[INFO] Total time:  ${(1 + projects.length * 1.2).toFixed(3)} s\n[INFO] Finished at: ${stamp(sys)}\n${rule}`,
  );
  return { exit: 0 };
}

function split(path: string): readonly [string, string] {
  const at = path.lastIndexOf('/');
  return at < 0 ? ['.', path] : [path.slice(0, at), path.slice(at + 1)];
}

/** A project and its modules, each after what it is a part of. */
function inOrder(sys: Sys, project: Project, args: readonly string[], depth = 0): readonly Project[] {
  const below =
    depth > 6
      ? []
      : project.modules.flatMap((name) => {
          const module = readProject(sys, `${project.folder}/${name}`.replace(/^\.\//, ''), 'pom.xml', args);
          return module ? inOrder(sys, module, args, depth + 1) : [];
        });
  return [project, ...below];
}

function wanted(project: Project, top: Project, { only, also }: Call): boolean {
  if (only === undefined || also) return true;
  const folder = top.folder === '.' ? project.folder : project.folder.slice(top.folder.length + 1);
  return only.some((one) => one === folder || one === `:${project.artifact}` || one === project.artifact);
}

function head({ group, artifact, name, version: release, packaging }: Project): string {
  const centred = (text: string) => {
    const before = Math.max(0, Math.floor((72 - text.length) / 2));
    return `${'-'.repeat(before)}${text}${'-'.repeat(Math.max(0, 72 - text.length - before))}`;
  };
  return `[INFO] \n[INFO] ${centred(`< ${group}:${artifact} >`)}\n[INFO] Building ${name} ${release}\n[INFO]   from pom.xml\n[INFO] ${centred(`[ ${packaging} ]`)}\n`;
}

function build(sys: Sys, project: Project, { goals, words }: Call, home: string, print: (text: string) => void): void {
  const { folder, artifact, packaging } = project;
  const step = (plugin: string, goal: string, id: string) => {
    const version =
      project.plugins.find((one) => one.artifact === `maven-${plugin}-plugin`)?.version ?? versions[plugin] ?? '';
    print(`[INFO] \n[INFO] --- ${plugin}:${version}:${goal} (${id}) @ ${artifact} ---\n`);
  };
  if (goals.includes('clean')) {
    step('clean', 'clean', 'default-clean');
    remove(sys, `${folder}/target`);
  }
  const got = fillRepository(sys, project, home);
  if (got.count > 0) tell(sys, 'mvn', 'packages-installed', { manager: 'mvn', ...got, typical: true, unknown: [] });
  for (const goal of goals) {
    if (!goal.includes(':')) continue;
    const [plugin = '', ...rest] = goal.split(':');
    if (rest.at(-1) === 'evaluate') {
      evaluate(sys, project, words, print);
      continue;
    }
    step(plugin, rest.at(-1) ?? '', 'default-cli');
    if (goal.endsWith('copy-dependencies')) {
      const asked = words.find((one) => one.startsWith('-DoutputDirectory='))?.slice('-DoutputDirectory='.length);
      copyDependencies(sys, project, asked === undefined ? `${folder}/target/dependency` : absolute(sys, asked));
    }
  }
  const archive = goals.some((one) => /^(?:assembly:single|spring-boot:repackage)$/.test(one));
  const last = Math.max(archive ? 4 : -1, ...goals.map((one) => phases.indexOf(one)));
  if (last < 1 || packaging === 'pom') return;
  step('resources', 'resources', 'default-resources');
  step('compiler', 'compile', 'default-compile');
  const sources =
    compileTo(sys, `${folder}/src/main/java`, `${folder}/src/main/resources`, `${folder}/target/classes`, 'mvn') +
    compileTo(sys, `${folder}/src/main/kotlin`, '', `${folder}/target/classes`, 'mvn');
  if (last >= 2) {
    step('resources', 'testResources', 'default-testResources');
    step('compiler', 'testCompile', 'default-testCompile');
  }
  if (last >= 3) {
    step('surefire', 'test', 'default-test');
    const skipped = words.some((one) => /^-D(?:skipTests|maven\.test\.skip)(?:=true)?$/.test(one));
    if (skipped) print('[INFO] Tests are skipped.\n');
    else if (exists(sys, `${folder}/src/test`) && filesBelow(sys, `${folder}/src/test`).length > 0)
      write(sys, 2, `drydock: the tests in ${folder}/src/test are read, not run\n`);
  }
  if (last < 4) return;
  step(
    packaging === 'war' ? 'war' : 'jar',
    packaging === 'war' ? 'war' : 'jar',
    packaging === 'war' ? 'default-war' : 'default-jar',
  );
  const made = packageProject(sys, project, sources, goals.includes('assembly:single'));
  for (const path of made.slice(0, 1)) print(`[INFO] Building jar: ${absolute(sys, path)}\n`);
  standIn(
    sys,
    'mvn',
    folder === '.' ? 'pom.xml' : `${folder}/pom.xml`,
    made[0] ?? `${folder}/target`,
    made.length + sources,
  );
  if (last >= 6) step('install', 'install', 'default-install');
}

/** `help:evaluate -Dexpression=…`: a property, alone on standard output with -DforceStdout (and -q). */
function evaluate(sys: Sys, project: Project, words: readonly string[], print: (text: string) => void): void {
  const asked = words.find((one) => one.startsWith('-Dexpression='))?.slice('-Dexpression='.length) ?? '';
  const value = project.properties.get(asked) ?? 'null object or invalid expression';
  const { group, artifact, packaging, version: release } = project;
  print(
    `[INFO] \n[INFO] --- help:3.5.1:evaluate (default-cli) @ ${artifact} ---\n[INFO] No artifact parameter specified, using '${group}:${artifact}:${packaging}:${release}' as project.\n`,
  );
  if (words.some((one) => /^-DforceStdout(?:=true)?$/.test(one))) write(sys, 1, value);
  else print(`[INFO] \n${value}\n`);
}

function failed(sys: Sys, print: (text: string) => void, reason: string): number {
  print(`${rule}[INFO] BUILD FAILURE\n${rule}[INFO] Total time:  0.104 s\n[INFO] Finished at: ${stamp(sys)}\n${rule}`);
  write(
    sys,
    1,
    `[ERROR] ${reason} -> [Help 1]\n[ERROR] \n[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.\n[ERROR] Re-run Maven using the -X switch to enable full debug logging.\n`,
  );
  return 1;
}

function noPom(sys: Sys): string {
  return `The goal you specified requires a project to execute but there is no POM in this directory (${sys.cwd()}). Please verify you invoked Maven from the correct directory.`;
}

function unreachable({ group, artifact, version: release }: Project): string {
  return `Failed to execute goal on project ${artifact}: Could not resolve dependencies for project ${group}:${artifact}:jar:${release}: Could not transfer artifacts from/to central (https://repo.maven.apache.org/maven2): repo.maven.apache.org: Temporary failure in name resolution`;
}

function stamp(sys: Sys): string {
  return new Date(Math.floor(sys.now / 1000)).toISOString().replace(/\.\d+Z$/, 'Z');
}

function version(exec: Exec, sys: Sys): number {
  const maven = exec.env.MAVEN_VERSION ?? '3.9.11';
  const java = /\d+(?:\.\d+)*/.exec(exec.env.JAVA_VERSION ?? '')?.[0] ?? '21';
  write(
    sys,
    1,
    `Apache Maven ${maven}\nMaven home: /usr/share/maven\nJava version: ${java}, vendor: Eclipse Adoptium, runtime: ${exec.env.JAVA_HOME ?? '/opt/java/openjdk'}\nDefault locale: en_US, platform encoding: UTF-8\nOS name: "linux", version: "${sys.uname().release}", arch: "amd64", family: "unix"\n`,
  );
  return 0;
}
