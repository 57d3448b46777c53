import type { ImageConfig } from '../oci/image.ts';
import { type CatalogImage, type CatalogLayer, type LookUp, lookUp } from './catalog.ts';
import { curlRows, nodeRows, pythonServerRows } from './rootfs/community.ts';
import type { LayerFiles, LayerPlan } from './rootfs/layer.ts';
import { digestsOf, rowOf } from './unrecorded.ts';

/** A row that an image of Docker Hub's users has above the official image that it is built on. */
export interface CommunityRow {
  readonly instruction: string;
  /** Compressed bytes, about; nothing for rows that make no layer. */
  readonly size?: number;
  readonly content?: (plan: LayerPlan) => LayerFiles;
}

/** Such an image, as its Dockerfile (in a public repository) describes it. */
interface CommunityImage {
  readonly base: { readonly repository: string; readonly tag: string };
  readonly rows: readonly CommunityRow[];
  readonly config: Partial<ImageConfig>;
  /** Added to the variables of the base. */
  readonly env?: readonly string[];
}

const pythonServer =
  (more: 'fastapi' | undefined) =>
  (tag: string): CommunityImage | undefined => {
    const [, python] =
      /^(?:python)?(3\.(?:6|7|8|9|1[0-2])(?:-slim|-alpine(?:3\.\d+)?)?)(?:-\d{4}-\d\d-\d\d)?$/.exec(
        tag === 'latest' ? '3.12' : tag,
      ) ?? [];
    if (python === undefined) return undefined;
    return {
      base: { repository: 'python', tag: python },
      rows: pythonServerRows(more),
      env: ['PYTHONDONTWRITEBYTECODE=1', 'PYTHONUNBUFFERED=1', 'PYTHONPATH=/app'],
      config: {
        Cmd: ['/start.sh'],
        WorkingDir: '/app/',
        Labels: { maintainer: 'Sebastian Ramirez <tiangolo@gmail.com>' },
      },
    };
  };

/** Alpine by the release of Node.js (build.dockerfile of mhart/alpine-node). */
const alpineOf: { readonly [release: string]: string | undefined } = {
  10: '3.7',
  12: '3.9',
  14: '3.11',
  15: '3.12',
  16: '3.13',
};
/** The last one of each release. */
const lastNode: { readonly [release: string]: string | undefined } = {
  10: '10.24.1',
  12: '12.22.3',
  14: '14.17.3',
  15: '15.14.0',
  16: '16.4.2',
};

const alpineNode = (tag: string): CommunityImage | undefined => {
  const [, slim = '', asked = ''] = /^(slim-)?(\d+(?:\.\d+){0,2})$/.exec(tag === 'latest' ? '16' : tag) ?? [];
  const release = asked.split('.')[0] ?? '';
  const [alpine, last] = [alpineOf[release], lastNode[release]];
  if (alpine === undefined || last === undefined) return undefined;
  return {
    base: { repository: 'alpine', tag: alpine },
    rows: nodeRows(slim !== ''),
    env: [`VERSION=v${asked.split('.').length === 3 ? asked : last}`, 'NPM_VERSION=6', 'YARN_VERSION=v1.22.10'],
    config: {},
  };
};

const curl = (tag: string): CommunityImage | undefined =>
  /^(?:latest|8\.(?:[0-9]|1[0-9]|20)\.\d+)$/.test(tag)
    ? {
        base: { repository: 'alpine', tag: 'latest' },
        rows: curlRows,
        config: { Entrypoint: ['/entrypoint.sh'], Cmd: ['curl'], User: 'curl_user' },
      }
    : undefined;

const images: { readonly [path: string]: ((tag: string) => CommunityImage | undefined) | undefined } = {
  'curlimages/curl': curl,
  'mhart/alpine-node': alpineNode,
  'tiangolo/uvicorn-gunicorn': pythonServer(undefined),
  'tiangolo/uvicorn-gunicorn-fastapi': pythonServer('fastapi'),
};

/**
 * The image that Docker Hub has under a tag of one of its users' repositories, for a platform; undefined when nothing is
 * known of the repository or the tag. They are built here as their Dockerfiles say, with typical sizes and digests of our own.
 */
export function communityImage(path: string, tag: string, platform: string): LookUp | undefined {
  const known = Object.hasOwn(images, path) ? images[path]?.(tag) : undefined;
  if (known === undefined) return undefined;
  const below = lookUp(`library/${known.base.repository}`, known.base.tag, platform);
  return below.found ? { found: true, image: built(path, tag, platform, known, below.image) } : below;
}

function built(
  path: string,
  tag: string,
  platform: string,
  { base, rows, config, env = [] }: CommunityImage,
  below: CatalogImage,
): CatalogImage {
  const added = rows.flatMap(({ instruction, size, content }): CatalogLayer[] =>
    size === undefined ? [] : [{ ...rowOf(path, tag, instruction, size), ...(content ? { content } : {}) }],
  );
  const history = rows.map(({ instruction, size }) => ({
    created: below.created,
    createdBy: instruction,
    comment: 'buildkit.dockerfile.v0',
    emptyLayer: size === undefined,
  }));
  return {
    ...below,
    repository: path,
    tags: [tag],
    ...digestsOf(path, tag, platform),
    config: { ...below.config, Entrypoint: null, ...config, Env: [...below.config.Env, ...env] },
    history: [...below.history, ...history],
    layers: [...below.layers, ...added],
    derived: { from: `${base.repository}:${base.tag}` },
  };
}
