import type { ImageHistoryRow } from '../../../engine/api.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { call, inPath } from '../../client.ts';
import { exactly } from '../../flags/arity.ts';
import { boolFlag, textFlag } from '../../flags/parse.ts';
import { historyFormat, historyHeader, historyRow } from '../../format/history-row.ts';
import { listFormat, listLines } from '../../format/table.ts';
import { done, type Verb } from '../../verb.ts';

/** docker history: how an image was made. */
export const history: Verb = {
  names: ['history', 'image history'],
  usage: '[OPTIONS] IMAGE',
  flags: 'format:string human,H no-trunc quiet,q',
  arity: exactly(1),
  run(client, flags, [image = '']) {
    const path = `/images/${inPath(image)}/history`;
    const found = call(client, { method: 'GET', path }) as unknown as readonly ImageHistoryRow[];
    const human = boolFlag(flags, 'human', true);
    const options = { now: client.sys.now, human, truncate: !boolFlag(flags, 'no-trunc') };
    const format = listFormat(historyFormat(textFlag(flags, 'format'), { quiet: boolFlag(flags, 'quiet'), human }));
    const rows = found.map((row) => historyRow(row, options));
    client.output.push([1, encodeUtf8(listLines(format, historyHeader, rows))]);
    return done;
  },
};
