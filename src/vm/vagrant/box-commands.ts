import type { Sys } from '../../kernel/program.ts';
import type { Act } from './acts.ts';
import type { Arguments } from './arguments.ts';
import { boxNamed } from './boxes.ts';
import { downloading } from './plan-up.ts';
import { addBox, addedBoxes, readIndex, removeBox } from './store.ts';
import { detail, failure, header, plain } from './tell.ts';
import * as words from './words.ts';

/** `vagrant box add|list|remove` */
export function boxActs(name: string, given: Arguments, sys: Sys): readonly Act[] {
  if (name === 'add') return addActs(given, sys);
  return name === 'remove' ? removeActs(given, sys) : boxListActs(sys);
}

function boxListActs(sys: Sys): readonly Act[] {
  const added = addedBoxes(sys);
  if (added.length === 0) return [plain(words.noBoxes)];
  const width = Math.max(...added.map(({ name }) => name.length));
  return [plain(added.map(({ name, version }) => `${name.padEnd(width)} (virtualbox, ${version})`).join('\n'))];
}

function addActs({ words: [wanted], flags, values }: Arguments, sys: Sys): readonly Act[] {
  if (wanted === undefined)
    return failure('This command was not invoked properly. The help for this command is\navailable below.');
  if (/^(?:https?:|file:|\/|\.)/.test(wanted)) return failure(`drydock: a box from ${wanted}: not simulated`);
  const box = boxNamed(wanted, values.get('--box-version'));
  if (!box) return failure(words.boxNotFound(wanted));
  const head = [
    header('box', `Loading metadata for box '${wanted}'`),
    detail('box', `URL: https://vagrantcloud.com/${wanted}`),
  ];
  if (addedBoxes(sys).includes(box) && !flags.has('--force')) {
    return [
      ...head,
      ...failure(
        `The box you're attempting to add already exists. Remove it before\nadding it again or add it with the \`--force\` flag.\n\nName: ${box.name}\nProvider: virtualbox\nVersion: ${box.version}`,
      ),
    ];
  }
  if (!addBox(sys, box)) return [...head, ...failure(words.unpackageFailed)];
  return downloading('box', box);
}

function removeActs({ words: [wanted = ''], flags }: Arguments, sys: Sys): readonly Act[] {
  const box = addedBoxes(sys).find(({ name }) => name === wanted);
  if (!box) {
    return failure(
      `The box you requested to be removed could not be found. No\nboxes named '${wanted}' could be found.`,
    );
  }
  const users = readIndex(sys).machines.filter((machine) => machine.box === box.name);
  if (users.length > 0 && !flags.has('--force')) return failure(words.noTerminal);
  removeBox(sys, box);
  return [plain(`Removing box '${box.name}' (v${box.version}) with provider 'virtualbox'...`)];
}
