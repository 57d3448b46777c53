/** Particles whose form depends on the word before: the form after a final consonant first. */
export type Particle = '은/는' | '이/가' | '을/를' | '과/와' | '으로/로' | '이에요/예요' | '이라/라';

type Final = 'none' | 'rieul' | 'other';

/** The final sound of the Korean names of the digits: 영 일 이 삼 사 오 육 칠 팔 구 (십, 백, 천 and 만 end in a consonant as 영 does). */
const digits: readonly Final[] = ['other', 'rieul', 'none', 'other', 'none', 'none', 'other', 'rieul', 'rieul', 'none'];

/** Common words that are said otherwise than the rules below would say. */
const known: { readonly [word: string]: Final } = { sleep: 'other', group: 'other', app: 'other' };

/**
 * The word with the particle that fits it: `josa('web', '을/를')` is `web을`. Words in Latin letters are judged by how they
 * are said in Korean, numbers by their last digit. What stands in brackets at the end does not count: the particle follows the
 * word before them.
 */
export function josa(word: string, particle: Particle): string {
  const [closed, open] = particle.split('/') as [string, string];
  const final = finalSound(word);
  const isOpen = final === 'none' || (particle === '으로/로' && final === 'rieul');
  return word + (isOpen ? open : closed);
}

/** How the spoken word ends: in a vowel, in ㄹ, or in another consonant. */
export function finalSound(word: string): Final {
  const said = word.replace(/(?<=.)\s*\([^()]*\)$/, '').replace(/[^\p{L}\p{N}]+$/u, '');
  const last = said.match(/[가-힣]$|\d$|[A-Za-z]+$/u)?.[0] ?? '';
  const code = last.charCodeAt(0);
  if (code >= 0xac00 && code <= 0xd7a3) {
    const consonant = (code - 0xac00) % 28;
    return consonant === 0 ? 'none' : consonant === 8 ? 'rieul' : 'other';
  }
  // the letters of an id are spelled out: a to f all end in a vowel
  if (/^[0-9a-f]{12}$/.test(said) && !/^\d$/.test(last)) return 'none';
  if (/^\d$/.test(last)) return digits[Number(last)] ?? 'none';
  return last === '' ? 'none' : latinFinal(last);
}

function latinFinal(word: string): Final {
  const lower = word.toLowerCase();
  const listed = Object.hasOwn(known, lower) ? known[lower] : undefined;
  if (listed) return listed;
  const isSpelledOut = !/[aeiouy]/.test(lower) || (/[A-Z]$/.test(word) && !word.startsWith('SIG'));
  // L and R are 엘 and 알, M and N are 엠 and 엔; all other letters' names end in a vowel
  if (isSpelledOut) return /[lr]$/.test(lower) ? 'rieul' : /[mn]$/.test(lower) ? 'other' : 'none';
  if (/le?$/.test(lower)) return 'rieul';
  if (/[mn]$|ng$|[aeiou][mn]e$/.test(lower)) return 'other';
  // a stop after one short vowel closes the syllable (웹, 넷, 스택); after a long one or a consonant it gets a vowel (루트, 호스트)
  return /(?:^|[^aeiou]|qu)[aeiou](?:[bpktc]|ck|pp|tt)$/.test(lower) ? 'other' : 'none';
}
