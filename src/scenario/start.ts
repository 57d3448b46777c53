import { hostDisk } from '../host/disk.ts';
import { makeHost } from '../host/entry.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import type { Mutable } from '../kernel/draft.ts';
import type { DirNode, FileNode } from '../kernel/fs/node.ts';
import { dirName, insert, lookup, splitPath } from '../kernel/fs/tree.ts';
import type { Software } from '../kernel/machine.ts';
import { begin, machineOf, snapshot } from '../kernel/simulation.ts';
import type { World } from '../kernel/state.ts';
import { executableStub } from '../kernel/stub.ts';
import { wordFolder } from '../shell/word.ts';
import { inject } from './inject.ts';
import { markStep } from './mark.ts';
import { placeIn } from './place.ts';
import type { Scenario } from './schema/scenario.ts';
import { Stage, type StageOptions } from './stage.ts';
import { lessonKeys, lessonWords, wordProgram } from './word.ts';

/** A line of sh that says in the learner's language that a verb of drydock is not to be had in a lesson. */
function notHere(verb: string, [en, ko]: readonly [string, string]): string {
  return `case "$DRYDOCK_LANG" in ko) echo "drydock ${verb}: ${ko}" ;; *) echo "drydock ${verb}: ${en}" ;; esac >&2; exit 1`;
}

/** Commands besides the words: an editor, and `drydock why` as explanations name it; some are there in the classroom only. */
const scripts = [
  ['edit', '#!/bin/sh\nexec nano "$@"\n'],
  [
    'drydock',
    `#!/bin/sh\ncase "$1" in\n${Object.values(lessonKeys).join('|')}) exec "/usr/local/bin/$1" ;;\nhost) ${notHere('$1', ['a lesson has the computers that it begins with', '수업을 시작할 때 있던 컴퓨터만 써요'])} ;;\nvm|vagrant|VBoxManage|undo|redo|layers|net|processes|disk|cache|compare|explain)\ncommand -v "$1" > /dev/null && exec "$@"\n${notHere('$1', ['only in the shell on a terminal', '터미널에서 연 셸에서만 돼요'])} ;;\n*) exec docker "$@" ;;\nesac\n`,
  ],
] as const;

/** A command of the starting world that failed. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly command: string;
  readonly printed: string;

  constructor(command: string, printed: string) {
    super(`${command}: ${printed}`);
    this.command = command;
    this.printed = printed;
  }
}

/**
 * The world that a scenario begins with, made of a new one: the lesson's words are commands there, its files are on the host's
 * disk, and its commands have been run. Throws StartError.
 */
export function startingWorld(scenario: Scenario, world: World, software: Software, options: StageOptions): World {
  const sim = begin(world, software);
  const { computer } = scenario.start ?? {};
  if (computer) {
    makeHost(machineOf(sim, options.host), { name: computer, kind: computer, bare: false }, options.programs ?? {});
    sim.world.seat = computer;
  }
  for (const name of scenario.start?.servers ?? []) {
    makeHost(machineOf(sim, options.host), { name, kind: 'linux', bare: false }, options.programs ?? {});
  }
  const { host, home, uid, gid } = placeIn(sim, options.host);
  const m = machineOf(sim, host);
  const fs = hostDisk(m);
  if (!fs) throw new Error('a host without a disk');
  const owned = m.draft.own(m.draft.own(m.kernel, 'filesystems'), fs.id);
  const root = m.draft.own(owned, 'root') as Mutable<DirNode>;
  const put = (path: string, data: string, mode: number, own: boolean) => {
    const meta = { uid: own ? uid : 0, gid: own ? gid : 0, mtime: m.world.now };
    // folders one by one, so that those in the learner's home are the learner's
    const folders = splitPath(dirName(path));
    for (let i = 1; i <= folders.length; i++) {
      const folder = `/${folders.slice(0, i).join('/')}`;
      if (!lookup(root, folder)) insert(m.draft, root, folder, { t: 'dir', mode: 0o755, ...meta, entries: {} });
    }
    const file: FileNode = { t: 'file', mode, ...meta, data };
    insert(m.draft, root, path, file);
  };
  for (const word of lessonWords) put(`${wordFolder}/${word}`, executableStub(wordProgram), 0o755, false);
  for (const [name, script] of scripts) put(`${wordFolder}/${name}`, encodeUtf8(script), 0o755, false);
  for (const [path, text] of scenario.start?.files ?? [])
    put(path, encodeUtf8(text), /^#!/.test(text) ? 0o755 : 0o644, path.startsWith(`${home}/`));
  const stage = new Stage(snapshot(sim), software, options);
  for (const command of scenario.start?.commands ?? []) {
    const { printed, status } = stage.line(command);
    if (status !== 0) throw new StartError(command, printed);
  }
  markStep(stage.machine, 0);
  inject(stage.machine, scenario.start?.faults);
  inject(stage.machine, scenario.steps[0]?.faults);
  stage.close();
  return stage.world;
}
