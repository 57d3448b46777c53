import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { executableStub } from '../../../kernel/stub.ts';
import { put } from '../../tools/files.ts';
import { offline } from '../../tools/say.ts';
import { type RuntimeState, readText } from '../core/process.ts';
import { knownModule } from './known-modules.ts';
import { downloadModules, goFiles, importsOf, missingModules, providerOf, type Required, readMod } from './modules.ts';
import { programFolders } from './outside.ts';

type Done = Next<RuntimeState>;

function say(sys: Sys, text: string, exit: number): Done {
  sys.write(2, encodeUtf8(text));
  return { exit };
}

const noMod = "go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n";

/** `go mod init|download|tidy|verify|vendor`. */
export function goMod(exec: Exec, sys: Sys, version: string, [verb = '', ...args]: readonly string[]): Done {
  const text = readText(sys, 'go.mod');
  if (verb === 'init') return init(sys, version, text !== undefined, args);
  if (!['tidy', 'download', 'verify', 'vendor'].includes(verb))
    return say(sys, `drydock: go mod ${verb} is not simulated\n`, 70);
  if (text === undefined) return say(sys, noMod, 1);
  const mod = readMod(text);
  const { requires, local } = mod;
  const fetched = requires.filter(({ path }) => !local.has(path));
  if (verb === 'verify') {
    sys.write(1, 'all modules verified\n');
    return { exit: 0 };
  }
  if (verb === 'download' && fetched.length === 0) return say(sys, 'go: no module dependencies to download\n', 0);
  if (verb === 'tidy') {
    const wanted = importedOutside(sys, exec, text);
    return 'exit' in wanted ? wanted : get(exec, sys, text, wanted.packages, 'tidy');
  }
  const failed = downloadModules(sys, exec.env, fetched);
  if (failed !== undefined) return say(sys, `go: ${failed}\n`, 1);
  if (verb === 'vendor' && fetched.length > 0)
    put(sys, 'vendor/modules.txt', fetched.map(({ path, version: at }) => `# ${path} ${at}\n## explicit\n`).join(''));
  return { exit: 0 };
}

function init(sys: Sys, version: string, there: boolean, [path]: readonly string[]): Done {
  if (there) return say(sys, `go: ${sys.cwd()}/go.mod already exists\n`, 1);
  if (path === undefined) return say(sys, 'go: cannot determine module path for source directory; specify it\n', 1);
  const line = Number(version.split('.')[1]) >= 21 ? version : version.split('.').slice(0, 2).join('.');
  sys.fs.writeFile('go.mod', `module ${path}\n\ngo ${line}\n`);
  return say(sys, `go: creating new go.mod: module ${path}\n`, 0);
}

/** The packages of other modules that the module's own files import. */
function importedOutside(
  sys: Sys,
  _exec: Exec,
  text: string,
): { readonly packages: readonly string[] } | { readonly exit: number } {
  const { module = '' } = readMod(text);
  const folders = new Set(['.', ...programFolders(sys, './...')]);
  const found = new Set<string>();
  for (const folder of folders)
    for (const path of goFiles(sys, folder) ?? [])
      for (const wanted of importsOf(readText(sys, path) ?? '')) {
        if (wanted.startsWith(`${module}/`)) {
          const inside = `./${wanted.slice(module.length + 1)}`;
          if (!folders.has(inside)) folders.add(inside);
        } else if ((wanted.split('/')[0] ?? '').includes('.')) found.add(wanted);
      }
  return { packages: [...found] };
}

/** `go get [PACKAGE[@VERSION]…]`: adds modules to go.mod and downloads them. */
export function goGet(exec: Exec, sys: Sys, args: readonly string[]): Done {
  const text = readText(sys, 'go.mod');
  if (text === undefined)
    return say(
      sys,
      "go: go.mod file not found in current directory or any parent directory.\n\t'go get' is no longer supported outside a module.\n\tTo build and install a command, use 'go install' with a version,\n\tlike 'go install example.com/cmd@latest'\n\tFor more information, see https://golang.org/doc/go-get-install-deprecation\n\tor run 'go help get' or 'go help install'.\n",
      1,
    );
  const named = args.filter((one) => !one.startsWith('-') && !/^\.(?:\/|$)/.test(one));
  if (named.length > 0) return get(exec, sys, text, named, 'get');
  const wanted = importedOutside(sys, exec, text);
  return 'exit' in wanted ? wanted : get(exec, sys, text, wanted.packages, 'get');
}

function get(exec: Exec, sys: Sys, text: string, packages: readonly string[], verb: 'get' | 'tidy'): Done {
  const mod = readMod(text);
  const added: Required[] = [];
  const used: Required[] = [];
  for (const word of packages) {
    const [wanted = '', asked] = word.split('@');
    const there = providerOf(mod, wanted) ?? added.find(({ path }) => wanted === path || wanted.startsWith(`${path}/`));
    if (there && asked === undefined) {
      used.push(there);
      continue;
    }
    const known = knownModule(wanted);
    const version = asked !== undefined && /^v\d/.test(asked) ? asked : known?.version;
    if (version === undefined)
      return say(
        sys,
        `drydock: go ${verb}: the newest version of ${wanted} is known only outside of this simulated network\n`,
        70,
      );
    added.push({ path: known?.path ?? wanted, version });
  }
  const missing = missingModules(
    sys,
    exec.env,
    [...used, ...added].filter(({ path }) => !mod.local.has(path)),
  );
  const failed = downloadModules(sys, exec.env, missing);
  if (failed !== undefined) return say(sys, `go: ${failed}\n`, 1);
  const lines = missing.map(({ path, version }) => `go: downloading ${path} ${version}\n`);
  if (added.length > 0) {
    const kept = added.filter(({ path }) => !mod.requires.some((one) => one.path === path));
    const rows = kept.map(({ path, version }) => `\t${path} ${version}\n`).join('');
    put(sys, 'go.mod', `${text.trimEnd()}\n\nrequire (\n${rows})\n`);
    put(
      sys,
      'go.sum',
      `${readText(sys, 'go.sum') ?? ''}${kept.map(({ path, version }) => `${path} ${version} h1:\n`).join('')}`,
    );
    lines.push(
      ...kept.map(({ path, version }) =>
        verb === 'get' ? `go: added ${path} ${version}\n` : `go: found ${path} in ${path} ${version}\n`,
      ),
    );
  }
  return say(sys, lines.join(''), 0);
}

/** `go install PACKAGE@VERSION`: a program of somebody else, of which there is no text here. */
export function installOther(exec: Exec, sys: Sys, word: string): Done {
  const [path = '', version = 'latest'] = word.split('@');
  if (offline(sys))
    return say(
      sys,
      `go: ${word}: module ${path}: Get "https://proxy.golang.org/${path}/@v/list": dial tcp: lookup proxy.golang.org: server misbehaving\n`,
      1,
    );
  const parts = path.split('/');
  const last = parts.at(-1) ?? 'main';
  const name = /^v\d+$/.test(last) ? (parts.at(-2) ?? last) : last;
  if (/^v\d/.test(version)) sys.write(2, encodeUtf8(`go: downloading ${path} ${version}\n`));
  const folder = exec.env.GOBIN ?? `${exec.env.GOPATH ?? `${exec.env.HOME ?? '/root'}/go`}/bin`;
  putOpaque(
    sys,
    `${folder}/${name}`,
    `the program ${word}, of which the text is outside of this simulated network,`,
    9_000_000,
  );
  return { exit: 0 };
}

/** A program of Go that cannot be acted out: it says what of it is beyond drydock. */
export function putOpaque(sys: Sys, path: string, beyond: string, size: number): void {
  put(sys, path, '', { mode: 0o755 });
  sys.fs.writeFile(path, `${executableStub('go-program')}${encodeUtf8(JSON.stringify({ beyond }))}\n`);
  sys.fs.chmod(path, 0o755);
  sys.fs.declareSize(path, size);
}
