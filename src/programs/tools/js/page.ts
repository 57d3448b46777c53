import type { Sys } from '../../../kernel/program.ts';
import { copyBelow, exists, put, textOf } from '../files.ts';
import { standIn, standInText } from '../say.ts';
import { firstOf, shortHash } from './settings.ts';

/** What a bundler makes of a page. */
export interface PageBuild {
  readonly tool: string;
  /** The file that says so, or the command line. */
  readonly from: string;
  readonly out: string;
  readonly publicFolder: string;
  readonly index: readonly string[];
  /** Where the bundled code goes, with `%h` for the letters in its name. */
  readonly script: string;
}

/** Makes a bundler's output folder: what is public as it is, the page with its script, and a stand-in for the script. */
export function buildPage(sys: Sys, { tool, from, out, publicFolder, index, script }: PageBuild): number {
  const page = firstOf(sys, ...index);
  let files = exists(sys, publicFolder) ? copyBelow(sys, publicFolder, out) : 0;
  const text = page === undefined ? undefined : textOf(sys, page);
  const entry = /<script[^>]*\bsrc=["']\/?([^"']+)["']/.exec(text ?? '')?.[1];
  const source = firstOf(sys, entry ?? 'src', 'src', '.') ?? 'src';
  const name = script.replace('%h', shortHash(`${text ?? ''}${textOf(sys, source) ?? ''}`));
  put(sys, `${out}/${name}`, standInText(tool, source));
  files += 1;
  if (text !== undefined) {
    put(sys, `${out}/index.html`, withScript(text, name));
    files += 1;
  }
  standIn(sys, tool, from, out, files);
  return 0;
}

/** The page as a bundler leaves it: with its own script tag, and the places of the template filled. */
function withScript(html: string, name: string): string {
  const plain = html
    .replaceAll('%PUBLIC_URL%', '')
    .replaceAll(/<%=\s*BASE_URL\s*%>/g, '/')
    .replaceAll(/<%=[^%]*%>/g, '')
    .replaceAll(/[ \t]*<script[^>]*\bsrc=["']\/?(?:src\/|\.\/src\/)[^>]*><\/script>\n?/g, '');
  const tag = `<script type="module" crossorigin src="/${name}"></script>`;
  return plain.includes('</head>') ? plain.replace('</head>', `${tag}</head>`) : `${plain}${tag}\n`;
}
