/** A text read character by character, as code points. */
export class Characters {
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.startsWith('\ufeff') ? 1 : 0; // Go's scanner passes over a byte order mark
  }

  /** The next character, which stays; empty at the end. */
  peek(): string {
    const code = this.#text.codePointAt(this.#at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  /** The next character, which goes; empty at the end. */
  next(): string {
    const char = this.peek();
    this.#at += char.length;
    return char;
  }

  /** A variable's name: letters, digits and `_`, only digits if it begins with one, or one special character. */
  name(): string {
    const special = '@*#?-$!0';
    const first = this.peek();
    if (/^\p{Nd}$/u.test(first)) return this.#while(/^\p{Nd}$/u);
    if (first !== '' && special.includes(first)) return this.next();
    return this.#while(/^[\p{L}\p{Nd}_]$/u);
  }

  #while(pattern: RegExp): string {
    let out = '';
    while (pattern.test(this.peek())) out += this.next();
    return out;
  }
}
