// Two clients on one session.
import { once } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './built.ts';
import { ended, ready, until } from './command.ts';
import { hasTmux, Terminal } from './terminal.ts';

beforeAll(ensureBuilt);

describe.skipIf(!hasTmux)('two terminals on one session', () => {
  it('logs -f in one prints what exec causes in the other', async () => {
    const drydock = await ready();
    await drydock.out('run', '-d', '--name', 'web', 'alpine', 'sleep', '100000');
    const one = await Terminal.open(drydock.home);
    const two = await Terminal.open(drydock.home);
    await one.enter('drydock logs -f web; echo status=$?');
    await one.shows('logs -f web');
    await two.enter(`drydock exec web sh -c 'echo hello > /proc/1/fd/1'`);
    await one.shows('\nhello');
    await two.enter(`drydock exec web sh -c 'echo again > /proc/1/fd/1'`);
    await one.shows('\nhello\nagain');
    await one.press('C-c');
    await one.shows(/\^Cstatus=130\nreal\$$/);
  });

  it('a shell in one does not keep the other waiting', async () => {
    const drydock = await ready();
    const one = await Terminal.open(drydock.home);
    const two = await Terminal.open(drydock.home);
    await one.enter('drydock run -it --name box alpine sh');
    await one.shows('/ #');
    await two.enter("drydock ps --format '{{.Names}} {{.State}}'");
    await two.shows('\nbox running');
    await one.enter('echo still here > /note');
    await two.enter('drydock exec box cat /note');
    await two.shows('\nstill here');
    await two.enter('drydock stop -t 1 box');
    await one.shows(/real\$$/);
  });

  it('an undo in one tells the other that its command was taken back', async () => {
    const drydock = await ready();
    const one = await Terminal.open(drydock.home);
    await one.enter('before=$(stty -g); drydock run -it --name box alpine sh; echo status=$?');
    await one.shows('/ #');
    const { stderr } = await drydock.run('undo');
    expect(stderr).toMatch(/^Undone: docker run -it --name box alpine sh/);
    await one.shows(/taken back by drydock undo in\s+another terminal/);
    await one.shows(/\nstatus=130\nreal\$$/);
    await one.enter('[ "$(stty -g)" = "$before" ] && echo same modes');
    await one.shows('\nsame modes');
    expect(await drydock.out('ps', '-aq')).toBe('');
  });

  it('a reset in one ends the command of the other', async () => {
    const drydock = await ready();
    const one = await Terminal.open(drydock.home);
    await one.enter('drydock run -it --name box alpine sh');
    await one.shows('/ #');
    expect((await drydock.run('reset')).status).toBe(0);
    await one.shows(/reset or removed in another terminal/);
    await one.shows(/real\$$/);
  });

  it('a terminal that is closed takes its client with it, and nothing else', async () => {
    const drydock = await ready();
    const one = await Terminal.open(drydock.home);
    await one.enter('drydock run -it --name box alpine sh');
    await one.shows('/ #');
    const client = await one.child();
    await one.close();
    await until('the client to end', () => (isAlive(client) ? undefined : true));
    expect(await drydock.out('ps', '--format', '{{.Names}}')).toBe('box');
    expect(await drydock.out('shell', '-c', 'ps | grep -c "[d]ocker run"; true')).toBe('0');
  });
});

describe('two clients without terminals', () => {
  it('logs -f ends when the container does', async () => {
    const drydock = await ready();
    await drydock.out('run', '-d', '--name', 'web', 'alpine', 'sh', '-c', 'echo begun; sleep 100000');
    const logs = drydock.start({}, 'logs', '-f', 'web');
    const all = ended(logs);
    await once(logs.stdout ?? logs, 'data');
    expect((await drydock.run('kill', 'web')).status).toBe(0);
    expect(await all).toMatchObject({ status: 0, stdout: 'begun\n' });
  });

  it('wait returns what stop in the other brings about', async () => {
    const drydock = await ready();
    const loop = "trap 'exit 7' TERM; echo ready; while :; do sleep 1; done";
    await drydock.out('run', '-d', '--name', 'web', 'alpine', 'sh', '-c', loop);
    await until('the trap', async () => ((await drydock.out('logs', 'web')) === 'ready' ? true : undefined));
    const waiting = ended(drydock.start({}, 'wait', 'web'));
    expect((await drydock.run('stop', 'web')).status).toBe(0);
    expect(await waiting).toMatchObject({ status: 0, stdout: '7\n' });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
