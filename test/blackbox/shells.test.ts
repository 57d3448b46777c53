// bash, editors and database clients in a container, at a real terminal.
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './built.ts';
import { ready, until } from './command.ts';
import { hasTmux, type Size, Terminal } from './terminal.ts';

beforeAll(ensureBuilt);

/** A terminal in which bash waits in a container that runs already. */
async function inBash(size?: Size): Promise<Terminal> {
  const drydock = await ready();
  await drydock.out('run', '-d', '-q', '--name', 'web', '-h', 'web', 'debian', 'sleep', 'infinity');
  const terminal = await Terminal.open(drydock.home, size);
  await terminal.enter('drydock exec -it web bash');
  await terminal.shows('root@web:/#');
  return terminal;
}

describe.skipIf(!hasTmux)('exec -it web bash', () => {
  it('searches the history with Ctrl-R', async () => {
    const terminal = await inBash();
    await terminal.enter('echo apple');
    await terminal.shows('\napple\n');
    await terminal.enter('echo banana');
    await terminal.shows('\nbanana\n');
    await terminal.press('C-r');
    await terminal.shows("(reverse-i-search)`':");
    await terminal.type('app');
    await terminal.shows(/\(reverse-i-search\)`app': echo apple$/);
    expect((await terminal.cursor())[0]).toBe("(reverse-i-search)`app': echo ".length);
    await terminal.type('zz');
    await terminal.shows(/\(failed reverse-i-search\)`appzz': echo apple$/);
    await terminal.press('C-g');
    await terminal.shows(/\nroot@web:\/#$/);
    await terminal.press('C-r');
    await terminal.type('app');
    await terminal.press('Enter');
    await terminal.shows(/root@web:\/# echo apple\napple\nroot@web:\/#$/);
  });

  it('stops, lists and continues jobs', async () => {
    const terminal = await inBash();
    await terminal.enter('echo on; sleep 1000');
    await terminal.shows(/\non$/); // or the key would come before the command
    await terminal.press('C-z');
    await terminal.shows(/\^Z\n\[1\]\+ {2}Stopped {17}sleep 1000\nroot@web:\/#$/);
    await terminal.enter('bg');
    await terminal.shows(/\n\[1\]\+ sleep 1000 &\nroot@web:\/#$/);
    await terminal.enter('cat &');
    await terminal.shows(/\n\[2\] \d+\n/);
    await terminal.enter('jobs');
    await terminal.shows(/\[1\]- {2}Running {17}sleep 1000 &\n\[2\]\+ {2}Stopped {17}cat\n/);
    await terminal.enter('fg %1');
    await terminal.shows(/\nsleep 1000$/);
    await terminal.press('C-c');
    await terminal.shows(/\n\^C\nroot@web:\/#$/);
    await terminal.press('C-d');
    await terminal.shows(/\nexit\nThere are stopped jobs\.\nroot@web:\/#$/);
    await terminal.press('C-d');
    await terminal.shows(/\nexit\nreal\$$/);
  });

  it('learns of a new window, and tells a trap', async () => {
    const terminal = await inBash();
    await terminal.enter("trap 'echo turned' WINCH; echo $COLUMNS $LINES");
    await terminal.shows('\n80 24\n');
    await terminal.resize(70, 20);
    await until('the new size', async () => {
      await terminal.enter('clear; echo $COLUMNS $LINES');
      return /^70 20$/m.test(await terminal.shows(/^\d+ \d+$/m)) || undefined;
    });
    await terminal.enter('clear');
    await terminal.shows(/^root@web:\/#$/);
    await terminal.resize(60, 18);
    await until('the trap', async () => {
      await terminal.press('Enter');
      return /^turned$/m.test(await terminal.screen()) || undefined;
    });
  });
});

describe.skipIf(!hasTmux)('editors in a container', () => {
  it.each([
    ['vi', /^~$/m, ['i', 'first line', 'Enter', 'secondx', 'Escape', 'x', ':wq', 'Enter']],
    ['nano', /\^X/, ['first line', 'Enter', 'secondx', 'BSpace', 'C-o', 'Enter', 'C-x']],
  ])('%s writes a file', async (editor, opened, keys) => {
    const terminal = await Terminal.open((await ready()).home);
    await terminal.enter('drydock run -it --rm -h box alpine sh');
    await terminal.shows('/ #');
    if (editor === 'nano') {
      await terminal.enter('apk add -q nano; clear');
      await terminal.shows(/^\/ #$/);
    }
    await terminal.enter(`${editor} note`);
    await terminal.shows(opened);
    for (const key of keys) {
      if (/^(?:Enter|Escape|BSpace|C-.)$/.test(key)) await terminal.press(key);
      else await terminal.type(key);
    }
    await terminal.shows(/\/ #$/);
    await terminal.enter('clear; cat note');
    await terminal.shows(/^first line\nsecond\n\/ #$/);
  });
});

describe.skipIf(!hasTmux)('psql', () => {
  it('takes statements over several lines, gives one up with Ctrl-C, and ends with Ctrl-D', async () => {
    const drydock = await ready();
    await drydock.out('run', '-d', '-q', '--name', 'db', '-e', 'POSTGRES_PASSWORD=x', 'postgres:16');
    const terminal = await Terminal.open(drydock.home);
    await until('the server', async () => {
      const { status } = await drydock.run('exec', 'db', 'psql', '-U', 'postgres', '-c', 'select 1');
      return status === 0 || undefined;
    });
    await terminal.enter('drydock exec -it db psql -U postgres');
    await terminal.shows('postgres=#');
    await terminal.enter('select 6 *');
    await terminal.shows(/postgres-#$/);
    await terminal.enter('7 as answer;');
    await terminal.shows(/ answer\n-+\n {5}42\n\(1 row\)\n\npostgres=#$/);
    await terminal.enter("select 'half");
    await terminal.shows(/postgres'#$/);
    await terminal.press('C-c');
    await terminal.shows(/postgres'# \^C\npostgres=#$/);
    await terminal.enter('create table t (a int); insert into t values (5); select a from t;');
    await terminal.shows(/\nCREATE TABLE\nINSERT 0 1\n a\n---\n 5\n\(1 row\)\n\npostgres=#$/);
    await terminal.press('C-d');
    await terminal.shows(/postgres=# \\q\nreal\$$/);
  });
});

describe.skipIf(!hasTmux)('python', () => {
  it('answers line by line, and gives a statement up with Ctrl-C', async () => {
    const drydock = await ready();
    await drydock.out('pull', '-q', 'python');
    const terminal = await Terminal.open(drydock.home);
    await terminal.enter('drydock run -it --rm python');
    await terminal.shows('>>>');
    await terminal.enter('6 * 7');
    await terminal.shows(/>>> 6 \* 7\n42\n>>>$/);
    await terminal.enter('for i in range(2):');
    await terminal.shows(/\n\.\.\.$/);
    await terminal.press('C-c');
    await terminal.shows(/\n\.\.\. \^C\nKeyboardInterrupt\n>>>$/);
    await terminal.press('C-d');
    await terminal.shows(/\nreal\$$/);
  });
});
