import type { Sys } from '../../../kernel/program.ts';
import { copyFile, exists, field, filesBelow, isFolder, jsonOf, put, textField } from '../files.ts';
import { refuse, standIn, standInText, write } from '../say.ts';
import { inside, option } from './settings.ts';
import type { JsTool } from './tool.ts';

const notSources = new Set(['node_modules', '.git', 'dist', 'build', 'coverage']);

interface Options {
  readonly out: string | undefined;
  readonly root: string | undefined;
  readonly noEmit: boolean;
  readonly include: readonly string[];
}

/** What tsconfig.json says, with what it extends where that is a file of the project. */
function readConfig(sys: Sys, path: string, depth = 0): Options {
  const file = jsonOf(sys, path);
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
  const base = textField(file, 'extends');
  const from = base?.startsWith('.') ? inside(folder, base.endsWith('.json') ? base : `${base}.json`) : undefined;
  const below = from !== undefined && depth < 5 ? readConfig(sys, from, depth + 1) : undefined;
  const own = (key: string) => {
    const value = textField(file, 'compilerOptions', key);
    return value === undefined ? undefined : inside(folder, value);
  };
  const include = field(file, 'include');
  const noEmit = field(file, 'compilerOptions', 'noEmit') ?? field(file, 'compilerOptions', 'emitDeclarationOnly');
  return {
    out: own('outDir') ?? below?.out,
    root: own('rootDir') ?? below?.root,
    noEmit: noEmit === undefined ? (below?.noEmit ?? false) : noEmit === true,
    include: Array.isArray(include)
      ? include.map((one) => inside(folder, String(one).replace(/\/?\*.*$/, '')))
      : (below?.include ?? ['.']),
  };
}

/** `tsc`: a stand-in for each file of TypeScript, where the compiler would put what it makes of it. */
const tsc: JsTool = (_exec, sys, args) => {
  const given = option(args, '-p', '--project', '-b', '--build');
  const path =
    given === undefined || given.startsWith('-')
      ? 'tsconfig.json'
      : isFolder(sys, given)
        ? `${given}/tsconfig.json`
        : given;
  if (args.includes('--watch') || args.includes('-w')) return refuse(sys, 'tsc --watch');
  if (args.includes('--version') || args.includes('-v')) return refuse(sys, 'tsc --version');
  const config = readConfig(sys, path);
  const files = args.filter((one) => /\.[cm]?tsx?$/.test(one));
  if (!exists(sys, path) && files.length === 0) {
    write(sys, 1, `error TS5058: The specified path does not exist: '${path}'.\n`);
    return 1;
  }
  const noEmit = args.includes('--noEmit') || args.includes('--emitDeclarationOnly') || config.noEmit;
  if (noEmit) {
    write(sys, 2, `drydock: tsc is not run here: the types of ${path} are not checked\n`);
    return 0;
  }
  return emit(sys, 'tsc', path, { ...config, out: option(args, '--outDir') ?? config.out }, files);
};

/** Compiles file by file: `.ts` to `.js`; other files of JavaScript are taken as they are. */
function emit(sys: Sys, tool: string, from: string, { out, root, include }: Options, given: readonly string[]): number {
  const found = given.length > 0 ? given : include.flatMap((folder) => sourcesIn(sys, folder, out));
  const top = root ?? commonFolder(found);
  const target = out ?? top;
  let made = 0;
  for (const path of new Set(found)) {
    const below = top === '.' || !path.startsWith(`${top}/`) ? path : path.slice(top.length + 1);
    put(sys, inside(target, below.replace(/\.([cm]?)tsx?$/, '.$1js')), standInText(tool, path));
    made += 1;
  }
  standIn(sys, tool, from, target, made);
  return 0;
}

function sourcesIn(sys: Sys, folder: string, out: string | undefined): readonly string[] {
  if (/\.[cm]?tsx?$/.test(folder)) return exists(sys, folder) ? [folder] : [];
  const files = filesBelow(sys, folder, notSources);
  return files
    .map((path) => inside(folder, path))
    .filter((path) => /\.[cm]?tsx?$/.test(path) && !/\.d\.[cm]?ts$|\.(?:config|spec|test)\.[cm]?tsx?$/.test(path))
    .filter((path) => out === undefined || out === '.' || !path.startsWith(`${out}/`));
}

/** The folder that all paths are in. */
function commonFolder(paths: readonly string[]): string {
  const [first = '', ...rest] = paths.map((path) => path.split('/').slice(0, -1));
  const parts = typeof first === 'string' ? [] : first;
  let length = parts.length;
  for (const other of rest) {
    let i = 0;
    while (i < length && other[i] === parts[i]) i++;
    length = i;
  }
  return length === 0 ? '.' : parts.slice(0, length).join('/');
}

/** `babel SRC -d OUT`, `swc SRC -d OUT`: files of JavaScript stay as they are but for what is compiled in them. */
function translate(tool: string): JsTool {
  return (_exec, sys, args) => {
    const out = option(args, '-d', '--out-dir');
    const source = args.find((one, i) => !one.startsWith('-') && !/^-/.test(args[i - 1] ?? ''));
    if (out === undefined || source === undefined) return refuse(sys, `${tool} without a folder and --out-dir`);
    const files = isFolder(sys, source)
      ? filesBelow(sys, source, notSources).map((path) => `${source}/${path}`)
      : [source];
    const copy = args.includes('--copy-files') || args.includes('-D');
    for (const path of files) {
      const below = path.startsWith(`${source}/`) ? path.slice(source.length + 1) : path.replace(/^.*\//, '');
      if (/\.[cm]?[jt]sx?$/.test(path))
        put(sys, `${out}/${below.replace(/\.([cm]?)[jt]sx?$/, '.$1js')}`, standInText(tool, path));
      else if (copy) copyFile(sys, path, `${out}/${below}`);
    }
    standIn(sys, tool, source, out, files.length);
    return 0;
  };
}

/** `nest build`: as tsc, with src at the top of the output. */
const nest: JsTool = (_exec, sys, args) => {
  if (args[0] !== 'build') return refuse(sys, `nest ${args[0] ?? ''}`.trim());
  const path = ['tsconfig.build.json', 'tsconfig.json'].find((one) => exists(sys, one)) ?? 'tsconfig.json';
  const config = readConfig(sys, path);
  const root = textField(jsonOf(sys, 'nest-cli.json'), 'sourceRoot') ?? 'src';
  return emit(sys, 'nest', path, { ...config, out: config.out ?? 'dist', root, include: [root] }, []);
};

/** Style sheets and the like: the output that is named. */
function styles(tool: string): JsTool {
  return (_exec, sys, args) => {
    const out = option(args, '-o', '--output', '--output-file');
    const pairs = args.filter((one) => /^[^-].*:.*\.css$|^[^-][^:]*:[^:]+$/.test(one)).map((one) => one.split(':'));
    const [first, second] = args.filter((one) => !one.startsWith('-'));
    const targets =
      out !== undefined
        ? [[first ?? '', out]]
        : pairs.length > 0
          ? pairs
          : second !== undefined
            ? [[first ?? '', second]]
            : [];
    if (targets.length === 0) return refuse(sys, `${tool} without an output`);
    for (const [from = '', to = ''] of targets) {
      put(sys, to, `/* drydock: stands for what ${tool} makes of ${from}; tools are read, not run */\n`);
      standIn(sys, tool, from, to, 1);
    }
    return 0;
  };
}

/** Commands that compile files one by one. */
export const compilers: { readonly [command: string]: JsTool } = {
  tsc,
  'vue-tsc': (exec, sys, args) => tsc(exec, sys, [...args, '--noEmit']),
  'tsc-alias': () => 0,
  babel: translate('babel'),
  swc: translate('swc'),
  nest,
  sass: styles('sass'),
  'node-sass': styles('node-sass'),
  lessc: styles('lessc'),
  postcss: styles('postcss'),
  tailwindcss: styles('tailwindcss'),
  tailwind: styles('tailwindcss'),
  uglifyjs: styles('uglifyjs'),
  terser: styles('terser'),
};
