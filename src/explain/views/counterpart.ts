import type { Step } from '../../kernel/trace.ts';
import type { BootPlan } from '../../vm/plan.ts';
import { columns, pad, wrap } from '../width.ts';
import { onPage } from './branches.ts';
import {
  type Compared,
  type CounterpartTexts,
  compared,
  counterpartEn,
  counterpartKo,
  type MachineFacts,
} from './counterpart-texts.ts';
import type { ViewOptions } from './options.ts';

/** A command's steps beside what they would have been for a virtual machine; `undefined` when none has a counterpart. */
export function counterpartView(
  command: string,
  steps: readonly Step[],
  plan: BootPlan,
  options: ViewOptions,
): string[] | undefined {
  const texts = options.lang === 'ko' ? counterpartKo : counterpartEn;
  const { memory, disk, seconds, processes, release } = plan;
  const facts: MachineFacts = { memory: binary(memory), disk: binary(disk), seconds, processes, release };
  const pairs = compared.flatMap((action) => pairOf(action, steps, texts, facts, options));
  // the way into Docker Desktop's machine alone is no part of a container's life
  const way = pairOf('desktop-forward', steps, texts, facts, options);
  if (pairs.length === way.length) return undefined;
  const width = Math.max(columns(texts.here), columns(texts.there)) + 2;
  const line = (name: string, text: string): string[] => {
    const [first = '', ...rest] = wrap(onPage(text, options.plain), Math.max(20, options.width - width));
    return [pad(name, width) + first, ...rest.map((more) => ' '.repeat(width) + more)];
  };
  return [
    ...wrap(texts.title({ command: onPage(command, options.plain) }), options.width).map(options.style.bold),
    '',
    ...pairs.flatMap(([here, there]) => [...line(texts.here, here), ...line(texts.there, there), '']),
    ...wrap(texts.more, options.width),
  ];
}

/** The first step of this kind; of programs that are executed the one that becomes a container's first process. */
function pairOf(
  action: Compared,
  steps: readonly Step[],
  { pairs }: CounterpartTexts,
  facts: MachineFacts,
  { size }: ViewOptions,
): (readonly [string, string])[] {
  const step = steps.find((each) => each.action === action && (action !== 'execve' || isFirstInside(each.data)));
  if (!step) return [];
  const tell = pairs[action] as (d: unknown, vm: MachineFacts, size: ViewOptions['size']) => readonly [string, string];
  return [tell(step.data, facts, size)];
}

function isFirstInside(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'inside' in data && data.inside === 1;
}

function binary(bytes: number): string {
  return `${bytes / 2 ** 30} GiB`;
}
