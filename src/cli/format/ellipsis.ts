/** At most so many columns; the last one is an ellipsis when something is left out. */
export function ellipsis(text: string, most: number): string {
  const chars = [...text];
  return chars.length <= most ? text : `${chars.slice(0, most - 1).join('')}…`;
}
