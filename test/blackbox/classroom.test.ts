// The classroom shell at a real terminal.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { columns } from '../../src/explain/width.ts';
import { bin, ensureBuilt } from './built.ts';
import { Drydock, ready, temporaryFolder, until } from './command.ts';
import { hasTmux, type Size, Terminal } from './terminal.ts';

beforeAll(ensureBuilt);

const prompt = /learner@drydock:~\$$/;
const explained = { DRYDOCK_EXPLAIN: 'brief' };

interface Setting {
  readonly size?: Size;
  readonly env?: NodeJS.ProcessEnv;
  readonly command?: string;
  readonly home?: string;
}

/** A terminal in which the classroom shell waits at its prompt. */
async function classroom({ size, env, command = 'drydock', home }: Setting = {}): Promise<Terminal> {
  const terminal = await Terminal.open(home ?? (await ready()).home, size, env);
  await terminal.enter(command);
  await terminal.shows(prompt);
  return terminal;
}

describe.skipIf(!hasTmux)('the classroom shell', () => {
  it('has files to build from, and pipes and substitutions over docker commands', async () => {
    const terminal = await classroom();
    await terminal.enter('docker build -q -t hello projects/hello && docker run --rm -e NAME=Busan hello');
    await terminal.shows(/\nHello, Busan! This is [0-9a-f]{12}, with the kernel of Linux 6\.8/);
    await terminal.enter('clear; for n in one two; do docker run -d --name $n hello sleep 9; done | wc -l');
    await terminal.shows(/^2\nlearner/);
    await terminal.enter(
      'docker ps -q | xargs docker stop -t 0 | wc -l; docker rm -f $(docker ps -aq) > gone; wc -l gone',
    );
    await terminal.shows(/\n2\n2 gone\nlearner/);
    await terminal.enter('clear; docker run --rm -v ~/projects:/in:ro alpine ls /in; uname -r');
    await terminal.shows(/^README\nhello\nsite\n6\.8\.0-31-generic\nlearner/);
  });

  it('explains each docker command before the next prompt, and folds it by a key', async () => {
    const terminal = await classroom({ env: explained });
    await terminal.enter('docker ps');
    const screen = await terminal.shows(/0 running\nlearner@drydock:~\$$/);
    expect(screen).toMatch(/NAMES\n┆ client {6}GET \/containers\/json → 200\n┆ dockerd /);
    await terminal.type('echo half');
    await terminal.press('C-o');
    await terminal.shows(/┆ Explanations are folded\. Ctrl-O unfolds them\.\nlearner@drydock:~\$ echo half$/);
    await terminal.press('Enter');
    await terminal.shows(/\nhalf\nlearner/);
    await terminal.enter('clear');
    await terminal.enter('docker ps');
    await terminal.shows(/NAMES\n┆ 2 lines of explanation \(Ctrl-O\)\nlearner@drydock:~\$$/);
    await terminal.press('C-o');
    await terminal.shows(
      /┆ dockerd .*0 running\n┆ Explanations are shown again\. Ctrl-O folds them\.\nlearner@drydock:~\$$/,
    );
    await terminal.enter('explain off');
    await terminal.enter('clear');
    await terminal.enter('docker ps');
    await terminal.shows(/NAMES\nlearner@drydock:~\$$/);
    await terminal.enter('why | head -1');
    await terminal.shows(/\nWhat happened for: docker ps\n/);
  });

  it('holds the last command, and a whole work, against a virtual machine', async () => {
    const terminal = await classroom();
    await terminal.enter('docker run --name one alpine true; clear');
    await terminal.shows(/^learner@drydock:~\$$/);
    await terminal.enter('vm | tail -4');
    await terminal.shows(/^\S+ vm \| tail -4\nVM {9}the machine stays on when the program ends/);
    await terminal.enter('clear; compare nginx | grep -c VM; compare nosuch');
    await terminal.shows(/^\d+\ncompare: nosuch cannot be compared; what can: nginx\nlearner@drydock:~\$$/);
  });

  it('takes commands back and does them again', async () => {
    const terminal = await classroom();
    await terminal.enter('docker run -d --name first alpine sleep 99');
    await terminal.shows(/\n[0-9a-f]{64}\nlearner/);
    await terminal.enter('touch note');
    await terminal.enter('undo');
    await terminal.shows(/\nUndone: touch note .*\n(?:.*\n)?learner@drydock:~\$$/);
    await terminal.enter('undo');
    await terminal.shows(/\nUndone: docker run -d --name first alpine sleep 99 /);
    await terminal.enter('clear; ls; docker ps -a --format "{{.Names}}"');
    await terminal.shows(/^projects\nlearner@drydock:~\$$/);
    await terminal.enter('redo');
    await terminal.enter('redo');
    await terminal.shows(/\nDone again: touch note /);
    await terminal.enter('clear; ls; docker ps --format "{{.Names}}"');
    await terminal.shows(/^note {2}projects\nfirst\nlearner@drydock:~\$$/);
    await terminal.press('Up', 'Up');
    await terminal.shows(/\$ redo$/);
    await terminal.press('C-c');
    await terminal.enter('reset');
    await terminal.enter('clear; docker ps -aq | wc -l; undo');
    await terminal.shows(/^0\nUndone: reset .*\n(?:.*\n)?learner@drydock:~\$$/);
    await terminal.enter('clear; docker ps -aq | wc -l');
    await terminal.shows(/^1\nlearner@drydock:~\$$/);
  });

  it('takes back what was done outside before, and goes on with a new shell', async () => {
    const drydock = await ready();
    await drydock.out('run', '-d', '--name', 'before', 'alpine', 'sleep', '99');
    const terminal = await classroom({ home: drydock.home });
    await terminal.enter('undo');
    await terminal.shows(/\nUndone: docker run -d --name before .*\n(?:.*\n)*learner@drydock:~\$$/);
    await terminal.enter('docker ps -aq | wc -l');
    await terminal.shows(/\n0\nlearner/);
    await drydock.out('run', '-d', '--name', 'other', 'alpine', 'sleep', '99');
    await drydock.run('reset');
    await terminal.shows('The session was changed from elsewhere');
    await terminal.enter('docker ps -aq | wc -l');
    await terminal.shows(/wc -l\n0\nlearner@drydock:~\$$/);
  });

  it('completes commands, flags, containers, images, networks, volumes and files', async () => {
    const terminal = await classroom();
    await terminal.enter(
      'docker run -d --name webserver alpine sleep 99; docker network create seaside; docker volume create cargo',
    );
    await terminal.shows(/\ncargo\nlearner/);
    await terminal.enter('clear');
    const completed = async (typed: string, shown: RegExp) => {
      await terminal.type(typed);
      await terminal.press('Tab');
      await terminal.shows(shown);
      await terminal.press('C-u');
      await terminal.shows(prompt);
    };
    await completed('docker netw', /\$ docker network$/);
    await completed('docker run --det', /\$ docker run --detach$/);
    await completed('docker stop we', /\$ docker stop webserver$/);
    await completed('docker run --rm alp', /\$ docker run --rm alpine:latest$/);
    await completed('docker run --network sea', /\$ docker run --network seaside$/);
    await completed('docker run -v car', /\$ docker run -v cargo:$/);
    await completed('echo $(docker logs web', /docker logs webserver$/);
    await completed('docker build pro', /\$ docker build projects\/$/);
    await completed('scenario run first', /\$ scenario run first-container$/);
    await terminal.type('docker st');
    await terminal.press('Tab', 'Tab');
    await terminal.shows(/\nstart {2}stats {2}stop\nlearner@drydock:~\$ docker st$/);
  });

  it('remembers lines in the next shell, and finds them with Ctrl-R', async () => {
    const { home } = await ready();
    const first = await classroom({ home });
    await first.enter('echo remember-me');
    await first.shows('\nremember-me\n');
    await first.enter(' echo not-me');
    await first.enter('docker login -u me -p hidden localhost:1');
    await first.enter('exit');
    await first.shows(/\nreal\$$/);
    expect(readFileSync(join(home, 'history'), 'utf8')).toBe('echo remember-me\nexit\n');
    expect(readFileSync(join(home, 'sessions', 'default', 'head.json'), 'utf8')).not.toContain('hidden');
    const second = await classroom({ home });
    await second.press('Up', 'Up');
    await second.shows(/\$ echo remember-me$/);
    await second.press('C-c');
    await second.press('C-r');
    await second.type('ber-m');
    await second.press('Enter');
    await second.shows(/\nremember-me\nlearner@drydock:~\$$/);
  });

  it('gives up a line at Ctrl-C, a command at Ctrl-C, and leaves at Ctrl-D', async () => {
    const terminal = await classroom();
    await terminal.type('docker rm everything');
    await terminal.press('C-c');
    await terminal.shows(/everything\^C\nlearner@drydock:~\$$/);
    await terminal.enter('sleep 1000');
    await terminal.press('C-c');
    await terminal.shows(/1000\n\^C\n?learner@drydock:~\$$/);
    await terminal.enter('sleep 1000');
    await terminal.press('C-z');
    await terminal.shows(/Stopped +sleep 1000\nlearner@drydock:~\$$/);
    await terminal.enter('kill %1; while :; do :; done');
    await terminal.press('C-c');
    await terminal.shows(/done\n\^C\n?(?:\[1\].*\n)?learner@drydock:~\$$/);
    await terminal.enter('clear; echo still here');
    await terminal.shows(/^still here\nlearner@drydock:~\$$/);
    await terminal.press('C-d');
    await terminal.shows(/\nreal\$$/);
  });

  it('says what was probably meant', async () => {
    const terminal = await classroom({ env: explained });
    await terminal.enter('docker pull -q nginx');
    await terminal.shows(/drydock why .*\nlearner@drydock:~\$$/);
    const meant = async (typed: string, command: string) => {
      await terminal.enter('clear');
      await terminal.enter(typed);
      await terminal.shows(new RegExp(`did you mean {2}${command}\nlearner@drydock:~\\$$`));
    };
    await meant('docker run nginx -p 80:80', 'docker run -p 80:80 nginx');
    await meant('docker run -d nginx --name web', 'docker run -d --name web nginx'); // ends at once, behind a success
    await meant('docker build -t x', 'docker build -t x .');
    await meant('docker rm nginx', 'docker rm [a-z]+_[a-z]+');
    await meant('docker run -d -p 80:8080 nginx', 'docker run -d -p 8080:80 nginx');
    await meant('$ docker ps', 'docker ps');
    await terminal.enter('clear');
    await terminal.enter('docker pul nginx');
    await terminal.shows(/Did you mean docker pull\?\nlearner@drydock:~\$$/);
    await terminal.enter('clear');
    await terminal.enter('docker ps --al');
    await terminal.shows(/Did you mean --all\?\nlearner@drydock:~\$$/);
    await meant('images', 'docker images');
  });

  it('reads what was typed key by key while a command ran', async () => {
    const terminal = await classroom();
    await terminal.enter('docker pull redis');
    for (const key of ['e', 'c', 'h', 'o', 'Space', 'x', 'y', 'z', 'Enter']) await terminal.press(key);
    await terminal.shows(/\nlearner@drydock:~\$ echo xyz\nxyz\nlearner@drydock:~\$$/);
  });

  it('explains below what was pulled or built, not in the middle of it', async () => {
    const terminal = await classroom({ env: explained, size: { rows: 60 } });
    await terminal.enter('docker pull -q busybox');
    await terminal.shows(/drydock why .*\nlearner@drydock:~\$$/);
    await terminal.enter('docker rmi busybox');
    await terminal.shows(/Deleted: [\s\S]*\nlearner@drydock:~\$$/);
    await terminal.enter('clear');
    await terminal.shows(/^learner@drydock:~\$$/);
    await terminal.enter('docker run -it busybox');
    await terminal.shows(/latest: Pulling from[\s\S]*\nStatus: .*\n┆ client [\s\S]*\n┆ drydock why .*\n\/ #$/, 20_000);
    await terminal.enter('exit');
    await terminal.shows(/learner@drydock:~\$$/);
    await terminal.enter("printf 'FROM busybox\\nRUN sleep 3\\n' > Dockerfile; clear");
    await terminal.shows(/^learner@drydock:~\$$/);
    await terminal.enter('docker build -t slow .');
    const screen = await terminal.shows(/┆ drydock why .*\nlearner@drydock:~\$$/, 20_000);
    expect(screen).toMatch(/naming to docker\.io\/library\/slow .*\n[\s\S]*┆ client /);
    expect(screen.slice(0, screen.indexOf('naming to'))).not.toContain('┆');
  }, 60_000);

  it('cannot be left to the real computer', async () => {
    const { home } = await ready();
    const terminal = await classroom({ home });
    await terminal.enter(`cat ${home}/current /etc/os-release | head -1; ls / | grep -c tmp; scenario new mine`);
    await terminal.shows('scenario new: not in this shell');
    await terminal.shows('PRETTY_NAME="Ubuntu 24.04 LTS"');
    await terminal.enter('clear; vi projects/README');
    await terminal.shows('Two small projects');
    await terminal.type(`:w ${home}/made`);
    await terminal.press('Enter');
    await terminal.type(':q!');
    await terminal.press('Enter');
    await terminal.shows(prompt);
    expect(() => readFileSync(join(home, 'made'))).toThrow('ENOENT');
  });

  it('opens a real folder that stays as it is', async () => {
    const folder = join(temporaryFolder(), 'my-app');
    mkdirSync(folder);
    writeFileSync(join(folder, 'Dockerfile'), 'FROM alpine\nCMD ["echo", "mine"]\n');
    symlinkSync('/etc/passwd', join(folder, 'out'));
    const terminal = await classroom({ command: `drydock shell --open '${folder}'` });
    await terminal.shows('1 entry was left out');
    await terminal.enter(
      'clear; docker build -q -t mine my-app && docker run --rm mine; echo changed > my-app/Dockerfile; ls my-app',
    );
    await terminal.shows(/\nmine\nDockerfile\nlearner/);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toMatch(/^FROM alpine/);
  });

  it('keeps everything when the terminal is closed', async () => {
    const drydock = await ready();
    const terminal = await classroom({ home: drydock.home });
    await terminal.enter('docker run -d --name kept alpine sleep 999; touch note');
    await terminal.shows(/\n[0-9a-f]{64}\nlearner/);
    await terminal.type('docker rm -f ke');
    await terminal.close();
    const listed = await until('the shell is hung up', async () => {
      const { stdout } = await drydock.run('shell', '-c', 'ls; ps -C bash -o comm=');
      return /bash/.test(stdout) ? undefined : stdout;
    });
    expect(listed).toBe('note\nprojects\n');
    expect(await drydock.out('ps', '--format', '{{.Names}}')).toBe('kept');
    await drydock.out('undo');
    expect(await drydock.out('ps', '-aq')).toBe('');
  });

  it('runs a lesson and comes back', async () => {
    const terminal = await classroom();
    await terminal.enter('scenario run first-container');
    await terminal.shows('hint');
    await terminal.enter('quit');
    await terminal.shows(prompt);
    await terminal.enter('echo back');
    await terminal.shows(/\nback\nlearner@drydock:~\$$/);
  });
});

describe.skipIf(!hasTmux)('the layout of the classroom shell', () => {
  it.each([80, 40])('keeps within %i columns, in Korean too', async (cols) => {
    const env = { ...explained, DRYDOCK_LANG: 'ko' };
    const terminal = await classroom({ size: { cols, rows: 60 }, env });
    await terminal.enter('help');
    await terminal.enter('docker run --rm alpine echo 안녕');
    const screen = await terminal.shows(/drydock why(?:.*\n)+learner@drydock:~\$$/);
    expect(screen).toContain('\n안녕\n');
    for (const line of screen.split('\n')) expect(columns(line)).toBeLessThanOrEqual(cols);
    // a wide character is two columns for the cursor, too
    await terminal.type('echo 가나다');
    await terminal.press('Left', 'BSpace', 'Enter');
    await terminal.shows(/\n가다\nlearner/);
  });

  it('follows the window', async () => {
    const terminal = await classroom({ env: explained });
    await terminal.resize(50, 24);
    await terminal.enter('clear; docker run --rm alpine true; docker ps');
    const screen = await terminal.shows(/drydock why .*\nlearner@drydock:~\$$/);
    for (const line of screen.split('\n')) expect(line.length).toBeLessThanOrEqual(50);
  });

  it('reads from top to bottom with --plain', async () => {
    const terminal = await classroom({ env: explained, command: 'drydock --plain' });
    await terminal.enter('docker run --rm alpine echo hi');
    await terminal.shows(/drydock why(?:.*\n)+learner@drydock:~\$$/);
    await terminal.enter('undo');
    const screen = await terminal.shows(/Undone: docker run --rm|Nothing/);
    const own = screen.split('\n').filter((line) => !line.startsWith('real$'));
    expect(own.join('\n')).toMatch(/^[\x20-\x7e\n]*$/);
    expect(own.join('\n')).toMatch(/\nhi\n\| client {6}POST /);
  });
});

describe('without a terminal', () => {
  it('is a login shell: opened by a script, with a command, or with commands in its input', async () => {
    const drydock = new Drydock();
    const asked = { status: 3, stdout: 'learner\n6.8.0-31-generic\n' };
    expect(await drydock.run('-c', 'id -un; uname -r; exit 3')).toMatchObject(asked);
    expect(await drydock.run('shell', '-c', 'id -un; uname -r; exit 3')).toMatchObject(asked);
    const { stdout, stderr } = await drydock.line(`echo 'hostname; id -un' | drydock shell`);
    expect(stderr + stdout).toBe('drydock\nlearner\n');
    expect(await drydock.run('-c', 'nosuch', 'ps', '-q')).toMatchObject({ status: 1, stdout: '' }); // docker's own -c, of contexts
  });

  it('npm start plays the first lesson', async () => {
    const { stdout, status } = await new Drydock().run('classroom');
    expect(status).toBe(0);
    expect(stdout).toContain("$ docker run --name hello alpine echo 'hello from a container'");
  });

  it('answers the completion of a real bash', async () => {
    const drydock = await ready();
    await drydock.out('create', '--name', 'webserver', 'alpine', 'true');
    const line = 'docker start webs';
    const { stdout } = await drydock.line(
      `bash -c 'eval "$(node ${bin} completion bash)"; COMP_LINE="${line}" COMP_POINT=${line.length}; _drydock_complete; echo "$COMPREPLY"'`,
    );
    expect(stdout).toBe('webserver\n');
    expect(await drydock.out('env')).toBe(
      `alias drydock='${process.execPath} -- ${bin}'\nalias docker='${process.execPath} -- ${bin}'`,
    );
    expect((await drydock.run('completion', 'csh')).status).toBe(2);
  });
});
