import { type Method, string, textValue, type Value } from './go/types.ts';
import { listRow, type RowFields } from './row.ts';
import { goMoment } from './timestamp.ts';

/** A network as the engine lists it. */
export interface Listed {
  readonly Name: string;
  readonly Id: string;
  readonly Created: string;
  readonly Scope: string;
  readonly Driver: string;
  readonly EnableIPv4: boolean;
  readonly EnableIPv6: boolean;
  readonly Internal: boolean;
  readonly Labels: { readonly [name: string]: string } | null;
}

export const networkHeader = {
  CreatedAt: 'CREATED AT',
  Driver: 'DRIVER',
  ID: 'NETWORK ID',
  IPv4: 'IPV4',
  IPv6: 'IPV6',
  Internal: 'INTERNAL',
  Labels: 'LABELS',
  Name: 'NAME',
  Scope: 'SCOPE',
};

/** The format by what was asked for: the usual table, `raw`, or a template of the user's. */
export function networksFormat(format: string | undefined, quiet: boolean): string {
  if (format === undefined || format === '' || format === 'table') {
    return quiet ? '{{.ID}}' : 'table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}';
  }
  if (format !== 'raw') return format;
  return quiet
    ? 'network_id: {{.ID}}'
    : 'network_id: {{.ID}}\nname: {{.Name}}\ndriver: {{.Driver}}\nscope: {{.Scope}}\n';
}

/** A network as templates of `docker network ls` see it. */
export function networkRow(network: Listed, truncate: boolean): Value {
  const labels = network.Labels ?? {};
  const fields: RowFields = {
    CreatedAt: () => goMoment(network.Created),
    Driver: () => network.Driver,
    ID: () => (truncate ? network.Id.slice(0, 12) : network.Id),
    IPv4: () => String(network.EnableIPv4),
    IPv6: () => String(network.EnableIPv6),
    Internal: () => String(network.Internal),
    Labels: () =>
      Object.keys(labels)
        .sort()
        .map((name) => `${name}=${labels[name]}`)
        .join(','),
    Name: () => network.Name,
    Scope: () => network.Scope,
  };
  const row = listRow('*network.networkContext', fields);
  const label: Method = Object.assign(
    (_self: Value, [name]: readonly Value[]) => textValue(labels[String(name?.data ?? '')] ?? ''),
    { takes: [string] },
  );
  const methods = row.type.kind === 'struct' ? row.type.methods : {};
  return { ...row, type: { ...row.type, methods: { ...methods, Label: label } } as Value['type'] };
}
