/** Order of names in which numbers count by their value: `net2` comes before `net10`. */
export function compareNatural(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (const [i, one] of left.entries()) {
    const other = right[i];
    if (other === undefined) return 1;
    if (one === other) continue;
    const numbers = /^\d/.test(one) && /^\d/.test(other);
    return (numbers && Number(one) - Number(other)) || (one < other ? -1 : 1);
  }
  return left.length - right.length;
}

function parts(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? [];
}
