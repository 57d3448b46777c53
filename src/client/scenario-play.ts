import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { messages } from '../explain/messages/messages.ts';
import { printable, wrap } from '../explain/width.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import { type Item, parseScript, ScriptError } from '../scenario/script.ts';
import { plainWords } from '../scenario/words.ts';
import { newSession } from '../session/sessions.ts';
import { openSession, type Session } from '../session/store.ts';
import { wallClock } from './clock.ts';
import { dataHome, runDocker, runShell } from './commands.ts';
import { firstWorld } from './first-world.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';
import { pace } from './pace.ts';
import { say } from './say.ts';
import { installedSoftware } from './software.ts';
import { style } from './style.ts';
import { terminalFds, terminalSize } from './terminal.ts';

/** The session that scripts are played in: always begun anew, apart from what the person works on. */
export const playSession = 'scenario';

/**
 * Plays a script of commands and remarks on a fresh machine: on a terminal at a pace that can be read along, else at once.
 * Returns 0 when it was played to its end, whatever its commands returned; 1 when it cannot be read; 130 when it was stopped.
 */
export async function playScript(path: string, options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const items = readScript(path, options);
  if (!items) return 1;
  const session = await freshSession(env);
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
  return runShell(['-c', line], options, env, place);
}

function readScript(path: string, options: Options): readonly Item[] | undefined {
  const texts = messages(options.lang).scenario;
  try {
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

async function freshSession(env: NodeJS.ProcessEnv): Promise<Session> {
  const home = dataHome(env);
  const software = installedSoftware();
  try {
    newSession(home, playSession);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'session-exists')) throw error;
  }
  const session = openSession(home, playSession, {
    create: () => firstWorld(software, wallClock(), `${process.pid}-${Date.now()}`),
  });
  await session.transact((turn) => ({ world: turn.reset('drydock scenario play'), result: undefined }));
  return session;
}
