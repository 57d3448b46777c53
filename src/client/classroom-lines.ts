import { suggestByErrors } from '../cli/suggest.ts';
import { noStyle, type Style } from '../explain/layout.ts';
import { messages } from '../explain/messages/messages.ts';
import type { Level } from '../explain/narrate.ts';
import { wrap } from '../explain/width.ts';
import { type ByteString, decodeUtf8, encodeUtf8 } from '../kernel/bytes.ts';
import { feedRun } from '../kernel/client-run.ts';
import type { Id, Json } from '../kernel/json.ts';
import type { Machine, Software } from '../kernel/machine.ts';
import { machineOf } from '../kernel/simulation.ts';
import type { World } from '../kernel/state.ts';
import type { Step } from '../kernel/trace.ts';
import type { Turn } from '../session/turn.ts';
import { addTypedLine, readTypedLines } from '../session/typed-lines.ts';
import { furnish, placeInHome } from '../shell/furnish.ts';
import { mistakeLines } from '../shell/mistakes/mistakes.ts';
import { type Prompt, promptOf, recallLines, statusOf } from '../shell/prompt.ts';
import { shellTexts } from '../shell/texts/texts.ts';
import type { Answer, Typed } from '../shell/word.ts';
import { type Journey, journeyTo } from './classroom-journey.ts';
import { commandsIn, type Look, lineExplanation } from './classroom-machine.ts';
import { classroomSoftwareWith } from './classroom-services.ts';
import { answerWord } from './classroom-words.ts';
import { dataHome } from './commands.ts';
import { differs } from './difference.ts';
import { addTo, isAttended, type Line, newLine, statusBehind } from './entered-line.ts';
import { firstHost } from './first-host.ts';
import type { LessonRoom } from './lesson-room.ts';
import { runBudget } from './limits.ts';
import type { OpenedFolder } from './open-folder.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';
import { runOwnVerb } from './own-verbs.ts';
import { hasPassword } from './passwords.ts';
import type { LineByLine, LinesOver, LinesTurn, Notice } from './playing.ts';
import { atPrompt, redrawn, splitPrompt } from './prompt-output.ts';
import { noticeLines } from './tell.ts';
import { terminalSize } from './terminal.ts';

const foldKey = '\x0f'; // Ctrl-O

/** The classroom shell: what happens around the lines that are typed in it. */
export class Classroom implements LineByLine {
  readonly notices: Notice[] = [];
  readonly software: Software;
  private readonly options: Options;
  private readonly env: NodeJS.ProcessEnv;
  private readonly style: Style;
  private readonly folder: OpenedFolder | undefined;
  private readonly lesson: LessonRoom | undefined;
  /** Lines that were entered, of all shells. */
  private readonly typed: string[];
  private level: Level;
  private folded = false;
  private explained: readonly string[] = [];
  private run: Id | undefined;
  private history: Turn | undefined;
  private line: Line | undefined;
  private prompt: Prompt | undefined;
  private entered: string[] = [];
  private budget = 0;
  /** To be said before the next prompt. */
  private saying: readonly string[];
  private journey: Journey | undefined;
  /** The world is another one: its shell has an old line on its screen. */
  private arrived = false;
  private errand: readonly string[] | undefined;
  private heldPrompt: ByteString = '';

  constructor(
    options: Options,
    env: NodeJS.ProcessEnv,
    style: Style,
    { folder, lesson }: { readonly folder?: OpenedFolder; readonly lesson?: LessonRoom } = {},
  ) {
    this.options = options;
    this.env = env;
    this.style = style;
    this.folder = folder;
    this.lesson = lesson;
    this.level = options.level;
    this.typed = [...readTypedLines(dataHome(env))];
    const texts = shellTexts(options.lang);
    this.saying = [...(lesson ? [] : [texts.greeting]), ...(folder ? openedLines(folder, texts) : [])];
    const software = classroomSoftwareWith({
      lines: () => this.typed,
      entered: (line) => this.enter(line),
      answer: (typed, m) => this.answer(typed, m),
    });
    this.software = lesson?.software(software) ?? software;
  }

  begins(history: Turn, m: Machine, run: Id): void {
    this.history = history;
    if (run !== this.run) {
      this.run = run;
      this.line = undefined;
      furnish(m);
      if (this.folder) placeInHome(m, this.folder.name, this.folder.tree);
    } else if (this.arrived) {
      recallLines(m, run, this.typed);
      feedRun(m, run, { resize: terminalSize() });
    }
  }

  over({ history, sim, run, out, flood }: LinesTurn): LinesOver {
    const m = machineOf(sim, sim.world.runs[run]?.host ?? firstHost);
    const exited = sim.world.runs[run]?.exit !== undefined;
    const steps = sim.trace.filter((step) => step.run === run);
    const prompt = promptOf(m, run);
    this.prompt = prompt;
    let shown = out.map(({ bytes }) => bytes).join('');
    if (this.arrived && prompt) {
      shown = shown.slice(splitPrompt(shown, prompt).length); // the old line, given up
      this.arrived = false;
    }
    this.note(history, steps, shown);
    if (this.line && !prompt?.primary && !exited) return this.goesOn(history, m, run, shown, flood);
    const explained = this.line ? this.close(history, m, run, exited, sim.world as World) : [];
    const said = this.line && !exited && !this.journey ? [...explained, ...this.taught(m, run, this.line)] : explained;
    this.line = undefined;
    this.budget = sim.world.runs[run]?.budget ?? 0;
    const { journey } = this;
    this.journey = undefined;
    if (journey && !exited) return this.travel(journey, history, shown, prompt, said);
    const lines = [...this.saidSoFar(), ...said];
    if (!prompt) return { print: [{ fd: 1, bytes: shown + raw(exited ? lines : []) }] };
    if (exited || lines.length > 0) shown = atPrompt(shown, prompt, raw(lines));
    if (this.errand) {
      const before = splitPrompt(shown, prompt);
      this.heldPrompt = shown.slice(before.length);
      shown = before;
    }
    return { print: [{ fd: 1, bytes: shown }] };
  }

  keys(bytes: ByteString): { readonly pass: ByteString; readonly print: ByteString } {
    const { prompt } = this;
    if (!prompt || !bytes.includes(foldKey)) {
      if (/[\r\n]/.test(bytes)) this.prompt = undefined;
      return { pass: bytes, print: '' };
    }
    const texts = shellTexts(this.options.lang);
    this.folded = !this.folded;
    const unfolded = this.explained.length > 0 ? this.explained : [texts.nothingToUnfold];
    const lines = this.folded ? [this.marked(texts.folded)] : [...unfolded, this.marked(texts.unfolded)];
    return { pass: bytes.replaceAll(foldKey, ''), print: redrawn(prompt, raw(lines), terminalSize().cols) };
  }

  between(): Promise<void> | undefined {
    const { errand } = this;
    if (!errand) return undefined;
    this.errand = undefined;
    const prompt = this.heldPrompt;
    return runOwnVerb({ ...this.options, level: this.level, args: errand }, this.env).then(() => {
      print(1, prompt);
    });
  }

  gone(why: Notice): boolean {
    if (why === 'machine-off') return false;
    this.run = undefined;
    this.line = undefined;
    this.saying = [shellTexts(this.options.lang).startedAnew];
    print(1, '\r\n');
    return true;
  }

  hungUp(history: Turn, run: Id): void {
    if (this.line?.begun)
      history.end(run, { label: this.line.label, trace: this.line.steps as unknown as Json, changed: true });
  }

  private enter(line: string): void {
    this.entered.push(line);
    if (line.trim() === '' || line.startsWith(' ') || this.typed.at(-1) === line) return;
    if (hasPassword(line) || this.lesson?.isWord(line.trim())) return;
    this.typed.push(line);
    addTypedLine(dataHome(this.env), line);
  }

  private answer(typed: Typed, m: Machine): Answer {
    const { options, env, history } = this;
    if (!history) return { text: '', status: 1 };
    return answerWord(typed, m, {
      options: { ...options, level: this.level },
      ...(this.lesson ? { lesson: this.lesson } : {}),
      env,
      history,
      look: (tty) => this.look(tty),
      setLevel: (level) => {
        this.level = level;
        this.folded = false;
      },
      travel: (where) => {
        this.journey = where;
      },
      leaveTo: (args) => {
        this.errand = args;
      },
    });
  }

  private look(tty: boolean): Look {
    const { lang, plain } = this.options;
    const width = Math.max(20, terminalSize().cols);
    return { level: this.level, lang, plain, width, style: tty ? this.style : noStyle };
  }

  /** Notes what the turn did; a line begins with the first that was entered in it. */
  private note(history: Turn, steps: readonly Step[], shown: string): void {
    const entered = this.entered.splice(0).map((line) => line.trim());
    const label = entered.find((line) => line !== '');
    if (label !== undefined) {
      this.line ??= newLine(this.lesson?.labelOf(label) ?? label, history.world);
    }
    if (this.line) addTo(this.line, this.lesson?.withoutWords(steps) ?? steps, shown);
  }

  /** The line's command goes on: what it did so far is told before its program begins to speak. */
  private goesOn(history: Turn, m: Machine, run: Id, shown: string, flood: boolean): LinesOver {
    const { line } = this;
    if (!line) return { print: [{ fd: 1, bytes: shown }] };
    const entered = !line.begun;
    if (entered) history.begin(run, line.label);
    line.begun = true;
    this.limit(m, run, line, flood);
    let text = '';
    if (!line.told && this.level !== 'off' && isAttended(line.steps)) {
      line.told = true;
      text = raw([
        ...this.explain(line),
        ...mistakeLines(m, commandsIn(line.steps), { status: undefined }, this.look(true)),
      ]);
    }
    // what is told stands below the line that was entered, or below what was pulled for it
    const pulled = /^Status: .*\n/m.exec(shown);
    const below = pulled ? pulled.index + pulled[0].length : entered ? shown.indexOf('\n') + 1 : 0;
    return { print: [{ fd: 1, bytes: shown.slice(0, below) + text + shown.slice(below) }] };
  }

  /** What computes or prints without end is interrupted, and killed when it does not mind. */
  private limit(m: Machine, run: Id, line: Line, flood: boolean): void {
    const left = m.world.runs[run]?.budget ?? 0;
    const used = this.budget - left > runBudget * (line.stopped + 1);
    if (!used && !flood) return;
    line.stopped += 1;
    if (line.stopped === 1) this.notices.push(flood ? 'flood' : 'budget');
    feedRun(m, run, { signal: line.stopped === 1 ? 'SIGINT' : 'SIGKILL' });
  }

  /** A line is over: it becomes a step of the history, and is explained. */
  private close(history: Turn, m: Machine, run: Id, exited: boolean, world: World): readonly string[] {
    const { line } = this;
    if (!line) return [];
    const commands = commandsIn(line.steps);
    const changed = (commands.length > 0 || !exited) && differs(line.before, world);
    if (changed && !line.begun) history.begin(run, line.label);
    if (changed || line.begun || commands.length > 0)
      history.end(run, { label: line.label, trace: line.steps as unknown as Json, changed });
    const status = statusOf(m, run) ?? 0;
    const failed = status !== 0 && commands.length > 0 && !line.steps.some(({ action }) => action === 'container-exit');
    const printed = decodeUtf8(line.printed).replaceAll('\r', '');
    const failure = failed ? { message: printed } : undefined;
    if (this.level === 'off' || (line.told && !failed)) return [];
    const end = { status: status === 0 ? statusBehind(commands, line.steps) : status, line: line.label, printed };
    const mistake = line.told ? [] : mistakeLines(m, commands, end, this.look(true));
    // a mistake says more than the failure that it led to
    if (failed && mistake.length > 0) return mistake;
    // and a word to type says more than a list to look it up in
    const meant = failure ? this.meantBy(commands, failure.message) : [];
    return [...this.explain(line, meant.length > 0 ? undefined : failure), ...mistake, ...meant];
  }

  /** For a command or a flag that docker does not know: the one that was meant, if one is near. */
  private meantBy(commands: readonly (readonly string[])[], errors: string): readonly string[] {
    const words = commands.flatMap(([name, ...args]) => (name === 'docker' && suggestByErrors(args, errors)) || []);
    if (words.length === 0) return [];
    return wrap(messages(this.options.lang).didYouMean({ words }), Math.max(20, terminalSize().cols));
  }

  /** What the lesson says to a line that is over. */
  private taught(m: Machine, run: Id, { steps, printed }: Line): readonly string[] {
    return textLines(this.lesson?.after(m, steps, decodeUtf8(printed), statusOf(m, run)));
  }

  private explain(line: Line, failure?: { readonly message: string }): readonly string[] {
    if (this.level === 'off') return [];
    const lines = lineExplanation(line.steps, this.look(true), failure);
    if (lines.length === 0) return [];
    this.explained = lines;
    return this.folded ? [this.marked(shellTexts(this.options.lang).foldedLine({ lines: lines.length }))] : lines;
  }

  private saidSoFar(): readonly string[] {
    const width = Math.max(20, terminalSize().cols);
    const lines = [...this.saying, ...noticeLines(this.notices.splice(0), this.options)];
    this.saying = [];
    return lines.flatMap((line) => wrap(line, width));
  }

  private marked(line: string): string {
    return `${this.style.dim(this.options.plain ? '| ' : '┆ ')}${line}`;
  }

  /** The world that undo, redo or reset go to. */
  private travel(
    journey: Journey,
    history: Turn,
    shown: ByteString,
    prompt: Prompt | undefined,
    said: readonly string[],
  ): LinesOver {
    const printed = prompt ? splitPrompt(shown, prompt) : shown;
    const { line, world } = journeyTo(journey, history, this.options);
    const arrived = world ? textLines(this.lesson?.travelled(world)) : [];
    const lines = [...wrap(line, Math.max(20, terminalSize().cols)), ...arrived];
    const bytes = printed + raw(said) + raw(lines);
    if (!world) return { print: [{ fd: 1, bytes: bytes + shown.slice(printed.length) }] };
    this.run =
      journey === 'reset' ? undefined : Object.values(world.runs).find(({ client }) => client === process.pid)?.id;
    this.arrived = this.run !== undefined;
    return {
      print: [{ fd: 1, bytes }],
      world,
      ...(this.run === undefined ? {} : { run: this.run, input: '\x03' }),
    };
  }
}

function openedLines({ name, files, left }: OpenedFolder, texts: ReturnType<typeof shellTexts>): readonly string[] {
  const opened = texts.opened({ folder: name, path: `~/${name}`, files });
  return left > 0 ? [opened, texts.leftOut({ count: left })] : [opened];
}

function textLines(text = ''): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** Lines for a terminal that is raw: they end with a carriage return too. */
function raw(lines: readonly string[]): ByteString {
  return encodeUtf8(lines.map((line) => `${line}\r\n`).join(''));
}
