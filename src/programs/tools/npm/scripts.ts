import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { exists } from '../files.ts';
import { type Line, runLines } from '../sequence.ts';
import { type Manifest, noManifest, npmError, readManifest, scriptEnv } from './manifest.ts';

/** `name@version`, as titles of scripts begin. */
function titleOf(data: Manifest): string {
  if (data.name === undefined) return '';
  return `${data.name}${data.version === undefined ? '' : `@${data.version}`} `;
}

/** The lines of a script with those that come before and after it (`prebuild`, `postbuild`). */
export function scriptLines(data: Manifest, name: string, extra: readonly string[], folder?: string): readonly Line[] {
  return [`pre${name}`, name, `post${name}`].flatMap((one): readonly Line[] => {
    const command = data.scripts?.[one];
    if (command === undefined) return [];
    const run = one === name ? [command, ...extra.map(quoted)].join(' ') : command;
    const title = `\n> ${titleOf(data)}${one}\n> ${run}\n\n`;
    return [{ title, run, env: { npm_lifecycle_event: one }, ...(folder === undefined ? {} : { cwd: folder }) }];
  });
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** `npm run NAME [-- ARGUMENTS]`. */
export function runScript(
  sys: Sys,
  exec: Exec,
  name: string,
  extra: readonly string[],
  options: { readonly optional: boolean; readonly agent: string },
): Next<Json> {
  const data = readManifest(sys);
  if (!data) return { exit: noManifest(sys) };
  const implied = name === 'start' && data.scripts?.start === undefined && exists(sys, 'server.js');
  const found: Manifest = implied ? { ...data, scripts: { ...data.scripts, start: 'node server.js' } } : data;
  const lines = scriptLines(found, name, extra);
  if (found.scripts?.[name] === undefined) {
    if (options.optional) return { exit: 0 };
    npmError(sys, [`Missing script: "${name}"`, '', 'To see a list of scripts, run:', '  npm run']);
    return { exit: 1 };
  }
  return runLines(sys, scriptEnv(sys, exec.env, sys.cwd(), options.agent), lines);
}

/** The scripts of the project itself that an installation runs at its end. */
export function lifecycleLines(data: Manifest, names: readonly string[]): readonly Line[] {
  return names.flatMap((name) => {
    const run = data.scripts?.[name];
    return run === undefined
      ? []
      : [{ title: `\n> ${titleOf(data)}${name}\n> ${run}\n\n`, run, env: { npm_lifecycle_event: name } }];
  });
}
