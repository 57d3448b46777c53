interface Tree {
  readonly weight: number;
  readonly leaves: readonly number[];
}

/** Lengths of a Huffman code for symbols of these weights (0: not used, no code), at most `longest` bits. */
export function codeLengths(weights: readonly number[], longest: number): number[] {
  let flattened = [...weights];
  for (;;) {
    const lengths = huffman(flattened);
    if (Math.max(...lengths) <= longest) return lengths;
    // rarer symbols get shorter codes once the frequencies are nearer to each other
    flattened = flattened.map((weight) => (weight === 0 ? 0 : 1 + (weight >> 1)));
  }
}

function huffman(weights: readonly number[]): number[] {
  const lengths = new Array<number>(weights.length).fill(0);
  let trees: Tree[] = weights.flatMap((weight, symbol) => (weight === 0 ? [] : [{ weight, leaves: [symbol] }]));
  const [only] = trees;
  if (trees.length === 1 && only?.leaves[0] !== undefined) lengths[only.leaves[0]] = 1;
  while (trees.length > 1) {
    trees = trees.sort((a, b) => a.weight - b.weight);
    const [first, second, ...rest] = trees;
    if (first === undefined || second === undefined) break;
    const leaves = [...first.leaves, ...second.leaves];
    for (const leaf of leaves) lengths[leaf] = (lengths[leaf] ?? 0) + 1;
    trees = [...rest, { weight: first.weight + second.weight, leaves }];
  }
  return lengths;
}

/** The canonical code of these lengths: for each symbol its bits as a number, the first bit the highest. */
export function canonicalCodes(lengths: readonly number[]): number[] {
  const codes: number[] = [];
  let code = 0;
  for (let length = 1; length <= Math.max(...lengths); length++) {
    lengths.forEach((one, symbol) => {
      if (one === length) codes[symbol] = code++;
    });
    code <<= 1;
  }
  return codes;
}
