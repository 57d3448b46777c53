import { messages } from '../explain/messages/messages.ts';
import type { Options } from './options.ts';

/** Milliseconds for reading: a moment, and then as fast as most people read. */
const pause = { least: 1500, most: 15_000, each: 45 };

/**
 * Waits on a terminal until a text of so many characters has been read, or a key is pressed. `stop`: Ctrl-C, Ctrl-D or q.
 * A spinner shows that it goes on by itself; with --plain there is none.
 */
export async function pace(characters: number, options: Options): Promise<'go' | 'stop'> {
  const time = Math.min(pause.most, pause.least + characters * pause.each);
  const text = messages(options.lang).scenario.pace;
  const { default: ora } = await import('ora');
  const still = options.plain || !options.colour;
  const spinner = still ? undefined : ora({ text, stream: process.stderr, discardStdin: false }).start();
  const key = await nextKey(time);
  spinner?.stop();
  return key;
}

function nextKey(time: number): Promise<'go' | 'stop'> {
  const { stdin } = process;
  return new Promise((done) => {
    const finish = (how: 'go' | 'stop') => {
      clearTimeout(timer);
      stdin.removeListener('data', pressed);
      stdin.removeListener('end', closed);
      stdin.setRawMode(false);
      stdin.pause();
      done(how);
    };
    const pressed = (chunk: Buffer) => finish(/[\x03\x04q]/.test(chunk.toString('latin1')) ? 'stop' : 'go');
    const closed = () => finish('stop');
    const timer = setTimeout(() => finish('go'), time);
    stdin.setRawMode(true);
    stdin.on('data', pressed);
    stdin.on('end', closed);
    stdin.resume();
  });
}
