import { isDigest } from '../oci/digest.ts';
import { type CatalogImage, type CatalogLayer, type LookUp, lookUp } from './catalog.ts';
import { digestsOf, indexDigest, rowOf } from './unrecorded.ts';

/**
 * Public registries besides Docker Hub of which some images are known here: distroless images, uv, and the copies of the
 * official images. Their layers are typical ones, with digests of our own.
 */
const registries: ReadonlySet<string> = new Set(['gcr.io', 'ghcr.io', 'public.ecr.aws', 'mirror.gcr.io']);

/** Are images of this registry known, though nobody runs it in this world? */
export function isOutside(domain: string): boolean {
  return registries.has(domain);
}

/**
 * The image that such a registry has under a tag or a digest, for a platform (`linux/amd64`); undefined when nothing is
 * known of the repository or the tag, which does not mean that there is none.
 */
export function outsideImage(domain: string, path: string, tagOrDigest: string, platform: string): LookUp | undefined {
  const official = /^(?:docker\/)?library\/(.+)$/.exec(path)?.[1];
  if (official !== undefined && (domain === 'public.ecr.aws' || domain === 'mirror.gcr.io'))
    return lookUp(`library/${official}`, tagOrDigest, platform);
  const name = `${domain}/${path}`;
  const isUv = name === 'ghcr.io/astral-sh/uv';
  const kind = domain === 'gcr.io' ? (/^distroless\/(.+)$/.exec(path)?.[1] ?? '') : '';
  if (!isUv && !kinds.test(kind)) return undefined;
  const usual = isUv ? ['latest'] : distrolessTags;
  const tag = isDigest(tagOrDigest) ? usual.find((each) => indexDigest(name, each) === tagOrDigest) : tagOrDigest;
  if (tag === undefined) return { found: false, missing: 'digest' };
  return isUv ? uv(name, tag, platform) : distroless(name, kind, tag, platform);
}

const kinds =
  /^(static|base|base-nossl|cc|python3|java-base|java(?:11|17|21)|nodejs(?:18|20|22|24)?)(?:-debian(1[0-3]))?$/;
const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const distrolessTags = ['latest', 'nonroot', 'debug', 'debug-nonroot'];
const platforms = ['linux/amd64', 'linux/arm64'];

/** Compressed bytes by kind, about. */
const sizes: { readonly [kind: string]: number | undefined } = {
  static: 780_000,
  base: 9_100_000,
  cc: 10_300_000,
  python3: 21_800_000,
};

/** Images with a program's libraries and nothing else: no shell, but for the tags with `debug`. */
function distroless(name: string, kind: string, tag: string, wanted: string): LookUp | undefined {
  const [, what = '', version = '12'] = kinds.exec(kind) ?? [];
  const [, plain = '', processor] = /^(.*?)(?:-(amd64|arm64))?$/.exec(tag) ?? [];
  if (!distrolessTags.includes(plain)) return undefined;
  const platform = processor === undefined ? wanted : `linux/${processor}`;
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
  return found(name, tag, platform, [layer], {
    env,
    entry,
    workdir: nonroot ? '/home/nonroot' : '/',
    user: nonroot ? '65532' : '0',
  });
}

/** uv alone (`latest`, `0.9`, …), or on top of an official Python. */
function uv(name: string, tag: string, platform: string): LookUp | undefined {
  const add = rowOf(name, tag, 'COPY uv uvx / # buildkit', 21_000_000);
  if (/^(?:latest|\d+(?:\.\d+){0,2})$/.test(tag))
    return found(name, tag, platform, [add], { env: [path], entry: ['/uv'], workdir: '/io', user: '' });
  const [, python, rest] = /^(?:[\d.]+-)?python(3\.\d+)-(.+)$/.exec(tag) ?? [];
  const below = lookUp(
    'library/python',
    python === undefined
      ? tag
      : `${python}-${/slim$/.test(rest ?? '') ? `slim-${(rest ?? '').replace(/-slim$/, '')}` : rest}`,
    platform,
  );
  if (!below.found || python === undefined) return undefined;
  const top = rowOf(name, tag, 'COPY /uv /uvx /usr/local/bin/ # buildkit', 21_000_000);
  const { image } = below;
  const history = [
    ...image.history,
    { created: image.created, createdBy: top.instruction, comment: 'buildkit.dockerfile.v0', emptyLayer: false },
  ];
  const added = {
    repository: name,
    tags: [tag],
    ...digestsOf(name, tag, platform),
  };
  return {
    found: true,
    image: { ...image, ...added, history, layers: [...image.layers, top], derived: { from: `python:${python}` } },
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
  platform: string,
  layers: readonly CatalogLayer[],
  { env, entry, workdir, user }: Description,
): LookUp {
  if (!platforms.includes(platform)) return { found: false, missing: 'platform' };
  const created = '2026-08-20T00:00:00Z';
  const image: CatalogImage = {
    repository: name,
    tags: [tag],
    ...digestsOf(name, tag, platform),
    platform,
    platforms,
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
