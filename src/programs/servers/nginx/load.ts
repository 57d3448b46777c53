import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import { checkBlock } from './directives.ts';
import { type Directive, isMistake, type Mistake, parseConfig } from './syntax.ts';

/** errno(3) numbers, as nginx prints them. */
const numbers: { readonly [name: string]: number | undefined } = {
  EACCES: 13,
  EADDRINUSE: 98,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
  EISDIR: 21,
  ENOENT: 2,
  ENOTDIR: 20,
  ETIMEDOUT: 110,
};

/** `2: No such file or directory`. */
export function numbered(error: { readonly errno: Parameters<typeof strerror>[0] }): string {
  const name = String(error.errno);
  return `${numbers[name] ?? 0}: ${strerror(error.errno)}`;
}

/** Reads a configuration with everything that it includes, and checks which directive stands where. */
export function loadDirectives(sys: Sys, path: string, globals: string): readonly Directive[] | Mistake {
  const more = parseConfig(globals === '' || /;\s*$/.test(globals) ? globals : `${globals};`, 'command line');
  if (isMistake(more)) return more;
  const wrong = checkBlock(more, 'main');
  if (wrong) return wrong;
  const main = readBlock(sys, path, '', 'main');
  return isMistake(main) ? main : [...more, ...main];
}

function readBlock(sys: Sys, path: string, where: string, context: string): readonly Directive[] | Mistake {
  const read = sys.fs.readFile(path);
  if (isErrno(read)) return { mistake: `open() "${path}" failed (${numbered(read)})${where}` };
  const parsed = parseConfig(decodeUtf8(read.bytes), path);
  return isMistake(parsed) ? parsed : expand(sys, parsed, context);
}

function expand(sys: Sys, directives: readonly Directive[], context: string): readonly Directive[] | Mistake {
  const all: Directive[] = [];
  for (const each of directives) {
    // one after the other, so that the first mistake in the file is told
    const wrong = context === 'types' ? undefined : checkBlock([each], context);
    if (wrong) return wrong;
    if (each.name === 'include' && context !== 'types') {
      for (const path of matching(sys, each.args[0] ?? '')) {
        const included = readBlock(sys, path, ` in ${each.file}:${each.line}`, context);
        if (isMistake(included)) return included;
        all.push(...included);
      }
    } else if (each.block) {
      const inner = expand(sys, each.block, each.name);
      if (isMistake(inner)) return inner;
      all.push({ ...each, block: inner });
    } else all.push(each);
  }
  const wrong = context === 'types' ? undefined : checkBlock(all, context);
  return wrong ?? all;
}

/** The files that a pattern of `include` means; a name without a star need not exist to be tried. */
function matching(sys: Sys, pattern: string): readonly string[] {
  const path = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`;
  const at = path.lastIndexOf('/');
  const [folder, name] = [path.slice(0, at), path.slice(at + 1)];
  if (!/[*?[]/.test(name)) return [path];
  const names = sys.fs.list(folder === '' ? '/' : folder);
  if (isErrno(names)) return [];
  const source = name
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  const matches = new RegExp(`^${source}$`);
  return names.filter((each) => !each.startsWith('.') && matches.test(each)).map((each) => `${folder}/${each}`);
}
