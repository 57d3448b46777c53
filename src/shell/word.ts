import { encodeUtf8 } from '../kernel/bytes.ts';
import { isErrno } from '../kernel/errno.ts';
import type { Json } from '../kernel/json.ts';
import type { Machine, Service } from '../kernel/machine.ts';
import type { Exec, Program } from '../kernel/program.ts';

/** What can be typed in the classroom shell beside the programs of its host. */
export const words = [
  'why',
  'undo',
  'redo',
  'reset',
  'layers',
  'net',
  'processes',
  'disk',
  'compare',
  'cache',
  'explain',
  'scenario',
  'tour',
  'help',
  'edit',
  'drydock',
] as const;

export type Word = (typeof words)[number];

/** Is it a word that `drydock NAME` means too? (`help` is docker's there, the others are the classroom's alone.) */
export function isWord(name: string): boolean {
  return (words as readonly string[]).includes(name) && !['help', 'edit', 'drydock'].includes(name);
}

/** Where the words are commands. */
export const wordFolder = '/usr/local/bin';

/** Is this program one of the classroom's words? */
export function isClassroomWord(path: string): boolean {
  const name = path.slice(wordFolder.length + 1);
  return path === `${wordFolder}/${name}` && (words as readonly string[]).includes(name);
}

/** The program that the words run, and the service that it asks. */
export const wordProgram = 'classroom';

/** A word as it was typed. */
export interface Typed {
  /** The word first, then its arguments. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Its output is a terminal. */
  readonly tty: boolean;
}

/** The answer to a word: what is printed, and the status; or the program that takes its place. */
export type Answer =
  | { readonly text: string; readonly error?: string; readonly status: number }
  | { readonly become: Pick<Exec, 'path' | 'argv'> };

/** The service that the words ask. */
export function wordService(answer: (typed: Typed, m: Machine, pid: number) => Answer): Service {
  return {
    stateless: true,
    request: (m, pid, message) => ({ reply: answer(message as unknown as Typed, m, pid) as unknown as Json }),
  };
}

/** The program behind every word. */
export const wordRunner: Program = {
  start({ argv, env }, sys) {
    const [path = '', ...rest] = argv;
    const typed: Typed = { argv: [path.slice(path.lastIndexOf('/') + 1), ...rest], cwd: sys.cwd(), tty: sys.isatty(1) };
    const reply = sys.request(wordProgram, typed as unknown as Json);
    if (isErrno(reply) || !('reply' in reply)) {
      sys.write(2, encodeUtf8(`${typed.argv[0]}: only in the classroom shell (drydock shell)\n`));
      return { exit: 1 };
    }
    const answer = reply.reply as unknown as Answer;
    if ('become' in answer) {
      const replaced = sys.exec({ ...answer.become, env });
      if (!isErrno(replaced)) return replaced;
      sys.write(2, encodeUtf8(`${answer.become.path}: command not found\n`));
      return { exit: 127 };
    }
    if (answer.error) sys.write(2, encodeUtf8(answer.error));
    return finish(answer.status, encodeUtf8(answer.text), sys);
  },
  step(state, _wake, sys) {
    const { status, left } = state as { readonly status: number; readonly left: string };
    return finish(status, left, sys);
  },
};

/** Writes what the output takes; waits for room for the rest. */
function finish(status: number, bytes: string, sys: Parameters<Program['start']>[1]): ReturnType<Program['start']> {
  let left = bytes;
  while (left !== '') {
    const taken = sys.write(1, left);
    if (taken === 'again') return { state: { status, left }, wait: { writable: [1] } };
    if (isErrno(taken)) return { exit: 1 };
    left = left.slice(taken);
  }
  return { exit: status };
}
