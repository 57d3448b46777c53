import type { Sys } from '../../../kernel/program.ts';
import { copyBelow, copyFile, exists, isFolder, put, textOf } from '../files.ts';
import { refuse, standIn, standInText, write } from '../say.ts';
import { buildPage } from './page.ts';
import { configOf, endings, option, setting, shortHash } from './settings.ts';
import type { JsTool } from './tool.ts';

/** `next build`: .next (or distDir), with `standalone` in it or `out` where the configuration asks for them. */
const next: JsTool = (_exec, sys, args) => {
  if (args[0] === 'telemetry') return 0;
  if (args[0] !== 'build') return refuse(sys, `next ${args[0] ?? ''}`.trim());
  const config = configOf(sys, ...endings('next.config'));
  const text = config?.text ?? '';
  const from = config?.path ?? 'next build';
  const out = setting(text, 'distDir') ?? '.next';
  const output =
    setting(text, 'output') ?? (/output\s*:[^,\n]*['"`]standalone['"`]/.test(text) ? 'standalone' : undefined);
  const id = shortHash(textOf(sys, 'package.json') ?? '');
  const files: [string, string][] = [
    ['BUILD_ID', id],
    ['static/chunks/main.js', standInText('next', 'the pages')],
    ['server/app.js', standInText('next', 'the pages')],
    ['required-server-files.json', '{"version":1}\n'],
  ];
  for (const [path, content] of files) put(sys, `${out}/${path}`, content);
  if (output === 'standalone') standalone(sys, out, files);
  if (output === 'export') {
    copyBelow(sys, 'public', 'out');
    put(sys, 'out/index.html', pageText('next'));
  }
  standIn(sys, 'next', from, output === 'export' ? 'out' : out, files.length);
  return 0;
};

function standalone(sys: Sys, out: string, files: readonly (readonly [string, string])[]): void {
  const folder = `${out}/standalone`;
  put(sys, `${folder}/server.js`, standInText('next', 'the pages'));
  copyFile(sys, 'package.json', `${folder}/package.json`);
  put(sys, `${folder}/node_modules/next/package.json`, '{"name":"next"}\n');
  for (const [path, content] of files) if (!path.startsWith('static/')) put(sys, `${folder}/${out}/${path}`, content);
}

function pageText(tool: string): string {
  return `<!doctype html>\n<!-- drydock: stands for the page that ${tool} makes; tools are read, not run -->\n`;
}

/** Site generators: a folder with the public files and a page. */
function site(
  tool: string,
  options: {
    readonly verb: string;
    readonly out: string;
    readonly config: string;
    readonly key: string;
    readonly open: string;
  },
): JsTool {
  return (_exec, sys, args) => {
    const [verb = options.verb] = args.filter((one) => !one.startsWith('-'));
    if (verb !== options.verb)
      return verb === 'sync' || verb === 'prepare' || verb === 'telemetry' || verb === 'check'
        ? unchecked(sys, tool, verb)
        : refuse(sys, `${tool} ${verb}`);
    const config = configOf(sys, ...endings(options.config));
    const out =
      option(args, '--out-dir', '--outDir', '--output', '-d') ??
      setting(config?.text ?? '', options.key) ??
      options.out;
    const files = exists(sys, options.open) ? copyBelow(sys, options.open, out) : 0;
    put(sys, `${out}/index.html`, pageText(tool));
    standIn(sys, tool, config?.path ?? `${tool} ${verb}`, out, files + 1);
    return 0;
  };
}

/** What leaves nothing that later steps need. */
function unchecked(sys: Sys, tool: string, verb: string): number {
  write(sys, 2, `drydock: ${tool} ${verb} is not run here; it would leave nothing that is read later\n`);
  return 0;
}

/** Frameworks with a server of their own: a folder with an entry point for node. */
function server(tool: string, folder: string, entry: string, open: string): JsTool {
  return (_exec, sys, args) => {
    const [verb = ''] = args;
    if (verb === 'prepare' || verb === 'sync' || verb === 'typegen') return unchecked(sys, tool, verb);
    if (verb !== 'build' && verb !== 'generate' && verb !== 'vite:build') return refuse(sys, `${tool} ${verb}`.trim());
    put(sys, `${folder}/${entry}`, standInText(tool, 'the application'));
    const client = `${folder}/${open}`;
    const files = exists(sys, 'public') ? copyBelow(sys, 'public', client) : 0;
    put(
      sys,
      `${client}/${verb === 'generate' ? 'index.html' : 'assets/entry.js'}`,
      verb === 'generate' ? pageText(tool) : standInText(tool, 'the application'),
    );
    standIn(sys, tool, `${tool} ${verb}`, folder, files + 2);
    return 0;
  };
}

/** `prisma generate` writes its client beside what is installed; what asks a database is refused. */
const prisma: JsTool = (_exec, sys, args) => {
  if (args[0] !== 'generate') return refuse(sys, `prisma ${args.slice(0, 2).join(' ')}`.trim());
  const schema =
    option(args, '--schema') ??
    ['prisma/schema.prisma', 'schema.prisma', 'src/prisma/schema.prisma'].find((one) => exists(sys, one));
  const text = schema === undefined ? undefined : isFolder(sys, schema) ? '' : textOf(sys, schema);
  if (text === undefined && !exists(sys, 'prisma')) {
    write(sys, 2, 'Error: Could not find Prisma Schema that is required for this command.\n');
    return 1;
  }
  const output = /generator\s+\w+\s*\{[^}]*\boutput\s*=\s*"([^"]+)"/.exec(text ?? '')?.[1];
  const base = (schema ?? 'prisma/schema.prisma').replace(/\/?[^/]*$/, '') || '.';
  const out = output === undefined ? 'node_modules/.prisma/client' : `${base}/${output}`;
  put(sys, `${out}/index.js`, standInText('prisma', schema ?? 'prisma'));
  standIn(sys, 'prisma', schema ?? 'prisma', out, 1);
  return 0;
};

/** Commands of frameworks: they build a site or a server, each into a folder of its own. */
export const frameworks: { readonly [command: string]: JsTool } = {
  next,
  prisma,
  nuxt: server('nuxt', '.output', 'server/index.mjs', 'public'),
  nuxi: server('nuxi', '.output', 'server/index.mjs', 'public'),
  remix: server('remix', 'build', 'server/index.js', 'client'),
  'react-router': server('react-router', 'build', 'server/index.js', 'client'),
  'svelte-kit': server('svelte-kit', 'build', 'index.js', 'client'),
  astro: site('astro', { verb: 'build', out: 'dist', config: 'astro.config', key: 'outDir', open: 'public' }),
  gatsby: site('gatsby', { verb: 'build', out: 'public', config: 'gatsby-config', key: 'outDir', open: 'static' }),
  docusaurus: site('docusaurus', {
    verb: 'build',
    out: 'build',
    config: 'docusaurus.config',
    key: 'outDir',
    open: 'static',
  }),
  eleventy: site('eleventy', { verb: 'build', out: '_site', config: '.eleventy', key: 'output', open: 'public' }),
  vitepress: (_exec, sys, [verb = '', folder = '.']) =>
    verb === 'build'
      ? buildPage(sys, {
          tool: 'vitepress',
          from: `${folder}/.vitepress`,
          out: `${folder}/.vitepress/dist`,
          publicFolder: `${folder}/public`,
          index: [],
          script: 'assets/app.%h.js',
        })
      : refuse(sys, `vitepress ${verb}`.trim()),
};
