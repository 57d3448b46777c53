import { both } from '../text.ts';
import { commandLine, path, pattern, size, text, words } from './parts.ts';
import {
  boolean,
  dictionary,
  integer,
  kinds,
  list,
  may,
  must,
  record,
  type Shape,
  type Shaped,
  string,
  word,
} from './shape.ts';

/** As `vm kinds` lists them. */
const hypervisors = ['esxi', 'hyper-v', 'xen', 'kvm', 'qemu', 'virtualbox'] as const;

const otherwise = may(words(), 'What to say instead of the usual words when it is not so.');
const decimal = () =>
  string(10, {
    like: /^\d{1,4}(?:\.\d{1,3})?$/,
    says: both('needs a number such as 0.5', '0.5 같은 숫자여야 해요'),
  });
const port = () =>
  string(20, {
    like: /^(?:\d{1,5}:)?\d{1,5}(?:\/(?:tcp|udp))?$/,
    says: both('needs HOST:CONTAINER, such as 8080:80', '8080:80처럼 호스트:컨테이너여야 해요'),
  });

const mountShape = record({
  at: must(path(), 'Where it is in the container.'),
  volume: may(pattern(), "The volume's name."),
  from: may(path(), 'The folder of the host, for a bind mount.'),
  readonly: may(boolean(), 'Mounted read-only or not.'),
});

const fileInside = record({
  path: must(path(), 'The file.'),
  contains: may(text(), 'What is in it.'),
});

const containerShape = record({
  container: must(pattern(), 'A name; * stands for any characters.'),
  count: may(integer(1, 50), 'At least so many fit (default 1).'),
  state: may(word('created', 'running', 'paused', 'restarting', 'exited'), 'Its state.'),
  exit: may(integer(0, 255), 'Its exit status.'),
  image: may(text(), 'Its image; without a tag, any tag will do.'),
  env: may(dictionary(string(100), pattern()), 'Environment variables.'),
  labels: may(dictionary(string(100), pattern()), 'Labels.'),
  port: may(port(), 'A published port: HOST:CONTAINER.'),
  mount: may(mountShape, 'A volume or bind mount.'),
  network: may(pattern(), 'A network that it is on.'),
  restart: may(word('no', 'always', 'unless-stopped', 'on-failure'), 'Its restart policy.'),
  user: may(text(), 'The user that it was given.'),
  memory: may(size(), 'Its memory limit (at most).'),
  cpus: may(decimal(), 'Its limit of processors (at most).'),
  processes: may(integer(1, 100_000), 'Its limit of processes (at most).'),
  restarts: may(integer(1, 1000), 'Its policy has restarted it at least so often.'),
  health: may(word('starting', 'healthy', 'unhealthy'), 'What its health checks say.'),
  oom: may(boolean(), 'It was killed because its memory was used up.'),
  logs: may(text(), 'What it has printed contains this.'),
  process: may(text(), 'A process runs in it whose command line contains this.'),
  file: may(fileInside, 'A file in it.'),
  lacks: may(path(), 'A file that is not in it.'),
  otherwise,
});

const imageShape = record({
  image: must(text(), 'A reference; without a tag, any tag will do.'),
  below: may(size(), 'Smaller than this.'),
  layers: may(integer(0, 127), 'At most so many layers.'),
  file: may(path(), 'A file that it has.'),
  lacks: may(path(), 'A file that is in none of its layers.'),
  secret: may(text(), 'A text that is in no file of any layer, nor in its history and settings.'),
  history: may(text(), 'Its history contains this.'),
  onto: may(text(), 'Its lowest layers are those of this image.'),
  same: may(text(), 'It is the same image as this one.'),
  user: may(text(), 'The user that it runs as.'),
  env: may(dictionary(string(100), pattern()), 'Environment variables that it sets.'),
  runs: may(text(), 'Its entry point and command contain this.'),
  otherwise,
});

const networkShape = record({
  network: must(pattern(), 'A network.'),
  containers: may(list(pattern()), 'Containers that are on it.'),
  otherwise,
});

const volumeShape = record({
  volume: must(pattern(), 'A volume.'),
  file: may(path(), 'A file in it, from its top: /notes.txt.'),
  contains: may(text(), 'What is in the file.'),
  otherwise,
});

const fileShape = record({
  file: must(path(), 'A file of the host.'),
  contains: may(text(), 'What is in it.'),
  otherwise,
});

const httpShape = record({
  http: must(
    string(200, {
      like: /^https?:\/\/[\w.:[\]-]+(?:\/[\w./?=&%-]*)?$/,
      says: both('needs an address such as http://localhost:8080/', 'http://localhost:8080/ 같은 주소여야 해요'),
    }),
    'An address that is asked for inside the simulation.',
  ),
  status: may(integer(100, 599), 'The status of the answer (default 200).'),
  contains: may(text(), 'What is in the answer.'),
  otherwise,
});

const processShape = record({
  process: must(text(), 'Part of the command line of a process of the host.'),
  otherwise,
});
const statusShape = record({ status: must(integer(0, 255), 'The exit status of the last command.'), otherwise });
const printedShape = record({ printed: must(text(), 'What was printed in this step contains this.'), otherwise });
const usedShape = record({
  used: must(commandLine(), 'Words of a command that was run in this step, in this order: `docker logs`.'),
  otherwise,
});
const cachedShape = record({
  cached: must(integer(1, 200), 'At least so many steps of the last build came from the cache.'),
  otherwise,
});
const vmShape = record({
  vm: must(pattern(), 'A virtual machine.'),
  count: may(integer(1, 50), 'At least so many fit (default 1).'),
  state: may(word('off', 'booting', 'running', 'stopping', 'paused', 'saved', 'aborted'), 'Its state.'),
  on: may(list(word(...hypervisors), 1, 6), 'The hypervisor that it runs on: one of these.'),
  memory: may(size(), 'It has at least this much memory.'),
  process: may(text(), "A process of the guest's own runs whose command line contains this."),
  file: may(fileInside, 'A file on its disk.'),
  otherwise,
});
const cgroupShape = record({
  cgroup: must(path(), 'A control group of the host, below /sys/fs/cgroup.'),
  memory: may(size(), 'Its memory.max (at most).'),
  killed: may(boolean(), 'Processes in it were killed because its memory was used up.'),
  otherwise,
});

type Leaf = Shaped<
  | typeof containerShape
  | typeof imageShape
  | typeof networkShape
  | typeof volumeShape
  | typeof fileShape
  | typeof httpShape
  | typeof processShape
  | typeof statusShape
  | typeof printedShape
  | typeof usedShape
  | typeof cachedShape
  | typeof vmShape
  | typeof cgroupShape
>;
export type ContainerCheck = Shaped<typeof containerShape>;
export type ImageCheck = Shaped<typeof imageShape>;
export type NetworkCheck = Shaped<typeof networkShape>;
export type VolumeCheck = Shaped<typeof volumeShape>;
export type VmCheck = Shaped<typeof vmShape>;
export type CgroupCheck = Shaped<typeof cgroupShape>;
export type FileCheck = Shaped<typeof fileShape>;
export type HttpCheck = Shaped<typeof httpShape>;

/** What must be so in the world, or have been printed. The first key tells the kind. */
export type Check = { readonly otherwise?: Leaf['otherwise'] } & (
  | Leaf
  | { readonly all: readonly Check[] }
  | { readonly any: readonly Check[] }
  | { readonly not: Check }
  | { readonly computer: string; readonly is: Check }
);

const leaves = {
  container: () => containerShape,
  image: () => imageShape,
  network: () => networkShape,
  volume: () => volumeShape,
  file: () => fileShape,
  http: () => httpShape,
  process: () => processShape,
  status: () => statusShape,
  printed: () => printedShape,
  used: () => usedShape,
  cached: () => cachedShape,
  vm: () => vmShape,
  cgroup: () => cgroupShape,
};

/** A check; checks may be made of checks. */
export function checkShape(): Shape<Check> {
  return kinds(
    {
      ...leaves,
      all: () => record({ all: must(list(checkShape(), 1, 20), 'All of these.'), otherwise }),
      any: () => record({ any: must(list(checkShape(), 1, 20), 'At least one of these.'), otherwise }),
      not: () => record({ not: must(checkShape(), 'Not this.'), otherwise }),
      computer: () => elsewhereShape(),
    } as { readonly [kind: string]: () => Shape<Check> },
    'check',
  );
}

/** The kinds of checks for the JSON Schema. */
export function checkKinds(): readonly Shape<unknown>[] {
  return [
    ...Object.values(leaves).map((shape) => shape()),
    record({ all: must(list(checkShape(), 1, 20), 'All of these.'), otherwise }),
    record({ any: must(list(checkShape(), 1, 20), 'At least one of these.'), otherwise }),
    record({ not: must(checkShape(), 'Not this.'), otherwise }),
    elsewhereShape(),
  ];
}

function elsewhereShape() {
  return record({
    computer: must(computerName(), 'A computer of `start: servers`.'),
    is: must(checkShape(), 'This is so there.'),
    otherwise,
  });
}

/** The name of a further computer. */
export const computerName = () =>
  string(31, {
    like: /^[a-z][a-z0-9-]*$/,
    says: both('needs the name of a computer, such as server', 'server 같은 컴퓨터 이름이어야 해요'),
  });
