// The probabilities of LZMA, in the layout that its decoder and encoder share. All are 11-bit numbers, halves at first.

const half = 1024;
const probabilities = (count: number) => new Uint16Array(count).fill(half);

/** The contexts of a length: short, middle or long, each with trees of its own. */
export interface LengthModel {
  readonly choice: Uint16Array;
  readonly low: readonly Uint16Array[];
  readonly middle: readonly Uint16Array[];
  readonly high: Uint16Array;
}

/** All contexts, and the state that chooses among them. */
export interface LzmaModel {
  readonly literalContext: number;
  readonly literalPosition: number;
  readonly position: number;
  readonly literals: Uint16Array;
  readonly match: Uint16Array;
  readonly repeat: Uint16Array;
  readonly repeat0: Uint16Array;
  readonly repeat1: Uint16Array;
  readonly repeat2: Uint16Array;
  readonly repeat0Long: Uint16Array;
  readonly slots: readonly Uint16Array[];
  readonly special: Uint16Array;
  readonly align: Uint16Array;
  readonly length: LengthModel;
  readonly repeatLength: LengthModel;
  /** What the last operations were, 0 to 11. */
  state: number;
  /** The last four distances, less one. */
  distances: [number, number, number, number];
}

function lengthModel(): LengthModel {
  const trees = () => Array.from({ length: 16 }, () => probabilities(8));
  return { choice: probabilities(2), low: trees(), middle: trees(), high: probabilities(256) };
}

/** A fresh model with these numbers of bits of context: literals' previous byte, literals' position, position. */
export function lzmaModel(literalContext: number, literalPosition: number, position: number): LzmaModel {
  return {
    literalContext,
    literalPosition,
    position,
    literals: probabilities(0x300 << (literalContext + literalPosition)),
    match: probabilities(12 << 4),
    repeat: probabilities(12),
    repeat0: probabilities(12),
    repeat1: probabilities(12),
    repeat2: probabilities(12),
    repeat0Long: probabilities(12 << 4),
    slots: Array.from({ length: 4 }, () => probabilities(64)),
    special: probabilities(128),
    align: probabilities(16),
    length: lengthModel(),
    repeatLength: lengthModel(),
    state: 0,
    distances: [0, 0, 0, 0],
  };
}

/** Where the contexts of a literal begin. */
export function literalStart(model: LzmaModel, at: number, previous: number): number {
  const place = at & ((1 << model.literalPosition) - 1);
  return 0x300 * ((place << model.literalContext) + (previous >> (8 - model.literalContext)));
}

export const afterLiteral = (state: number): number => (state < 4 ? 0 : state < 10 ? state - 3 : state - 6);
export const afterMatch = (state: number): number => (state < 7 ? 7 : 10);
export const afterRepeat = (state: number): number => (state < 7 ? 8 : 11);
export const afterShortRepeat = (state: number): number => (state < 7 ? 9 : 11);
