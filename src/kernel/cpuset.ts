/**
 * The numbers in a list like `0-2,4` (cpuset(7), "List format"), ascending; none for an empty text. Undefined when it is
 * no such list.
 */
export function readCpuset(text: string): readonly number[] | undefined {
  const numbers = new Set<number>();
  for (const part of text === '' ? [] : text.split(',')) {
    const [, first, last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part) ?? [];
    if (first === undefined || Number(last) < Number(first)) return undefined;
    for (let n = Number(first); n <= Number(last); n++) numbers.add(n);
  }
  return [...numbers].sort((a, b) => a - b);
}
