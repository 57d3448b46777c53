import { columns } from '../explain/width.ts';
import { type ByteString, encodeUtf8 } from '../kernel/bytes.ts';
import type { Prompt } from '../shell/prompt.ts';

/** What stands before the prompt in what was printed last. */
export function splitPrompt(bytes: ByteString, { prompt, text }: Prompt): ByteString {
  const shown = encodeUtf8(prompt + text).replaceAll('\n', '\r\n');
  const at = bytes.lastIndexOf(shown);
  return bytes.slice(0, at >= 0 ? at : bytes.lastIndexOf('\n') + 1);
}

/** What was printed last, with something said before the prompt, on lines of its own. */
export function atPrompt(bytes: ByteString, prompt: Prompt, said: ByteString): ByteString {
  const before = splitPrompt(bytes, prompt);
  const gap = before === '' || before.endsWith('\n') ? '' : '\r\n';
  return `${before}${gap}${said}${bytes.slice(before.length)}`;
}

/** Says something in place of the prompt and what was typed, and shows both again below. `cols`: of the terminal. */
export function redrawn({ prompt, text, cursor }: Prompt, said: ByteString, cols: number): ByteString {
  const last = prompt.slice(prompt.lastIndexOf('\n') + 1).replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '');
  const at = columns(last) + columns(text.slice(0, cursor));
  const end = columns(last) + columns(text);
  const up = (rows: number) => (rows > 0 ? `\x1b[${rows}A` : '');
  const column = at % cols;
  const back = `${up(Math.floor(end / cols) - Math.floor(at / cols))}\r${column > 0 ? `\x1b[${column}C` : ''}`;
  const line = encodeUtf8(prompt + text).replaceAll('\n', '\r\n');
  return `${up(Math.floor(at / cols))}\r\x1b[J${said}${line}${cursor < text.length ? back : ''}`;
}
