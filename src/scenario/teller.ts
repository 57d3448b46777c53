import type { Language } from '../explain/language.ts';
import { noStyle, type Style } from '../explain/layout.ts';
import { printable, wrap } from '../explain/width.ts';
import type { Verdict } from './checks/view.ts';
import type { Scenario, Step } from './schema/scenario.ts';
import type { Text } from './text.ts';
import { lessonTexts } from './texts/texts.ts';

export interface TellerOptions {
  readonly lang: Language;
  readonly width: number;
  /** ASCII marks only. */
  readonly plain?: boolean;
  readonly style?: Style;
}

/** Puts what a lesson says into lines of a terminal. Every answer ends with a newline, or is empty. */
export class Teller {
  private readonly lang: Language;
  private readonly width: number;
  private readonly plain: boolean;
  private readonly style: Style;

  constructor({ lang, width, plain = false, style = noStyle }: TellerOptions) {
    this.lang = lang;
    this.width = Math.max(20, Math.min(width, 100));
    this.plain = plain;
    this.style = style;
  }

  private get texts() {
    return lessonTexts(this.lang);
  }

  title({ title, goal, minutes, teaches }: Scenario): string {
    const { bold } = this.style;
    const ideas = teaches.map((each) => this.item(each[this.lang])).join('');
    const head = `\n${bold(this.line(title))}${this.paragraph(goal)}`;
    return `${head}${this.words(this.texts.minutes({ minutes }))}${ideas}`;
  }

  /** How a lesson is spoken to, said once. */
  keys(): string {
    return `\n${this.words(this.texts.keys)}`;
  }

  /** A step as it is to be done. */
  task(step: Step, number: number, of: number): string {
    const ask = step.predict ? this.words(this.texts.predict) : '';
    return this.shown(step, number, of) + ask + this.footer();
  }

  /** A step as it is shown by somebody else. */
  shown(step: Step, number: number, of: number): string {
    const { bold } = this.style;
    const head = `\n${bold(this.line(this.texts.step({ number, of })))}`;
    const commands = (step.try ?? []).map((command) => `    $ ${printable(command)}\n`).join('');
    return head + this.paragraph(step.text) + commands + this.question(step);
  }

  /** What is told of a step that was shown. */
  explained(step: Step): string {
    const { hints, learned, predict } = step;
    const answer = predict?.choices[predict.answer - 1]?.[this.lang] ?? '';
    const told = predict ? this.words(`${this.texts.unasked({ answer })} ${predict.because[this.lang]}`) : '';
    return `\n${this.paragraph(hints.explanation)}${told}${learned ? this.paragraph(learned) : ''}`;
  }

  private question({ predict }: Step): string {
    if (!predict) return '';
    const choices = predict.choices.map((choice, i) => this.item(choice[this.lang], `${i + 1}.`)).join('');
    return `${this.words(predict.question[this.lang])}${choices}`;
  }

  footer(): string {
    return this.style.dim(this.words(this.texts.footer));
  }

  done({ learned, predict }: Step, predicted: number | undefined): string {
    const head = `\n${this.style.bold(this.line(`${this.plain ? '[ok]' : '✔'} ${this.texts.done}`))}`;
    const told = learned ? this.paragraph(learned) : '';
    if (!predict) return head + told;
    const right = predicted === predict.answer;
    const answer = predict.choices[predict.answer - 1]?.[this.lang] ?? '';
    const result =
      predicted === undefined
        ? this.texts.unasked({ answer })
        : right
          ? this.texts.right
          : this.texts.wrong({ answer });
    return head + this.words(`${result} ${predict.because[this.lang]}`) + told;
  }

  /** Said when all steps are done; `next`: the lesson that comes next. */
  over({ learned }: Scenario, next?: string): string {
    const head = `\n${this.style.bold(this.line(this.texts.over))}`;
    return head + this.paragraph(learned) + this.words(this.texts.after) + this.nextOne(next);
  }

  private nextOne(name: string | undefined): string {
    return name === undefined ? '' : this.words(this.texts.next({ name }));
  }

  /** Said when all steps were shown. */
  played({ learned }: Scenario, name: string): string {
    return `\n${this.paragraph(learned)}${this.words(this.texts.yourTurn({ name }))}`;
  }

  hint(step: Step, level: keyof Step['hints'], number: number, of: number): string {
    const { hints } = step;
    const head = this.texts.hint({ number, of });
    if (level !== 'command') return this.words(`${head} ${hints[level][this.lang]}`);
    return `${this.words(head)}    $ ${printable(hints.command)}\n`;
  }

  missing(verdicts: readonly Verdict[]): string {
    const marks = this.plain ? ['[ok]', '[  ]'] : ['✔', '✗'];
    // "there is no container web" may be good for one check and bad for another: then it is bad
    const bad = verdicts.filter(({ ok }) => !ok);
    const told = verdicts.filter(({ ok, says }) => !ok || !bad.some((each) => each.says.en.startsWith(says.en)));
    const lines = new Set(told.map(({ ok, says }) => this.item(says[this.lang], marks[ok ? 0 : 1])));
    return this.words(this.texts.missing) + [...lines].join('');
  }

  /** The first thing that is missing, beside a hint. */
  still(verdicts: readonly Verdict[]): string {
    const missing = verdicts.find(({ ok }) => !ok);
    return missing ? this.words(this.texts.still({ what: missing.says[this.lang] })) : '';
  }

  /** Said when the step's own solution does not work as things are. */
  astray(): string {
    return this.words(this.texts.astray);
  }

  predicted(step: Step, choice: number): string {
    return this.words(this.texts.noted({ choice: step.predict?.choices[choice - 1]?.[this.lang] ?? '' }));
  }

  /** All steps, with how far somebody is. */
  list({ steps, title }: Scenario, { step: reached }: { readonly step: number }): string {
    const marks = this.plain ? ['[ok]', '[>]', '[ ]'] : ['✔', '▸', '·'];
    const lines = steps.map(({ text }, i) => {
      const mark = marks[i < reached ? 0 : i === reached ? 1 : 2];
      const [first = ''] = clean(text[this.lang]).split(/(?<=[.?!])\s/);
      return this.item(`${i + 1}. ${first}`, mark);
    });
    return `${this.line(title)}${lines.join('')}`;
  }

  reset(): string {
    return this.words(this.texts.sure);
  }

  noWhy(): string {
    return this.words(this.texts.noWhy);
  }

  noQuestion(): string {
    return this.words(this.texts.noQuestion);
  }

  solving(): string {
    return this.words(this.texts.solving);
  }

  bye(name: string): string {
    return this.words(this.texts.bye({ name }));
  }

  /** Said to somebody who leaves a lesson in which nothing is left to do. */
  byeForGood(next?: string): string {
    return this.words(this.texts.byeForGood) + this.nextOne(next);
  }

  private paragraph(text: Text): string {
    return text[this.lang]
      .trim()
      .split(/\n\s*\n/)
      .map((part) => this.words(part))
      .join('\n');
  }

  /** A text in lines that fit. */
  private words(text: string): string {
    return `${wrap(clean(text), this.width).join('\n')}\n`;
  }

  private item(text: string, mark = '-'): string {
    const [first = '', ...rest] = wrap(clean(text), this.width - 6);
    return `  ${mark} ${first}\n${rest.map((line) => `    ${line}\n`).join('')}`;
  }

  private line(text: string | Text): string {
    return `${clean(typeof text === 'string' ? text : text[this.lang])}\n`;
  }
}

/** On one line, with nothing that a terminal obeys. */
function clean(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim());
}
