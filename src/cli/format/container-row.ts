import type { ContainerSummary } from '../../engine/api.ts';
import { humanDuration } from '../../engine/human-duration.ts';
import { quoteGo } from '../../kernel/go/quote.ts';
import type { Us } from '../../kernel/json.ts';
import { ellipsis } from './ellipsis.ts';
import { marshalMap } from './go/json.ts';
import { anyValue, type Method, string, type Type, textValue, type Value } from './go/types.ts';
import { portList } from './ports.ts';
import { humanSize } from './size.ts';
import type { Header } from './table.ts';
import { goTime } from './timestamp.ts';

/** How rows of `docker ps` are shown. */
export interface RowOptions {
  readonly now: Us;
  /** Long ids, commands and names are cut. */
  readonly truncate: boolean;
  /** Told when a template asks for the size, which the engine counts only if it is asked to. */
  readonly sizeAsked?: () => void;
}

export const containerHeader: Header = {
  Command: 'COMMAND',
  CreatedAt: 'CREATED AT',
  ID: 'CONTAINER ID',
  Image: 'IMAGE',
  Labels: 'LABELS',
  LocalVolumes: 'LOCAL VOLUMES',
  Mounts: 'MOUNTS',
  Names: 'NAMES',
  Networks: 'NETWORKS',
  Platform: 'PLATFORM',
  Ports: 'PORTS',
  RunningFor: 'CREATED',
  Size: 'SIZE',
  State: 'STATE',
  Status: 'STATUS',
};

const columns = '{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}';

/** The format by what was asked for: the usual table, `raw`, or a template of the user's. */
export function psFormat(format: string | undefined, options: { quiet: boolean; size: boolean }): string {
  const { quiet, size } = options;
  if (format === undefined || format === '' || format === 'table') {
    return quiet ? '{{.ID}}' : `table ${columns}${size ? '\t{{.Size}}' : ''}`;
  }
  if (format !== 'raw') return quiet ? '{{.ID}}' : format;
  if (quiet) return 'container_id: {{.ID}}';
  const fields = ['container_id: {{.ID}}', 'image: {{.Image}}', 'command: {{.Command}}', 'created_at: {{.CreatedAt}}'];
  fields.push('state: {{- pad .State 1 0}}', 'status: {{- pad .Status 1 0}}', 'names: {{.Names}}');
  fields.push('labels: {{- pad .Labels 1 0}}', 'ports: {{- pad .Ports 1 0}}');
  if (size) fields.push('size: {{.Size}}');
  return `${fields.join('\n')}\n`;
}

/** A container as templates of `docker ps` see it. */
export function containerRow(container: ContainerSummary, options: RowOptions): Value {
  const fields = rowFields(container, options);
  const methods: { [name: string]: Method } = {};
  for (const [name, get] of Object.entries(fields)) methods[name] = () => get();
  methods.Label = Object.assign(
    (_self: Value, [name]: readonly Value[]) => textValue(container.Labels[String(name?.data ?? '')] ?? ''),
    { takes: [string] },
  );
  methods.MarshalJSON = () => textValue(rowJson(fields));
  const type: Type = { kind: 'struct', name: '*formatter.ContainerContext', fields: [], methods };
  return { type, data: {} };
}

type Fields = { readonly [name: string]: () => Value };

function rowFields(container: ContainerSummary, { now, truncate, sizeAsked }: RowOptions): Fields {
  const text = (value: () => string) => () => textValue(value());
  const seconds = now / 1e6;
  return {
    Command: text(() => quoteGo(truncate ? ellipsis(container.Command, 20) : container.Command)),
    CreatedAt: text(() => goTime(container.Created)),
    ID: text(() => (truncate ? container.Id.slice(0, 12) : container.Id)),
    Image: text(() => imageName(container, truncate)),
    Labels: text(() => labelList(container.Labels)),
    LocalVolumes: text(() => String(mountsOf(container).filter((mount) => mount.Driver === 'local').length)),
    Mounts: text(() =>
      mountsOf(container)
        .map((mount) => mountName(mount, truncate))
        .join(','),
    ),
    Names: text(() => nameList(container.Names, truncate)),
    Networks: text(() =>
      Object.keys(container.NetworkSettings?.Networks ?? {})
        .sort()
        .join(','),
    ),
    Platform: () => ({ type: { kind: 'pointer', elem: anyValue, name: '*v1.Platform' }, data: null }),
    Ports: text(() => portList(container.Ports)),
    RunningFor: text(() => `${humanDuration((seconds - container.Created) * 1e6)} ago`),
    Size: text(() => {
      sizeAsked?.();
      return sizeText(container);
    }),
    State: text(() => container.State),
    Status: text(() => container.Status),
  };
}

/** What `{{json .}}` prints: all fields in the order of their names; json.Marshal escapes some characters. */
function rowJson(fields: Fields): string {
  const values: { [name: string]: string | null } = {};
  for (const [name, get] of Object.entries(fields)) {
    const value = get();
    values[name] = value.data === null ? null : String(value.data);
  }
  return marshalMap(values);
}

function sizeText({ SizeRw = 0, SizeRootFs = 0 }: ContainerSummary): string {
  const own = humanSize(SizeRw, 3);
  return SizeRootFs > 0 ? `${own} (virtual ${humanSize(SizeRootFs, 3)})` : own;
}

function labelList(labels: { readonly [name: string]: string }): string {
  return Object.keys(labels ?? {})
    .sort()
    .map((name) => `${name}=${labels[name]}`)
    .join(',');
}

/** Names that links gave to a container (`/other/alias`) are left out of the short list. */
function nameList(names: readonly string[], truncate: boolean): string {
  const bare = names.map((name) => name.replace(/^\//, ''));
  return (truncate ? bare.filter((name) => !name.includes('/')) : bare).join(',');
}

function imageName({ Image, ImageID }: ContainerSummary, truncate: boolean): string {
  if (Image === '') return '<no image>';
  if (!truncate) return Image;
  const short = (id: string) => id.replace(/^sha256:/, '').slice(0, 12);
  if (short(ImageID) === short(Image)) return short(Image);
  return Image.replace(/@sha256:[0-9a-f]{64}$/, '');
}

interface Mount {
  readonly Name: string;
  readonly Source: string;
  readonly Driver: string;
}

function mountsOf(container: ContainerSummary): readonly Mount[] {
  return (container.Mounts ?? []) as unknown as readonly Mount[];
}

function mountName(mount: Mount, truncate: boolean): string {
  const name = mount.Name || mount.Source;
  return truncate ? ellipsis(name, 15) : name;
}
