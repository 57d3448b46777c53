import { messages } from '../explain/messages/messages.ts';
import type { Level } from '../explain/narrate.ts';
import { pad, printable, wrap } from '../explain/width.ts';
import { engineOf } from '../host/engine-host.ts';
import type { Machine } from '../kernel/machine.ts';
import type { Step } from '../kernel/trace.ts';
import type { Turn } from '../session/turn.ts';
import { ownVerbs } from '../shell/own-verbs.ts';
import { shellTexts } from '../shell/texts/texts.ts';
import { type Answer, isWord, type Typed } from '../shell/word.ts';
import { cacheLines } from './cache-verbs.ts';
import {
  comparedLines,
  counterpartLines,
  type Look,
  layersLines,
  pictureLines,
  rehearseCommand,
  wholeStory,
} from './classroom-machine.ts';
import { cannotCompare } from './compare-verbs.ts';
import type { LessonRoom } from './lesson-room.ts';
import type { Options } from './options.ts';
import { ownScenarios } from './scenario-files.ts';
import { scenarioLines } from './scenario-list.ts';

/** What the words can ask of the classroom shell. */
export interface Classroom {
  readonly options: Options;
  readonly env: NodeJS.ProcessEnv;
  readonly history: Turn;
  /** The lesson that it has, if any. */
  readonly lesson?: LessonRoom;
  /** How something is laid out on its terminal, or for a pipe. */
  look(tty: boolean): Look;
  setLevel(level: Level): void;
  /** The world is to change when the line is over. */
  travel(where: 'undo' | 'redo' | 'reset'): void;
  /** A command of drydock's own is to have the terminal when the line is over. */
  leaveTo(args: readonly string[]): void;
}

const text = (lines: readonly string[]): Answer => ({ text: lines.map((line) => `${line}\n`).join(''), status: 0 });
const refuse = (line: string): Answer => ({ text: '', error: `${line}\n`, status: 2 });

/** Answers a word that was typed; on a terminal, in lines that fit. */
export function answerWord(typed: Typed, m: Machine, room: Classroom): Answer {
  const answer = answerOf(typed, m, room);
  if (!typed.tty || !('error' in answer) || !answer.error) return answer;
  const lines = wrap(answer.error.trimEnd(), room.look(true).width);
  return { ...answer, error: lines.map((line) => `${line}\n`).join('') };
}

function answerOf({ argv, tty }: Typed, m: Machine, room: Classroom): Answer {
  const [word = '', ...args] = argv;
  const texts = shellTexts(room.options.lang);
  const look = room.look(tty);
  switch (word) {
    case 'undo':
    case 'redo':
    case 'reset':
      room.travel(word);
      return text([]);
    case 'why':
      return why(room, look);
    case 'explain':
      return explain(args, m, room, look);
    case 'layers':
      if (args[0] === undefined) return refuse(texts.layersUsage);
      return onEngine(m, room, (engine) => layers(args[0] ?? '', engine, look));
    case 'net':
    case 'processes':
    case 'disk':
      return onEngine(m, room, (engine) => text(pictureLines(word, engine, look)));
    case 'compare':
      return compareWork(args, room, look);
    case 'cache':
      return onEngine(m, room, (engine) =>
        text(cacheLines(engine, args.slice(args[0] === 'why' ? 1 : 0).join(' '), look)),
      );
    case 'scenario':
    case 'tour':
      if (room.lesson && isLesson(argv)) return refuse(texts.otherLesson);
      if (isUnknown(argv)) return refuse(texts.noScenario({ name: printable(argv[2] ?? '') }));
      if (isList(argv)) return text(scenarioLines({ ...look, width: tty ? look.width : 80 }, room.options, room.env));
      if (!isInside(argv)) return refuse(texts.notHere({ command: argv.slice(0, 2).join(' ') }));
      room.leaveTo(argv);
      return text([]);
    case 'help':
      return text([...helpLines(room.options, look), ...(room.lesson ? [room.lesson.help().trimEnd()] : [])]);
    case 'edit':
      return args[0] === undefined
        ? refuse(texts.editUsage)
        : { become: { path: '/usr/bin/nano', argv: ['nano', ...args] } };
    default:
      return drydock(args, { argv: args, tty, cwd: '' }, m, room);
  }
}

/** What the engine that docker asks here has to show, if there is one. */
function onEngine(m: Machine, room: Classroom, show: (engine: Machine) => Answer): Answer {
  const engine = engineOf(m);
  return engine ? show(engine) : refuse(messages(room.options.lang).hosts.noEngine({ name: m.hostId }));
}

const lessonVerbs = /^(?:run|play|check|hint|solve|reset)$/;

/** Lessons that come with drydock only: nobody gets at files of the real computer from in here. */
function isInside([word, verb, name, ...rest]: readonly string[]): boolean {
  if (word === 'tour') return verb === undefined;
  return lessonVerbs.test(verb ?? '') && rest.length === 0 && (name === undefined || ownScenarios().includes(name));
}

function isList([word, verb = 'list', ...rest]: readonly string[]): boolean {
  return word === 'scenario' && /^(?:list|ls)$/.test(verb) && rest.length === 0;
}

function isUnknown([word, verb = '', name, ...rest]: readonly string[]): boolean {
  if (word !== 'scenario' || name === undefined || rest.length > 0) return false;
  return lessonVerbs.test(verb) && !ownScenarios().includes(name);
}

/** Another lesson in the middle of one would be in its way. */
function isLesson(argv: readonly string[]): boolean {
  return argv[0] === 'tour' || !isList(argv);
}

/** `drydock …` as one would type it outside: its words are words here, all else is docker's. */
function drydock(args: readonly string[], typed: Typed, m: Machine, room: Classroom): Answer {
  const [word] = args;
  if (word === undefined) return answerWord({ ...typed, argv: ['help'] }, m, room);
  if (word === 'vm' && args[1] === 'shell') {
    room.leaveTo(args); // a terminal of its own, in the guest
    return text([]);
  }
  if (word === 'vm' && args.length === 1) {
    const lines = counterpart(room, room.look(typed.tty));
    if (lines) return text(lines);
  }
  if (word === 'vm') return { become: { path: '/usr/local/bin/vm', argv: args } };
  if (word === 'host' && args[1] !== 'use') {
    room.leaveTo(args);
    return text([]);
  }
  if (word === 'vagrant' || word === 'VBoxManage') return { become: { path: `/usr/bin/${word}`, argv: args } };
  if (isWord(word)) return answerWord(typed, m, room);
  if (Object.hasOwn(ownVerbs, word)) return refuse(shellTexts(room.options.lang).notHere({ command: word }));
  return { become: { path: '/usr/bin/docker', argv: ['docker', ...args] } };
}

/** `compare nginx [--bars|--json]`. */
function compareWork(args: readonly string[], { options }: Classroom, look: Look): Answer {
  const [name = ''] = args.filter((word) => !word.startsWith('-'));
  const lines = comparedLines(name, { bars: args.includes('--bars'), json: args.includes('--json') }, look);
  return lines ? text(lines) : { text: '', error: `compare: ${cannotCompare(name, options)}\n`, status: 1 };
}

/** The last command on a virtual machine; undefined when it has no counterpart there. */
function counterpart({ history }: Classroom, look: Look): readonly string[] | undefined {
  const found = history.trace();
  return found && counterpartLines(found.trace as unknown as readonly Step[], found.step.label, look);
}

function why(room: Classroom, look: Look): Answer {
  const texts = messages(room.options.lang);
  const found = room.history.trace();
  if (!found) return { text: '', error: `${texts.whyNothing}\n`, status: 1 };
  const { label } = found.step;
  const steps = found.trace as unknown as readonly Step[];
  return text([texts.whyHeading({ command: label }), ...wholeStory(steps, label, look)]);
}

function explain(args: readonly string[], m: Machine, room: Classroom, look: Look): Answer {
  const texts = shellTexts(room.options.lang);
  const [first, ...more] = args[0] === '--' ? args.slice(1) : args;
  if ((first === 'off' || first === 'brief' || first === 'full') && more.length === 0) {
    room.setLevel(first);
    return text([texts.level[first]]);
  }
  const words = first === undefined || first === 'docker' || first === 'drydock' ? more : [first, ...more];
  if (words.length === 0) return refuse(texts.explainUsage);
  const own = messages(room.options.lang);
  const { steps, printed, status } = rehearseCommand(m, words, room.env);
  const command = ['docker', ...words].join(' ');
  const failed = status !== undefined && status !== 0 && !steps.some(({ action }) => action === 'container-exit');
  return text([
    own.explainHeading({ command }),
    ...wholeStory(steps, command, look, failed ? { message: printed.replaceAll('\r', '') } : undefined),
    status === undefined ? own.explainOpen : own.explainStatus({ status }),
  ]);
}

function layers(image: string, m: Machine, look: Look): Answer {
  try {
    return text(layersLines(image, m, look));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'EngineError')) throw error;
    return { text: '', error: `layers: ${error.message}\n`, status: 1 };
  }
}

function helpLines({ lang, plain }: Options, { width, style }: Look): readonly string[] {
  const { help } = shellTexts(lang);
  const shown = (line: string) => (plain ? line.replaceAll('…', '...').replaceAll('→', '->') : line);
  const column = Math.max(...help.map((row) => (typeof row === 'string' ? 0 : row[0].length))) + 4;
  const narrow = width < column + 24;
  return help.flatMap((row) => {
    if (typeof row === 'string') return [style.bold(shown(row))];
    const typed = `  ${shown(row[0])}`;
    const indent = narrow ? 6 : column;
    const about = wrap(shown(row[1]), Math.max(12, width - indent)).map((line) => ' '.repeat(indent) + line);
    return narrow ? [typed, ...about] : [pad(typed, column) + (about[0] ?? '').trimStart(), ...about.slice(1)];
  });
}
