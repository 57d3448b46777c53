import { encodeUtf8 } from '../../kernel/bytes.ts';
import { call, inPath } from '../client.ts';
import { atLeast, noArgs } from '../flags/arity.ts';
import { filterJson } from '../flags/filters.ts';
import { boolFlag, listFlag, textFlag } from '../flags/parse.ts';
import { type Header, listFormat, listLines } from '../format/table.ts';
import { done, type Verb } from '../verb.ts';
import { inspectAll } from './inspector.ts';

const header: Header = {
  Description: 'DESCRIPTION',
  Enabled: 'ENABLED',
  ID: 'ID',
  Name: 'NAME',
  PluginReference: 'PLUGIN REFERENCE',
};
const table = 'table {{.ID}}\t{{.Name}}\t{{.Description}}\t{{.Enabled}}';

/** docker plugin ls: what extends the engine. Nothing does here, so the list is empty. */
export const pluginLs: Verb = {
  names: ['plugin ls', 'plugin list'],
  usage: '[OPTIONS]',
  flags: 'filter,f:filter format:string no-trunc quiet,q',
  arity: noArgs,
  run(client, flags) {
    const given = textFlag(flags, 'format') ?? '';
    const usual = given === '' || given === 'table';
    const format = listFormat(usual ? (boolFlag(flags, 'quiet') ? '{{.ID}}' : table) : given);
    const filters = filterJson(listFlag(flags, 'filter'));
    call(client, { method: 'GET', path: '/plugins', ...(filters === undefined ? {} : { query: { filters } }) });
    client.output.push([1, encodeUtf8(listLines(format, header, []))]);
    return done;
  },
};

/** docker plugin inspect. */
export const pluginInspect: Verb = {
  names: ['plugin inspect'],
  usage: '[OPTIONS] PLUGIN [PLUGIN...]',
  flags: 'format,f:string',
  arity: atLeast(1),
  run(client, flags, names) {
    return inspectAll(client, textFlag(flags, 'format'), names, (name) => ({
      data: call(client, { method: 'GET', path: `/plugins/${inPath(name)}/json` }),
    }));
  },
};
