import type { ImageStack, SizedPath, StackLayer } from '../../engine/images/stack.ts';
import { pad, printable, wrap } from '../width.ts';
import { type LayerTexts, layerTextsEn, layerTextsKo } from './layer-texts.ts';
import type { ViewOptions } from './options.ts';

const shownNames = 3;
const sizeColumn = 8;

/** An image as a stack of layers, the newest on top: lines to print. */
export function layersView(stack: ImageStack, options: ViewOptions): string[] {
  const texts = options.lang === 'ko' ? layerTextsKo : layerTextsEn;
  const { style, size } = options;
  const layers = stack.rows.filter(({ layer }) => layer).length;
  const lines = [
    ...wrap(texts.heading({ name: printable(stack.name), layers, size: size(stack.size) }), options.width),
  ];
  const left = ' '.repeat(sizeColumn);
  lines.push('', ...detail(left, options.plain ? '+' : '┌', texts.writable, options));
  for (const { instruction, layer } of [...stack.rows].reverse()) {
    const mark = layer ? (options.plain ? '#' : '█') : options.plain ? '|' : '│';
    const label = pad(size(layer?.size ?? 0), sizeColumn);
    const room = Math.max(12, options.width - sizeColumn - 3);
    const [first = '', ...rest] = wrap(oneLine(instruction), room).slice(0, 3);
    lines.push(`${label} ${mark} ${layer ? style.bold(first) : style.dim(first)}`.trimEnd());
    for (const line of rest) lines.push(`${left} ${mark} ${layer ? style.bold(line) : style.dim(line)}`);
    const told = layer ? layerDetails(layer, texts, size) : [];
    for (const text of told) lines.push(...detail(left, mark, `  ${text}`, options));
  }
  const summary = [
    layers > 0 ? (stack.shared > 0 ? texts.sharedInAll({ size: size(stack.shared) }) : texts.noneShared) : '',
    layers < stack.rows.length ? texts.settings : '',
    stack.hidden > 0 ? texts.hiddenInAll({ size: size(stack.hidden) }) : '',
  ];
  lines.push('', ...summary.filter((text) => text !== '').flatMap((text) => wrap(text, options.width)));
  return lines;
}

function layerDetails(layer: StackLayer, texts: LayerTexts, size: (bytes: number) => string): string[] {
  const named = ({ path, bytes }: SizedPath) => `${printable(path)} (${size(bytes)})`;
  const { added, changed, standIn } = layer;
  const some = added + changed > 0;
  const details = [standIn ? texts.standIn({ files: added + changed }) : some ? texts.files(layer) : texts.noFiles];
  if (!standIn && layer.largest.length > 0) details.push(texts.largest({ files: layer.largest.map(named) }));
  if (layer.hidden.length > 0) {
    const bytes = layer.hidden.reduce((sum, file) => sum + file.bytes, 0);
    const files = layer.hidden.slice(0, shownNames).map(({ path }) => printable(path));
    details.push(texts.hides({ files, more: layer.hidden.length - files.length, size: size(bytes) }));
  }
  if (layer.sharedWith.length > 0) {
    const images = layer.sharedWith.slice(0, shownNames).map(printable);
    details.push(texts.shared({ images, more: layer.sharedWith.length - images.length }));
  }
  return details;
}

function detail(left: string, mark: string, text: string, { width, style }: ViewOptions): string[] {
  const indent = /^ */.exec(text)?.[0] ?? '';
  const room = Math.max(12, width - left.length - 3 - indent.length);
  return wrap(text.trim(), room).map((line) => `${left} ${mark} ${indent}${style.dim(line)}`);
}

/** An instruction without the shell in front of it and without line breaks. */
function oneLine(instruction: string): string {
  return printable(
    instruction
      .replace(/^\/bin\/sh -c #\(nop\)\s+/, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}
