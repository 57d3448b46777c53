import { readElementHead } from './arrays.ts';
import type { PendingDocument, Scanner, Token } from './scanner.ts';
import { innerScanner, joinLines, lineOf, needMore } from './scanner.ts';
import type { Word } from './tree.ts';
import { plainText } from './tree.ts';
import { isProcessSubstitution, readDouble, readWord } from './words.ts';

/** The next token, without taking it. */
export function peek(scan: Scanner): Token {
  scan.token ??= readToken(scan);
  return scan.token;
}

/** Takes the next token. */
export function take(scan: Scanner): Token {
  const token = peek(scan);
  scan.token = undefined;
  return token;
}

function skipBlanks(scan: Scanner): void {
  for (;;) {
    const c = scan.text[scan.pos];
    if (c === ' ' || c === '\t') scan.pos++;
    else if (c === '\\' && scan.text[scan.pos + 1] === '\n') scan.pos += 2;
    else if (c === '#') {
      const end = scan.text.indexOf('\n', scan.pos);
      scan.pos = end < 0 ? scan.text.length : end;
    } else return;
  }
}

function readToken(scan: Scanner): Token {
  skipBlanks(scan);
  const start = scan.pos;
  const c = scan.text[start];
  if (c === undefined) {
    needMore(scan);
    if (scan.documents.length > 0) readDocuments(scan);
    return { k: 'eof', start };
  }
  if (c === '\n') {
    scan.pos++;
    if (scan.documents.length > 0) readDocuments(scan);
    return { k: 'newline', start };
  }
  const operator = isProcessSubstitution(scan) ? undefined : readOperator(scan, c, undefined);
  if (operator) return operator;
  const number = /^[0-9]{1,9}(?=[<>])/.exec(scan.text.slice(start, start + 10))?.[0];
  if (number !== undefined) {
    scan.pos += number.length;
    const redirect = readOperator(scan, scan.text.charAt(scan.pos), Number(number));
    if (redirect) return redirect;
  }
  const variable = scan.dialect.bash && c === '{' ? /^\{([A-Za-z_]\w*)\}(?=[<>])/.exec(scan.text.slice(start)) : null;
  if (variable) {
    scan.pos += variable[0].length;
    const redirect = readOperator(scan, scan.text.charAt(scan.pos), undefined);
    if (redirect?.k === 'redir') return { ...redirect, variable: variable[1] ?? '' };
    scan.pos = start;
  }
  const head = scan.dialect.bash ? readElementHead(scan) : undefined;
  const word = head ? [head, ...readWord(scan)] : readWord(scan);
  return { k: 'word', word, plain: plainText(word), start };
}

/** The longest operator first. */
const redirections = ['&>', '<<-', '<<', '<&', '<>', '<', '>>', '>&', '>|', '>'];
const bashRedirections = ['&>>', '<<<', ...redirections];

function readOperator(scan: Scanner, c: string, fd: number | undefined): Token | undefined {
  const start = scan.pos;
  if (!'<>&|;()'.includes(c)) return undefined;
  joinLines(scan, start + 1);
  const next = scan.text[start + 1];
  if (next === undefined && c !== '(' && c !== ')') needMore(scan);
  const redirect = c === '<' || c === '>' || (c === '&' && next === '>');
  if (redirect) {
    const known = scan.dialect.bash ? bashRedirections : redirections;
    const s = known.find((op) => scan.text.startsWith(op, start)) ?? c;
    if (s === '<<' && start + 2 === scan.text.length) needMore(scan);
    scan.pos += s.length;
    return { k: 'redir', s, fd, start };
  }
  if (scan.dialect.bash) {
    const longer = [';;&', ';&', '|&'].find((op) => scan.text.startsWith(op, start));
    if (longer !== undefined) {
      scan.pos += longer.length;
      return { k: 'op', s: longer, start };
    }
  }
  const twice = (c === '&' || c === '|' || c === ';') && next === c;
  scan.pos += twice ? 2 : 1;
  return { k: 'op', s: twice ? c + c : c, start };
}

/** Reads the texts of the here-documents that were begun on the line that has just ended. */
function readDocuments(scan: Scanner): void {
  const waiting = scan.documents;
  scan.documents = [];
  for (const document of waiting) {
    const body = readDocument(scan, document);
    const word: Word = document.quoted
      ? [{ t: 'quo', s: body }]
      : [{ t: 'dq', parts: readDouble(innerScanner(scan, body), 'document') }];
    document.fill(word, body);
  }
}

function readDocument(scan: Scanner, document: PendingDocument): string {
  let body = '';
  for (;;) {
    if (scan.pos >= scan.text.length) {
      needMore(scan);
      scan.openDocument ??= { delimiter: document.delimiter, begun: document.line, line: lineOf(scan) };
      break;
    }
    let end = scan.text.indexOf('\n', scan.pos);
    if (end < 0) {
      needMore(scan);
      end = scan.text.length;
    }
    const line = scan.text.slice(scan.pos, end);
    const bare = document.strip ? line.replace(/^\t+/, '') : line;
    const ended = end < scan.text.length;
    scan.pos = Math.min(end + 1, scan.text.length);
    if (bare === document.delimiter) break;
    // bash ends a last line that the script has left open
    body += ended || (scan.dialect.bash && bare !== '') ? `${bare}\n` : bare;
    // a backslash at the end joins lines before the next one is compared, unless the delimiter was quoted
    while (!document.quoted && /(?:^|[^\\])(?:\\\\)*\\\n$/.test(body) && scan.pos < scan.text.length) {
      const next = scan.text.indexOf('\n', scan.pos);
      const stop = next < 0 ? scan.text.length : next + 1;
      body += scan.text.slice(scan.pos, stop);
      scan.pos = stop;
    }
  }
  return body;
}
