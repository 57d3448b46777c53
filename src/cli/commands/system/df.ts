import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Us } from '../../../kernel/json.ts';
import { call } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { noArgs } from '../../flags/arity.ts';
import { boolFlag, textFlag } from '../../flags/parse.ts';
import { containerHeader, containerRow } from '../../format/container-row.ts';
import {
  cacheHeader,
  cacheRow,
  cacheSize,
  type DiskUsage,
  usageHeader,
  usageRows,
  usedVolumeRow,
  verboseUsage,
} from '../../format/disk-usage.ts';
import type { Value } from '../../format/go/types.ts';
import { imageHeader, imageRows } from '../../format/image-row.ts';
import { humanSize } from '../../format/size.ts';
import { type Header, listFormat, listLines } from '../../format/table.ts';
import { TemplateError } from '../../format/template/error.ts';
import { render } from '../../format/template/template.ts';
import { done, type Verb } from '../../verb.ts';

const usualTable = 'table {{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}';
const rawRow = 'type: {{.Type}}\ntotal: {{.TotalCount}}\nactive: {{.Active}}\nsize: {{.Size}}\n';

/** docker system df: what takes space on the engine's disk. */
export const systemDf: Verb = {
  names: ['system df'],
  usage: '[OPTIONS]',
  flags: 'format:string verbose,v',
  arity: noArgs,
  run(client, flags) {
    const format = textFlag(flags, 'format') ?? '';
    const usage = call(client, { method: 'GET', path: '/system/df' }) as unknown as DiskUsage;
    const text = boolFlag(flags, 'verbose')
      ? verboseText(usage, format, client.sys.now)
      : listLines(listFormat(formatOf(format)), usageHeader, usageRows(usage));
    client.output.push([1, encodeUtf8(text)]);
    return done;
  },
};

function formatOf(format: string): string {
  if (format === '' || format === 'table') return usualTable;
  return format === 'raw' ? `${rawRow}reclaimable: {{.Reclaimable}}\n` : format;
}

/** Four tables, or what a template makes of them: then nothing is added to it, not even a new line. */
function verboseText(usage: DiskUsage, format: string, now: Us): string {
  if (format === 'raw') throw new CliError("drydock: 'docker system df -v --format raw' is not simulated");
  const tables = format === '' || format === 'table';
  const lists = rowsOf(usage, now, tables);
  if (tables) return tablesText(lists, cacheSize(usage.BuildCache));
  const { template } = listFormat(format);
  try {
    return render(template, verboseUsage(lists));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new CliError(error.message);
  }
}

type Lists = { readonly [list in 'Images' | 'Containers' | 'Volumes' | 'BuildCache']: readonly Value[] };

function rowsOf({ BuildCache, Containers, Images, Volumes }: DiskUsage, now: Us, truncate: boolean): Lists {
  const options = { now, truncate };
  return {
    Images: Images.flatMap((image) => imageRows(image, { ...options, digests: false })),
    // how large it is with its image is not said here
    Containers: Containers.map(({ SizeRootFs: _, ...container }) => containerRow(container, options)),
    Volumes: Volumes.map(usedVolumeRow),
    BuildCache: BuildCache.map((use) => cacheRow(use, options)),
  };
}

const volumeHeader: Header = { Links: 'LINKS', Name: 'VOLUME NAME', Size: 'SIZE' };
const columns = {
  Images:
    '{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}\t{{.SharedSize}}\t{{.UniqueSize}}\t{{.Containers}}',
  Containers:
    '{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t{{.Status}}\t{{.Names}}',
  Volumes: '{{.Name}}\t{{.Links}}\t{{.Size}}',
  BuildCache: '{{.ID}}\t{{.CacheType}}\t{{.Size}}\t{{.CreatedSince}}\t{{.LastUsedSince}}\t{{.UsageCount}}\t{{.Shared}}',
} as const;

function tablesText(lists: Lists, cache: number): string {
  const table = (list: keyof Lists, header: Header) =>
    listLines(listFormat(`table ${columns[list]}`), header, lists[list]);
  return [
    `Images space usage:\n\n${table('Images', imageHeader)}`,
    `Containers space usage:\n\n${table('Containers', containerHeader)}`,
    `Local Volumes space usage:\n\n${table('Volumes', volumeHeader)}`,
    `Build cache usage: ${humanSize(cache)}\n\n${table('BuildCache', cacheHeader)}`,
  ].join('\n');
}
