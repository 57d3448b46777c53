import { readSubscript } from './arrays.ts';
import { isName, isSpecialParameter } from './characters.ts';
import type { Scanner } from './scanner.ts';
import { joinLines, needMore, problem, SyntaxProblem } from './scanner.ts';
import type { Modifier, Part, Subscript, Word } from './tree.ts';
import { Parts, readBackslash, readDouble, readName, readQuotedChar, readUnquoted } from './words.ts';

/** From behind `${`: name, modifier and operand; moves behind the closing brace. */
export function readBraces(scan: Scanner, quoted: boolean): Part {
  const begin = scan.pos;
  try {
    return readParameter(scan, quoted);
  } catch (error) {
    // in bash and dash this is known only when the word is expanded
    if (!(error instanceof SyntaxProblem) || error.message !== 'bad substitution' || scan.dialect.flavour === 'ash')
      throw error;
    scan.pos = begin;
    readOperand(scan, quoted, '');
    return { t: 'bad', text: `\${${scan.text.slice(begin, scan.pos)}` };
  }
}

function readParameter(scan: Scanner, quoted: boolean): Part {
  const rest = scan.text.slice(scan.pos, scan.pos + 1000);
  if (scan.dialect.bash) {
    if (/^!(?:[A-Za-z_]|#\}|\d+[}:#%/^,@-])/.test(rest)) {
      scan.pos++;
      return readIndirect(scan, quoted);
    }
    const counted = /^#([A-Za-z_]\w*)\[/.exec(rest);
    if (counted) {
      scan.pos += counted[0].length;
      const sub = readSubscript(scan);
      if (scan.text[scan.pos++] !== '}') throw problem(scan, 'bad substitution');
      return { t: 'par', name: counted[1] ?? '', sub, mod: { m: 'length' } };
    }
  }
  const length = /^#(?=[\w@*?$!-])(?![?-][^}])(?:\d+|\w+|.)(?=\})/.exec(rest)?.[0];
  if (length !== undefined) {
    scan.pos += length.length + 1;
    const name = length.slice(1);
    if (/^\d/.test(name) ? !/^\d+$/.test(name) : !isName(name) && !isSpecialParameter(name))
      throw problem(scan, 'bad substitution');
    return { t: 'par', name, mod: { m: 'length' } };
  }
  const named = /^[A-Za-z_]/.test(rest) ? readName(scan) : undefined;
  const name = named ?? /^(?:\d+|[@*#?$!-])/.exec(rest)?.[0];
  if (name === undefined) {
    if (rest === '') {
      needMore(scan);
      throw problem(scan, "missing '}'", { matching: '}' });
    }
    throw problem(scan, 'bad substitution');
  }
  if (named === undefined) scan.pos += name.length;
  return readRest(scan, name, quoted, {});
}

/** Behind the name: its subscript and modifier. */
function readRest(scan: Scanner, name: string, quoted: boolean, how: { indirect?: true }): Part & { t: 'par' } {
  joinLines(scan, scan.pos);
  let sub: Subscript | undefined;
  if (scan.dialect.bash && scan.text[scan.pos] === '[' && isName(name)) {
    scan.pos++;
    sub = readSubscript(scan);
  }
  const c = scan.text[scan.pos] ?? '';
  const target = { t: 'par' as const, name, ...(sub === undefined ? {} : { sub }), ...how };
  if (c === '}') {
    scan.pos++;
    return target;
  }
  return { ...target, mod: readModifier(scan, c, quoted) };
}

/** Behind `${!`: the names or keys, or a parameter by another's value. */
function readIndirect(scan: Scanner, quoted: boolean): Part {
  const rest = scan.text.slice(scan.pos, scan.pos + 1000);
  const all = /^([A-Za-z_]\w*)(?:([@*])|\[([@*])\])\}/.exec(rest);
  if (all) {
    scan.pos += all[0].length;
    const sub = (all[2] ?? all[3]) === '*' ? '*' : '@';
    return { t: 'par', name: all[1] ?? '', sub, mod: { m: all[3] === undefined ? 'names' : 'keys' } };
  }
  const name = /^(?:[A-Za-z_]\w*|\d+|#)/.exec(rest)?.[0] ?? '';
  scan.pos += name.length;
  return readRest(scan, name, quoted, { indirect: true });
}

function readModifier(scan: Scanner, c: string, quoted: boolean): Modifier {
  const next = scan.text[scan.pos + 1] ?? '';
  if (c === '') {
    needMore(scan);
    throw problem(scan, "missing '}'", { matching: '}' });
  }
  if (c === '-' || c === '=' || c === '?' || c === '+') {
    scan.pos++;
    return { m: c, colon: false, word: readOperand(scan, quoted, '') };
  }
  if (c === ':' && (next === '-' || next === '=' || next === '?' || next === '+')) {
    scan.pos += 2;
    return { m: next, colon: true, word: readOperand(scan, quoted, '') };
  }
  if (c === '#' || c === '%') {
    const twice = next === c;
    scan.pos += twice ? 2 : 1;
    return { m: c === '#' ? (twice ? '##' : '#') : twice ? '%%' : '%', word: readOperand(scan, false, '') };
  }
  if (c === '/' && scan.dialect.flavour !== 'dash') {
    const anchored = scan.dialect.bash && (next === '#' || next === '%');
    scan.pos += next === '/' || anchored ? 2 : 1;
    const word = readOperand(scan, false, '/');
    const m = next === '/' ? '//' : !anchored ? '/' : next === '#' ? '/#' : '/%';
    return { m, word, by: endedBy(scan) === '/' ? readOperand(scan, quoted && !scan.dialect.bash, '') : [] };
  }
  if (scan.dialect.bash && (c === '^' || c === ',' || c === '~')) {
    const twice = next === c;
    scan.pos += twice ? 2 : 1;
    const m = twice ? (`${c}${c}` as '^^' | ',,' | '~~') : c;
    return { m, word: readOperand(scan, false, '') };
  }
  if (scan.dialect.bash && c === '@' && /^[QEPAKakUuL]\}/.test(scan.text.slice(scan.pos + 1, scan.pos + 3))) {
    scan.pos += 3;
    return { m: '@', how: next };
  }
  if (c === ':' && scan.dialect.flavour !== 'dash') {
    scan.pos++;
    const from = readOperand(scan, true, ':');
    return endedBy(scan) === ':' ? { m: ':', from, length: readOperand(scan, true, '') } : { m: ':', from };
  }
  throw problem(scan, 'bad substitution');
}

/** The character that ended the operand just read. */
function endedBy(scan: Scanner): string | undefined {
  return scan.text[scan.pos - 1];
}

/** An operand inside braces, up to `}` or to one of `stops`; moves behind it. */
function readOperand(scan: Scanner, quoted: boolean, stops: string): Word {
  const parts = new Parts();
  let parens = 0;
  for (;;) {
    const c = scan.text[scan.pos];
    if (c === undefined) {
      needMore(scan);
      throw problem(scan, "missing '}'", { matching: '}' });
    }
    if (c === '}' || (parens === 0 && stops.includes(c))) {
      scan.pos++;
      return parts.list;
    }
    if (stops === ':' && (c === '(' || c === ')')) parens += c === '(' ? 1 : -1;
    if (c === '"') {
      scan.pos++;
      parts.add({ t: 'dq', parts: readDouble(scan, 'quotes') });
    } else if (quoted) readQuotedOperandChar(scan, c, parts);
    else if (c === '\\') readBackslash(scan, parts);
    else if (c === "'" || c === '$' || c === '`') readUnquoted(scan, c, parts);
    else {
      scan.pos++;
      parts.text('lit', c);
    }
  }
}

function readQuotedOperandChar(scan: Scanner, c: string, parts: Parts): void {
  if (c === '\\' || c === '$' || c === '`') readQuotedChar(scan, c, parts, '$`"\\}');
  else {
    scan.pos++;
    parts.text('quo', c);
  }
}
