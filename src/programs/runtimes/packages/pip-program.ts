import { type ByteString, decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Json, Rec } from '../../../kernel/json.ts';
import type { Exec, Next, Program, Sys } from '../../../kernel/program.ts';
import { pip } from './pip.ts';

/** Requirements that come through a stream (`-r <(command)`, `-r /dev/stdin`) are read to the end before pip begins. */
type Collecting = {
  readonly exec: Exec;
  /** The names that are still to be read, the first of them in part. */
  readonly left: readonly string[];
  readonly part: ByteString;
  readonly texts: Rec<string>;
};

const readSize = 65_536;

/** The descriptor that a file's name stands for. */
function descriptor(file: string): number | undefined {
  if (file === '/dev/stdin') return 0;
  const [, number] = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(file) ?? [];
  return number === undefined ? undefined : Number(number);
}

function streamsOf(argv: readonly string[]): readonly string[] {
  const files = argv.flatMap((one, i) =>
    one === '-r' || one === '--requirement' ? (argv[i + 1] ?? []) : (/^--requirement=(.*)$/.exec(one)?.[1] ?? []),
  );
  return [...new Set(files)].filter((file) => descriptor(file) !== undefined);
}

function collect(state: Collecting, sys: Sys): Next<Json> {
  let { left, part, texts } = state;
  for (let [file] = left; file !== undefined; [file] = left) {
    const fd = descriptor(file) ?? 0;
    const got = sys.read(fd, readSize);
    if (got === 'again') return { state: { ...state, left, part, texts } as unknown as Json, wait: { readable: [fd] } };
    if (got !== 'eof' && !isErrno(got)) {
      part += got.bytes;
      continue;
    }
    // a descriptor that cannot be read stays a file that is not there
    if (got === 'eof') texts = { ...texts, [file]: decodeUtf8(part) };
    [left, part] = [left.slice(1), ''];
  }
  return { exit: pip(state.exec, sys, texts) };
}

/** The program `pip`. */
export const pipProgram: Program = {
  start: (exec, sys) => collect({ exec, left: streamsOf(exec.argv), part: '', texts: {} }, sys),
  step: (state, _wake, sys) => collect(state as unknown as Collecting, sys),
};
