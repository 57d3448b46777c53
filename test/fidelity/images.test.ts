import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/kernel/json.ts';
import { Sandbox } from '../support/sandbox.ts';

const here = join(import.meta.dirname, 'images');

interface Row {
  readonly Comment: string;
  readonly CreatedBy: string;
  readonly Size: string;
}

interface Recorded {
  readonly [field: string]: Json | readonly Row[];
  readonly history: readonly Row[];
}

const recorded = JSON.parse(readFileSync(join(here, 'recorded.json'), 'utf8')) as { readonly [name: string]: Recorded };

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What is not the base image's: the recorded ones were other images. */
function ownOf(image: Recorded, isBase: (row: Row) => boolean): Recorded {
  const base = image.history.filter((row) => isBase(row) && row.Size !== '0').length;
  return { ...image, layers: Number(image.layers) - base, history: image.history.filter((row) => !isBase(row)) };
}

function historyOf(sandbox: Sandbox, image: string): readonly Row[] {
  const { stdout } = sandbox.docker('history', '--no-trunc', '--human=false', '--format', '{{json .}}', image);
  const rows: readonly Row[] = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return rows.map(({ Comment, CreatedBy, Size }) => ({ Comment, CreatedBy, Size }));
}

/** The image of a Dockerfile, as record.mjs keeps it. */
function imageOf(name: string): Recorded {
  const sandbox = new Sandbox();
  const text = readFileSync(join(here, 'dockerfiles', `${name}.Dockerfile`), 'utf8');
  sandbox.shell('mkdir -p c/folder; echo hello > c/hello; chmod 755 c/hello; echo inner > c/folder/inner');
  sandbox.shell(`printf %s ${quoted(text)} > Dockerfile`);
  const built = sandbox.shell('docker build -t it -f Dockerfile c');
  if (built.code !== 0) throw new Error(built.stderr);
  const [image] = JSON.parse(sandbox.docker('image', 'inspect', 'it').stdout);
  const { Architecture, Author, Comment, Config, Os, RootFS } = image;
  const history = historyOf(sandbox, 'it');
  const base = ['alpine', 'busybox', 'debian'].flatMap((each) => {
    sandbox.docker('pull', each);
    return historyOf(sandbox, each);
  });
  const isBase = (row: Row): boolean => base.some((each) => JSON.stringify(each) === JSON.stringify(row));
  return ownOf({ Architecture, Author, Comment, Config, Os, layers: RootFS.Layers?.length ?? 0, history }, isBase);
}

describe('images of builds', () => {
  const names = readdirSync(join(here, 'dockerfiles')).map((file) => file.replace('.Dockerfile', ''));
  it.each(names)('%s: configuration and history are those of the real engine', (name) => {
    const real = recorded[name];
    expect(imageOf(name)).toEqual(real && ownOf(real, ({ Comment }) => Comment !== 'buildkit.dockerfile.v0'));
  });
});
