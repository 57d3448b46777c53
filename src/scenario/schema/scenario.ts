import type { Json } from '../../kernel/json.ts';
import { both } from '../text.ts';
import type { Check } from './check.ts';
import { checkKinds, checkShape, computerName } from './check.ts';
import { type FaultDone, faultKinds, faultShape } from './fault.ts';
import type { Fault, Node } from './node.ts';
import { valueAt } from './node.ts';
import { commandLine, path, words } from './parts.ts';
import {
  dictionary,
  integer,
  list,
  may,
  must,
  readShape,
  record,
  type Shape,
  type Shaped,
  string,
  word,
} from './shape.ts';
import { readYaml } from './yaml.ts';

const predictShape = record({
  question: must(words(), 'Asked before the step is done.'),
  choices: must(list(words(300), 2, 5), 'What can be answered; the learner types the number.'),
  answer: must(integer(1, 5), 'The number of the right choice.'),
  because: must(words(), 'Why, told when the step is done.'),
});

const hintsShape = record({
  nudge: must(words(), 'The first hint: where to look.'),
  concept: must(words(), 'The second: the idea that is needed.'),
  command: must(commandLine(), 'The third: the command.'),
  explanation: must(words(), 'The last: what each part of the command does.'),
});

const wrongShape = record({
  commands: must(list(commandLine(), 1, 20), 'What somebody may do instead.'),
  misses: must(words(), 'What is missing then.'),
});

const stepShape: Shape<Step> = record({
  text: must(words(3000), 'What to do, and why.'),
  try: may(list(commandLine(), 1, 10), 'Commands to try.'),
  predict: may(predictShape, 'A question to answer before seeing.'),
  faults: may(list(faultShape(), 1, 10), 'What goes wrong when the step begins.'),
  checks: must(list(checkShape(), 1, 20), 'The step is done when all of these are so.'),
  hints: must(hintsShape, 'Graded help.'),
  solution: must(list(commandLine(), 1, 20), 'The reference solution; each command stands alone.'),
  also: may(list(list(commandLine(), 1, 20), 1, 10), 'Other solutions that must be accepted.'),
  wrong: may(list(wrongShape, 1, 10), 'What must not be accepted.'),
  learned: may(words(), 'Told when the step is done.'),
});

const sessionFile = () =>
  string(100, {
    like: /^[\w][\w.-]*$/,
    says: both('needs the name of a file in the same folder', '같은 폴더에 있는 파일의 이름이어야 해요'),
  });

const startShape = record({
  session: may(sessionFile(), 'A file of `drydock session export` beside this one: the world to begin with.'),
  computer: may(word('mac'), 'The lesson is on such a computer, with Docker Desktop; it has this name.'),
  servers: may(
    list(computerName(), 1, 3),
    'Linux computers with Docker beside this one; the learner may log in on them by ssh.',
  ),
  commands: may(list(commandLine(), 1, 30), 'Run before the lesson begins.'),
  files: may(dictionary(path(), string(65_536), 50), 'Files of the host, by path.'),
  faults: may(list(faultShape(), 1, 10), 'What goes wrong from the beginning, after the commands.'),
});

const scenarioShape = record({
  title: must(words(80), 'A few words.'),
  goal: must(words(500), 'What can be done afterwards.'),
  place: may(integer(1, 999), 'Where it stands in the course: lists begin with the lowest.'),
  level: must(word('beginner', 'intermediate', 'advanced'), 'For whom.'),
  minutes: must(integer(1, 120), 'How long it takes.'),
  teaches: must(list(words(200), 1, 10), 'The ideas, one each.'),
  start: may(startShape, 'The world that it begins with.'),
  steps: must(list(stepShape, 1, 20), 'One after another.'),
  learned: must(words(), 'Said at the end.'),
});

export interface Step {
  readonly text: Shaped<ReturnType<typeof words>>;
  readonly try?: readonly string[];
  readonly predict?: Shaped<typeof predictShape>;
  readonly faults?: readonly FaultDone[];
  readonly checks: readonly Check[];
  readonly hints: Shaped<typeof hintsShape>;
  readonly solution: readonly string[];
  readonly also?: readonly (readonly string[])[];
  readonly wrong?: readonly Shaped<typeof wrongShape>[];
  readonly learned?: Shaped<ReturnType<typeof words>>;
}

/** A lesson. */
export type Scenario = Shaped<typeof scenarioShape>;

/** Reads a scenario file: the lesson, or what is wrong with it, in the order of the lines. */
export function readScenario(source: string): { readonly scenario?: Scenario; readonly faults: readonly Fault[] } {
  const { root, faults: yamlFaults } = readYaml(source);
  if (!root) return { faults: yamlFaults };
  const { data, faults } = readShape(scenarioShape, root);
  const all = [...faults, ...(data ? answerFaults(root, data) : [])];
  if (!data || all.length > 0) return { faults: all.sort((a, b) => a.line - b.line || a.column - b.column) };
  return { scenario: data, faults: [] };
}

/** A prediction's answer must be one of its choices. */
function answerFaults(root: Node, { steps }: Scenario): readonly Fault[] {
  const nodes = valueAt(root, 'steps');
  return steps.flatMap(({ predict }, i) => {
    if (!predict || predict.answer <= predict.choices.length) return [];
    const step = nodes?.kind === 'list' ? nodes.items[i] : undefined;
    const at = (step && valueAt(valueAt(step, 'predict') ?? step, 'answer')?.at) ?? root.at;
    const most = predict.choices.length;
    return [{ ...at, says: both(`there are ${most} choices only`, `선택지는 ${most}개뿐이에요`) }];
  });
}

/** The JSON Schema of scenario files, for editors. */
export function scenarioSchema(): Json {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'drydock scenario',
    ...(scenarioShape.schema() as { readonly [key: string]: Json }),
    $defs: {
      check: { anyOf: checkKinds().map((shape) => shape.schema()) },
      fault: { anyOf: faultKinds().map((shape) => shape.schema()) },
    },
  };
}
