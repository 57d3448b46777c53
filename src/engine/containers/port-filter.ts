import type { Machine } from '../../kernel/machine.ts';
import { EngineError } from '../errors.ts';
import { listPorts } from '../ports.ts';
import { type Container, taskOf } from '../state.ts';

/**
 * What the filters `publish` and `expose` of the list of containers let through: `PORT[-PORT][/PROTOCOL]`, the host's
 * ports and the container's. A container that does not run has neither; with both filters one of them is enough.
 */
export function portTest(
  m: Machine,
  publish: readonly string[],
  expose: readonly string[],
): (container: Container) => boolean {
  const wanted = [
    ...publish.map((text) => ({ ...range('publish', text), host: true })),
    ...expose.map((text) => ({ ...range('expose', text), host: false })),
  ];
  return (container) =>
    listPorts(container, taskOf(m, container.id)).some(({ PrivatePort, PublicPort, Type }) =>
      wanted.some(({ from, to, proto, host }) => {
        const port = host ? (PublicPort ?? -1) : PrivatePort;
        return Type === proto && port >= from && port <= to;
      }),
    );
}

function range(key: string, text: string): { readonly from: number; readonly to: number; readonly proto: string } {
  const refuse = (message: string): EngineError => new EngineError('bad-parameter', 400, message);
  if (text.includes(':')) throw refuse(`filter for '${key}' should not contain ':': ${text}`);
  const wrong = (why: string): EngineError => refuse(`error while looking up for ${key} ${text}: ${why}`);
  const [ports = '', proto = 'tcp'] = text.split('/');
  if (ports === '') throw wrong('Empty string specified for ports.');
  const [from = 0, to = from] = ports.split('-').map((part) => {
    const why = /^\d+$/.test(part) ? (Number(part) > 65_535 ? 'value out of range' : '') : 'invalid syntax';
    if (why !== '') throw wrong(`strconv.ParseUint: parsing ${JSON.stringify(part)}: ${why}`);
    return Number(part);
  });
  if (to < from) throw wrong(`Invalid range specified for the Port: ${ports}`);
  return { from, to, proto: proto || 'tcp' };
}
