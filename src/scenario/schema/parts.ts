import { both, type Text } from '../text.ts';
import { must, record, type Shape, string } from './shape.ts';

/** A text in English and Korean. */
export function words(most = 1500): Shape<Text> {
  const text = string(most, { like: /\S/, says: both('empty', '비어 있어요') });
  return record({ en: must(text, 'English'), ko: must(text, '한국어 (해요체)') });
}

/** A word or a few, not in a language. */
export function text(most = 500): Shape<string> {
  return string(most);
}

/** A size in bytes, with a unit. */
export function size(): Shape<string> {
  return string(20, {
    like: /^\d{1,9}(?:\.\d{1,3})?\s?(?:[kmg]i?b?|b)?$/i,
    says: both('needs a size such as 64m or 100MB', '64m이나 100MB 같은 크기여야 해요'),
  });
}

/** A line for the simulated shell. */
export function commandLine(): Shape<string> {
  return string(1000, {
    like: /^[^\n]*\n?$/,
    says: both('a command is one line', '명령은 한 줄이어야 해요'),
  });
}

/** An absolute path of the simulated machine. */
export function path(): Shape<string> {
  return string(255, {
    like: /^\/(?!.*(?:^|\/)\.\.?(?:\/|$))[^\0]*$/,
    says: both('needs an absolute path without . and ..', '.이나 ..이 없는 절대 경로여야 해요'),
  });
}

/** A name, in which `*` stands for any characters. */
export function pattern(): Shape<string> {
  return string(255, {
    like: /^(?!.*\*.*\*.*\*)/,
    says: both('at most two * in a pattern', '*는 두 개까지만 쓸 수 있어요'),
  });
}

/** Does a word fit a pattern as a whole? `*` stands for any characters; nothing else is special. */
export function fits(pattern: string, word: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return word === first;
  if (!word.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const part of rest) {
    const found = word.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return word.length - last.length >= at && word.endsWith(last);
}
