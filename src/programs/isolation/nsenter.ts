import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Exec, Next, Sys, Wake } from '../../kernel/program.ts';
import type { NamespaceKind } from '../../kernel/state.ts';
import type { Flavour, StartIo } from '../makers/io.ts';
import { type Options, parseOptions, showUsage } from '../options.ts';
import { become, fail, failWith, toolIo, waitFor } from './io.ts';
import { kindOptions } from './kinds.ts';

const line = {
  usage: '[options] [<program> [<argument>...]]',
  short: '+at:m::u::i::n::p::C::U::T::S:G:r::w::W::FeZ',
  long: [
    'all=a',
    'target:=t',
    'mount::=m',
    'uts::=u',
    'ipc::=i',
    'net::=n',
    'pid::=p',
    'cgroup::=C',
    'user::=U',
    'time::=T',
    'setuid:=S',
    'setgid:=G',
    'preserve-credentials',
    'root::=r',
    'wd::=w',
    'wdns::=W',
    'no-fork=F',
    'env=e',
    'follow-context=Z',
  ],
};

/** The child that was forked, or what it is to become. */
export type NsenterState =
  | { readonly child: number }
  | { readonly words: readonly string[]; readonly env: Exec['env']; readonly flavour: Flavour };

/** `nsenter`: a program in the namespaces of another process, worded as util-linux does. */
export function nsenter(exec: Exec, sys: Sys, flavour: Flavour): Next<NsenterState> {
  const io = toolIo('nsenter', exec, sys, flavour);
  const options = parseOptions(io, line);
  if (typeof options === 'number') return { exit: options };
  for (const name of ['T', 'r', 'w', 'W', 'Z'])
    if (options.has(name)) return fail(io, `nsenter: the option -${name} is not simulated`);
  const target = options.value('t');
  if (target !== undefined && !/^\d+$/.test(target)) return fail(io, `nsenter: failed to parse pid: '${target}'`);
  const files = wanted(io, options, target);
  if ('exit' in files) return files;
  const root = sys.uid === 0;
  for (const { path, kind } of files.wanted) {
    const failed = sys.isolation.setns(path, kind);
    const said =
      flavour === 'busybox'
        ? `setns(): can't reassociate to namespace '${kind}'`
        : `reassociate to namespace 'ns/${kind}' failed`;
    if (failed) return failWith(io, said, failed);
  }
  if (files.wanted.some(({ kind }) => kind === 'user') || !root) {
    const uid = Number(options.value('S') ?? 0);
    const gid = Number(options.value('G') ?? 0);
    if (!options.has('preserve-credentials') && files.wanted.some(({ kind }) => kind === 'user')) {
      const failed = sys.setuid(uid, gid, [gid]);
      if (failed) return failWith(io, 'setgroups failed', failed);
    }
  } else if (options.has('S') || options.has('G')) {
    const gid = Number(options.value('G') ?? sys.gid);
    sys.setuid(Number(options.value('S') ?? sys.uid), gid, [gid]);
  }
  const env = options.has('e') && target !== undefined ? environmentOf(sys, target) : exec.env;
  if (!files.wanted.some(({ kind }) => kind === 'pid') || options.has('F'))
    return become({ ...io, env }, options.operands);
  const child = sys.fork({ words: options.operands, env, flavour });
  if (isErrno(child)) return failWith(io, 'fork failed', child);
  return waitFor(sys, child, { child });
}

/** Goes on: in the child, or in the parent that waits for it. */
export function stepNsenter(state: NsenterState, _wake: Wake, sys: Sys): Next<NsenterState> {
  if ('child' in state) return waitFor(sys, state.child, state);
  return become(toolIo('nsenter', { path: '', argv: [], env: state.env }, sys, state.flavour), state.words);
}

interface NamespaceFile {
  readonly path: string;
  readonly kind: NamespaceKind;
}

/** The files of the namespaces to join, which all have to be there before the first one is joined. */
function wanted(
  io: StartIo,
  options: Options,
  target: string | undefined,
): { readonly wanted: readonly NamespaceFile[] } | { readonly exit: number } {
  const { sys } = io;
  const files: NamespaceFile[] = [];
  for (const [kind, letter] of kindOptions) {
    if (!options.has(letter) && !options.has('a')) continue;
    const given = options.value(letter);
    if (given === undefined && target === undefined && io.style.flavour === 'busybox')
      return { exit: showUsage(io, { usage: '[OPTIONS] [PROG ARGS]', short: '' }) };
    if (given === undefined && target === undefined)
      return fail(io, `nsenter: neither filename nor target pid supplied for ns/${kind}`);
    const path = given ?? `/proc/${target}/ns/${kind}`;
    const there = sys.fs.readlink(path);
    const shown = isErrno(there) ? sys.fs.stat(path) : there;
    if (isErrno(shown)) {
      const said = options.has('a') ? `stat of ${path} failed` : `cannot open ${path}`;
      if (io.style.flavour === 'busybox') return fail(io, `nsenter: can't open '${path}': ${strerror(shown)}`);
      return fail(io, `nsenter: ${said}: ${strerror(shown)}`);
    }
    // with --all those are left out that the process is in already
    if (options.has('a') && there === sys.fs.readlink(`/proc/self/ns/${kind}`)) continue;
    files.push({ path, kind });
  }
  // the paths are of this mount namespace, so that one is joined last; a PID namespace is for the child anyway
  return { wanted: files };
}

function environmentOf(sys: Sys, pid: string): Exec['env'] {
  const file = sys.fs.readFile(`/proc/${pid}/environ`);
  const words = isErrno(file) ? [] : file.bytes.split('\0').filter((word) => word.includes('='));
  return Object.fromEntries(words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]));
}
