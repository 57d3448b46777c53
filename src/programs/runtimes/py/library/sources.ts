import { argparseSource } from './argparse.ts';
import { contextlibSource } from './contextlib.ts';
import { dataclassesSource } from './dataclasses.ts';
import { itertoolsSource } from './itertools.ts';
import { pathlibSource } from './pathlib.ts';
import { statisticsSource } from './statistics.ts';
import { subprocessSource } from './subprocess.ts';

/** The modules of the standard library that are written in Python here, by name. */
export const librarySources: ReadonlyMap<string, string> = new Map([
  ['argparse', argparseSource],
  ['contextlib', contextlibSource],
  ['dataclasses', dataclassesSource],
  ['itertools', itertoolsSource],
  ['pathlib', pathlibSource],
  ['statistics', statisticsSource],
  ['subprocess', subprocessSource],
]);
