import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { messages } from '../explain/messages/messages.ts';
import { printable, wrap } from '../explain/width.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import { second } from '../kernel/json.ts';
import { type Item, parseScript, ScriptError } from '../scenario/script.ts';
import { plainWords } from '../scenario/words.ts';
import type { Session } from '../session/store.ts';
import { openFresh, passTime, runDocker, runShell } from './commands.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';
import { pace } from './pace.ts';
import { packedText } from './packed-files.ts';
import { say } from './say.ts';
import { style } from './style.ts';
import { terminalFds, terminalSize } from './terminal.ts';

/** The session that scripts are played in: always begun anew, apart from what the person works on. */
export const playSession = 'scenario';

/** What a person takes to type the next line, µs. */
const typing = 2 * second;

/**
 * Plays a script of commands and remarks on a fresh machine: on a terminal at a pace that can be read along, else at once.
 * Returns 0 when it was played to its end, whatever its commands returned; 1 when it cannot be read; 130 when it was stopped.
 */
export async function playScript(path: string, options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const items = readScript(path, options);
  if (!items) return 1;
  const session = await openFresh(playSession, env);
  const onTerminal = terminalFds().includes(0) && terminalFds().includes(1);
  const { bold, dim } = await style(options, 1);
  const place = { session, folder: dirname(resolve(path)) };
  const width = onTerminal ? Math.min(terminalSize().cols, 100) : 80;
  for (const item of items) {
    if (item.kind === 'remark') {
      const lines = wrap(printable(item.text), width - 2).map((line) => `${dim('#')} ${bold(line)}`);
      print(1, encodeUtf8(`\n${lines.join('\n')}\n`));
      if (onTerminal && (await pace(item.text.length, options)) === 'stop') return 130;
      continue;
    }
    print(1, encodeUtf8(`${dim('$')} ${printable(item.line)}\n`));
    const status = await playLine(item.line, options, env, place);
    await passTime(session, typing); // a server that was started has come up by the time that a person goes on
    if (status === 130 && onTerminal) return 130;
  }
  say(['', messages(options.lang).scenario.over({ session: playSession })]);
  return 0;
}

/** One command: docker's and drydock's own as if typed on the terminal, so that they see real files; others by the shell. */
function playLine(
  line: string,
  options: Options,
  env: NodeJS.ProcessEnv,
  place: { readonly session: Session; readonly folder: string },
): Promise<number> {
  const words = plainWords(line);
  if (words?.[0] === 'docker') return runDocker({ ...options, args: words.slice(1) }, env, place);
  const verb = /(?:^|[|;&(]\s*)(?:docker\s+(\S+)|(vm\s+\S+))/.exec(line);
  const explained = verb?.[1] ?? verb?.[2];
  return runShell(['-c', line], options, env, { ...place, ...(explained === undefined ? {} : { verb: explained }) });
}

function readScript(path: string, options: Options): readonly Item[] | undefined {
  const texts = messages(options.lang).scenario;
  try {
    const packed = packedText(path);
    if (packed !== undefined) return parseScript(packed, options.lang);
    if (!statSync(path).isFile()) throw new ScriptError('binary', 1);
    return parseScript(readFileSync(path, 'utf8'), options.lang);
  } catch (error) {
    if (error instanceof ScriptError) {
      say([`drydock: ${texts.wrong[error.code]({ file: basename(path), line: error.line })}`]);
      return undefined;
    }
    say([`drydock: ${texts.unreadable({ file: path })}`]);
    return undefined;
  }
}
