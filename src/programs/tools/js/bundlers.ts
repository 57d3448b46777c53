import type { Sys } from '../../../kernel/program.ts';
import { entriesOf, field, jsonOf, put, textField } from '../files.ts';
import { refuse, standIn, standInText } from '../say.ts';
import { buildLaravel, isLaravel } from './laravel.ts';
import { buildPage } from './page.ts';
import { configOf, endings, firstOf, inside, option, setting } from './settings.ts';
import type { JsTool } from './tool.ts';

/** `vite build`: dist, or what the configuration or --outDir says. */
const vite: JsTool = (_exec, sys, args) => {
  const [command, folder] = args.filter(
    (one, i) => !one.startsWith('-') && !/^(?:--mode|-m|--outDir|--config|-c|--base)$/.test(args[i - 1] ?? ''),
  );
  if (command !== 'build') return refuse(sys, `vite ${command ?? ''}`.trim());
  const config = configOf(
    sys,
    ...(option(args, '--config', '-c') === undefined ? endings('vite.config') : [option(args, '--config', '-c') ?? '']),
  );
  if (config && isLaravel(config.text)) return buildLaravel(sys, config.path, config.text, args.includes('--ssr'));
  const root = folder ?? setting(config?.text ?? '', 'root') ?? '.';
  const out = inside(root, option(args, '--outDir') ?? setting(config?.text ?? '', 'outDir') ?? 'dist');
  const library = /\blib\s*:\s*\{/.test(config?.text ?? '');
  return buildPage(sys, {
    tool: 'vite',
    from: config?.path ?? 'vite build',
    out,
    publicFolder: inside(root, setting(config?.text ?? '', 'publicDir') ?? 'public'),
    index: [inside(root, 'index.html')],
    script: library ? 'index.js' : 'assets/index-%h.js',
  });
};

/** `react-scripts build`: the folder build, or BUILD_PATH. */
const reactScripts: JsTool = (exec, sys, args) => {
  if (args[0] !== 'build') return refuse(sys, `react-scripts ${args[0] ?? ''}`.trim());
  const out = exec.env.BUILD_PATH ?? 'build';
  const index = ['public/index.html'];
  return buildPage(sys, {
    tool: 'react-scripts',
    from: 'package.json',
    out,
    publicFolder: 'public',
    index,
    script: 'static/js/main.%h.js',
  });
};

const vueService: JsTool = (_exec, sys, args) => {
  if (args[0] !== 'build') return refuse(sys, `vue-cli-service ${args[0] ?? ''}`.trim());
  const config = configOf(sys, 'vue.config.js', 'vue.config.cjs');
  const out = option(args, '--dest') ?? setting(config?.text ?? '', 'outputDir') ?? 'dist';
  const from = config?.path ?? 'package.json';
  return buildPage(sys, {
    tool: 'vue-cli-service',
    from,
    out,
    publicFolder: 'public',
    index: ['public/index.html', 'index.html'],
    script: 'js/app.%h.js',
  });
};

/** `ng build`: the output path of angular.json's project. */
const angular: JsTool = (_exec, sys, args) => {
  if (args[0] !== 'build' && args[0] !== 'b') return refuse(sys, `ng ${args[0] ?? ''}`.trim());
  const file = jsonOf(sys, 'angular.json');
  const projects = entriesOf(field(file, 'projects'));
  const asked = args.slice(1).find((one) => !one.startsWith('-')) ?? textField(file, 'defaultProject');
  const [name = 'app', project] = projects.find(([one]) => one === asked) ?? projects[0] ?? [];
  const build = field(project, 'architect', 'build') ?? field(project, 'targets', 'build');
  const path = field(build, 'options', 'outputPath');
  const base = typeof path === 'string' ? path : (textField(path, 'base') ?? `dist/${name}`);
  const browser = /:application$/.test(textField(build, 'builder') ?? '') ? '/browser' : '';
  const out = option(args, '--output-path') ?? `${base}${browser}`;
  const root = textField(project, 'sourceRoot') ?? 'src';
  const index = textField(build, 'options', 'index') ?? `${root}/index.html`;
  const assets = firstOf(sys, 'public', `${root}/public`) ?? 'public';
  return buildPage(sys, {
    tool: 'ng',
    from: 'angular.json',
    out,
    publicFolder: assets,
    index: [index],
    script: 'main-%h.js',
  });
};

/** `webpack`: the output of its configuration. */
const webpack: JsTool = (_exec, sys, args) => {
  if (args[0] === 'serve') return refuse(sys, 'webpack serve');
  const named = option(args, '--config', '-c');
  const config = configOf(
    sys,
    ...(named === undefined
      ? [...endings('webpack.config'), ...endings('webpack.prod'), ...endings('webpackfile')]
      : [named]),
  );
  const output = /\boutput\s*:\s*\{([\s\S]*?)\n\s{0,4}\}/.exec(config?.text ?? '')?.[1] ?? '';
  const out = option(args, '--output-path', '-o') ?? setting(output, 'path', config?.text) ?? 'dist';
  const script = (setting(output, 'filename') ?? 'main.js')
    .replace(/\[(?:name|id)\]/g, 'main')
    .replace(/\[[^\]]*hash[^\]]*\]/g, '%h');
  const index = [setting(config?.text ?? '', 'template') ?? 'src/index.html', 'public/index.html', 'index.html'];
  return buildPage(sys, {
    tool: 'webpack',
    from: config?.path ?? 'webpack',
    out,
    publicFolder: 'public',
    index,
    script,
  });
};

/** Bundlers of a single file: the output that is named on the command line or in the configuration. */
function oneFile(tool: string, files: readonly string[], otherwise: string): JsTool {
  return (_exec, sys, args) => {
    const config = configOf(sys, ...files);
    const folder = option(args, '--outdir', '--out-dir', '-d', '--dir', '--dist-dir', '-o', '--out');
    const file = option(args, '--outfile', '--file') ?? setting(config?.text ?? '', 'file');
    const from =
      args.find((one) => /\.[cm]?[jt]sx?$/.test(one) && !one.startsWith('-')) ?? config?.path ?? 'package.json';
    const name = `${from.replace(/^.*\//, '').replace(/\.[cm]?[jt]sx?$/, '')}.js`;
    const looks = folder !== undefined && /\.[cm]?js$/.test(folder);
    const target = looks
      ? folder
      : (file ??
        `${folder ?? setting(config?.text ?? '', 'dir') ?? setting(config?.text ?? '', 'outDir') ?? otherwise}/${config && name.includes('config') ? 'index.js' : name}`);
    return single(sys, tool, from, target);
  };
}

function single(sys: Sys, tool: string, from: string, target: string): number {
  put(sys, target, standInText(tool, from));
  standIn(sys, tool, from, target, 1);
  return 0;
}

const parcel: JsTool = (_exec, sys, args) => {
  if (args[0] !== 'build') return refuse(sys, `parcel ${args[0] ?? ''}`.trim());
  const page = args.slice(1).find((one) => /\.html$/.test(one)) ?? 'index.html';
  const out = option(args, '--dist-dir', '-d') ?? 'dist';
  return buildPage(sys, {
    tool: 'parcel',
    from: page,
    out,
    publicFolder: 'static',
    index: [page, 'src/index.html'],
    script: 'index.%h.js',
  });
};

/** Commands that bundle the code of a page or of a program. */
export const bundlers: { readonly [command: string]: JsTool } = {
  vite,
  'react-scripts': reactScripts,
  'react-app-rewired': reactScripts,
  craco: reactScripts,
  'vue-cli-service': vueService,
  ng: angular,
  webpack,
  'webpack-cli': webpack,
  rspack: webpack,
  parcel,
  esbuild: oneFile('esbuild', [], 'dist'),
  rollup: oneFile('rollup', endings('rollup.config'), 'dist'),
  tsup: oneFile('tsup', endings('tsup.config'), 'dist'),
  unbuild: oneFile('unbuild', endings('build.config'), 'dist'),
  ncc: oneFile('ncc', [], 'dist'),
  rsbuild: (exec, sys, args) =>
    args[0] === 'build' ? webpack(exec, sys, args.slice(1)) : refuse(sys, `rsbuild ${args[0] ?? ''}`.trim()),
};
