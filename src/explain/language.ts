/** The languages of explanations, hints and drydock's own messages. Docker's words stay English. */
export type Language = 'en' | 'ko';

/** The language that a word names (`ko`, `KO`, `ko_KR.UTF-8`), or undefined. */
export function parseLanguage(text: string): Language | undefined {
  const name = /^[a-z]+/i.exec(text)?.[0].toLowerCase();
  return name === 'ko' || name === 'en' ? name : undefined;
}

/**
 * The language to speak: the flag, else DRYDOCK_LANG, else the locale (LC_ALL before LC_MESSAGES before LANG, the first
 * that is not empty: POSIX, "Internationalization Variables"), else English. A word that names no language of ours is passed over.
 */
export function chooseLanguage(
  env: { readonly [name: string]: string | undefined },
  flag?: string | undefined,
): Language {
  const chosen = parseLanguage(flag ?? '') ?? parseLanguage(env.DRYDOCK_LANG ?? '');
  if (chosen) return chosen;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return parseLanguage(locale) ?? 'en';
}
