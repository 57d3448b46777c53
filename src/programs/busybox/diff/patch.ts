import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { type Options, parseOptions } from '../../options.ts';
import { makeDirectories } from '../../packages/unpack.ts';
import { basename, joinPath } from '../paths.ts';
import { type FilePatch, findPlace, type Hunk, readPatch, reversed } from './patch-read.ts';

type How = {
  readonly strip: number | null;
  readonly reverse: boolean;
  readonly forward: boolean;
  readonly dry: boolean;
  readonly silent: boolean;
  readonly backup: boolean;
  /** A file that becomes empty goes. */
  readonly removeEmpty: boolean;
  readonly file: string | null;
};
type State = { readonly how: How; readonly input: ByteString };

const line = {
  usage: '[-RNE] [-p N] [-i DIFF] [ORIGFILE [PATCHFILE]]',
  short: 'p:i:RNEs',
  long: ['dry-run', 'strip:=p', 'input:=i', 'reverse=R', 'forward=N', 'remove-empty-files=E', 'quiet=s', 'silent=s'],
  operands: [0, 2] as const,
};
const gnuLine = {
  ...line,
  usage: '[OPTION]... [ORIGFILE [PATCHFILE]]',
  short: 'p:i:RNEsbd:ftuV',
  long: [...line.long, 'directory:=d', 'backup=b', 'force=f', 'batch=t', 'unified=u'],
  status: 2,
};

/** `patch` of busybox and of GNU: applies unified diffs. */
export const patch: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const options = parseOptions(io, style.flavour === 'busybox' ? line : gnuLine);
      if (typeof options === 'number') return { exit: options };
      const refused = ['f', 't', 'V'].find((letter) => options.has(letter));
      if (refused !== undefined) return { exit: complain(io, `option -${refused} is not simulated`, 2) };
      const how = howOf(options);
      const dir = options.value('d');
      const failed = dir === undefined ? undefined : io.sys.chdir(dir);
      if (failed) return { exit: gnuFatal(io, `Can't change to directory ${dir ?? ''} : ${strerror(failed)}`) };
      const source = options.value('i') ?? options.operands[1];
      if (source === undefined || source === '-') return read({ how, input: '' }, io);
      const got = io.sys.fs.readFile(source);
      if (!isErrno(got)) return { exit: applyAll(io, how, got.bytes) };
      if (style.flavour === 'busybox') return { exit: complain(io, `can't open '${source}': ${strerror(got)}`) };
      return { exit: gnuFatal(io, `Can't open patch file ${source} : ${strerror(got)}`) };
    },
    step: (state, _wake, io) => read(state, io),
  });

function howOf(options: Options): How {
  const strip = options.value('p');
  return {
    strip: strip === undefined ? null : Number(strip),
    reverse: options.has('R'),
    forward: options.has('N'),
    dry: options.has('dry-run'),
    silent: options.has('s'),
    backup: options.has('b'),
    removeEmpty: options.has('E'),
    file: options.operands[0] ?? null,
  };
}

function gnuFatal(io: Io, text: string): number {
  return complain(io, `**** ${text}`, 2);
}

function read(from: State, io: Io): Next<State> {
  let state = from;
  for (;;) {
    const got = io.sys.read(0, 65_536);
    if (got === 'again') return { state, wait: { readable: [0] } };
    if (got === 'eof' || isErrno(got)) return { exit: applyAll(io, state.how, state.input) };
    state = { ...state, input: state.input + got.bytes };
  }
}

function applyAll(io: Io, how: How, input: ByteString): number {
  const files = readPatch(input);
  const busybox = io.style.flavour === 'busybox';
  if ('malformed' in files) return gnuFatal(io, `malformed patch at line ${files.malformed}: `);
  if (files.length === 0 && input !== '' && !busybox) return gnuFatal(io, 'Only garbage was found in the patch input.');
  let status = 0;
  for (const one of files) {
    const done = applyOne(io, how, how.reverse ? reversed(one) : one, targetOf(io, one, how));
    status = Math.max(status, done);
    if (busybox && done > 0) break;
  }
  return status;
}

/** A name with so many leading parts gone; without a number its last part. */
function stripped(name: string, strip: number | null): string | undefined {
  if (strip === null) return basename(name);
  const parts = name.split(/\/+/);
  return parts.length > strip ? parts.slice(strip).join('/') : undefined;
}

const none = '/dev/null';

function targetOf(io: Io, { before, after }: FilePatch, how: How): string | undefined {
  if (how.file !== null) return how.file;
  const names = [before, after].filter((name) => name !== none).flatMap((name) => stripped(name, how.strip) ?? []);
  if (io.style.flavour === 'busybox') return names.at(-1);
  const there = names.filter((name) => !isErrno(io.sys.fs.stat(name)));
  const best = there.sort((a, b) => a.split('/').length - b.split('/').length || a.length - b.length)[0];
  return best ?? (before === none ? names.at(-1) : undefined);
}

function applyOne(io: Io, how: How, one: FilePatch, target: string | undefined): number {
  const busybox = io.style.flavour === 'busybox';
  const say = (text: string) => {
    if (!how.silent) io.out(encodeUtf8(`${text}\n`));
  };
  if (target === undefined) return lost(io, one);
  const got = io.sys.fs.readFile(target);
  const create = isErrno(got) && one.before === none;
  // busybox knows by the patch alone that nothing will be left
  const empties = how.removeEmpty && one.hunks.every(({ lines }) => lines.every((each) => each.startsWith('-')));
  if (busybox) say(`${empties ? 'removing' : create ? 'creating' : 'patching file'} ${target}`);
  else say(`${how.dry ? 'checking' : 'patching'} file ${target}`);
  if (isErrno(got) && !create) return complain(io, `can't open '${target}': ${strerror(got)}`);
  const text = isErrno(got) ? '' : got.bytes;
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const done = fitAll(lines, one.hunks, busybox ? 0 : 2);
  if (!busybox && done.failed.includes(0) && fitAll(lines, reversed(one).hunks, 0).failed.length === 0)
    return already(io, how, target, one);
  for (const [number, { offset, fuzz }] of done.fits) {
    if (busybox || (offset === 0 && fuzz === 0)) continue;
    const far = offset === 0 ? '' : ` (offset ${offset} line${Math.abs(offset) === 1 ? '' : 's'})`;
    say(
      `Hunk #${number + 1} succeeded at ${(done.places.get(number) ?? 0) + 1}${fuzz > 0 ? ` with fuzz ${fuzz}` : ''}${far}.`,
    );
  }
  const wrong = failures(io, how, one, target, done.failed);
  if (wrong > 0 && busybox) return wrong;
  if (wrong > 0) {
    if (!how.dry) keepBackup(io, target, text);
  } else if (how.backup && !how.dry && !create) keepBackup(io, target, text);
  if (how.dry) return wrong;
  const last = one.hunks.at(-1);
  const newline =
    done.lines.length > 0 &&
    !(last?.open.new ?? false) &&
    (last?.open.old || create || text.endsWith('\n') || text === '');
  const made = done.lines.join('\n') + (newline ? '\n' : '');
  const goes = busybox ? empties : how.removeEmpty || one.after === none;
  if (made === '' && goes) io.sys.fs.unlink(target);
  else if (one.after === none && made === '') io.sys.fs.writeFile(target, '');
  else {
    const folder = target.lastIndexOf('/');
    if (create && folder > 0) {
      const parent = target.slice(0, folder);
      makeDirectories(io.sys, parent.startsWith('/') ? parent : joinPath(io.sys.cwd(), parent));
    }
    const failed = io.sys.fs.writeFile(target, made);
    if (failed) return complain(io, `can't open '${target}': ${strerror(failed)}`);
  }
  return wrong;
}

function keepBackup(io: Io, target: string, text: ByteString): void {
  io.sys.fs.writeFile(`${target}.orig`, text);
}

interface Applied {
  readonly lines: readonly string[];
  readonly fits: ReadonlyMap<number, { readonly offset: number; readonly fuzz: number }>;
  /** Where each hunk is in the new file. */
  readonly places: ReadonlyMap<number, number>;
  readonly failed: readonly number[];
}

/** Applies what can be applied, one hunk after the other. */
function fitAll(file: readonly string[], hunks: readonly Hunk[], fuzz: number): Applied {
  const lines = [...file];
  const fits = new Map<number, { offset: number; fuzz: number }>();
  const places = new Map<number, number>();
  const failed: number[] = [];
  let least = 0;
  let shift = 0;
  let drift = 0;
  hunks.forEach((hunk, number) => {
    const fit = findPlace(lines, hunk, least, shift + drift, fuzz);
    if (fit === undefined) {
      failed.push(number);
      return;
    }
    const old = hunk.lines.filter((each) => !each.startsWith('+')).length;
    const made: string[] = [];
    let at = fit.at;
    for (const each of hunk.lines) {
      // context stays as it is in the file: with fuzz it may differ
      if (each.startsWith('+')) made.push(each.slice(1));
      else {
        if (each.startsWith(' ')) made.push(lines[at] ?? '');
        at++;
      }
    }
    lines.splice(fit.at, old, ...made);
    drift = fit.offset - shift;
    fits.set(number, { offset: drift, fuzz: fit.fuzz });
    places.set(number, fit.at);
    shift += made.length - old;
    least = fit.at + made.length;
  });
  return { lines, fits, places, failed };
}

function failures(io: Io, how: How, one: FilePatch, target: string, failed: readonly number[]): number {
  const [first] = failed;
  if (first === undefined) return 0;
  if (io.style.flavour === 'busybox') {
    const hunk = one.hunks[first];
    const place = `${hunk?.from ?? 0}/${hunk?.to ?? 0}`;
    io.err(encodeUtf8(`Hunk ${first + 1} FAILED ${place}.\n${(hunk?.lines ?? []).join('\n')}\n`));
    return 1;
  }
  for (const number of failed)
    if (!how.silent) io.out(`Hunk #${number + 1} FAILED at ${one.hunks[number]?.from ?? 0}.\n`);
  reject(io, how, one, target, failed, 'FAILED');
  return 1;
}

function reject(io: Io, how: How, one: FilePatch, target: string, failed: readonly number[], what: string): void {
  const total = `${one.hunks.length} hunk${one.hunks.length === 1 ? '' : 's'}`;
  const kept = how.dry ? '' : ` -- saving rejects to file ${target}.rej`;
  if (!how.silent || what === 'ignored') io.out(encodeUtf8(`${failed.length} out of ${total} ${what}${kept}\n`));
  if (how.dry) return;
  const chosen = one.hunks.filter((_, number) => failed.includes(number));
  const text = chosen.map((hunk) => {
    const count = (other: string) => hunk.lines.filter((each) => !each.startsWith(other)).length;
    return `@@ -${hunk.from},${count('+')} +${hunk.from},${count('-')} @@\n${hunk.lines.join('\n')}\n`;
  });
  io.sys.fs.writeFile(`${target}.rej`, `${one.head.join('\n')}\n${text.join('')}`);
}

/** What is in the file already: nobody is there to answer, so it is left alone. */
function already(io: Io, how: How, target: string, one: FilePatch): number {
  const head = how.reverse ? 'Unreversed patch detected!  ' : 'Reversed (or previously applied) patch detected!  ';
  const skip = how.silent ? '' : 'Skipping patch.\n';
  const ask = `${how.reverse ? 'Ignore -R' : 'Assume -R'}? [n] \nApply anyway? [n] \n`;
  io.out(`${head}${how.forward ? '' : ask}${skip}`);
  reject(
    io,
    how,
    one,
    target,
    one.hunks.map((_, number) => number),
    'ignored',
  );
  return 1;
}

function lost(io: Io, one: FilePatch): number {
  io.out(
    encodeUtf8(`can't find file to patch at input line ${one.line + 2}
Perhaps you used the wrong -p or --strip option?
The text leading up to this was:
--------------------------
|${one.head[0]}
|${one.head[1]}
--------------------------
File to patch: 
Skip this patch? [y] 
Skipping patch.
${one.hunks.length} out of ${one.hunks.length} hunk${one.hunks.length === 1 ? '' : 's'} ignored
`),
  );
  return 1;
}
