import type { LineCounter, Node as YamlNode } from 'yaml';
import { isMap, isScalar, isSeq, LineCounter as Lines, parseAllDocuments } from 'yaml';
import { both, type Text } from '../text.ts';
import type { Entry, Fault, Node, Position } from './node.ts';

const longest = 262_144; // characters of a file
const deepest = 12; // a check in `not` in `any` in a step is at 9
const mostNodes = 20_000;

/** Control characters, and those that change the direction of what follows: nothing that a text needs. */
const hidden = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/;

/** The tree that YAML text stands for, or what is wrong with it. Aliases, tags and several documents are refused. */
export function readYaml(source: string): { readonly root?: Node; readonly faults: readonly Fault[] } {
  const text = source.replace(/^\ufeff/, '');
  const refuse = (says: Text, at: Position = { line: 1, column: 1 }) => ({ faults: [{ ...at, says }] });
  if (text.length > longest) return refuse(both('longer than 256 KiB', '256 KiB보다 길어요'));
  const tooDeep = deepLine(text);
  if (tooDeep !== undefined)
    return refuse(both('nested too deeply', '너무 깊이 중첩됐어요'), { line: tooDeep, column: 1 });
  const lines = new Lines();
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: true,
      merge: false,
      schema: 'core',
      logLevel: 'silent',
    });
    const [first, second] = Array.isArray(documents) ? documents : [];
    if (!first?.contents) return refuse(both('nothing in it', '내용이 없어요'));
    const at = (offset: number) => position(lines, offset);
    const faults = [...first.errors, ...first.warnings].slice(0, 20).map(({ pos, code }) => ({
      ...at(pos[0]),
      says: both(`not YAML: ${problem(code).en}`, `YAML이 아니에요: ${problem(code).ko}`),
    }));
    if (second) faults.push({ ...at(second.range[0]), says: both('a second document', '문서가 둘이에요') });
    if (faults.length > 0) return { faults };
    return new Reader(lines).read(first.contents);
  } catch (error) {
    // the parser is recursive, and what it throws for strange input is not documented
    if (error instanceof RangeError) return refuse(both('nested too deeply', '너무 깊이 중첩됐어요'));
    return refuse(both('cannot be read as YAML', 'YAML로 읽을 수 없어요'));
  }
}

/** The first line that nests brackets or indents deeper than any scenario does. Strings are counted too: it is only a guard. */
function deepLine(text: string): number | undefined {
  let line = 1;
  let depth = 0;
  let indent = 0;
  let leading = true;
  for (const char of text) {
    if (char === '\n') {
      line += 1;
      indent = 0;
      leading = true;
    } else if (leading && (char === ' ' || char === '-' || char === '?')) indent += char === ' ' ? 0 : 1;
    else leading = false;
    if (char === '[' || char === '{') depth += 1;
    else if (char === ']' || char === '}') depth = Math.max(0, depth - 1);
    if (depth > 200 || indent > 40) return line;
  }
  return undefined;
}

function position(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** The parser's codes in words of our own; most are about indentation and punctuation. */
function problem(code: string): Text {
  const known: { readonly [code: string]: Text } = {
    DUPLICATE_KEY: both('this key is there twice', '같은 키가 두 번 있어요'),
    TAB_AS_INDENT: both('a tab in the indentation; use spaces', '들여쓰기에 탭이 있어요. 공백을 쓰세요'),
    BAD_INDENT: both('wrong indentation', '들여쓰기가 맞지 않아요'),
    MISSING_CHAR: both('a closing quote, bracket or colon is missing', '닫는 따옴표나 괄호, 콜론이 빠졌어요'),
    BAD_ALIAS: both('an alias to nothing', '가리키는 곳이 없는 별칭이에요'),
    MULTILINE_IMPLICIT_KEY: both(
      'a key over several lines (is a colon missing?)',
      '키가 여러 줄이에요 (콜론이 빠졌나요?)',
    ),
    BLOCK_AS_IMPLICIT_KEY: both(
      'a colon inside a value: put the value in quotes',
      '값 안에 콜론이 있어요. 값을 따옴표로 감싸세요',
    ),
    TAG_RESOLVE_FAILED: both('an unknown tag', '모르는 태그예요'),
    UNEXPECTED_TOKEN: both('something does not belong here', '여기에 맞지 않는 것이 있어요'),
  };
  return Object.hasOwn(known, code) ? (known[code] ?? both(code, code)) : both(code, code);
}

class Reader {
  private readonly lines: LineCounter;
  private readonly faults: Fault[] = [];
  private nodes = 0;

  constructor(lines: LineCounter) {
    this.lines = lines;
  }

  read(contents: YamlNode): { readonly root?: Node; readonly faults: readonly Fault[] } {
    const root = this.node(contents, 1);
    return this.faults.length > 0 ? { faults: this.faults } : { root, faults: [] };
  }

  private node(node: unknown, depth: number): Node {
    const at = this.at(node);
    const nothing: Node = { kind: 'scalar', value: null, at };
    this.nodes += 1;
    if (this.nodes > mostNodes || depth > deepest) {
      if (this.faults.length === 0)
        this.say(at, both('too much, or nested too deeply', '너무 많거나 너무 깊이 중첩됐어요'));
      return nothing;
    }
    if (hasAnchor(node)) {
      this.say(at, both('anchors, aliases and tags are not used here', '앵커, 별칭, 태그는 쓰지 않아요'));
      return nothing;
    }
    if (isMap(node))
      return { kind: 'map', at, entries: node.items.map((pair) => this.entry(pair.key, pair.value, depth)) };
    if (isSeq(node)) return { kind: 'list', at, items: node.items.map((item) => this.node(item, depth + 1)) };
    if (isScalar(node)) return this.scalar(node.value, at);
    return nothing;
  }

  private entry(key: unknown, value: unknown, depth: number): Entry {
    const at = this.at(key);
    const name = isScalar(key) ? String(key.value) : '';
    if (!isScalar(key) || hasAnchor(key)) this.say(at, both('a key must be a word', '키는 낱말이어야 해요'));
    if (hidden.test(name)) this.say(at, hiddenCharacter);
    return { key: name, at, value: value === null ? { kind: 'scalar', value: null, at } : this.node(value, depth + 1) };
  }

  private scalar(value: unknown, at: Position): Node {
    if (typeof value === 'string' && hidden.test(value)) this.say(at, hiddenCharacter);
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return { kind: 'scalar', value: plain ? value : null, at };
  }

  private at(node: unknown): Position {
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    return position(this.lines, Array.isArray(range) ? Number(range[0]) : 0);
  }

  private say(at: Position, says: Text): void {
    if (this.faults.length < 50) this.faults.push({ ...at, says });
  }
}

const hiddenCharacter = both(
  'a control character (an escape sequence?) in a text',
  '글 속에 제어 문자(이스케이프 시퀀스?)가 있어요',
);

/** An alias, or a node with an anchor or a tag of its own. */
function hasAnchor(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('source' in node && !('value' in node)) return true; // an alias
  return ('anchor' in node && node.anchor !== undefined) || ('tag' in node && node.tag !== undefined);
}
