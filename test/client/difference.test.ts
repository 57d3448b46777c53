// What counts as a change that can be undone.
import { describe, expect, it } from 'vitest';
import { differs } from '../../src/client/difference.ts';
import { Sandbox } from '../support/sandbox.ts';

function changes(...commands: readonly string[]): readonly boolean[] {
  const sandbox = new Sandbox();
  expect(sandbox.shell('docker run -d --name web alpine sleep 600')).toMatchObject({ code: 0 });
  return commands.map((command) => {
    const before = sandbox.world;
    sandbox.shell(command);
    return differs(before, sandbox.world);
  });
}

describe('a change', () => {
  it('is not that somebody looked into a container', () => {
    expect(changes('docker exec web ls /', 'docker exec web cat /etc/hosts', 'docker top web')).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('is a container of which nothing is left', () => {
    expect(changes('docker run --rm alpine true', 'docker run --rm nosuch:1', 'docker ps')).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is what a process in a container wrote, or that it goes on', () => {
    expect(changes('docker exec web touch /new', 'docker exec -d web sleep 100', 'docker rm -f web')).toEqual([
      true,
      true,
      true,
    ]);
  });
});
