import type { Sys } from '../../../kernel/program.ts';
import { textOf } from '../files.ts';
import { at, type Element, readXml, textAt } from './xml.ts';

/** A project of Maven, as far as its pom.xml says. */
export interface Project {
  readonly folder: string;
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly name: string;
  readonly packaging: string;
  readonly finalName: string;
  readonly modules: readonly string[];
  readonly dependencies: readonly { readonly group: string; readonly artifact: string; readonly version: string }[];
  readonly plugins: readonly Plugin[];
  /** Its properties, and what it calls `project.…`, by name. */
  readonly properties: ReadonlyMap<string, string>;
}

export interface Plugin {
  readonly artifact: string;
  readonly version: string | undefined;
  readonly element: Element;
}

/** Reads the project in a folder; undefined when it has no such file. */
export function readProject(
  sys: Sys,
  folder: string,
  file = 'pom.xml',
  given: readonly string[] = [],
): Project | undefined {
  const text = textOf(sys, `${folder}/${file}`);
  if (text === undefined) return undefined;
  const pom = readXml(text);
  const parentPath = textAt(pom, 'parent', 'relativePath') ?? '../pom.xml';
  const parentText = at(pom, 'parent') && parentPath !== '' ? textOf(sys, `${folder}/${parentPath}`) : undefined;
  const parent = parentText === undefined ? undefined : readXml(parentText);
  const properties = new Map<string, string>();
  for (const one of [...(at(parent, 'properties')?.children ?? []), ...(at(pom, 'properties')?.children ?? [])])
    properties.set(one.name, one.text);
  for (const word of given) {
    const [, key = '', value = ''] = /^-D([\w.-]+)=(.*)$/.exec(word) ?? [];
    if (key !== '') properties.set(key, value);
  }
  const fill = (value: string, depth = 0): string =>
    depth > 5
      ? value
      : value.replace(/\$\{([^}]+)\}/g, (whole, key: string) =>
          properties.has(key) ? fill(properties.get(key) ?? '', depth + 1) : whole,
        );
  const own = (name: string) => textAt(pom, name) ?? textAt(pom, 'parent', name) ?? '';
  const [group, version, artifact] = [
    fill(own('groupId')),
    fill(own('version')),
    fill(textAt(pom, 'artifactId') ?? 'app'),
  ];
  for (const prefix of ['project', 'pom']) {
    properties.set(`${prefix}.artifactId`, artifact);
    properties.set(`${prefix}.version`, version);
    properties.set(`${prefix}.groupId`, group);
  }
  properties.set('artifactId', artifact);
  const plugins = [
    ...(at(pom, 'build', 'plugins')?.children ?? []),
    ...(at(parent, 'build', 'plugins')?.children ?? []),
  ];
  const name = fill(textAt(pom, 'name') ?? artifact);
  properties.set('project.name', name);
  properties.set('name', name);
  const packaging = fill(textAt(pom, 'packaging') ?? 'jar');
  const finalName = fill(textAt(pom, 'build', 'finalName') ?? `${artifact}-${version}`);
  properties.set('project.packaging', packaging);
  properties.set('project.build.finalName', finalName);
  return {
    folder,
    group,
    artifact,
    version,
    name,
    packaging,
    finalName,
    modules: (at(pom, 'modules')?.children ?? []).map((one) => one.text),
    dependencies: (at(pom, 'dependencies')?.children ?? []).map((one) => ({
      group: fill(textAt(one, 'groupId') ?? ''),
      artifact: fill(textAt(one, 'artifactId') ?? ''),
      version: fill(textAt(one, 'version') ?? ''),
    })),
    plugins: plugins.map((element) => ({
      artifact: textAt(element, 'artifactId') ?? '',
      version: versionOf(element, fill),
      element: filled(element, fill),
    })),
    properties: new Map([...properties].map(([key, value]) => [key, fill(value)])),
  };
}

function versionOf(element: Element, fill: (value: string) => string): string | undefined {
  const version = textAt(element, 'version');
  return version === undefined ? undefined : fill(version);
}

function filled(element: Element, fill: (value: string) => string): Element {
  return { name: element.name, text: fill(element.text), children: element.children.map((one) => filled(one, fill)) };
}
