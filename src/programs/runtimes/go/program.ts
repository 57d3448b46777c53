import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { newScope } from '../core/ops.ts';
import { begin, proceed, type RuntimeProgram, type RuntimeState, running, tellRead } from '../core/process.ts';
import { checkProgram, type GoProgram } from './check-file.ts';
import { go, goLoop } from './lang.ts';
import { box, list, structure } from './values.ts';

const endings = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** One that uses what is not read here. */
function opaque({ path }: Exec, sys: Sys, what: string): Next<RuntimeState> {
  tell(sys, 'go', 'program-beyond', { language: 'Go', place: path, what });
  sys.write(
    2,
    encodeUtf8(`drydock: ${path}: ${what} is beyond what drydock reads of a program (it does not run code)\n`),
  );
  return { exit: 70 };
}

/** A program that `go build` made: it carries its text, which is acted out. */
export const goProgram: RuntimeProgram = {
  start(exec, sys) {
    const got = sys.fs.readFile(exec.path);
    if (isErrno(got)) return { exit: 126 };
    const text = decodeUtf8(got.bytes.slice(got.bytes.indexOf('\n') + 1)).trimEnd();
    const program = JSON.parse(text) as GoProgram | { readonly beyond: string };
    if ('beyond' in program) return opaque(exec, sys, program.beyond);
    const { packages } = program;
    tellRead(sys, 'go', exec.path, packages.flatMap(({ files }) => files.map((file) => file.text)).join('\n'));
    // Go's runtime has a handler of its own; as the first process it cannot die of a signal and exits with 2
    if (sys.pid === 1) for (const signal of endings) sys.onSignal(signal, 'catch');
    return startGo(exec, sys, text, exec.argv);
  },
  step(state, wake, sys) {
    if (wake.on === 'signal' && state.running?.signals[wake.signal] === undefined) return { exit: 2 };
    return proceed(go, goLoop, sys, state, wake);
  },
};

/** Begins a program from its text (a GoProgram as JSON). */
export function startGo(exec: Exec, sys: Sys, text: string, argv: readonly string[]): Next<RuntimeState> {
  const from = running('go', 'go', '', [argv[0] ?? '', mainFile(text)], exec.env, sys);
  return begin(go, goLoop, sys, { ...from, sources: { main: text } }, (vm) => {
    const { shapes } = checkProgram(JSON.parse(text) as GoProgram);
    const made = vm.make({ k: 'shapes', x: shapes as never });
    const env = newScope(vm, {}, undefined);
    vm.modules = { '%shapes': idOf(made), main: env };
    vm.globals['os.Args'] = list(
      vm,
      argv.map((a) => encodeUtf8(a)),
    );
    for (const [fd, name] of ['Stdin', 'Stdout', 'Stderr'].entries()) vm.globals[`os.${name}`] = structure(vm, { fd });
    vm.globals['os.Interrupt'] = box(vm, 'syscall.Signal', 2);
    vm.tasks.push({
      id: 0,
      frames: [{ m: 'main', c: 0, pc: 0, st: [], env, h: [], exc: [], kind: 'call', name: 'main.main' }],
    });
  });
}
function idOf(v: unknown): number {
  return (v as { r: number }).r;
}
function mainFile(text: string): string {
  const { packages } = JSON.parse(text) as GoProgram;
  return packages.at(-1)?.files[0]?.path ?? 'main.go';
}
