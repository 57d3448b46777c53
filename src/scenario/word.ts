import { learner } from '../host/linux.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import { isErrno } from '../kernel/errno.ts';
import type { Json, Rec } from '../kernel/json.ts';
import type { Machine, Service, Software } from '../kernel/machine.ts';
import type { Next, Program, Sys } from '../kernel/program.ts';
import type { Step } from '../kernel/trace.ts';
import { wordFolder } from '../shell/word.ts';

/** The words of a lesson, and the one key that stands for each. */
export const lessonKeys = {
  n: 'next',
  h: 'hint',
  c: 'check',
  s: 'solve',
  l: 'list',
  w: 'why',
  x: 'reset',
  q: 'quit',
} as const;

export type LessonWord = (typeof lessonKeys)[keyof typeof lessonKeys];

/** What can be typed in a lesson besides commands; digits answer a question. */
export const lessonWords: readonly string[] = [
  ...Object.keys(lessonKeys),
  ...Object.values(lessonKeys),
  ...['1', '2', '3', '4', '5'],
];

/** The word that was meant: itself, or what its key stands for. */
export function wordOf(typed: string): string {
  return Object.hasOwn(lessonKeys, typed) ? lessonKeys[typed as keyof typeof lessonKeys] : typed;
}

/** The name of the program that these words run, and of the service that it asks. */
export const wordProgram = 'lesson';

/** What is said for a word; `run`: commands that are run then; `leave`: the shell is to end. */
export interface Said {
  readonly text: string;
  readonly run?: readonly string[];
  readonly leave?: boolean;
}

/** The software of a machine on which a lesson takes place; `say` answers the words. */
export function withLesson(software: Software, say: (word: string, m: Machine) => Said): Software {
  const service: Service = {
    stateless: true,
    request: (m, _pid, message) => ({ reply: say(String(message), m) as unknown as Json }),
  };
  return {
    ...software,
    programs: { get: (name) => (name === wordProgram ? program : software.programs.get(name)) },
    services: new Map([...software.services, [wordProgram, service]]),
  };
}

const program: Program = {
  start({ argv, env }, sys) {
    const [path = ''] = argv;
    const answer = sys.request(wordProgram, path.slice(path.lastIndexOf('/') + 1));
    if (isErrno(answer) || !('reply' in answer)) return { exit: 1 };
    const said = answer.reply as unknown as Said;
    sys.write(1, encodeUtf8(said.text));
    if (said.leave) sys.kill(sys.ppid, 'SIGHUP');
    return said.run ? perform(said.run, env, sys) : { exit: 0 };
  },
  step: () => ({ exit: 0 }),
};

/** What the shell that shows a solution begins each command with. */
const shows = "printf '%s\\n' ";

/** Steps without the executions of the words themselves, and of the shell that `solve` becomes. */
export function withoutWords(steps: readonly Step[]): readonly Step[] {
  return steps.filter(({ action, data }) => {
    if (action !== 'execve') return true;
    const { path: file, argv } = data as { readonly path: string; readonly argv: readonly string[] };
    const isWord = file.startsWith(`${wordFolder}/`) && lessonWords.includes(file.slice(wordFolder.length + 1));
    return !isWord && !(argv[0] === 'sh' && argv[1] === '-c' && argv[2]?.startsWith(shows));
  });
}

/** The environment that solutions run in, but for the home folder and the language. */
export const solutionEnv = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  USER: learner.name,
} as const;

/** Becomes a shell that shows each command and runs it. */
function perform(
  commands: readonly string[],
  { HOME = learner.home, DRYDOCK_LANG }: Rec<string>,
  sys: Sys,
): Next<Json> {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const script = commands.map((command) => `${shows}${quoted(`$ ${command}`)}\n${command}`).join('\n');
  const env = { ...solutionEnv, HOME, ...(DRYDOCK_LANG === undefined ? {} : { DRYDOCK_LANG }) };
  const replaced = sys.exec({ path: '/usr/bin/sh', argv: ['sh', '-c', script], env });
  return isErrno(replaced) ? { exit: 126 } : replaced;
}
