import type { Machine } from '../kernel/machine.ts';
import type { KernelActions, Step as TraceStep } from '../kernel/trace.ts';
import { isClassroomWord } from '../shell/word.ts';
import { judge } from './checks/judge.ts';
import { nothingSeen, type Seen, witness } from './checks/seen.ts';
import type { Verdict } from './checks/view.ts';
import { noCount, type StepCount } from './class/progress-file.ts';
import { fetchInside } from './fetch.ts';
import { inject } from './inject.ts';
import { markedStep, markStep } from './mark.ts';
import { settled, solutionWorks } from './rehearse.ts';
import type { Scenario, Step } from './schema/scenario.ts';
import type { Teller } from './teller.ts';
import { type Said, wordOf } from './word.ts';

/** How far somebody is in a scenario. Plain data, kept between sessions. */
export interface Progress {
  /** The step that is next, from 0; the number of steps when all are done. */
  readonly step: number;
  /** Hints that were given in this step, and in all. */
  readonly given: number;
  readonly hints: number;
  /** How often a check was asked for. */
  readonly checks: number;
  /** Steps that drydock did instead. */
  readonly solved: number;
  /** What was done in each step so far. */
  readonly counts?: readonly StepCount[];
  /** The choice that was predicted in this step. */
  readonly predicted?: number;
}

export const noProgress: Progress = { step: 0, given: 0, hints: 0, checks: 0, solved: 0 };

const levels = ['nudge', 'concept', 'command', 'explanation'] as const;

/** A scenario under way: watches what is done, answers the words, and goes on when a step is done. */
export class Lesson {
  progress: Progress;
  seen: Seen = nothingSeen;
  private readonly scenario: Scenario;
  private readonly tell: Teller;
  private readonly changed: (progress: Progress) => void;
  /** A word was answered since the last command line. */
  private spoken = false;
  /** The solution is being performed. */
  private solving = false;
  /** It was asked whether to begin anew. */
  private asked = false;
  /** The lesson is to begin anew. */
  again = false;
  /** What it is begun by. */
  name = 'NAME';
  /** The lesson that comes next, if one does. */
  next: (() => string | undefined) | undefined;
  /** What the last docker command did, in lines; nothing when there was none. */
  why: (() => string) | undefined;

  constructor(
    scenario: Scenario,
    tell: Teller,
    progress = noProgress,
    changed: (progress: Progress) => void = () => {},
  ) {
    this.scenario = scenario;
    this.tell = tell;
    this.progress = progress;
    this.changed = changed;
  }

  get step(): Step | undefined {
    return this.scenario.steps[this.progress.step];
  }

  /** What is said at the beginning. */
  opening(): string {
    const whole = this.progress.step === 0 ? this.tell.title(this.scenario) + this.tell.keys() : '';
    return whole + this.task();
  }

  /** The present step, or that all is done. */
  task(): string {
    const { step } = this;
    if (!step) return this.tell.over(this.scenario, this.next?.());
    return this.tell.task(step, this.progress.step + 1, this.scenario.steps.length);
  }

  /** A command line is over: what is to be said, which is nothing until the step is done. */
  after(m: Machine, steps: readonly TraceStep[], printed: string, status: number | undefined): string {
    const word = this.spoken;
    this.spoken = false;
    if (!this.step || word || isAside(steps)) return '';
    const { solving } = this;
    this.solving = false;
    this.note(steps, printed, status);
    this.count('lines');
    return this.goOn(m) || (solving ? this.missing(m) + this.astray(this.step, m) : '');
  }

  /** What is (not) so of the present step. */
  verdicts(now: Machine): readonly Verdict[] {
    const m = settled(now);
    const view = { m, seen: this.seen, fetch: (url: string) => fetchInside(m, url) };
    return this.step?.checks.map((check) => judge(check, view)) ?? [];
  }

  /** Answers a word that was typed. */
  say(typed: string, m: Machine): Said {
    this.spoken = true;
    const word = wordOf(typed);
    const sure = this.asked;
    this.asked = false;
    if (word === 'quit')
      return { text: this.step ? this.tell.bye(this.name) : this.tell.byeForGood(this.next?.()), leave: true };
    if (word === 'list') return { text: this.tell.list(this.scenario, this.progress) };
    if (word === 'reset') return this.reset(sure);
    if (word === 'why') return { text: this.why?.() || this.tell.noWhy() };
    const { step } = this;
    if (!step) return { text: this.task() };
    if (word === 'hint') return { text: this.hint(step) + this.still(step, m) };
    if (word === 'check') return { text: this.check(m) };
    if (word === 'next') return { text: this.goOn(m) || this.task() + this.missing(m) };
    if (word === 'solve') {
      this.spoken = false; // what it does counts
      this.solving = true;
      this.set({ ...this.progress, solved: this.progress.solved + 1 });
      this.count('solved');
      return { text: this.tell.solving(), run: step.solution };
    }
    return { text: this.predict(step, Number(word)) };
  }

  /** The next hint; the last one again when there are no more. */
  hint(step: Step): string {
    const { given, hints } = this.progress;
    const level = levels[Math.min(given, levels.length - 1)] ?? 'nudge';
    this.set({ ...this.progress, given: given + 1, hints: hints + 1 });
    this.count('hints');
    return this.tell.hint(step, level, Math.min(given + 1, levels.length), levels.length);
  }

  /** What is missing, beside a hint. */
  private still(step: Step, m: Machine): string {
    const missing = this.tell.still(this.verdicts(m));
    return missing === '' ? '' : missing + this.astray(step, m);
  }

  /** Says so when the step cannot be done as things are, so that nobody looks in vain for a way; else nothing. */
  astray(step: Step, m: Machine): string {
    return solutionWorks(m, step, this.seen) ? '' : this.tell.astray();
  }

  /** What is missing of the present step. */
  missing(m: Machine): string {
    return this.tell.missing(this.verdicts(m));
  }

  /** Says what is missing; goes on when nothing is. */
  check(m: Machine): string {
    this.set({ ...this.progress, checks: this.progress.checks + 1 });
    this.count('checks');
    return this.goOn(m) || this.missing(m);
  }

  /** The world is another one, after undo or redo: the lesson goes to the step that it is at. Says which, when it was another. */
  goTo(m: Machine): string {
    const step = markedStep(m);
    if (step === undefined || step === this.progress.step) return '';
    const { predicted: _asked, ...rest } = this.progress;
    this.seen = nothingSeen;
    this.set({ ...rest, step, given: 0 });
    return this.task();
  }

  /** What a line is called in the history: `solve` by the commands that it does. */
  labelOf(line: string): string {
    return wordOf(line) === 'solve' && this.step ? this.step.solution.join('; ') : line;
  }

  /** Remembers what a command line did, without looking whether the step is done. */
  note(steps: readonly TraceStep[], printed: string, status: number | undefined): void {
    this.seen = witness(this.seen, steps, printed, status);
  }

  /** The reference solution was performed: goes on, or says what is missing all the same. */
  solve(m: Machine): { readonly done: boolean; readonly text: string } {
    this.set({ ...this.progress, solved: this.progress.solved + 1 });
    this.count('solved');
    const text = this.goOn(m);
    return text === '' ? { done: false, text: this.missing(m) } : { done: true, text };
  }

  /** Begins anew when that is said twice. */
  private reset(sure: boolean): Said {
    this.asked = !sure;
    this.again = sure;
    return sure ? { text: '', leave: true } : { text: this.tell.reset() };
  }

  private goOn(m: Machine): string {
    const { step } = this;
    return step && this.verdicts(m).every(({ ok }) => ok) ? this.finish(step, m) : '';
  }

  private finish(step: Step, m: Machine): string {
    const { predicted } = this.progress;
    const done = this.tell.done(step, predicted);
    const { predicted: _asked, ...rest } = this.progress;
    this.seen = nothingSeen;
    this.set({ ...rest, step: this.progress.step + 1, given: 0 });
    markStep(m, this.progress.step);
    inject(m, this.step?.faults);
    return done + this.task();
  }

  /** Notes what was done in the present step. */
  private count(what: keyof StepCount): void {
    const { counts = [], step } = this.progress;
    const all = Array.from({ length: step + 1 }, (_, i) => counts[i] ?? noCount);
    this.set({
      ...this.progress,
      counts: all.map((each, i) => (i === step ? { ...each, [what]: each[what] + 1 } : each)),
    });
  }

  private predict(step: Step, choice: number): string {
    if (!step.predict || choice > step.predict.choices.length) return this.tell.noQuestion();
    this.set({ ...this.progress, predicted: choice });
    return this.tell.predicted(step, choice);
  }

  private set(progress: Progress): void {
    this.progress = progress;
    this.changed(progress);
  }
}

/** A line that only asked the classroom something (`why`, `layers`) is none of the commands of a step. */
function isAside(steps: readonly TraceStep[]): boolean {
  const executed = steps.flatMap(({ action, data }) =>
    action === 'execve' ? [(data as KernelActions['execve']).path] : [],
  );
  return executed.length > 0 && executed.every(isClassroomWord);
}
