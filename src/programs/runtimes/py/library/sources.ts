import { argparseSource } from './argparse.ts';
import { collectionsSource } from './collections.ts';
import { contextlibSource } from './contextlib.ts';
import { dataclassesSource } from './dataclasses.ts';
import { datetimeSource } from './datetime.ts';
import { enumSource } from './enum.ts';
import { itertoolsSource } from './itertools.ts';
import { pathlibSource } from './pathlib.ts';
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

/**
 * The modules of the standard library that are written in Python here, by name. With `+` it is what a module has beside
 * its built-in functions.
 */
export const librarySources: ReadonlyMap<string, string> = new Map([
  ['abc', abcSource],
  ['argparse', argparseSource],
  ['bisect', bisectSource],
  ['configparser', configparserSource],
  ['contextlib', contextlibSource],
  ['copy', copySource],
  ['csv', csvSource],
  ['dataclasses', dataclassesSource],
  ['datetime', datetimeSource],
  ['enum', enumSource],
  ['glob', globSource],
  ['heapq', heapqSource],
  ['io', ioSource],
  ['itertools', itertoolsSource],
  ['operator', operatorSource],
  ['pathlib', pathlibSource],
  ['shlex', shlexSource],
  ['shutil', shutilSource],
  ['statistics', statisticsSource],
  ['subprocess', subprocessSource],
  ['textwrap', textwrapSource],
  ['traceback', tracebackSource],
  ['+collections', collectionsSource],
  ['+functools', functoolsSource],
  ['+os', osSource],
  ['+string', stringSource],
  ['+typing', typingSource],
]);
