import type { Language } from '../explain/language.ts';

/** A text in both languages. */
export type Text = { readonly [L in Language]: string };

/** A text in both languages. */
export function both(en: string, ko: string): Text {
  return { en, ko };
}

/** Texts one after another, with what is to stand between them. */
export function joined(texts: readonly Text[], between: Text | string): Text {
  const [en, ko] = typeof between === 'string' ? [between, between] : [between.en, between.ko];
  return both(texts.map((text) => text.en).join(en), texts.map((text) => text.ko).join(ko));
}
