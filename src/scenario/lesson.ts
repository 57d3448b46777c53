import { second } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { advance, begin, machineOf } from '../kernel/simulation.ts';
import type { Step as TraceStep } from '../kernel/trace.ts';
import { judge } from './checks/judge.ts';
import { nothingSeen, type Seen, witness } from './checks/seen.ts';
import type { Verdict } from './checks/view.ts';
import { fetchInside } from './fetch.ts';
import type { Scenario, Step } from './schema/scenario.ts';
import type { Teller } from './teller.ts';
import type { Said } from './word.ts';

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
  /** The choice that was predicted in this step. */
  readonly predicted?: number;
}

export const noProgress: Progress = { step: 0, given: 0, hints: 0, checks: 0, solved: 0 };

const levels = ['nudge', 'concept', 'command', 'explanation'] as const;

/** What a moment later is not so any more (a container that ends at once) shall not count. */
const moment = second;

/** The machine a moment later, as a copy that nobody keeps. */
function settled(m: Machine): Machine {
  const sim = begin(m.world, m.software);
  advance(sim, { until: sim.world.now + moment, ops: moment });
  return machineOf(sim, m.hostId);
}

/** A scenario under way: watches what is done, answers the words, and goes on when a step is done. */
export class Lesson {
  progress: Progress;
  seen: Seen = nothingSeen;
  private readonly scenario: Scenario;
  private readonly tell: Teller;
  private readonly changed: (progress: Progress) => void;
  /** A word was answered since the last command line. */
  private spoken = false;

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
    const whole = this.progress.step === 0 ? this.tell.title(this.scenario) : '';
    return whole + this.task();
  }

  /** The present step, or that all is done. */
  task(): string {
    const { step } = this;
    if (!step) return this.tell.over(this.scenario);
    return this.tell.task(step, this.progress.step + 1, this.scenario.steps.length);
  }

  /** A command line is over: what is to be said, which is nothing until the step is done. */
  after(m: Machine, steps: readonly TraceStep[], printed: string, status: number | undefined): string {
    const word = this.spoken;
    this.spoken = false;
    if (!this.step || word) return '';
    this.note(steps, printed, status);
    return this.goOn(m);
  }

  /** What is (not) so of the present step. */
  verdicts(now: Machine): readonly Verdict[] {
    const m = settled(now);
    const view = { m, seen: this.seen, fetch: (url: string) => fetchInside(m, url) };
    return this.step?.checks.map((check) => judge(check, view)) ?? [];
  }

  /** Answers a word that was typed. */
  say(word: string, m: Machine): Said {
    this.spoken = true;
    if (word === 'quit') return { text: this.tell.bye(), leave: true };
    const { step } = this;
    if (!step) return { text: this.tell.over(this.scenario) };
    if (word === 'hint') return { text: this.hint(step) };
    if (word === 'check') return { text: this.check(m) };
    if (word === 'solve') {
      this.spoken = false; // what it does counts
      this.set({ ...this.progress, solved: this.progress.solved + 1 });
      return { text: this.tell.solving(), run: step.solution };
    }
    return { text: this.predict(step, Number(word)) };
  }

  /** The next hint; the last one again when there are no more. */
  hint(step: Step): string {
    const { given, hints } = this.progress;
    const level = levels[Math.min(given, levels.length - 1)] ?? 'nudge';
    this.set({ ...this.progress, given: given + 1, hints: hints + 1 });
    return this.tell.hint(step, level, Math.min(given + 1, levels.length), levels.length);
  }

  /** What is missing of the present step. */
  missing(m: Machine): string {
    return this.tell.missing(this.verdicts(m));
  }

  /** Says what is missing; goes on when nothing is. */
  check(m: Machine): string {
    this.set({ ...this.progress, checks: this.progress.checks + 1 });
    return this.goOn(m) || this.missing(m);
  }

  /** Remembers what a command line did, without looking whether the step is done. */
  note(steps: readonly TraceStep[], printed: string, status: number | undefined): void {
    this.seen = witness(this.seen, steps, printed, status);
  }

  /** The reference solution was performed: goes on, or says what is missing all the same. */
  solve(m: Machine): { readonly done: boolean; readonly text: string } {
    this.set({ ...this.progress, solved: this.progress.solved + 1 });
    const text = this.goOn(m);
    return text === '' ? { done: false, text: this.missing(m) } : { done: true, text };
  }

  private goOn(m: Machine): string {
    const { step } = this;
    return step && this.verdicts(m).every(({ ok }) => ok) ? this.finish(step) : '';
  }

  private finish(step: Step): string {
    const { predicted } = this.progress;
    const done = this.tell.done(step, predicted);
    const { predicted: _asked, ...rest } = this.progress;
    this.seen = nothingSeen;
    this.set({ ...rest, step: this.progress.step + 1, given: 0 });
    return done + this.task();
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
