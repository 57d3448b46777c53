import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { executableStub } from '../../../kernel/stub.ts';
import { tell } from '../../actions.ts';
import { proceed, type RuntimeProgram, type RuntimeState, readText, tellRead } from '../core/process.ts';
import { Beyond, SyntaxProblem } from '../core/tree.ts';
import { checkProgram, type GoProgram } from './check-file.ts';
import type { Problem } from './checker.ts';
import { go, goLoop } from './lang.ts';
import { goGet, goMod, installOther, putOpaque } from './mod.ts';
import { goFiles, readMod } from './modules.ts';
import { programFolders, survey } from './outside.ts';
import { parseGo } from './parse-stmt.ts';
import { startGo } from './program.ts';

/** The version of Go in an image: what its environment says. */
function goVersion(env: Exec['env']): string {
  return /^\d+\.\d+(?:\.\d+)?/.exec(env.GOLANG_VERSION ?? '')?.[0] ?? '1.19.8';
}
type Built = { readonly text: string; readonly module: string; readonly net: boolean } | { readonly exit: number };

/** The program `go`: builds and runs programs of Go from their text. */
export const goTool: RuntimeProgram = {
  start: (exec, sys) => start(exec, sys),
  step(state, wake, sys) {
    const next = proceed(go, goLoop, sys, state, wake);
    return 'exit' in next ? ended(sys, next) : next;
  },
};
/** `go run` tells of a status that is not 0 and ends with 1. */
function ended(sys: Sys, next: { readonly exit: number }): { readonly exit: number } {
  if (next.exit === 0 || next.exit === 70) return next;
  sys.write(2, `exit status ${next.exit}\n`);
  return { exit: 1 };
}

function start(exec: Exec, sys: Sys): Next<RuntimeState> {
  const [command, ...args] = exec.argv.slice(1);
  const say = (fd: number, text: string, code: number): Next<RuntimeState> => {
    sys.write(fd, encodeUtf8(text));
    return { exit: code };
  };
  switch (command) {
    case 'version':
      return say(1, `go version go${goVersion(exec.env)} linux/amd64\n`, 0);
    case 'env':
      return environment(exec, sys, args);
    case 'mod':
      return goMod(exec, sys, goVersion(exec.env), args);
    case 'build':
      return build(exec, sys, args);
    case 'run': {
      const files = args.findIndex((a) => !a.startsWith('-'));
      const last = args.findLastIndex((a, i) => i >= files && (a.endsWith('.go') || i === files));
      const built = load(exec, sys, args.slice(files, last + 1));
      if ('exit' in built) return built;
      const next = startGo(exec, sys, built.text, ['/tmp/go-build1/b001/exe/main', ...args.slice(last + 1)]);
      return 'exit' in next ? ended(sys, next) : next;
    }
    case undefined:
      return say(2, 'Go is a tool for managing Go source code.\n\nUsage:\n\n\tgo <command> [arguments]\n', 2);
    case 'get':
      return goGet(exec, sys, args);
    case 'install':
      return install(exec, sys, args);
    case 'test':
    case 'vet':
    case 'fmt':
    case 'list':
    case 'generate':
    case 'work':
    case 'tool':
    case 'clean':
    case 'doc':
      return say(2, `drydock: go ${command} is not simulated\n`, 70);
  }
  return say(2, `go ${command}: unknown command\nRun 'go help' for usage.\n`, 2);
}

function environment(exec: Exec, sys: Sys, names: readonly string[]): Next<RuntimeState> {
  const { env } = exec;
  const home = env.HOME ?? '/root';
  const all: { readonly [name: string]: string } = {
    CGO_ENABLED: env.CGO_ENABLED ?? '1',
    GOARCH: env.GOARCH ?? 'amd64',
    GOCACHE: env.GOCACHE ?? `${home}/.cache/go-build`,
    GOOS: env.GOOS ?? 'linux',
    GOPATH: env.GOPATH ?? `${home}/go`,
    GOPROXY: env.GOPROXY ?? 'https://proxy.golang.org,direct',
    GOROOT: env.GOROOT ?? '/usr/local/go',
    GOVERSION: `go${goVersion(env)}`,
  };
  const lines = names.length > 0 ? names.map((n) => all[n] ?? '') : Object.entries(all).map(([k, v]) => `${k}='${v}'`);
  sys.write(1, `${lines.join('\n')}\n`);
  return { exit: 0 };
}

/** Reads a program: the files named, or those of the folder and the module's packages that they import. */
function load(exec: Exec, sys: Sys, targets: readonly string[]): Built {
  const say = (text: string, code = 1): Built => {
    sys.write(2, encodeUtf8(text));
    return { exit: code };
  };
  const minor = Number(goVersion(exec.env).split('.')[1]);
  const mod = readText(sys, 'go.mod');
  const name = /^module\s+(\S+)/m.exec(mod ?? '')?.[1];
  const named = targets.filter((t) => t.endsWith('.go'));
  let folder = '.';
  if (named.length === 0) {
    folder = (targets[0] ?? '.').replace(/\/\.\.\.$/, '').replace(/\/$/, '') || '.';
    if (name === undefined)
      return say("go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n");
    if (folder !== '.' && !folder.startsWith('./') && !folder.startsWith('/'))
      return say(`package ${folder} is not in std\n`);
  }
  const place =
    named.length > 0
      ? 'command-line-arguments'
      : folder === '.'
        ? (name ?? '')
        : `${name}/${folder.replace(/^\.\//, '')}`;
  const filesOf = (dir: string): readonly string[] | undefined => goFiles(sys, dir);
  const packages: { path: string; files: readonly { path: string; text: string }[] }[] = [];
  let lines = 0;
  let net = false;
  let current = place;
  try {
    const visit = (path: string, files: readonly string[]): Built | undefined => {
      const read = files.map((file) => ({ file, text: readText(sys, file) }));
      const lost = read.find(({ text }) => text === undefined);
      if (lost) return say(`no required module provides package ${lost.file}; to add it:\n\tgo get ${lost.file}\n`);
      current = path === 'main' ? place : path;
      const shown = (file: string) =>
        file.startsWith('/')
          ? file.startsWith(`${sys.cwd()}/`)
            ? `./${file.slice(sys.cwd().length + 1)}`
            : file
          : `./${file}`;
      const texts = read.map(({ file, text = '' }) => ({ path: shown(file), text }));
      for (const { path: at, text } of texts) {
        lines += text.split('\n').length;
        for (const { path: wanted, at: where } of parseGo(at, text).imports) {
          if (wanted === 'net/http') net = true;
          if (packages.some((p) => p.path === wanted)) continue;
          if (name !== undefined && wanted.startsWith(`${name}/`)) {
            const inside = filesOf(`./${wanted.slice(name.length + 1)}`);
            if (!inside || inside.length === 0)
              return say(`${at.slice(2)}:${where[0]}:${where[1] + 1}: package ${wanted} is not in std\n`);
            const bad = visit(wanted, inside);
            if (bad) return bad;
          } else if ((wanted.split('/')[0] ?? '').includes('.'))
            return new RegExp(
              `^\\s*(?:require\\s+)?${wanted.split('/').slice(0, 3).join('/').replaceAll('.', '\\.')}`,
              'm',
            ).test(mod ?? '')
              ? say(
                  `drydock: ${at}:${where[0]}: the module ${wanted} is beyond what drydock reads of a program (it does not run code)\n`,
                  70,
                )
              : say(
                  `${at.slice(2)}:${where[0]}:${where[1] + 1}: no required module provides package ${wanted}; to add it:\n\tgo get ${wanted}\n`,
                );
        }
      }
      packages.push({ path, files: texts });
      return undefined;
    };
    const files = named.length > 0 ? named : filesOf(folder);
    if (!files || files.length === 0)
      return say(`no Go files in ${folder === '.' ? sys.cwd() : `${sys.cwd()}/${folder.replace(/^\.\//, '')}`}\n`);
    const bad = visit('main', files);
    if (bad) return bad;
    const program: GoProgram = { minor, packages };
    const { problems } = checkProgram(program);
    if (problems.length > 0) return say(`# ${place}\n${report(problems)}`, minor < 20 ? 2 : 1);
    tellRead(sys, 'go', files[0] ?? '', '\n'.repeat(Math.max(0, lines - 2)));
    return { text: JSON.stringify(program), module: name ?? '', net };
  } catch (error) {
    if (error instanceof SyntaxProblem) {
      const file = currentFile(sys, named.length > 0 ? named : (filesOf(folder) ?? []));
      return say(`# ${current}\n${file}:${error.at[0]}:${error.at[1] + 1}: ${error.message}\n`, minor < 20 ? 2 : 1);
    }
    if (!(error instanceof Beyond)) throw error;
    const where = `./${(named[0] ?? 'main.go').replace(/^.*\//, '')}${error.at ? `:${error.at[0]}` : ''}`;
    tell(sys, 'go', 'program-beyond', { language: 'Go', place: where, what: error.what });
    return say(
      `drydock: ${where}: ${error.what} is beyond what drydock reads of a program (it does not run code)\n`,
      70,
    );
  }
}
/** The file that does not read. */
function currentFile(sys: Sys, files: readonly string[]): string {
  const bad = files.find((file) => {
    try {
      parseGo(file, readText(sys, file) ?? '');
      return false;
    } catch {
      return true;
    }
  });
  return `./${(bad ?? '').replace(/^\.?\//, '').replace(/^.*\//, '')}`;
}
function report(all: readonly Problem[]): string {
  const lines = all.map(({ path, at, message }) =>
    path === '' ? `runtime.main_main·f: ${message}\n` : `${path}:${at[0]}:${at[1] + 1}: ${message}\n`,
  );
  if (lines.length <= 10) return lines.join('');
  return `${lines.slice(0, 10).join('')}${all[9]?.path ?? ''}:${all[10]?.at[0]}:${(all[10]?.at[1] ?? 0) + 1}: too many errors\n`;
}

/** Bytes of a typical program for linux/amd64: with net/http in it, stripped by -ldflags "-s -w", and plain. */
const sizes = { plain: 2_100_000, http: 7_400_000, stripped: 0.68 };

/** Flags of go build that take a value. */
const valued = new Set(
  '-ldflags -tags -mod -gcflags -asmflags -installsuffix -p -buildmode -compiler -modfile -pgo -pkgdir'.split(' '),
);

function build(exec: Exec, sys: Sys, args: readonly string[]): Next<RuntimeState> {
  let out: string | undefined;
  let stripped = false;
  const targets: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const one = args[i] ?? '';
    // one dash is as good as two
    const [flag = '', inline] = one.replace(/^--(?=\w)/, '-').split(/=(.*)/s);
    if (flag === '-o') out = inline ?? args[++i] ?? '';
    else if (valued.has(flag)) {
      const value = inline ?? args[++i] ?? '';
      if (flag === '-ldflags' && /(?:^|\s)-[sw]\b/.test(value)) stripped = true;
    } else if (['-trimpath', '-a', '-v', '-race', '-x', '-buildvcs', '-modcacherw'].includes(flag)) {
      if (flag === '-race' || flag === '-x') {
        sys.write(2, `drydock: go build ${flag} is not simulated\n`);
        return { exit: 70 };
      }
    } else if (flag.startsWith('-')) {
      sys.write(
        2,
        `flag provided but not defined: ${flag}\nusage: go build [-o output] [build flags] [packages]\nRun 'go help build' for details.\n`,
      );
      return { exit: 2 };
    } else targets.push(one);
  }
  for (const [name, only] of [
    ['GOOS', 'linux'],
    ['GOARCH', 'amd64'],
  ] as const) {
    const value = exec.env[name];
    if (value === undefined || value === only || value === '') continue;
    sys.write(2, `drydock: ${name}=${value} is not simulated\n`);
    return { exit: 70 };
  }
  const folders = targets.length === 0 || targets.some((t) => t.endsWith('.go')) ? [targets] : [];
  const several = targets.flatMap((one) => (one.endsWith('...') ? [...programFolders(sys, one)] : [one]));
  for (const one of folders.length > 0 ? folders : several.map((folder) => [folder])) {
    const failed = buildOne(exec, sys, one, {
      out,
      stripped,
      many: several.length > 1 || targets.some((t) => t.endsWith('...')),
    });
    if (failed !== undefined) return failed;
  }
  sys.spend(200_000);
  return { exit: 0 };
}

interface Output {
  readonly out: string | undefined;
  readonly stripped: boolean;
  /** Several programs: without a folder named for them they are only checked. */
  readonly many: boolean;
}

function buildOne(
  exec: Exec,
  sys: Sys,
  targets: readonly string[],
  { out, stripped, many }: Output,
): { readonly exit: number } | undefined {
  const built = buildable(exec, sys, targets);
  if ('exit' in built) return built;
  if (many && out === undefined) return undefined;
  const file = nameOf(targets[0] ?? '.', built.module);
  let path = out ?? file;
  const there = sys.fs.stat(path);
  if (path.endsWith('/') || (!isErrno(there) && there.type === 'dir')) path = `${path.replace(/\/$/, '')}/${file}`;
  makeFolders(path, sys);
  const size = Math.round((built.net ? sizes.http : sizes.plain) * (stripped ? sizes.stripped : 1));
  if ('beyond' in built) {
    putOpaque(sys, path, built.beyond, size + built.modules * 300_000);
    return undefined;
  }
  const bad = sys.fs.writeFile(path, `${executableStub('go-program')}${encodeUtf8(built.text)}\n`, { mode: 0o755 });
  if (bad) {
    sys.write(2, `go: open ${path}: ${strerror(bad).toLowerCase()}\n`);
    return { exit: 1 };
  }
  sys.fs.chmod(path, 0o755);
  sys.fs.declareSize(path, size);
  return undefined;
}

/** A program is called as its file, its folder, or the module's path says (without a major version). */
function nameOf(target: string, module: string): string {
  if (target.endsWith('.go')) return target.replace(/^.*\//, '').replace(/\.go$/, '');
  const folder = target.replace(/^\.\/?/, '').replace(/\/$/, '');
  const parts = (folder === '' ? module : folder).split('/');
  const last = parts.at(-1) ?? '';
  return (/^v\d+$/.test(last) && parts.length > 1 ? parts.at(-2) : last) || 'main';
}

type Opaque = { readonly beyond: string; readonly module: string; readonly net: boolean; readonly modules: number };

/** A program that can be acted out; or one that uses modules of others, which only says so. */
function buildable(exec: Exec, sys: Sys, targets: readonly string[]): Built | Opaque {
  const mod = readMod(readText(sys, 'go.mod') ?? '');
  const named = targets.filter((t) => t.endsWith('.go'));
  const folder = (targets[0] ?? '.').replace(/\/$/, '') || '.';
  const files = named.length > 0 ? named : goFiles(sys, folder);
  if (mod.module === undefined || !files || files.length === 0) return load(exec, sys, targets);
  const place = folder === '.' ? mod.module : `${mod.module}/${folder.replace(/^\.\//, '')}`;
  const found = survey(sys, exec, mod, files, place);
  if ('error' in found) {
    sys.write(2, encodeUtf8(found.error));
    return { exit: found.exit };
  }
  const [first] = found.uses;
  if (first === undefined) return load(exec, sys, targets);
  tellRead(sys, 'go', files[0] ?? '', '\n'.repeat(Math.max(0, found.lines - 1)));
  const others = found.uses.length === 1 ? '' : ` (and ${found.uses.length - 1} more)`;
  return {
    beyond: `the module ${first.path}${others}`,
    module: mod.module,
    net: found.net,
    modules: found.uses.length,
  };
}

/** `go install [PACKAGE]`: into GOBIN. */
function install(exec: Exec, sys: Sys, args: readonly string[]): Next<RuntimeState> {
  const other = args.find((one) => !one.startsWith('-') && one.includes('@'));
  if (other !== undefined) return installOther(exec, sys, other);
  const folder = exec.env.GOBIN ?? `${exec.env.GOPATH ?? `${exec.env.HOME ?? '/root'}/go`}/bin`;
  return build(exec, sys, [`-o=${folder}/`, ...args]);
}

/** The folders on the way to a file, as `go build -o` makes them. */
function makeFolders(path: string, sys: Sys): void {
  const parts = path.split('/').slice(0, -1);
  parts.forEach((_, i) => {
    const folder = parts.slice(0, i + 1).join('/');
    if (folder !== '' && isErrno(sys.fs.stat(folder))) sys.fs.mkdir(folder, 0o755);
  });
}
