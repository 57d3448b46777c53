// Classical mistakes: recognised by the command, how it ended and what the machine has; and nothing said where all is right.
import { describe, expect, it } from 'vitest';
import { firstHost } from '../../src/client/first-host.ts';
import { noStyle } from '../../src/explain/layout.ts';
import { begin, machineOf } from '../../src/kernel/simulation.ts';
import { mistakeLines } from '../../src/shell/mistakes/mistakes.ts';
import { Sandbox, software } from '../support/sandbox.ts';

const sandbox = new Sandbox();
sandbox.docker('pull', '-q', 'nginx');
sandbox.docker('pull', '-q', 'redis');
sandbox.docker('tag', 'alpine', 'mine:v1');
sandbox.docker('run', '-d', '--name', 'web', 'nginx');
sandbox.docker('create', '--name', 'keeper', 'alpine', 'true');

function lines(line: string, status: number | undefined, lang: 'en' | 'ko' = 'en', printed = ''): readonly string[] {
  const m = machineOf(begin(sandbox.world, software), firstHost);
  const words = line.split(' ');
  const commands = words[0] === 'docker' ? [words] : [];
  return mistakeLines(m, commands, { status, line, printed }, { lang, plain: true, width: 500, style: noStyle });
}

const meant = (line: string, status: number | undefined) =>
  lines(line, status)
    .map((each) => /did you mean\s+(.*)/.exec(each)?.[1])
    .find(Boolean);

describe('mistakes', () => {
  it.each([
    ['docker run nginx -p 80:80', 2, 'docker run -p 80:80 nginx'],
    ['docker run nginx -d --name w -e A=1', 1, 'docker run -d --name w -e A=1 nginx'],
    ['docker run --rm nginx -p 80:80 nginx', 127, 'docker run --rm -p 80:80 nginx nginx'],
    ['docker run -d -p 80:8080 nginx', 0, 'docker run -d -p 8080:80 nginx'],
    ['docker run -d -p 127.0.0.1:80:8080 nginx', 0, 'docker run -d -p 127.0.0.1:8080:80 nginx'],
    ['docker run -dp 8080:8080 nginx', 0, 'docker run -dp 8080:80 nginx'],
    ['docker run -d -p 8080:8080 nginx', 0, 'docker run -d -p 8080:80 nginx'],
    ['docker run -it nginx', undefined, 'docker run -d nginx'],
    ['docker start redis', 1, 'docker run redis'],
    ['docker stop nginx', 1, 'docker stop web'],
    ['docker exec -it nginx sh', 1, 'docker exec -it web sh'],
    ['docker logs -f nginx', 1, 'docker logs -f web'],
    ['docker rm redis', 1, 'docker rmi redis'],
    ['docker rmi keeper', 1, 'docker rm keeper'],
    ['docker run mine', 125, 'docker run mine:v1'],
    ['docker tag mine other', 1, 'docker tag mine:v1 other'],
    ['docker build .', 0, 'docker build -t NAME .'],
    ['docker build -t x', 1, 'docker build -t x .'],
    ['$ docker ps', 127, 'docker ps'],
    ['images -a', 127, 'docker images -a'],
    ['dokcer ps', 127, 'docker ps'],
    ['docekr ps', 127, 'docker ps'],
    ['애찯ㄱ ㅔㄴ -ㅁ', 127, 'docker ps -a'],
    ['ㅣㄴ -ㅣ', 127, 'ls -l'],
    ['ㄷ턋', 127, 'exit'],
    ['quit', 127, 'exit'],
    ['copy a b', 127, 'cp a b'],
  ])('%s (%s): %s', (line, status, expected) => {
    expect(meant(line, status)).toBe(expected);
  });

  it.each([
    ['ls; images -a', 'images', 'ls; docker images -a'],
    ['ls | images', 'images', 'ls | docker images'],
    ['A=1 dokcer ps | wc -l', 'dokcer', 'A=1 docker ps | wc -l'],
    ['echo $(dokcer ps)', 'dokcer', 'echo $(docker ps)'],
    ['ls && $ docker ps', '$', 'ls && docker ps'],
    ['docker ps && images', 'images', 'docker ps && docker images'],
    ['if true; then images -q; fi', 'images', 'if true; then docker images -q; fi'],
    ['diff a b; nosuch', 'nosuch', undefined],
    ['diff a b; images', 'images', 'diff a b; docker images'],
  ])('anywhere in a line: %s', (line, name, expected) => {
    const said = lines(line, 127, 'en', `a: not there\nbash: ${name}: command not found\n`);
    expect(said.map((each) => /did you mean\s+(.*)/.exec(each)?.[1]).find(Boolean)).toBe(expected);
  });

  it.each([
    ['docker run -d -p 8080:80 nginx', 0],
    ['docker run -d -P nginx', 0],
    ['docker run alpine ls -d /', 1],
    ['docker run alpine sh -c exit', 3],
    ['docker run -it alpine', undefined],
    ['docker run -p 80:8080 nosuch', 125],
    ['docker build -t x .', 0],
    ['docker build -t x .', 1],
    ['docker start nosuch', 1],
    ['docker stop web', 1],
    ['docker exec web false', 1],
    ['docker rmi nginx', 1],
    ['docker run --no-such-flag nginx -p 1:1', 125],
    ['docker', 1],
    ['nosuch', 127],
    ['ls nosuch', 2],
  ])('nothing is said of %s (%s)', (line, status) => {
    expect(lines(line, status)).toEqual([]);
  });

  it('says why, in both languages', () => {
    expect(lines('docker run -d -p 80:8080 nginx', 0)[0]).toMatch(
      /^\| why +-p takes HOST:CONTAINER\. nginx listens on 80 /,
    );
    expect(lines('docker run -d -p 80:8080 nginx', 0, 'ko')[0]).toMatch(
      /^\| 이유 +-p는 호스트:컨테이너 순서예요\. nginx는 /,
    );
  });

  it('knows a line of what docker printed', () => {
    const id = sandbox.docker('ps', '-q', '--no-trunc').stdout.split('\n')[0] ?? '';
    expect(lines(`${id.slice(0, 12)} nginx`, 127)[0]).toContain('part of what docker printed');
    expect(lines('CONTAINER ID IMAGE', 127)[0]).toContain('part of what docker printed');
  });
});
