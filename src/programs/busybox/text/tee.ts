import { isErrno, strerror } from '../../../kernel/errno.ts';
import { filter } from '../../makers/filter.ts';
import type { Applet } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';

const line = { usage: '[-ai] [FILE]...', short: 'ai', long: ['append=a', 'ignore-interrupts=i'] };

type State = { readonly files: readonly { readonly name: string; readonly fd: number }[]; readonly status: number };

/** `tee`: standard input to standard output and to files. */
export const tee: Applet = (style) =>
  filter<State>(style, {
    begin(io) {
      const options = parseOptions(io, line);
      if (typeof options === 'number') return options;
      if (options.has('i')) io.sys.onSignal('SIGINT', 'ignore');
      const append = options.has('a');
      let status = 0;
      const files = options.operands.flatMap((name) => {
        const fd = io.sys.fs.open(name, { write: true, create: true, append, truncate: !append }, 0o666);
        if (!isErrno(fd)) return [{ name, fd }];
        status = complain(io, `${name}: ${strerror(fd)}`);
        return [];
      });
      return { state: { files, status }, inputs: [] };
    },
    chunk(state, bytes, io) {
      io.out(bytes);
      let { status } = state;
      const files = state.files.filter(({ name, fd }) => {
        const written = io.sys.write(fd, bytes);
        if (!isErrno(written)) return true;
        status = complain(io, `${name}: ${strerror(written)}`);
        return false;
      });
      return { files, status };
    },
    end: (state) => state.status,
  });
