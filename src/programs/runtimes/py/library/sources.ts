import { argparseSource } from './argparse.ts';
import { asyncioSource } from './asyncio.ts';
import { collectionsSource } from './collections.ts';
import { contextlibSource } from './contextlib.ts';
import { dataclassesSource } from './dataclasses.ts';
import { datetimeSource } from './datetime.ts';
import { base64Source, binasciiSource, hashlibSource, hmacSource, secretsSource, uuidSource } from './digests.ts';
import { enumSource } from './enum.ts';
import { httpServerSource } from './http-server.ts';
import { itertoolsSource } from './itertools.ts';
import { loggingSource } from './logging.ts';
import { pathlibSource } from './pathlib.ts';
import { futuresSource, queueSource } from './queues.ts';
import {
  abcSource,
  bisectSource,
  copySource,
  heapqSource,
  operatorSource,
  shlexSource,
  textwrapSource,
} from './small.ts';
import { statisticsSource } from './statistics.ts';
import { subprocessSource } from './subprocess.ts';
import {
  functoolsSource,
  globSource,
  osSource,
  shutilSource,
  stringSource,
  tracebackSource,
  typingSource,
} from './system.ts';
import { configparserSource, csvSource, ioSource } from './text-files.ts';
import { jsonSource, pprintSource, tempfileSource, typesSource, urlSource } from './text-values.ts';
import { threadingSource, waitingSource } from './threading.ts';
import { unittestSource } from './unittest.ts';

/**
 * The modules of the standard library that are written in Python here, by name. With `+` it is what a module has beside
 * its built-in functions.
 */
export const librarySources: ReadonlyMap<string, string> = new Map([
  ['abc', abcSource],
  ['argparse', argparseSource],
  ['asyncio', asyncioSource],
  ['base64', base64Source],
  ['binascii', binasciiSource],
  ['bisect', bisectSource],
  ['concurrent.futures', futuresSource],
  ['configparser', configparserSource],
  ['contextlib', contextlibSource],
  ['copy', copySource],
  ['csv', csvSource],
  ['dataclasses', dataclassesSource],
  ['datetime', datetimeSource],
  ['enum', enumSource],
  ['glob', globSource],
  ['hashlib', hashlibSource],
  ['heapq', heapqSource],
  ['hmac', hmacSource],
  ['io', ioSource],
  ['itertools', itertoolsSource],
  ['logging', loggingSource],
  ['operator', operatorSource],
  ['pathlib', pathlibSource],
  ['pprint', pprintSource],
  ['queue', queueSource],
  ['secrets', secretsSource],
  ['shlex', shlexSource],
  ['shutil', shutilSource],
  ['statistics', statisticsSource],
  ['subprocess', subprocessSource],
  ['textwrap', textwrapSource],
  ['threading', threadingSource],
  ['tempfile', tempfileSource],
  ['traceback', tracebackSource],
  ['types', typesSource],
  ['unittest', unittestSource],
  ['urllib.parse', urlSource],
  ['uuid', uuidSource],
  ['+_waiting', waitingSource],
  ['+collections', collectionsSource],
  ['+http.server', httpServerSource],
  ['+json', jsonSource],
  ['+functools', functoolsSource],
  ['+os', osSource],
  ['+string', stringSource],
  ['+typing', typingSource],
]);
