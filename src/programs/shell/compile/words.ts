import type { ListItem, Part, Word } from '../syntax/tree.ts';
import { compileArgument, compileCommand } from './commands.ts';
import type { Emitter } from './emitter.ts';
import { at, emit, patch } from './emitter.ts';
import type { Expansion, Op } from './ops.ts';

/** Where a word stands, which decides what happens to its parts. */
export interface WordPlace {
  /** It becomes one string: nothing is split into fields. */
  readonly one: boolean;
  /** It is an operand in braces: its own text is split like the result of an expansion. */
  readonly operand: boolean;
  /** Tildes: at the start; after `=` and `:` too if the word proves to be an assignment; everywhere as in an assignment; never. */
  readonly tilde: 'start' | 'argument' | 'assignment' | 'never';
  /** It stands in double quotes. */
  readonly quoted: boolean;
}

export const argumentPlace: WordPlace = { one: false, operand: false, tilde: 'argument', quoted: false };
export const assignmentPlace: WordPlace = { one: true, operand: false, tilde: 'assignment', quoted: false };
export const stringPlace: WordPlace = { one: true, operand: false, tilde: 'start', quoted: false };
const operandTextPlace: WordPlace = { one: true, operand: false, tilde: 'start', quoted: false };

/** The operations that build a word's segments. */
export function compileWord(out: Emitter, word: Word, place: WordPlace): void {
  word.forEach((part, index) => {
    if (part.t === 'lit' && !place.quoted) compileLiteral(out, part.s, place, index === 0, word.length === 1);
    else compilePart(out, part, place);
  });
}

/** Unquoted text, with its tildes. */
function compileLiteral(out: Emitter, text: string, place: WordPlace, first: boolean, alone: boolean): void {
  const kind = place.operand && !place.one ? 2 : 0;
  const always = place.tilde === 'assignment';
  const maybe = place.tilde === 'argument' && /^[A-Za-z_]\w*=/.test(text) && first;
  if (place.tilde === 'never' || !text.includes('~')) {
    emit(out, { o: 'text', k: kind, s: text });
    return;
  }
  let rest = text;
  let start = first;
  let plain = '';
  const flush = () => {
    if (plain !== '') emit(out, { o: 'text', k: kind, s: plain });
    plain = '';
  };
  while (rest !== '') {
    const end = always || maybe ? '[/:]' : '/';
    const tilde = start && rest.startsWith('~') ? new RegExp(`^~([^/:]*?)(?=${end}|$)`).exec(rest) : null;
    // a name that goes on in the next part (`~"x"`) is no user's
    if (tilde && (alone || tilde[0].length < rest.length)) {
      flush();
      emit(out, { o: 'tilde', user: tilde[1] ?? '', assign: !always && !(first && rest.length === text.length) });
      rest = rest.slice(tilde[0].length);
    }
    const stop = always || maybe ? /[:=]/.exec(rest) : null;
    const length = stop ? stop.index + 1 : rest.length;
    plain += rest.slice(0, length);
    rest = rest.slice(length);
    start = stop?.[0] === ':' || (stop?.[0] === '=' && maybe && plain.indexOf('=') === plain.length - 1);
  }
  flush();
}

function compilePart(out: Emitter, part: Part, place: WordPlace): void {
  switch (part.t) {
    case 'lit':
    case 'quo':
      emit(out, { o: 'text', k: 1, s: part.s });
      return;
    case 'dq': {
      const vanishes = part.parts.length > 0 && part.parts.every(isMany);
      if (!vanishes) emit(out, { o: 'text', k: 1, s: '' });
      for (const inner of part.parts) compilePart(out, inner, { ...place, quoted: true });
      return;
    }
    case 'ari':
      compileArithmetic(out, part.parts, place.quoted);
      return;
    case 'sub': {
      const fork = at(out);
      emit(out, { o: 'substitute', to: 0, q: place.quoted });
      if (part.body) compileCommand(out, part.body, { tested: false, last: true });
      emit(out, { o: 'exit' });
      patch(out, fork, { to: at(out) });
      return;
    }
    case 'par':
      compileParameter(out, part, place);
      return;
    case 'bad':
      emit(out, { o: 'bad', text: part.text });
      return;
    case 'process': {
      const fork = at(out);
      emit(out, { o: 'process', kind: part.to, to: 0 });
      if (part.body) compileCommand(out, part.body, { tested: false, last: true });
      emit(out, { o: 'exit' });
      patch(out, fork, { to: at(out) });
      return;
    }
    default:
  }
}

/** The items of `name=(…)`, up to what takes them. */
export function compileItems(out: Emitter, items: readonly ListItem[]): void {
  emit(out, { o: 'openList' });
  for (const { key, append, word } of items) {
    if (!key) {
      compileArgument(out, word);
      continue;
    }
    compileText(out, key);
    compileText(out, word);
    emit(out, { o: 'keyed', append: append ?? false });
  }
}

/** A word as a text of its own: an operand that an operation takes. */
export function compileText(out: Emitter, word: Word, quoted = false): void {
  emit(out, { o: 'open' });
  compileWord(out, word, { ...operandTextPlace, tilde: 'never', quoted });
}

/** The text of an arithmetic expression, as `compileText`. */
export function compileExpression(out: Emitter, parts: readonly Part[]): void {
  emit(out, { o: 'open' });
  for (const part of parts) compilePart(out, part, { one: true, operand: false, tilde: 'never', quoted: true });
}

/** `$@` and `${a[@]}`, which in quotes are as many words as there are values. */
function isMany(part: Part): boolean {
  return (
    part.t === 'par' && (part.name === '@' || part.sub === '@') && (part.mod?.m !== 'length' || part.sub === undefined)
  );
}

function compileArithmetic(out: Emitter, parts: readonly Part[], q: boolean): void {
  if (parts.every((part) => part.t === 'quo')) {
    emit(out, { o: 'constantArithmetic', s: parts.map((part) => (part.t === 'quo' ? part.s : '')).join(''), q });
    return;
  }
  emit(out, { o: 'open' });
  for (const part of parts) compilePart(out, part, { one: true, operand: false, tilde: 'never', quoted: true });
  emit(out, { o: 'arithmetic', q });
}

function compileParameter(out: Emitter, part: Part & { t: 'par' }, place: WordPlace): void {
  const { name, mod, sub, indirect } = part;
  const expansion: Expansion = {
    name,
    ...(sub === undefined ? {} : { sub: typeof sub === 'string' ? sub : 'one' }),
    ...(indirect ? { indirect } : {}),
    q: place.quoted,
    one: place.one,
  };
  const subscript = () => {
    if (sub !== undefined && typeof sub !== 'string') compileText(out, sub);
  };
  if (!(mod?.m === '-' || mod?.m === '+' || mod?.m === '=' || mod?.m === '?')) subscript();
  const text = (word: Word, quoted: boolean) => {
    emit(out, { o: 'open' });
    compileWord(out, word, { ...operandTextPlace, quoted });
  };
  if (!mod) {
    emit(out, { o: 'parameter', ...expansion });
    return;
  }
  switch (mod.m) {
    case 'length':
      emit(out, { o: 'length', ...expansion });
      return;
    case '-':
    case '+':
    case '=':
    case '?': {
      subscript();
      const choose = at(out);
      emit(out, { o: 'choose', m: mod.m, colon: mod.colon, to: 0, ...expansion });
      if (mod.m === '=' || mod.m === '?') {
        if (mod.m === '=') subscript();
        text(mod.word, place.quoted);
        const op: Op = mod.m === '=' ? { o: 'assignDefault', ...expansion } : { o: 'complain', name, colon: mod.colon };
        emit(out, op);
      } else {
        compileWord(out, mod.word, { ...place, operand: true, tilde: place.quoted ? 'never' : 'start' });
      }
      patch(out, choose, { to: at(out) });
      return;
    }
    case '#':
    case '##':
    case '%':
    case '%%':
      text(mod.word, false);
      emit(out, { o: 'trim', m: mod.m, ...expansion });
      return;
    case '/':
    case '//':
      text(mod.word, false);
      text(mod.by, false);
      emit(out, { o: 'replace', m: mod.m, ...expansion });
      return;
    case '/#':
    case '/%':
      text(mod.word, false);
      text(mod.by, false);
      emit(out, { o: 'replace', m: mod.m, ...expansion });
      return;
    case '^':
    case '^^':
    case ',':
    case ',,':
    case '~':
    case '~~':
      text(mod.word, false);
      emit(out, { o: 'case', m: mod.m, ...expansion });
      return;
    case '@':
      emit(out, { o: 'transform', how: mod.how, ...expansion });
      return;
    case 'keys':
    case 'names':
      emit(out, { o: mod.m, ...expansion });
      return;
    case ':':
      text(mod.from, true);
      if (mod.length) text(mod.length, true);
      emit(out, { o: 'slice', counted: mod.length !== undefined, ...expansion });
  }
}
