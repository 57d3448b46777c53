import { readManifest, scriptEnv } from '../npm/manifest.ts';
import { scriptLines } from '../npm/scripts.ts';
import { refuse, write } from '../say.ts';
import { runLines } from '../sequence.ts';
import type { JsTool } from './tool.ts';

/** Runs scripts of package.json one after the other (`run-p` too: side by side they would come to the same files). */
const scripts: JsTool = (exec, sys, args) => {
  const data = readManifest(sys);
  const names = args.filter(
    (one, i) => !one.startsWith('-') && !/^--(?:max-parallel|npm-path)$/.test(args[i - 1] ?? ''),
  );
  const all = Object.keys(data?.scripts ?? {});
  const lines = [];
  for (const pattern of names) {
    const [name = '', ...extra] = pattern.split(' ');
    const found = name.includes('*') ? all.filter((one) => matches(name, one)) : all.filter((one) => one === name);
    if (found.length === 0 || !data) {
      write(sys, 2, `ERROR: Task not found: "${name}"\n`);
      return 1;
    }
    for (const one of found)
      lines.push(
        ...scriptLines(
          data,
          one,
          extra.filter((word) => word !== '--' && word !== '{@}'),
        ),
      );
  }
  return runLines(sys, scriptEnv(sys, exec.env, sys.cwd(), exec.env.npm_config_user_agent ?? ''), lines);
};

/** `build:*` is one level, `build:**` all. */
function matches(pattern: string, name: string): boolean {
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**', '\0')
    .replaceAll('*', '[^:]*')
    .replaceAll('\0', '.*');
  return new RegExp(`^${text}$`).test(name);
}

/** `concurrently "npm:a" "npm run b"`: as long as each of them ends. */
const concurrently: JsTool = (exec, sys, args) => {
  const commands = args.filter((one) => !one.startsWith('-'));
  const lines = commands.map((one) => ({ title: '', run: one.startsWith('npm:') ? `npm run ${one.slice(4)}` : one }));
  return runLines(sys, exec.env, lines);
};

/** Runners of scripts across the packages of a repository know a graph of tasks. */
const graph =
  (tool: string): JsTool =>
  (_exec, sys, args) =>
    refuse(sys, `${tool} ${args[0] ?? ''}`.trim());

/** Commands that run scripts of package.json. */
export const runners: { readonly [command: string]: JsTool } = {
  'npm-run-all': scripts,
  'run-s': scripts,
  'run-p': scripts,
  concurrently,
  conc: concurrently,
  turbo: graph('turbo'),
  nx: graph('nx'),
  lerna: graph('lerna'),
};
