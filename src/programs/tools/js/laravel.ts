import type { Sys } from '../../../kernel/program.ts';
import { put, textOf } from '../files.ts';
import { standIn, standInText } from '../say.ts';
import { setting, shortHash } from './settings.ts';

/** Does a configuration of vite use Laravel's plugin, which has a folder and a list of files of its own? */
export function isLaravel(config: string): boolean {
  return /['"]laravel-vite-plugin['"]/.test(config);
}

/** The entry points under `input` or `ssr`: one in quotes, or a list. */
function inputs(config: string, key: string): readonly string[] {
  const list = new RegExp(`\\b${key}\\s*:\\s*\\[([^\\]]*)\\]`).exec(config)?.[1];
  if (list !== undefined) return [...list.matchAll(/(['"`])([^'"`]+)\1/g)].map(([, , path = '']) => path);
  const single = setting(config, key);
  return single === undefined ? [] : [single];
}

/** `vite build` (or, with `ssr`, `vite build --ssr`) of a Laravel project: public/build with its manifest, or bootstrap/ssr. */
export function buildLaravel(sys: Sys, from: string, config: string, ssr: boolean): number {
  const folder = `${setting(config, 'publicDirectory') ?? 'public'}/${setting(config, 'buildDirectory') ?? 'build'}`;
  const out = ssr ? (setting(config, 'ssrOutputDirectory') ?? 'bootstrap/ssr') : folder;
  const sources = inputs(config, ssr ? 'ssr' : 'input');
  const made = sources.map((source) => {
    const name = source.replace(/^.*\//, '').replace(/\.\w+$/, '');
    const ending = /\.(?:css|scss|sass|less|styl)$/.test(source) ? 'css' : 'js';
    const file = ssr ? `${name}.js` : `assets/${name}-${shortHash(textOf(sys, source) ?? source)}.${ending}`;
    const text = standInText('vite', source);
    put(sys, `${out}/${file}`, ending === 'css' ? text.replace(/^\/\/ (.*)\n$/, '/* $1 */\n') : text);
    return [source, { file, name, src: source, isEntry: true }] as const;
  });
  if (!ssr) put(sys, `${out}/manifest.json`, `${JSON.stringify(Object.fromEntries(made), null, 2)}\n`);
  standIn(sys, 'vite', from, out, made.length + (ssr ? 0 : 1));
  return 0;
}
