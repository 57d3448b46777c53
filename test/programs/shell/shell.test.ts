import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../src/kernel/bytes.ts';
import { feedRun, startRun } from '../../../src/kernel/client-run.ts';
import { drainRun } from '../../../src/kernel/runs.ts';
import { advance, begin, machineOf, snapshot } from '../../../src/kernel/simulation.ts';
import type { World } from '../../../src/kernel/state.ts';
import { runShell, shellSoftware, shellWorld } from './world.ts';

const software = shellSoftware();
const out = (script: string, stdin = '') => runShell(software, script, { stdin }).stdout;

describe('the shell', () => {
  it('reads a script from standard input, a piece at a time', () => {
    const script = `${'# a comment\n'.repeat(300)}x=한글\necho "$x"\nread y\nnot a command\necho "$y"\n`;
    expect(runShell(software, '', { argv: ['sh'], stdin: script }).stdout).toContain('한글\n');
  });

  it('passes bytes through pipes and here-documents', () => {
    expect(out('cat <<E | tr a-z A-Z\n$(printf "x%s" y)\nE')).toBe('XY\n');
    expect(out("printf '\\377\\0\\n' | od -An -tx1 | tr -d ' '")).toBe('ff000a\n');
  });

  it('writes a here-document that no pipe can hold', () => {
    expect(out('x=$(seq 1 30000); cat <<E | wc -l\n$x\nE').trim()).toBe('30000');
  });

  it('keeps positions of $LINENO and of messages', () => {
    expect(runShell(software, 'echo $LINENO\n\necho $LINENO\ncd /none').stderr).toBe(
      "sh: cd: line 3: can't cd to /none: No such file or directory\n",
    );
  });

  it('knows names that objects have', () => {
    expect(out('constructor=1; __proto__=2; toString; echo "$constructor ${hasOwnProperty-unset} $?"')).toBe(
      '1 unset 127\n',
    );
    expect(out('set -- ; echo "${valueOf:-none}"; alias toString 2>/dev/null; echo $?')).toBe('none\n1\n');
  });
});

describe('hostile scripts', () => {
  it.each([
    ['f() { f; }; f', 'out of stack space'],
    ['x=aaaaaaaaaa; while :; do x=$x$x; done', 'out of memory'],
    ['x=$(yes)', 'out of memory'],
    ['set -- a b c d e f g h; while :; do set -- "$@" "$@"; done', 'out of memory'],
    ['eval "$(printf "(%.0s" 1 2 3)"', 'syntax error'],
  ])('%s ends with a clear message', (script, message) => {
    const { stderr, code } = runShell(software, script);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it.each([
    'while :; do :; done',
    'f() { f & f; }; f 2>/dev/null',
    ':(){ :|:& };:',
    'sh -c "$0" "$0"',
    'trap "kill -USR1 $$" USR1; kill -USR1 $$',
    'while :; do echo x; done >/dev/null',
    'while :; do (:); done',
  ])('%s is stopped when its time is used up', (script) => {
    const result = runShell(software, script, { budget: 300_000 });
    expect(result.code).toBeDefined();
  });
});

describe('a saved world', () => {
  const script = `i=0; f() { local n=$1; for w in a b c; do read l || l=none; echo "$w $n $l $(echo sub $w; sleep 0.01)"; done; }
trap 'echo trapped $i' USR1
while [ $i -lt 6 ]; do i=$((i+1)); printf '1\\n2\\n' | { f $i; } > out; cat out; kill -USR1 $$; sleep 0.02 & wait $!; done
case $(cat <<E | tr a-z A-Z
x $i
E
) in X*) echo yes;; esac; echo "$?" "$i"`;

  const begun = (): { world: World; id: string } => {
    const sim = begin(shellWorld(software), software);
    const id = startRun(machineOf(sim, 'h'), {
      exec: { path: '/bin/sh', argv: ['sh', '-c', script], env: { PATH: '/bin' } },
      cwd: '/w',
      uid: 0,
      gid: 0,
      groups: [0],
      budget: 50_000_000,
      client: 1,
    });
    if (typeof id !== 'string') throw new Error(id.errno);
    feedRun(machineOf(sim, 'h'), id, { bytes: encodeUtf8('q\n') });
    return { world: snapshot(sim), id };
  };

  /** Runs in turns of `ops`, and after each keeps only what `between` makes of the world. */
  const run = (ops: number, between: (world: World) => World): string => {
    let { world, id } = begun();
    let shown = '';
    for (let turn = 0; turn < 5000; turn++) {
      const sim = begin(world, software);
      const stopped = advance(sim, { until: Number.POSITIVE_INFINITY, ops, run: id });
      for (const { bytes } of drainRun(machineOf(sim, 'h'), id)) shown += bytes;
      world = between(snapshot(sim));
      if (stopped === 'exited' || stopped === 'idle') break;
    }
    return shown;
  };

  it('goes on as if nothing had been, wherever it was saved', () => {
    const whole = run(1_000_000_000, (world) => world);
    expect(whole).toContain('yes\n0 6\n');
    expect(whole).toContain('trapped 6');
    for (const ops of [1, 137, 5000])
      expect(run(ops, (world) => JSON.parse(JSON.stringify(world)) as World)).toBe(whole);
  });

  it('is not changed by what happens later', () => {
    const kept: { world: World; text: string }[] = [];
    run(500, (world) => {
      if (kept.length < 40) kept.push({ world, text: JSON.stringify(world) });
      return world;
    });
    for (const { world, text } of kept) expect(JSON.stringify(world)).toBe(text);
  });
});
