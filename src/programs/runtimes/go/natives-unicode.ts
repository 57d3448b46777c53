import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Natives } from '../core/lang.ts';
import { num, str } from './values.ts';

const classOf =
  (p: RegExp): Natives[string] =>
  (_vm, [r]) =>
    p.test(String.fromCodePoint(num(r)));

/** The packages unicode and unicode/utf8. */
export const unicodeNatives: Natives = {
  'utf8.RuneCountInString': (_vm, [s]) => [...decodeUtf8(str(s))].length,
  'utf8.RuneLen': (_vm, [r]) => encodeUtf8(String.fromCodePoint(num(r))).length,
  'unicode.IsUpper': classOf(/^\p{Lu}$/u),
  'unicode.IsLower': classOf(/^\p{Ll}$/u),
  'unicode.IsDigit': classOf(/^\p{Nd}$/u),
  'unicode.IsLetter': classOf(/^\p{L}$/u),
  'unicode.IsSpace': classOf(/^\s$/u),
  'unicode.IsPunct': classOf(/^\p{P}$/u),
  'unicode.ToUpper': (_vm, [r]) => String.fromCodePoint(num(r)).toUpperCase().codePointAt(0) ?? 0,
  'unicode.ToLower': (_vm, [r]) => String.fromCodePoint(num(r)).toLowerCase().codePointAt(0) ?? 0,
};
