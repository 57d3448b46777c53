/** How many arguments a command takes. */
export type Arity =
  | { readonly kind: 'none' }
  /** `count`: exactly so many, in the words of the library that the real client is built on. */
  | { readonly kind: 'exactly' | 'at-least' | 'at-most' | 'count'; readonly count: number }
  | { readonly kind: 'between'; readonly least: number; readonly most: number };

export const noArgs: Arity = { kind: 'none' };
export const exactly = (count: number): Arity => ({ kind: 'exactly', count });
export const countOf = (count: number): Arity => ({ kind: 'count', count });
export const atLeast = (count: number): Arity => ({ kind: 'at-least', count });
export const atMost = (count: number): Arity => ({ kind: 'at-most', count });
export const between = (least: number, most: number): Arity => ({ kind: 'between', least, most });

/**
 * What is wrong with so many arguments, or undefined. The last line differs from rule to rule, down to a slip of the
 * pen in the real client's "at most" (transcript 20).
 */
export function arityError(arity: Arity, given: number, path: string, usageLine: string): string | undefined {
  const say = (what: string, last: string) =>
    `docker: '${path}' ${what}\n\nUsage:  ${usageLine}\n\n${last} '${path} --help' for more information`;
  switch (arity.kind) {
    case 'none':
      return given === 0 ? undefined : say('accepts no arguments', 'Run');
    case 'exactly':
      return given === arity.count ? undefined : say(`requires ${plural(arity.count)}`, 'Run');
    case 'count':
      return given === arity.count ? undefined : `accepts ${arity.count} arg(s), received ${given}`;
    case 'at-least':
      return given >= arity.count ? undefined : say(`requires at least ${plural(arity.count)}`, 'See');
    case 'at-most':
      return given <= arity.count ? undefined : say(`requires at most ${plural(arity.count)}`, 'SRun');
    case 'between': {
      const { least, most } = arity;
      if (given >= least && given <= most) return undefined;
      return say(`requires at least ${least} and at most ${plural(most)}`, 'Run');
    }
  }
}

function plural(count: number): string {
  return `${count} argument${count === 1 ? '' : 's'}`;
}
