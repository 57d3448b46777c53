import type { Json } from '../../kernel/json.ts';
import type { HistoryEntry, Image, ImageConfig } from '../../oci/image.ts';
import type { Healthcheck } from '../dockerfile/types.ts';

/** An image that a stage stands on. */
export interface BaseImage {
  /** Full reference, and its manifest's digest when the engine's image store does not have it. */
  readonly reference: string;
  readonly remote?: string;
  readonly image: Pick<Image, 'config' | 'history' | 'layers' | 'author' | 'architecture' | 'os'>;
}

/** What goes into the image besides its layers; BuildKit's `dockerspec.DockerOCIImage`. */
export interface Draft {
  config: { -readonly [K in keyof ImageConfig]: ImageConfig[K] };
  history: readonly DraftRow[];
  author: string;
}

/** A row of the history; without `created`: not settled yet. */
export type DraftRow = Omit<HistoryEntry, 'created'> & { readonly created?: string };

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
export const comment = 'buildkit.dockerfile.v0';

/** What `FROM scratch` begins with. */
export function emptyDraft(): Draft {
  return {
    config: {
      Env: [`PATH=${defaultPath}`],
      Cmd: null,
      Entrypoint: null,
      WorkingDir: '/',
      User: '',
      Labels: {},
      ExposedPorts: [],
      Volumes: [],
    },
    history: [],
    author: '',
  };
}

/** What a stage on an image begins with. */
export function draftOf({ image }: BaseImage): Draft {
  const { config, history, author = '' } = image;
  return { config: { ...config }, history, author };
}

/** The draft with another row. */
export function addRow(draft: Draft, createdBy: string, layer: boolean): void {
  draft.history = [...draft.history, { createdBy, comment, emptyLayer: !layer }];
}

/** `KEY=value` in place of an earlier one. */
export function setVariable(list: readonly string[], key: string, value: string): readonly string[] {
  const at = list.findIndex((item) => item.startsWith(`${key}=`));
  const item = `${key}=${value}`;
  return at < 0 ? [...list, item] : list.map((old, i) => (i === at ? item : old));
}

const perMicrosecond = 1000;

/** A health check as the image's configuration has it: times in nanoseconds, nothing that is 0. */
export function healthJson(health: Healthcheck): Json {
  const { test, interval = 0, timeout = 0, startPeriod = 0, startInterval = 0, retries = 0 } = health;
  const times = { Interval: interval, Timeout: timeout, StartPeriod: startPeriod, StartInterval: startInterval };
  const set = Object.entries(times).filter(([, value]) => value !== 0);
  return {
    Test: test,
    ...Object.fromEntries(set.map(([key, value]) => [key, value * perMicrosecond])),
    ...(retries === 0 ? {} : { Retries: retries }),
  };
}
