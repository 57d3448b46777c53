// What Tab offers on a docker line: from the tree of real flags and from the world.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstHost } from '../../src/client/first-host.ts';
import { begin, machineOf } from '../../src/kernel/simulation.ts';
import { completeLine } from '../../src/shell/completion/line.ts';
import { commandFor, completionScript } from '../../src/shell/completion/scripts.ts';
import { simpleCommand } from '../../src/shell/simple-commands.ts';
import { Sandbox, software } from '../support/sandbox.ts';

const sandbox = new Sandbox();
sandbox.docker('tag', 'alpine', 'harbour/crane:v2');
sandbox.docker('run', '-d', '--name', 'runs', 'alpine', 'sleep', '999');
sandbox.docker('run', '-d', '--name', 'naps', 'alpine', 'sleep', '999');
sandbox.docker('pause', 'naps');
sandbox.docker('create', '--name', 'rests', 'alpine', 'true');
sandbox.docker('network', 'create', 'seaside');
sandbox.docker('volume', 'create', 'cargo');

/** What the line may become, as whole lines; undefined: that is left to the shell. */
function completed(line: string): readonly string[] | undefined {
  const m = machineOf(begin(sandbox.world, software), firstHost);
  const found = completeLine(line, line.length, { m, scenarios: () => ['first', 'second'] });
  return found?.words.map((word) => line.slice(0, found.from) + word);
}

describe('completion', () => {
  it.each([
    ['docker st', ['docker start', 'docker stats', 'docker stop']],
    ['docker container ren', ['docker container rename']],
    ['docker nosuch ', []],
    ['docker stop ', ['docker stop naps', 'docker stop runs']],
    ['docker stop runs ', ['docker stop runs naps']],
    ['docker start ', ['docker start rests']],
    ['docker unpause ', ['docker unpause naps']],
    ['docker container rm re', ['docker container rm rests']],
    ['docker logs --tail 3 r', ['docker logs --tail 3 rests', 'docker logs --tail 3 runs']],
    ['docker logs runs ', []],
    ['docker run -it --rm al', ['docker run -it --rm alpine:latest']],
    ['docker rmi harb', ['docker rmi harbour/crane:v2']],
    ['docker run --network sea', ['docker run --network seaside']],
    ['docker run --network=sea', ['docker run --network=seaside']],
    ['docker run -v car', ['docker run -v cargo:']],
    ['docker run --restart un', ['docker run --restart unless-stopped']],
    ['docker network connect seaside ru', ['docker network connect seaside runs']],
    ['docker volume rm ', ['docker volume rm cargo']],
    ['docker ps --filter sta', ['docker ps --filter status=']],
    ['docker ps --filter be', ['docker ps --filter before=']],
    ['docker images --filter un', ['docker images --filter until=']],
    ['drydock env fi', ['drydock env fish']],
    ['docker cp ru', ['docker cp runs:']],
    ['docker -D sto', ['docker -D stop']],
    ['docker run -e A=1 -p 80:80 al', ['docker run -e A=1 -p 80:80 alpine:latest']],
    ['docker run --na', ['docker run --name']],
    ['ls; docker stop ru', ['ls; docker stop runs']],
    ['docker rm $(docker stop ru', ['docker rm $(docker stop runs']],
    ['for i in 1 2; do docker kill ru', ['for i in 1 2; do docker kill runs']],
    ['docker ps -q | xargs docker sto', ['docker ps -q | xargs docker stop']],
    ['A=1 docker stop ru', ['A=1 docker stop runs']],
    ['layers al', ['layers alpine:latest']],
    ['explain docker stop ru', ['explain docker stop runs']],
    ['scenario run f', ['scenario run first']],
    ['drydock und', ['drydock undo']],
    ['drydock stop ru', ['drydock stop runs']],
  ])('%s', (line, expected) => {
    expect(completed(line)).toEqual(expected);
  });

  it.each(['dock', 'ls pro', 'docker build ', 'docker run alpine ', 'docker ps > fi', 'echo "docker st'])(
    'leaves %s to the shell',
    (line) => {
      expect(completed(line)).toBeUndefined();
    },
  );

  it('offers flags of the real command only, each with its own name', () => {
    const flags = completed('docker run --') ?? [];
    expect(flags).toContain('docker run --publish-all');
    expect(flags).not.toContain('docker run --tag');
    expect(completed('docker run alpine --')).toBeUndefined();
    expect(completed('docker pull -')).toContain('docker pull -q');
  });

  it('never breaks, and only ever adds to what was typed', () => {
    const words = fc.constantFrom(
      'docker',
      'run',
      '-v',
      '--',
      '$(',
      '"',
      "'",
      ' ',
      ' ',
      ';',
      '>',
      '--name=',
      'a:b',
      '\\',
      '한',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        const line = parts.join('');
        const last = simpleCommand(line).at(-1);
        if (last) expect(line.endsWith(last.text)).toBe(true);
        for (const whole of completed(line) ?? []) expect(whole.startsWith(line)).toBe(true);
      }),
    );
  });
});

describe('the scripts for real shells', () => {
  it.each(['bash', 'zsh', 'fish'] as const)('%s gets a script that its own syntax check accepts', (shell) => {
    const script = completionScript(shell, ['/a b/node', '/drydock.js']);
    expect(script).toContain("'/a b/node' /drydock.js __complete");
    const folder = mkdtempSync(join(tmpdir(), 'drydock-completion-'));
    const file = join(folder, 'script');
    writeFileSync(file, script);
    const checked = spawnSync(shell, ['-n', file], { encoding: 'utf8' }); // fish reads no syntax from a socket
    rmSync(folder, { recursive: true });
    if (!checked.error) expect(checked.stderr).toBe('');
  });

  it('PowerShell gets what it may stand on a command line: the call operator, and quotes doubled', () => {
    const script = completionScript('powershell', ["C:\\it's here\\node.exe", 'drydock.js']);
    expect(script).toContain("@(& 'C:\\it''s here\\node.exe' 'drydock.js' __complete $line 2>$null)");
  });

  it.each(['bash', 'zsh', 'fish'] as const)('%s reads the words that start drydock as they are', (shell) => {
    const words = ['printf', '%s|', "it's", 'a b', '\\', "\\'", '가 "나"', '$x'];
    const said = spawnSync(shell, ['-c', commandFor(shell, words)], { encoding: 'utf8' });
    if (!said.error)
      expect(said.stdout).toBe(
        words
          .slice(2)
          .map((word) => `${word}|`)
          .join(''),
      );
  });

  it.each(['fish', 'zsh'] as const)('%s offers what drydock answers', (shell) => {
    const script = completionScript(shell, ['answer']);
    const ask: { readonly [name: string]: string } = {
      fish: `function answer; printf 'plain\\nweb\\nweb2\\n'; end\n${script}\ncomplete -C 'docker stop w'`,
      zsh: `answer() { printf 'plain\\nweb\\nweb2\\n' }
compdef() { :; }; compadd() { shift; printf '%s\\n' "$@"; }
${script}
words=(docker stop w) CURRENT=3; _drydock_complete`,
    };
    const said = spawnSync(shell, ['-c', ask[shell] ?? ''], { encoding: 'utf8' });
    if (!said.error) expect(said.stdout).toBe('web\nweb2\n');
  });

  it('bash takes off what it has of the word already', () => {
    const script = completionScript('bash', ['answer']);
    const test = `answer() { printf 'plain\\nnginx:latest\\nnginx:alpine\\n'; }
${script}
COMP_LINE='docker run nginx:' COMP_POINT=17; _drydock_complete; printf '%s ' "\${COMPREPLY[@]}"`;
    expect(spawnSync('bash', ['-c', test], { encoding: 'utf8' }).stdout).toBe('latest alpine ');
  });
});
