/** An element of XML: its name, its own text, and the elements in it. Attributes and namespaces are left out. */
export interface Element {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Element[];
}

interface Open {
  readonly name: string;
  text: string;
  readonly children: Element[];
}

/** Reads a document as build files are written; what is not closed ends with the text. */
export function readXml(text: string): Element {
  const plain = text.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>/g, '');
  const stack: Open[] = [{ name: '', text: '', children: [] }];
  for (const [, close, name = '', empty, words] of plain.matchAll(/<(\/?)([\w.:-]+)[^>]*?(\/?)>|([^<]+)/g)) {
    const top = stack.at(-1);
    if (!top) break;
    if (words !== undefined) top.text += words;
    else if (close === '/') end(stack);
    else {
      stack.push({ name, text: '', children: [] });
      if (empty === '/') end(stack);
    }
  }
  while (stack.length > 1) end(stack);
  return stack[0]?.children[0] ?? { name: '', text: '', children: [] };
}

function end(stack: Open[]): void {
  const done = stack.length > 1 ? stack.pop() : undefined;
  if (done) stack.at(-1)?.children.push({ name: done.name, text: decoded(done.text.trim()), children: done.children });
}

function decoded(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

/** The first element at a path below one. */
export function at(element: Element | undefined, ...path: readonly string[]): Element | undefined {
  return path.reduce((here, name) => here?.children.find((one) => one.name === name), element);
}

/** The text at a path; undefined when there is no such element. */
export function textAt(element: Element | undefined, ...path: readonly string[]): string | undefined {
  return at(element, ...path)?.text;
}
