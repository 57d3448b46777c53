import { digestOf, isDigest } from '../oci/digest.ts';
import { type CatalogImage, type CatalogLayer, type LookUp, lookUp } from './catalog.ts';

/**
 * Public registries besides Docker Hub of which some images are known here: distroless images, uv, and the copies of the
 * official images. Their layers are typical ones, with digests of our own.
 */
const registries: ReadonlySet<string> = new Set(['gcr.io', 'ghcr.io', 'public.ecr.aws', 'mirror.gcr.io']);

/** Are images of this registry known, though nobody runs it in this world? */
export function isOutside(domain: string): boolean {
  return registries.has(domain);
}

/** The image that such a registry has under a tag or a digest; undefined when nothing is known of the repository. */
export function outsideImage(domain: string, path: string, tagOrDigest: string): LookUp | undefined {
  const official = /^(?:docker\/)?library\/(.+)$/.exec(path)?.[1];
  if (official !== undefined && (domain === 'public.ecr.aws' || domain === 'mirror.gcr.io'))
    return lookUp(`library/${official}`, tagOrDigest);
  const name = `${domain}/${path}`;
  if (domain === 'gcr.io' && path.startsWith('distroless/'))
    return distroless(name, path.slice('distroless/'.length), tagOrDigest);
  if (name === 'ghcr.io/astral-sh/uv') return uv(name, tagOrDigest);
  return undefined;
}

const kinds =
  /^(static|base|base-nossl|cc|python3|java-base|java(?:11|17|21)|nodejs(?:18|20|22|24)?)(?:-debian(1[0-3]))?$/;
const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const none: LookUp = { found: false, missing: 'tag' };

/** Compressed bytes by kind, about. */
const sizes: { readonly [kind: string]: number | undefined } = {
  static: 780_000,
  base: 9_100_000,
  cc: 10_300_000,
  python3: 21_800_000,
};

/** Images with a program's libraries and nothing else: no shell, but for the tags with `debug`. */
function distroless(name: string, kind: string, tag: string): LookUp | undefined {
  const [, what = '', version = '12'] = kinds.exec(kind) ?? [];
  if (what === '') return undefined;
  if (!/^(?:latest|nonroot|debug|debug-nonroot)(?:-amd64)?$/.test(tag) && !isDigest(tag)) return none;
  const debug = tag.startsWith('debug');
  const nonroot = tag.includes('nonroot');
  const size = sizes[what] ?? (what.startsWith('node') ? 41_000_000 : what.startsWith('java') ? 83_000_000 : 9_100_000);
  const layer = rowOf(name, tag, `bazel build distroless ${what} debian${version}${debug ? ' debug' : ''}`, size);
  const entry = what.startsWith('node')
    ? ['/nodejs/bin/node']
    : what.startsWith('java') && what !== 'java-base'
      ? ['/usr/bin/java', '-jar']
      : what === 'python3'
        ? ['/usr/bin/python3']
        : debug
          ? ['/busybox/sh']
          : null;
  const env = [`${path}${debug ? ':/busybox' : ''}`, 'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt'];
  return found(name, tag, [layer], {
    env,
    entry,
    workdir: nonroot ? '/home/nonroot' : '/',
    user: nonroot ? '65532' : '0',
  });
}

/** uv alone (`latest`, `0.9`, …), or on top of an official Python. */
function uv(name: string, tag: string): LookUp {
  const add = rowOf(name, tag, 'COPY uv uvx / # buildkit', 21_000_000);
  if (/^(?:latest|\d+(?:\.\d+){0,2})$/.test(tag) || isDigest(tag))
    return found(name, tag, [add], { env: [path], entry: ['/uv'], workdir: '/io', user: '' });
  const [, python, rest] = /^(?:[\d.]+-)?python(3\.\d+)-(.+)$/.exec(tag) ?? [];
  const below = lookUp(
    'library/python',
    python === undefined
      ? tag
      : `${python}-${/slim$/.test(rest ?? '') ? `slim-${(rest ?? '').replace(/-slim$/, '')}` : rest}`,
  );
  if (!below.found || python === undefined) return none;
  const top = rowOf(name, tag, 'COPY /uv /uvx /usr/local/bin/ # buildkit', 21_000_000);
  const { image } = below;
  const digest = digestOf(`index of ${name}:${tag}`);
  const history = [
    ...image.history,
    { created: image.created, createdBy: top.instruction, comment: 'buildkit.dockerfile.v0', emptyLayer: false },
  ];
  const added = {
    repository: name,
    tags: [tag],
    digest,
    manifestDigest: digestOf(`manifest of ${name}:${tag}`),
    configDigest: digestOf(`config of ${name}:${tag}`),
  };
  return {
    found: true,
    image: { ...image, ...added, history, layers: [...image.layers, top], derived: { from: `python:${python}` } },
  };
}

function rowOf(name: string, tag: string, instruction: string, size: number): CatalogLayer {
  return {
    digest: digestOf(`layer of ${name}:${tag}: ${instruction}`),
    size,
    diskSize: Math.round(size * 2.5),
    estimated: true,
    instruction,
  };
}

interface Description {
  readonly env: readonly string[];
  readonly entry: readonly string[] | null;
  readonly workdir: string;
  readonly user: string;
}

function found(
  name: string,
  tag: string,
  layers: readonly CatalogLayer[],
  { env, entry, workdir, user }: Description,
): LookUp {
  const created = '2026-08-20T00:00:00Z';
  const image: CatalogImage = {
    repository: name,
    tags: [tag],
    digest: digestOf(`index of ${name}:${tag}`),
    manifestDigest: digestOf(`manifest of ${name}:${tag}`),
    configDigest: digestOf(`config of ${name}:${tag}`),
    platform: 'linux/amd64',
    platforms: ['linux/amd64', 'linux/arm64'],
    created,
    config: {
      Env: env,
      Cmd: null,
      Entrypoint: entry,
      WorkingDir: workdir,
      User: user,
      Labels: {},
      ExposedPorts: [],
      Volumes: [],
    },
    history: layers.map(({ instruction }) => ({ created, createdBy: instruction, comment: '', emptyLayer: false })),
    layers,
    derived: { from: name },
  };
  return { found: true, image };
}
