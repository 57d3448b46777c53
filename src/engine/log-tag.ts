import { EngineError } from './errors.ts';
import type { Container } from './state.ts';

const action = /\{\{(.*?)\}\}/gs;
const field = /^ *\.(\w+) *$/;

/** What a tag can tell of a container: fields and methods of Go's logger.Info. */
const tagFields: { readonly [name: string]: (container: Container) => string } = {
  Command: ({ command }) => command.join(' '),
  ContainerArgs: ({ command }) => `[${command.slice(1).join(' ')}]`,
  ContainerEntrypoint: ({ command }) => command[0] ?? '',
  ContainerID: ({ id }) => id,
  ContainerImageID: ({ image }) => image,
  ContainerImageName: ({ config }) => config.Image ?? '',
  ContainerName: ({ name }) => `/${name}`,
  DaemonName: () => 'docker',
  FullID: ({ id }) => id,
  ID: ({ id }) => id.slice(0, 12),
  ImageFullID: ({ image }) => image,
  ImageID: ({ image }) => image.slice(0, 12),
  ImageName: ({ config }) => config.Image ?? '',
  Name: ({ name }) => name,
};
/** Those of the real one that are not simulated. */
const otherFields = [
  'Config',
  'ContainerCreated',
  'ContainerEnv',
  'ContainerLabels',
  'ExtraAttributes',
  'Hostname',
  'LogPath',
];

/** The log option `tag` of a container, with what it says of it filled in. */
export function tagOf(tag: string, container: Container): string {
  return tag.replace(action, (_, inside: string) => tagFields[field.exec(inside)?.[1] ?? '']?.(container) ?? '');
}

/** Throws `not-simulated` for tags that do more than to name fields, or name one that is not simulated. */
export function checkTag(tag: string): void {
  const isSimulated = (inside: string): boolean => {
    const name = field.exec(inside)?.[1];
    return name !== undefined && !otherFields.includes(name);
  };
  if ([...tag.matchAll(action)].every(([, inside = '']) => isSimulated(inside))) return;
  throw new EngineError('not-simulated', 501, `drydock: the log option tag=${tag} is not simulated`);
}

/** What is wrong with a container's tag when its log is opened: Go's words; undefined: nothing. */
export function tagProblem(tag = ''): string | undefined {
  for (const found of tag.matchAll(action)) {
    const name = field.exec(found[1] ?? '')?.[1] ?? '';
    if (Object.hasOwn(tagFields, name)) continue;
    const at = `template: log-tag:1:${found[0].indexOf('.') + found.index}`;
    return `${at}: executing "log-tag" at <.${name}>: can't evaluate field ${name} in type *logger.Info`;
  }
  return tag.replace(action, '').includes('{{') ? 'template: log-tag:1: unclosed action' : undefined;
}
