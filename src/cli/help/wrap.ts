/** How far a last line may go over, so that no short word stands alone in a line of its own. */
const slop = 5;
/** With less room than this beside the flags, descriptions go to lines of their own; with less there too, nothing is wrapped. */
const leastRoom = 24;

/**
 * A flag's description in lines of at most `width` columns that all begin at column `indent`, but for the first, which
 * stands after the flag. Line breaks in it stay (the rules of the pflag library's usage text).
 */
export function wrapText(text: string, indent: number, width: number): string {
  let column = indent;
  let room = width - column;
  let out = '';
  if (room < leastRoom) {
    column = 16;
    room = width - column;
    out = `\n${' '.repeat(column)}`;
  }
  if (room < leastRoom) return text.replaceAll('\n', out);
  const newLine = `\n${' '.repeat(column)}`;
  const lines: string[] = [];
  let rest = text;
  do {
    const [line, after] = firstLine(rest, room - slop);
    lines.push(line.replaceAll('\n', newLine));
    rest = after;
  } while (rest !== '');
  return out + lines.join(newLine);
}

/** Cuts off what fits, at white space; at a line break when there is one on the way. */
function firstLine(text: string, room: number): [line: string, rest: string] {
  if (room + slop > text.length) return [text, ''];
  const part = text.slice(0, room);
  const space = Math.max(part.lastIndexOf(' '), part.lastIndexOf('\t'), part.lastIndexOf('\n'));
  if (space <= 0) return [text, ''];
  const lineBreak = part.lastIndexOf('\n');
  const cut = lineBreak > 0 && lineBreak < space ? lineBreak : space;
  return [text.slice(0, cut), text.slice(cut + 1)];
}
