/** The keys of the usual Korean layout (두벌식) for the letters in the order of Unicode's Hangul compatibility jamo, from ㄱ. */
const jamo =
  'r R rt s sw sg e E f fr fa fq ft fx fv fg a q Q qt t T d w W c z x v g k o i O j p u P h hk ho hl y n nj np nl b m ml l';
/** The same for the parts of a syllable: the first sounds, the vowels, the last sounds. */
const firsts = 'r R s e E f a q Q t T d w W c z x v g';
const vowels = 'k o i O j p u P h hk ho hl y n nj np nl b m ml l';
const lasts = ' r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g';

const key = (keys: string, index: number): string => keys.split(' ')[index] ?? '';

/** What the same keys would have typed on the Latin layout: `애찯ㄱ ㅔㄴ` is `docker ps`. */
export function latinKeys(text: string): string {
  return text.normalize('NFC').replace(/[가-힣ㄱ-ㅣ]/g, (letter) => {
    const code = letter.charCodeAt(0);
    if (code < 0xac00) return key(jamo, code - 0x3131);
    const syllable = code - 0xac00;
    return (
      key(firsts, Math.floor(syllable / 588)) +
      key(vowels, Math.floor((syllable % 588) / 28)) +
      key(lasts, syllable % 28)
    );
  });
}
