// The architecture as tests: which room may import which, and what a pure room must not touch.
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');

interface Room {
  /** Rooms it may import, besides itself. */
  values: readonly string[];
  /** Rooms it may import types of, besides those. */
  types?: readonly string[];
  /** No input or output, no clock, no chance: everything comes in from outside. */
  pure?: true;
}

const belowCli = ['kernel', 'programs', 'oci', 'registry', 'builder', 'engine', 'vm', 'explain'];
const onTop = [...belowCli, 'cli'];

const rooms: Readonly<Record<string, Room>> = {
  kernel: { values: [], pure: true },
  programs: { values: ['kernel', 'oci'], pure: true },
  oci: { values: ['kernel'], pure: true },
  registry: { values: ['kernel', 'programs', 'oci'], pure: true },
  builder: { values: ['kernel', 'programs', 'oci'], pure: true },
  engine: { values: ['kernel', 'programs', 'oci', 'registry', 'builder'], pure: true },
  vm: { values: ['kernel', 'programs', 'oci'], pure: true },
  explain: { values: [], types: [...belowCli, 'session', 'host', 'compare'], pure: true },
  cli: { values: belowCli, pure: true },
  session: { values: [], types: ['kernel'] },
  host: { values: belowCli, pure: true },
  shell: { values: [...onTop, 'host'], pure: true },
  scenario: { values: [...onTop, 'host', 'shell'] },
  compare: { values: [...onTop, 'host', 'scenario'], pure: true },
  client: { values: [...onTop, 'host', 'shell', 'scenario', 'compare', 'session'] },
  main: { values: [...onTop, 'host', 'shell', 'scenario', 'compare', 'session', 'client'] },
};

const longest = 400; // lines of a file

/** The room of a path under src: its first folder; files directly in src are the entry. */
const roomOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : 'main');
const isData = (path: string) => path.split('/').slice(0, -1).includes('data');

// ---- A little lexer: comments go, and so does what stands in strings, templates and regular expressions.

const regexMayFollow =
  /(?:^|[([{}=:;,!&|?+\-*%<>~^]|=>|\b(?:return|typeof|case|in|of|void|throw|else|do|await|yield))\s*$/;

/** The source without comments; with `emptied`, literals are empty too (but not the `${…}` inside templates). */
function strip(source: string, emptied: boolean): string {
  let out = '';
  let i = 0;
  const templates: number[] = []; // open braces in each `${` that we are in
  const literal = (end: number) => {
    const text = source.slice(i, end);
    out += emptied ? `${text[0]}${text.at(-1)}` : text;
    i = end;
  };
  const quoted = (quote: string) => {
    let end = i + 1;
    while (end < source.length && source[end] !== quote && source[end] !== '\n') end += source[end] === '\\' ? 2 : 1;
    literal(end + 1);
  };
  const regex = () => {
    let end = i + 1;
    for (let set = false; end < source.length && (set || source[end] !== '/') && source[end] !== '\n'; end++) {
      if (source[end] === '\\') end++;
      else if (source[end] === '[') set = true;
      else if (source[end] === ']') set = false;
    }
    literal(end + 1);
  };
  // from a backquote, or from the brace that ends a `${…}`, to the next `${` or the closing backquote
  const template = () => {
    let end = i + 1;
    while (end < source.length && source[end] !== '`' && !source.startsWith('${', end))
      end += source[end] === '\\' ? 2 : 1;
    const more = source[end] === '$';
    if (more) templates.push(0);
    literal(end + (more ? 2 : 1));
  };
  while (i < source.length) {
    const c = source.charAt(i);
    const depth = templates.at(-1);
    if (source.startsWith('//', i)) {
      i = source.indexOf('\n', i) < 0 ? source.length : source.indexOf('\n', i);
    } else if (source.startsWith('/*', i)) {
      const end = source.indexOf('*/', i + 2);
      i = end < 0 ? source.length : end + 2;
      out += ' ';
    } else if (c === "'" || c === '"') {
      quoted(c);
    } else if (c === '`') {
      template();
    } else if (c === '}' && depth === 0) {
      templates.pop();
      template();
    } else if (c === '/' && regexMayFollow.test(out.slice(-20))) {
      regex();
    } else {
      if (depth !== undefined && c === '{') templates[templates.length - 1] = depth + 1;
      if (depth !== undefined && c === '}') templates[templates.length - 1] = depth - 1;
      out += c;
      i++;
    }
  }
  return out;
}

// ---- The rules. Each takes a path under src and a source, and answers with what is wrong.

interface Import {
  from: string;
  typeOnly: boolean;
}

function importsOf(source: string): Import[] {
  const text = strip(source, false);
  const found: Import[] = [];
  const statements = /(?:^|[;}\n])\s*(import|export)\s+(type\s+(?!from\b))?([\w$*\s{},]*?)\s*from\s*(['"])([^'"]+)\4/g;
  for (const [, , type, names = '', , from = ''] of text.matchAll(statements)) {
    const listed = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
    const words = listed?.split(',').filter((name) => name.trim() !== '');
    const onlyTypes = words !== undefined && words.length > 0 && words.every((name) => /^\s*type\s/.test(name));
    found.push({ from, typeOnly: type !== undefined || onlyTypes });
  }
  for (const [, , from = ''] of text.matchAll(/(?:^|[;}\n])\s*import\s*(['"])([^'"]+)\1/g))
    found.push({ from, typeOnly: false });
  for (const [, before, , from = ''] of text.matchAll(
    /([:<|&=]\s*(?:typeof\s+)?)?\bimport\s*\(\s*(['"`])([^'"`]+)\2/g,
  )) {
    found.push({ from, typeOnly: before !== undefined && !/=\s*$/.test(before) });
  }
  return found;
}

function wrongDirections(path: string, source: string): string[] {
  const name = roomOf(path);
  const room = rooms[name];
  if (!room) return [`no rule for the room "${name}"`];
  const wrong: string[] = [];
  for (const { from, typeOnly } of importsOf(source)) {
    if (!from.startsWith('.')) continue;
    const target = posix.normalize(posix.join(posix.dirname(path), from));
    const to = roomOf(target);
    const allowed = to === name || room.values.includes(to) || (typeOnly && room.types?.includes(to));
    if (target.startsWith('..') || !allowed) wrong.push(`imports ${typeOnly ? 'types of ' : ''}${from}`);
    if (!from.endsWith('.ts') && !from.endsWith('.json')) wrong.push(`imports ${from} without its extension`);
  }
  return wrong;
}

const builtins = new Set(builtinModules);
const impure: readonly [string, RegExp][] = [
  ['Date.now', /\bDate\s*\.\s*now\b/],
  ['new Date()', /\bnew\s+Date\s*(?:\(\s*\)|(?!\s*\())/],
  ['Date()', /(?<!new\s+|[.\w$])Date\s*\(/],
  ['performance.now', /\bperformance\s*\.\s*now\b/],
  ['Math.random', /\bMath\s*\.\s*random\b/],
  ['crypto.random', /\bcrypto\s*\.\s*(?:random|getRandom)/],
  ['console', /(?<![.\w$])console\s*\./],
  ['a timer', /(?<![.\w$])(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/],
  [
    'process',
    /(?<![.\w$])process\s*(?:\.|\?\.|\[)\s*(?:exit\b|std|cwd\s*\(|platform|on\b|nextTick|hrtime|memoryUsage|kill\s*\(|umask\s*\(|uptime|version|exec[A-Z]|getBuiltin)/,
  ],
  // a simulated process has these too: node's is meant where the file declares no `process` of its own
  [
    'process',
    /^(?![\s\S]*(?:\b(?:const|let)\s+process\b|\bprocess\s*[:,)]|\bprocess\s*=>))[\s\S]*(?<![.\w$])process\s*(?:\.|\?\.|\[)\s*(?:argv|env|pid|cwd|umask)\b/,
  ],
  ['globalThis', /\bglobalThis\b/],
  ['require', /(?<![.\w$])require\s*\(/],
  ['fetch', /(?<![.\w$])fetch\s*\(/],
];

function impurities(path: string, source: string): string[] {
  if (!rooms[roomOf(path)]?.pure) return [];
  const text = strip(source, true);
  const wrong = impure.filter(([, pattern]) => pattern.test(text)).map(([what]) => `uses ${what}`);
  for (const { from } of importsOf(source)) {
    if (from.startsWith('node:') || builtins.has(from)) wrong.push(`imports ${from}`);
  }
  return wrong;
}

// Biome's noExplicitAny knows better, but a comment can silence it; this one no comment silences.
const anyType = /(?:[:<]|(?<!\|)\||(?<!&)&|=>|\b(?:as|extends|satisfies|readonly))\s*any\b(?!\s*[:(.?])|,\s*any\s*[>[]/;

function badStyle(path: string, source: string): string[] {
  const text = strip(source, true);
  const wrong: string[] = [];
  if (/\bexport\s+default\b|\bexport\s*\{[^}]*\bas\s+default\b/.test(text)) wrong.push('has a default export');
  if (anyType.test(text)) wrong.push('uses any');
  const lines = source.split('\n').length - (source.endsWith('\n') ? 1 : 0);
  if (lines > longest && !isData(path)) wrong.push(`has ${lines} lines, more than ${longest}`);
  return wrong;
}

// ---- The tests.

function sourceFiles(): [path: string, source: string][] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => [path.split(sep).join('/'), readFileSync(join(src, path), 'utf8')]);
}

const all = (rule: (path: string, source: string) => string[]) =>
  sourceFiles().flatMap(([path, source]) => rule(path, source).map((what) => `src/${path} ${what}`));

describe('src', () => {
  it('imports in the directions of the design', () => {
    expect(all(wrongDirections)).toEqual([]);
  });
  it('is pure below the client', () => {
    expect(all(impurities)).toEqual([]);
  });
  it('has no default exports, no any and no overlong files', () => {
    expect(all(badStyle)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  it.each([
    ['kernel/a.ts', "import { x } from '../programs/sh.ts';", ['imports ../programs/sh.ts']],
    ['kernel/a.ts', "import type { X } from '../engine/x.ts';", ['imports types of ../engine/x.ts']],
    ['kernel/net/a.ts', "import {\n  a,\n  b,\n} from '../fs/x.ts';", []],
    ['kernel/a.ts', "import x from '../../test/x.ts';", ['imports ../../test/x.ts']],
    ['programs/a.ts', "export * from '../engine/x.ts';", ['imports ../engine/x.ts']],
    ['programs/a.ts', "export { x } from '../kernel/x.ts';", []],
    ['programs/a.ts', "const x = await import('../cli/x.ts');", ['imports ../cli/x.ts']],
    ['programs/a.ts', "import '../cli/x.ts';", ['imports ../cli/x.ts']],
    ['programs/a.ts', "// import { x } from '../cli/x.ts';", []],
    ['programs/a.ts', "import { x } from '../kernel/x';", ['imports ../kernel/x without its extension']],
    ['explain/a.ts', "import type { Step } from '../kernel/step.ts';", []],
    ['explain/a.ts', "import { type Step } from '../kernel/step.ts';", []],
    ['explain/a.ts', "type S = import('../kernel/step.ts').Step;", ['imports ../kernel/step.ts']],
    ['explain/a.ts', "let s: import('../kernel/step.ts').Step;", []],
    ['explain/a.ts', "import { type Step, make } from '../kernel/step.ts';", ['imports ../kernel/step.ts']],
    ['session/a.ts', "import { x } from '../cli/x.ts';", ['imports ../cli/x.ts']],
    ['builder/a.ts', "import { x } from '../engine/x.ts';", ['imports ../engine/x.ts']],
    ['engine/a.ts', "import { x } from '../builder/x.ts';", []],
    ['attic/a.ts', '', ['no rule for the room "attic"']],
    ['main.ts', "import { x } from './client/x.ts';", []],
  ])('directions: %s with %s', (path, source, wrong) => {
    expect(wrongDirections(path, source)).toEqual(wrong);
  });

  it.each([
    ["import { readFileSync } from 'node:fs';", ['imports node:fs']],
    ["import type { Stats } from 'fs';", ['imports fs']],
    ["const os = await import('os');", ['imports os']],
    ['const t = Date.now();', ['uses Date.now']],
    ['const t = new Date();', ['uses new Date()']],
    ['const t = new Date;', ['uses new Date()']],
    ['const t = new Date(us / 1000).toISOString();', []],
    ['const t = Date.UTC(2026, 1);', []],
    ['const t = `${a ? `x${Date.now()}` : 0}`;', ['uses Date.now']],
    ['const n = Math.random();', ['uses Math.random']],
    ["console.log('x');", ['uses console']],
    ['const text = "console.log(1)"; // console.log', []],
    ['const call = /console\\.log\\(["\'`]/; const n = a / b;', []],
    ['const rest = x / 2; console.error(1 / 2);', ['uses console']],
    ['setTimeout(() => {}, 1);', ['uses a timer']],
    ['process.exit(1);', ['uses process']],
    ['const { pid } = process; const home = process.env.HOME;', ['uses process']],
    ['for (const process of kernel.processes) process.wait;', []],
    ["const fs = require('x');", ['uses require']],
    ["await fetch('http://x');", ['uses fetch']],
    ['registry.fetch(name);', []],
  ])('purity: %s', (source, wrong) => {
    expect(impurities('kernel/a.ts', source)).toEqual(wrong);
    expect(impurities('client/a.ts', source)).toEqual([]);
  });

  it.each([
    ['export default 1;', ['has a default export']],
    ['export { x as default };', ['has a default export']],
    ['const x: any = 1;', ['uses any']],
    ['f(x as any, y);', ['uses any']],
    ['type A = Record<string, any>;', ['uses any']],
    ['type A = readonly any[];', ['uses any']],
    ["type A = { any: 1 } | 'any'; // any", []],
    ['function f(): () => any {}', ['uses any']],
    ['f(many, x.any, any);', []],
    ['const ok = a || any;', []],
  ])('style: %s', (source, wrong) => {
    expect(badStyle('kernel/a.ts', source)).toEqual(wrong);
  });

  it('limits the length of a file, but not of data', () => {
    const long = (lines: number) => 'x;\n'.repeat(lines);
    expect(badStyle('kernel/a.ts', long(longest))).toEqual([]);
    expect(badStyle('kernel/a.ts', long(longest + 1))).toEqual([`has ${longest + 1} lines, more than ${longest}`]);
    expect(badStyle('programs/data/packages.ts', long(longest + 1))).toEqual([]);
  });
});
