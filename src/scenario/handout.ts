import type { Language } from '../explain/language.ts';
import type { Scenario, Step } from './schema/scenario.ts';
import type { Text } from './text.ts';
import { lessonTexts } from './texts/texts.ts';

/** A lesson as Markdown for paper: the tasks, the questions, two hints each; `solutions`: the teacher's copy. */
export function handout(
  scenario: Scenario,
  name: string,
  { lang, solutions = false }: { readonly lang: Language; readonly solutions?: boolean },
): string {
  const texts = lessonTexts(lang);
  const { title, goal, level, minutes, teaches, steps, learned } = scenario;
  const facts = `${texts.levels[level]} · ${texts.duration({ minutes })} · \`drydock scenario run ${name}\``;
  const ideas = teaches.map((each) => `- ${inline(each[lang])}`).join('\n');
  const parts = [
    `# ${inline(title[lang])}`,
    paragraphs(goal, lang),
    facts,
    ideas,
    ...steps.flatMap((step, i) => stepParts(step, i, steps.length, lang, solutions)),
    ...(solutions ? [`## ${texts.handout.learned}`, paragraphs(learned, lang)] : []),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function stepParts(step: Step, i: number, of: number, lang: Language, solutions: boolean): readonly string[] {
  const texts = lessonTexts(lang);
  const { text, try: tries = [], predict, hints, solution, learned } = step;
  const choices = predict?.choices.map((choice, n) => `${n + 1}. ${inline(choice[lang])}`).join('\n') ?? '';
  const answer = predict?.choices[predict.answer - 1]?.[lang] ?? '';
  const own = [
    `## ${texts.step({ number: i + 1, of })}`,
    paragraphs(text, lang),
    code(tries),
    ...(predict ? [`**${inline(predict.question[lang])}**`, choices] : []),
    `*${texts.handout.hints}*`,
    [hints.nudge, hints.concept].map((each) => `- ${inline(each[lang])}`).join('\n'),
  ];
  if (!solutions) return own;
  return [
    ...own,
    `*${texts.handout.solution}*`,
    code(solution),
    inline(hints.explanation[lang]),
    ...(predict ? [inline(`${texts.unasked({ answer })} ${predict.because[lang]}`)] : []),
    ...(learned ? [inline(learned[lang])] : []),
  ];
}

function paragraphs(text: Text, lang: Language): string {
  return text[lang]
    .trim()
    .split(/\n\s*\n/)
    .map(inline)
    .join('\n\n');
}

/** On one line, with nothing that Markdown or HTML takes for more than text. */
function inline(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_<>[\]|#&~]/g, '\\$&');
}

function code(commands: readonly string[]): string {
  return commands.map((command) => `    ${command.trimEnd()}`).join('\n');
}
