import type { Us } from '../../kernel/json.ts';
import type { Program } from '../../kernel/program.ts';
import { buffered } from './buffered.ts';
import type { StartIo, Style } from './io.ts';

/** A program that only lets time pass: `begin` returns until when, or `'forever'`, or an exit status at once. */
export function sleeper(style: Style, begin: (io: StartIo) => { readonly until: Us | 'forever' } | number): Program {
  const wait = (until: Us | 'forever') => ({ state: until, wait: until === 'forever' ? {} : { until } });
  return buffered<Us | 'forever'>(style, {
    start: (io) => {
      const result = begin(io);
      return typeof result === 'number' ? { exit: result } : wait(result.until);
    },
    step: (until, _wake, io) => (until !== 'forever' && io.sys.now >= until ? { exit: 0 } : wait(until)),
  });
}
