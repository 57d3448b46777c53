import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import { makeFolders } from '../folders.ts';
import { type Box, boxes } from './boxes.ts';

/** A machine that Vagrant has made. */
export interface KnownMachine {
  readonly id: string;
  readonly name: string;
  readonly directory: string;
  /** The folder is one of the real computer. */
  readonly real: boolean;
  /** VirtualBox's UUID. */
  readonly vm: string;
  readonly box: string;
  readonly provisioned: boolean;
  readonly state: string;
}

interface Index {
  readonly version: 1;
  readonly machines: readonly KnownMachine[];
  /** It has been told about symbolic links in shared folders. */
  readonly warned?: boolean;
}

const empty: Index = { version: 1, machines: [] };

function home(sys: Sys): string {
  return sys.uid === 0 ? '/root/.vagrant.d' : '/home/learner/.vagrant.d';
}

/** What Vagrant remembers, in its folder in the user's home. */
export function readIndex(sys: Sys): Index {
  const read = sys.fs.readFile(`${home(sys)}/data/machine-index/index`);
  if (isErrno(read)) return empty;
  try {
    return JSON.parse(decodeUtf8(read.bytes)) as Index;
  } catch {
    return empty;
  }
}

/** Writes it back. */
export function writeIndex(sys: Sys, index: Index): void {
  const folder = `${home(sys)}/data/machine-index`;
  makeFolders(sys.fs, folder);
  sys.fs.writeFile(`${folder}/index`, encodeUtf8(`${JSON.stringify(index)}\n`));
}

/** The machine of a project's folder by its name in the Vagrantfile. */
export function knownMachine(sys: Sys, directory: string, real: boolean, name: string): KnownMachine | undefined {
  return readIndex(sys).machines.find(
    (each) => each.directory === directory && each.real === real && each.name === name,
  );
}

/** Remembers a machine, or forgets it. */
export function remember(sys: Sys, machine: KnownMachine, forget = false): void {
  const index = readIndex(sys);
  const others = index.machines.filter(({ id }) => id !== machine.id);
  writeIndex(sys, { ...index, machines: forget ? others : [...others, machine] });
}

function boxFolder(sys: Sys, box: Box): string {
  return `${home(sys)}/boxes/${box.name.replace('/', '-VAGRANTSLASH-')}`;
}

/** The boxes that have been added, by name. */
export function addedBoxes(sys: Sys): readonly Box[] {
  const added = boxes.filter(
    (box) => !isErrno(sys.fs.stat(`${boxFolder(sys, box)}/${box.version}/virtualbox/box.ovf`)),
  );
  return [...added].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Unpacks a box into Vagrant's folder: its disk takes room there. False: there is no room. */
export function addBox(sys: Sys, box: Box): boolean {
  const folder = `${boxFolder(sys, box)}/${box.version}/virtualbox`;
  makeFolders(sys.fs, folder);
  sys.fs.writeFile(`${folder}/metadata.json`, '{"provider":"virtualbox"}\n');
  sys.fs.writeFile(`${folder}/box.ovf`, '<?xml version="1.0"?>\n');
  sys.fs.writeFile(`${folder}/box.vmdk`, '');
  return sys.fs.declareSize(`${folder}/box.vmdk`, box.size) === undefined;
}

/** Removes an added box. */
export function removeBox(sys: Sys, box: Box): void {
  const top = boxFolder(sys, box);
  const folder = `${top}/${box.version}/virtualbox`;
  for (const name of ['metadata.json', 'box.ovf', 'box.vmdk']) sys.fs.unlink(`${folder}/${name}`);
  for (const path of [folder, `${top}/${box.version}`, top]) sys.fs.rmdir(path);
}
