import type { RecordedImage } from './recorded.ts';
import { tagParts } from './tags.ts';

/**
 * The image with another version of its application: the one that the wanted tags name (the longest, filled up with
 * zeros where they name none) in place of its own, in the environment, the paths and the rows.
 */
export function substituteVersion(image: RecordedImage, wanted: { readonly tags: readonly string[] }): RecordedImage {
  const variable = versionVariable(image);
  if (!variable) return image;
  const old = variable.version.split('.');
  const parts = longestVersion(wanted.tags);
  if (parts.length === 0) return image;
  const fresh = old.map((_, i) => parts[i] ?? '0');
  const pairs: (readonly [old: RegExp, fresh: string])[] = [
    [literal(old.join('.')), fresh.join('.')],
    [literal(old.slice(0, 2).join('.')), fresh.slice(0, 2).join('.')],
  ];
  if (image.env.some((item) => item.endsWith(`_MAJOR=${old[0]}`))) {
    const [from = '', to = ''] = [old[0], fresh[0]];
    pairs.push([new RegExp(`(?<=_MAJOR=|/postgresql/)${from}(?=$|/)`, 'g'), to]);
  }
  const change = (text: string): string => pairs.reduce((changed, [from, to]) => changed.replace(from, to), text);
  return {
    ...image,
    env: image.env.map(change),
    history: image.history.map((row) =>
      isBase(row.instruction) ? row : { ...row, instruction: change(row.instruction) },
    ),
    volumes: image.volumes.map(change),
  };
}

function isBase(instruction: string): boolean {
  return /^(?:ADD|RUN # debian|RUN umoci|RUN BusyBox)/.test(instruction) && !instruction.includes('BusyBox');
}

function literal(text: string): RegExp {
  return new RegExp(`(?<![\\d.])${text.replaceAll('.', '\\.')}(?!\\d)`, 'g');
}

/** The variable that holds the application's version: the one that agrees with a tag of the image. */
function versionVariable({ env, tags, history }: RecordedImage): { readonly version: string } | undefined {
  const named = tags.map((tag) => tagParts(tag).version.join('.')).filter((version) => version !== '');
  const texts = [...env.filter((item) => /_VERSION=/.test(item)), ...history.slice(0, 1).map((row) => row.instruction)];
  for (const text of texts) {
    for (const [version] of text.matchAll(/\d+(?:\.\d+)+/g)) {
      if (named.some((other) => version === other || version.startsWith(`${other}.`))) return { version };
    }
  }
  return undefined;
}

/** The longest version among tags, as its numbers were written. */
function longestVersion(tags: readonly string[]): readonly string[] {
  const versions = tags
    .map((tag) => /^(?:v|jdk)?(\d+(?:\.\d+)*)/.exec(tag)?.[1] ?? '')
    .filter((v) => !/^\d{6}/.test(v));
  const longest = versions.reduce((a, b) => (b.length > a.length ? b : a), '');
  return longest === '' ? [] : longest.split('.');
}
