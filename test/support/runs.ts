/** How often a property is tried: `usual` times within a few seconds, or as often as FC_RUNS says (to look for faults). */
export function tries(usual: number): { numRuns: number; interruptAfterTimeLimit?: number } {
  const wanted = process.env.FC_RUNS;
  return wanted === undefined ? { numRuns: usual, interruptAfterTimeLimit: 10_000 } : { numRuns: Number(wanted) };
}
