// A shell in a container, at a real terminal.
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './built.ts';
import { ready, until } from './command.ts';
import { hasTmux, type Size, Terminal } from './terminal.ts';

beforeAll(ensureBuilt);

/** A terminal in which `run -it alpine sh` waits at its prompt. */
async function inContainer(size?: Size): Promise<Terminal> {
  const terminal = await Terminal.open((await ready()).home, size);
  await terminal.enter('drydock run -it --rm -h box alpine sh');
  await terminal.shows('/ #');
  return terminal;
}

describe.skipIf(!hasTmux)('run -it alpine sh', () => {
  it('shows a prompt, runs lines and gives back the status of exit', async () => {
    const terminal = await inContainer();
    await terminal.enter('hostname');
    await terminal.shows(/# hostname\nbox\n\/ #$/);
    await terminal.enter('exit 3');
    await terminal.shows(/exit 3\nreal\$$/);
    await terminal.enter('echo status=$?');
    await terminal.shows('\nstatus=3\n');
  });

  it('ends with the end of input', async () => {
    const terminal = await inContainer();
    await terminal.enter('false');
    await terminal.press('C-d');
    await terminal.shows(/\/ #\nreal\$$/);
    await terminal.enter('echo status=$?');
    await terminal.shows('\nstatus=1\n');
  });

  it('edits the line', async () => {
    const terminal = await inContainer();
    await terminal.type('echo acd');
    await terminal.press('Left', 'Left');
    await terminal.type('b');
    await terminal.press('Enter');
    await terminal.shows(/# echo abcd\nabcd\n\/ #$/);
    await terminal.type('cho two');
    await terminal.press('C-a');
    await terminal.type('e');
    await terminal.press('C-e');
    await terminal.type(' three');
    await terminal.press('Enter');
    await terminal.shows(/# echo two three\ntwo three\n\/ #$/);
    await terminal.type('echo lost words');
    await terminal.press('C-w');
    await terminal.type('kept');
    await terminal.press('Enter');
    await terminal.shows(/# echo lost kept\nlost kept\n\/ #$/);
    await terminal.type('rubbish');
    await terminal.press('C-u');
    await terminal.type('echo clean');
    await terminal.press('BSpace', 'BSpace', 'BSpace', 'Enter');
    await terminal.shows(/# echo cl\ncl\n\/ #$/);
  });

  it('remembers lines', async () => {
    const terminal = await inContainer();
    await terminal.enter('echo first');
    await terminal.shows('\nfirst\n');
    await terminal.enter('echo second');
    await terminal.shows('\nsecond\n');
    await terminal.press('Up', 'Up');
    await terminal.shows(/# echo first$/);
    await terminal.press('Down');
    await terminal.shows(/# echo second$/);
    await terminal.press('Enter');
    await terminal.shows(/second\n\/ # echo second\nsecond\n\/ #$/);
  });

  it('completes names', async () => {
    const terminal = await inContainer();
    await terminal.type('cat /etc/alpine-rel');
    await terminal.press('Tab');
    await terminal.shows(/# cat \/etc\/alpine-release/);
    await terminal.press('Enter');
    await terminal.shows(/\n3\.\d+\.\d+\n/);
  });

  it('interrupts: the line at the prompt, and what runs', async () => {
    const terminal = await inContainer();
    await terminal.type('half a line');
    await terminal.press('C-c');
    await terminal.shows(/half a line\^C\n\/ #$/);
    await terminal.enter('echo go; sleep 100');
    await terminal.shows('\ngo');
    await terminal.press('C-c');
    await terminal.shows(/\ngo\n\^C\n\/ #$/);
    await terminal.enter('echo status=$?');
    await terminal.shows('\nstatus=130\n');
  });

  it('lets go with Ctrl-P Ctrl-Q and comes back with attach', async () => {
    const drydock = await ready();
    const terminal = await Terminal.open(drydock.home);
    await terminal.enter('drydock run -it --name kept alpine sh');
    await terminal.shows('/ #');
    await terminal.enter('v=remembered');
    await terminal.press('C-p', 'C-q');
    await terminal.shows(/real\$$/);
    expect(await drydock.out('ps', '--format', '{{.Names}} {{.State}}')).toBe('kept running');
    await terminal.enter('drydock attach kept');
    await terminal.shows('attach kept');
    await terminal.enter('echo $v');
    await terminal.shows(/echo \$v\nremembered\n\/ #$/);
    await terminal.enter('exit');
    await terminal.shows(/exit\nreal\$$/);
    expect(await drydock.out('ps', '-a', '--format', '{{.State}}')).toBe('exited');
  });

  it('tells of the window', async () => {
    const terminal = await inContainer();
    await terminal.enter('stty size');
    await terminal.shows('\n24 80\n');
    await terminal.resize(60, 20);
    // the news of it and the keys come by different ways
    await until('the new size', async () => {
      await terminal.enter('clear; stty size');
      return /^20 60$/m.test(await terminal.shows(/^\d+ \d+$/m)) || undefined;
    });
  });

  it('goes over the edge of a narrow window and comes back', async () => {
    const terminal = await inContainer({ cols: 40 });
    await terminal.type('echo 1234567890 1234567890 1234567890 end');
    await terminal.shows(/# echo 1234567890 1234567890 123456789\n0 end$/);
    await terminal.press('BSpace', 'BSpace', 'BSpace');
    await terminal.type('x');
    await terminal.press('Enter');
    await terminal.shows(/\n0 x\n1234567890 1234567890 1234567890 x\n\/ #$/);
  });

  it('takes and shows Hangul, and erases it whole', async () => {
    const terminal = await inContainer();
    await terminal.enter('echo 안녕 세상');
    await terminal.shows(/# echo 안녕 세상\n안녕 세상\n\/ #$/);
    await terminal.type('echo 가나다');
    await terminal.press('BSpace');
    await terminal.shows(/# echo 가나$/);
    expect((await terminal.cursor())[0]).toBe('/ # echo '.length + 4);
    await terminal.press('Left');
    await terminal.type('을');
    await terminal.press('Enter');
    await terminal.shows(/# echo 가을나\n가을나\n\/ #$/);
  });
});

describe.skipIf(!hasTmux)('the real terminal', () => {
  const ends: { readonly [name: string]: (terminal: Terminal) => Promise<void> } = {
    exit: (terminal) => terminal.enter('exit'),
    'Ctrl-D': (terminal) => terminal.press('C-d'),
    'Ctrl-P Ctrl-Q': (terminal) => terminal.press('C-p', 'C-q'),
  };
  it.each(Object.keys(ends))('is as it was after %s', async (name) => {
    const terminal = await Terminal.open((await ready()).home);
    await terminal.enter(
      'before=$(stty -g); drydock run -it alpine sh; [ "$(stty -g)" = "$before" ] && echo same modes',
    );
    await terminal.shows('/ #');
    await ends[name]?.(terminal);
    await terminal.shows(/same modes\nreal\$$/);
  });

  it.each(['TERM', 'INT', 'HUP', 'QUIT'])('is as it was after kill -%s of the client', async (signal) => {
    const terminal = await Terminal.open((await ready()).home, { cols: 200 });
    const trap = `trap "exit 5" ${signal}; echo ready; while :; do sleep 1; done`;
    await terminal.enter(
      `before=$(stty -g); drydock run -it alpine sh -c '${trap}'; echo status=$?; [ "$(stty -g)" = "$before" ] && echo same modes`,
    );
    await terminal.shows(/^ready$/m);
    process.kill(await terminal.child(), `SIG${signal}`);
    await terminal.shows(/status=5\nsame modes\nreal\$$/);
  });

  it('is as it was when the third signal ended the client by force', async () => {
    const drydock = await ready();
    const terminal = await Terminal.open(drydock.home);
    await terminal.enter(
      'before=$(stty -g); drydock run -it --name box alpine sleep 100000; [ "$(stty -g)" = "$before" ] && echo same modes',
    );
    await until('the container', async () => (await drydock.run('top', 'box')).status === 0 || undefined);
    const client = await terminal.child();
    for (let i = 0; i < 3; i++) {
      process.kill(client, 'SIGTERM');
      await new Promise((resolve) => setTimeout(resolve, 100)); // one signal at a time: two that are pending are one
    }
    await terminal.shows(/got 3 SIGTERM\/SIGINTs, forcefully exiting\n[\s\S]*same modes\nreal\$$/);
    expect(await drydock.out('ps', '--format', '{{.Names}}')).toBe('box');
  });
});

describe.skipIf(!hasTmux)('explanations at a terminal', () => {
  const marks = /[^\x00-\x7f]/;

  it('have the width of the window', async () => {
    for (const cols of [80, 40]) {
      const terminal = await Terminal.open((await ready()).home, { cols, rows: 60 }, { DRYDOCK_EXPLAIN: 'brief' });
      await terminal.enter('drydock run --rm alpine echo hi');
      const screen = await terminal.shows(/drydock why[\s\S]*real\$$/);
      const lines = screen.split('\n');
      const explained = lines.filter((line) => line.startsWith('┆'));
      expect(explained.length).toBeGreaterThan(5);
      // nothing goes over the edge: then its rest would stand on a line without a mark
      expect(lines.length - explained.length).toBe(3);
    }
  });

  it('are in Korean when asked for', async () => {
    for (const env of [{ DRYDOCK_LANG: 'ko' }, { LC_ALL: 'ko_KR.UTF-8' }]) {
      const terminal = await Terminal.open((await ready()).home, { rows: 60 }, { DRYDOCK_EXPLAIN: 'brief', ...env });
      await terminal.enter('drydock run --rm alpine echo hi');
      expect(await terminal.shows(/drydock why[\s\S]*real\$$/)).toMatch(/[가-힣]/);
    }
  });

  it('are plain when asked for', async () => {
    const terminal = await Terminal.open((await ready()).home, { rows: 60 }, { DRYDOCK_EXPLAIN: 'brief' });
    await terminal.enter('drydock --plain run --rm alpine echo hi');
    expect(await terminal.shows(/drydock why[\s\S]*real\$$/)).not.toMatch(marks);
  });

  it.each([
    ['coloured', '', true],
    ['not coloured with NO_COLOR', 'export NO_COLOR=1', false],
    ['not coloured on a dumb terminal', 'export TERM=dumb', false],
  ])('are %s', async (_how, before, coloured) => {
    const terminal = await Terminal.open((await ready()).home, { rows: 60 }, { DRYDOCK_EXPLAIN: 'brief' });
    await terminal.enter(before);
    await terminal.enter('drydock run --rm alpine echo hi');
    await terminal.shows(/drydock why[\s\S]*real\$$/);
    expect(/\x1b\[/.test(await terminal.coloured())).toBe(coloured);
  });
});
