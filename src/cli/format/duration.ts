import { parseDuration as readDuration } from '../../kernel/go/duration.ts';
import { ValueError } from '../flags/numbers.ts';

/** A duration as Go's time package reads it (`1h30m`, `-1.5s`), in seconds. Throws ValueError. */
export function parseDuration(text: string): number {
  const read = readDuration(text);
  if ('problem' in read) throw new ValueError(read.problem);
  return read.seconds;
}
