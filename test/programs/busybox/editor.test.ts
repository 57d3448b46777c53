import { describe, expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../src/kernel/bytes.ts';
import { endRun, feedRun, startRun } from '../../../src/kernel/client-run.ts';
import { isErrno } from '../../../src/kernel/errno.ts';
import { drainRun } from '../../../src/kernel/runs.ts';
import { advance, begin, machineOf, snapshot } from '../../../src/kernel/simulation.ts';
import { appletWorld, software } from '../../fidelity/applets/world.ts';

const world = appletWorld('coreutils');
const alpine = appletWorld();

/** Types keys into an editor on a terminal; what the file is afterwards, and the last screen's text. */
function type(script: string, keys: readonly string[], where = alpine) {
  const sim = begin(where, software);
  const id = startRun(machineOf(sim, 'h'), {
    exec: { path: '/bin/sh', argv: ['sh', '-c', `${script}; echo "[$?]"; cat f`], env: { PATH: '/bin', HOME: '/w' } },
    cwd: '/w',
    uid: 0,
    gid: 0,
    groups: [],
    budget: 100_000_000,
    client: 1,
    tty: { fds: [0, 1, 2], cols: 60, rows: 12 },
  });
  if (isErrno(id)) throw new Error(id.errno);
  const run = () => {
    let out = '';
    for (let turn = 0; turn < 200; turn++) {
      const stopped = advance(sim, { until: Number.POSITIVE_INFINITY, ops: 200_000, run: id });
      const drained = drainRun(machineOf(sim, 'h'), id);
      for (const { bytes } of drained) out += bytes;
      if (stopped === 'exited' || (stopped === 'idle' && drained.length === 0)) break;
    }
    return decodeUtf8(out);
  };
  const screens = [run()];
  for (const key of keys) {
    feedRun(machineOf(sim, 'h'), id, { bytes: encodeUtf8(key) });
    screens.push(run());
    // the world can be saved between any two keys
    expect(JSON.parse(JSON.stringify(snapshot(sim)))).toBeDefined();
  }
  const code = sim.world.runs[id]?.exit?.code;
  endRun(machineOf(sim, 'h'), id);
  const all = screens.join('');
  const file = all.slice(all.lastIndexOf('\x1b[?1049l') + 8).replaceAll('\r\n', '\n');
  return { screens, file, code };
}

const three = "printf 'one two\\nthree\\nfour\\n' > f; vi f";
const edited = (keys: string, script = three) =>
  type(script, [
    ...keys
      .split('<esc>')
      .flatMap((part, at) => (at === 0 ? [part] : ['\x1b', part]))
      .filter((part) => part !== ''),
  ]).file;

describe('vi', () => {
  test('shows the file, tildes and a status line', () => {
    const { screens } = type(three, [':q\r']);
    expect(screens[0]).toContain('\x1b[1;1Hone two');
    expect(screens[0]).toContain('\x1b[4;1H~');
    expect(screens[0]).toContain("'f' 3L, 19C");
  });

  test.each([
    ['inserts', 'ihi <esc>:wq\r', 'hi one two\nthree\nfour\n'],
    ['appends to a line', 'A!<esc>:x\r', 'one two!\nthree\nfour\n'],
    ['opens lines', 'onew<esc>Otop<esc>ZZ', 'one two\ntop\nnew\nthree\nfour\n'],
    ['deletes characters, words and lines', 'xdwjdd:wq\r', 'two\nfour\n'],
    ['counts', '3x2j2dd:wq\r', ' two\nthree\n'],
    ['copies and pastes', 'yyjpP:wq\r', 'one two\nthree\none two\none two\nfour\n'],
    ['pastes words', 'ywA <esc>p:wq\r', 'one two one \nthree\nfour\n'],
    ['undoes', 'ddddu:wq\r', 'three\nfour\n'],
    ['changes a word', 'wcwTWO<esc>:wq\r', 'one TWO\nthree\nfour\n'],
    ['repeats', 'x.j.:wq\r', 'e two\nhree\nfour\n'],
    ['repeats what was typed', 'A;<esc>j.j.:wq\r', 'one two;\nthree;\nfour;\n'],
    ['searches', '/thr\rx:wq\r', 'one two\nhree\nfour\n'],
    ['searches on', '/o\rnx:wq\r', 'one two\nthree\nfur\n'],
    ['replaces and joins', 'rXJ:wq\r', 'Xne two three\nfour\n'],
    ['substitutes', ':%s/o/0/g\r:wq\r', '0ne tw0\nthree\nf0ur\n'],
    ['goes to lines', 'Gx1Gx:wq\r', 'ne two\nthree\nour\n'],
    ['finds in the line', 'fttix<esc>:wq\r'.replace('tti', 'ti'), 'one xtwo\nthree\nfour\n'],
    ['deletes to the end', 'wD:wq\r', 'one \nthree\nfour\n'],
    ['gives up', 'dd:q\r:q!\r', 'one two\nthree\nfour\n'],
    ['deletes ranges', ':2,3d\r:wq\r', 'one two\n'],
    ['indents', '>>:wq\r', '\tone two\nthree\nfour\n'],
    ['types Hangul', 'i한글 <esc>hx:wq\r', '한 one two\nthree\nfour\n'],
  ])('%s', (_name, keys, text) => {
    expect(edited(keys)).toBe(`[0]\n${text}`);
  });

  test('arrow keys, backspace and new files', () => {
    const { file } = type('vi f', ['i', 'ab', '\x7f', 'c\rd', '\x1b[A', 'X', '\x1b', ':wq\r']);
    expect(file).toBe('[0]\naXc\nd\n');
  });

  test('says what is not saved', () => {
    const { screens } = type(three, ['x', ':q\r', ':q!\r']);
    expect(screens[2]).toContain('No write since last change (:q! overrides)');
  });

  test('refuses what is no text, and no terminal', () => {
    expect(type("printf 'a\\0b' > f; vi f", []).screens[0]).toContain("vi: 'f' is not text in UTF-8");
    expect(type('echo x > f; vi f < f', []).screens[0]).toContain("vi: can't read user input");
  });
});

describe('nano', () => {
  const nano = (keys: readonly string[], script = "printf 'one\\ntwo\\n' > f; nano f") => type(script, keys, world);

  test('shows a title, the text and its keys', () => {
    const { screens } = nano(['\x18']);
    expect(screens[0]).toContain('GNU nano');
    expect(screens[0]).toContain('\x1b[2;1Hone');
    expect(screens[0]).toContain('Read 2 lines');
    expect(screens[0]).toContain('^X\x1b[m Exit');
  });

  test.each([
    ['types and saves', ['hey ', '\x0f', '\r', '\x18'], 'hey one\ntwo\n'],
    ['saves at the end when asked', ['\x1b[B', 'x', '\x18', 'y', '\r'], 'one\nxtwo\n'],
    ['throws away when asked', ['x', '\x18', 'n'], 'one\ntwo\n'],
    ['cuts and pastes lines', ['\x0b', '\x1b[B', '\x15', '\x0f', '\r', '\x18'], 'two\none\n'],
    ['searches', ['\x17', 'TW', '\r', '!', '\x0f', '\r', '\x18'], 'one\n!two\n'],
    ['joins lines', ['\x1b[B', '\x7f', '\x0f', '\r', '\x18'], 'onetwo\n'],
  ])('%s', (_name, keys, text) => {
    expect(nano(keys).file).toBe(`[0]\n${text}`);
  });
});
