import type { Sys } from '../../../kernel/program.ts';
import { copyBelow, exists, filesBelow, put } from '../files.ts';
import type { Plugin, Project } from './pom.ts';
import { at, type Element, textAt } from './xml.ts';

/** Bytes of the classes of a source file, and of a library of which nothing is known. */
const classSize = 3_000;
const librarySize = 420_000;

/** The first bytes of an archive, and what stands in place of its members. */
export function archiveText(tool: string, what: string, main = ''): string {
  return `PK\x03\x04drydock: stands for ${what}, which ${tool} would make; no code is compiled\n${main === '' ? '' : `Main-Class: ${main}\n`}`;
}

/** Copies resources and leaves a class for each source, in `classes`; how many sources. */
export function compileTo(sys: Sys, source: string, resources: string, classes: string, tool: string): number {
  if (exists(sys, resources)) copyBelow(sys, resources, classes);
  const sources = exists(sys, source)
    ? filesBelow(sys, source).filter((path) => /\.(?:java|kt|groovy|scala)$/.test(path))
    : [];
  for (const path of sources)
    put(
      sys,
      `${classes}/${path.replace(/\.\w+$/, '.class')}`,
      `\xca\xfe\xba\xbedrydock: ${tool} does not compile ${path}\n`,
      { size: classSize },
    );
  return sources.length;
}

/** Makes the archives that a project's packaging and plugins ask for (`assemble`: also by assembly:single); their paths. */
export function packageProject(sys: Sys, project: Project, sources: number, assemble: boolean): readonly string[] {
  const { folder, finalName, packaging } = project;
  if (packaging === 'pom') return [];
  const target = `${folder}/target`;
  const main = mainClass(project);
  const kind = packaging === 'war' || packaging === 'ear' ? packaging : 'jar';
  const small = 2_000 + sources * classSize;
  const full = small + Math.max(1, project.dependencies.length) * 4 * librarySize;
  const made: string[] = [];
  const jar = (path: string, size: number) => {
    put(sys, path, archiveText('mvn', path.replace(/^.*\//, ''), main), { size });
    made.push(path);
  };
  const boot = pluginOf(project, 'spring-boot-maven-plugin');
  const shade = pluginOf(project, 'maven-shade-plugin');
  const classifier = boot && setting(boot.element, 'classifier');
  if (boot && classifier !== undefined) {
    jar(`${target}/${finalName}.${kind}`, small);
    jar(`${target}/${finalName}-${classifier}.${kind}`, full);
  } else {
    jar(`${target}/${finalName}.${kind}`, boot || shade || kind !== 'jar' ? full : small);
    if (boot) jar(`${target}/${finalName}.${kind}.original`, small);
  }
  if (shade && setting(shade.element, 'shadedArtifactAttached') === 'true')
    jar(`${target}/${finalName}-${setting(shade.element, 'shadedClassifierName') ?? 'shaded'}.jar`, full);
  const assembly = pluginOf(project, 'maven-assembly-plugin');
  const descriptor = assembly && setting(assembly.element, 'descriptorRef');
  if (assembly && descriptor !== undefined && (assemble || find(assembly.element, 'goal', 'single'))) {
    const name = setting(assembly.element, 'finalName') ?? finalName;
    const suffix = setting(assembly.element, 'appendAssemblyId') === 'false' ? '' : `-${descriptor}`;
    jar(`${target}/${name}${suffix}.jar`, full);
  }
  if (pluginOf(project, 'quarkus-maven-plugin')) jar(`${target}/quarkus-app/quarkus-run.jar`, full);
  const copied = pluginOf(project, 'maven-dependency-plugin');
  if (copied && find(copied.element, 'goal', 'copy-dependencies'))
    copyDependencies(
      sys,
      project,
      (setting(copied.element, 'outputDirectory') ?? `${target}/dependency`).replace(
        /\$\{(?:project\.)?build\.directory\}/g,
        target,
      ),
    );
  if (kind === 'war' && exists(sys, `${folder}/src/main/webapp`))
    copyBelow(sys, `${folder}/src/main/webapp`, `${target}/${finalName}`);
  return made;
}

/** The libraries that a project names, side by side in a folder. */
export function copyDependencies(sys: Sys, project: Project, folder: string): void {
  for (const { artifact, version } of project.dependencies) {
    const name = version === '' || version.includes('$') ? artifact : `${artifact}-${version}`;
    put(sys, `${folder}/${name}.jar`, archiveText('mvn', `${name}.jar`), { size: librarySize });
  }
}

/** Downloads what a project names into the local repository; how many libraries, and their bytes. */
export function fillRepository(
  sys: Sys,
  project: Project,
  home: string,
): { readonly count: number; readonly bytes: number } {
  let count = 0;
  for (const { group, artifact, version } of project.dependencies) {
    const known = version === '' || version.includes('$') ? 'managed' : version;
    const path = `${home}/.m2/repository/${group.replaceAll('.', '/')}/${artifact}/${known}/${artifact}-${known}.jar`;
    if (exists(sys, path)) continue;
    put(sys, path, archiveText('mvn', `${artifact}.jar`), { size: librarySize });
    count += 1;
  }
  return { count, bytes: count * librarySize };
}

export function pluginOf({ plugins }: Project, artifact: string): Plugin | undefined {
  return plugins.find((one) => one.artifact === artifact);
}

/** The first setting of this name anywhere in a plugin's element. */
function setting(element: Element, name: string): string | undefined {
  const here = element.children.find((one) => one.name === name && one.children.length === 0);
  if (here) return here.text;
  for (const child of element.children) {
    const found = setting(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function find(element: Element, name: string, text: string): boolean {
  return element.children.some((one) => (one.name === name && one.text === text) || find(one, name, text));
}

function mainClass(project: Project): string {
  for (const { element } of project.plugins) {
    const found = setting(element, 'mainClass') ?? textAt(at(element, 'configuration'), 'mainClass');
    if (found !== undefined) return found;
  }
  return '';
}
