// The list of drydock's own verbs is that of the command line itself.
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { readOptions } from '../../src/client/options.ts';
import { ownCommands } from '../../src/client/own-verbs.ts';
import { ownVerbs } from '../../src/shell/own-verbs.ts';
import { words } from '../../src/shell/word.ts';
import { askedOf } from '../../src/vm/words.ts';

const { commands } = ownCommands(readOptions([], {}), {}, () => {});
const names = (list: readonly Command[]) => list.map((command) => command.name()).sort();

describe("drydock's own verbs", () => {
  it('are those of the command line', () => {
    expect(Object.keys(ownVerbs).sort()).toEqual(names(commands));
  });

  it.each(commands.filter(({ commands: below }) => below.length > 0))('$_name: the same commands', (command) => {
    expect([...(ownVerbs[command.name()] ?? [])].sort()).toEqual(names(command.commands));
  });

  it('vm: commands that its program knows', () => {
    for (const verb of ownVerbs.vm ?? []) {
      if (verb === 'shell') continue;
      expect(askedOf({ path: 'vm', argv: ['vm', verb], env: {} })).not.toEqual({ wrong: verb });
    }
  });

  it('have all words of the classroom shell among them', () => {
    const others = words.filter((word) => !Object.hasOwn(ownVerbs, word));
    expect(others).toEqual(['help', 'edit', 'drydock']);
  });
});
