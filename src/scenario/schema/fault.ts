import { size, text } from './parts.ts';
import { boolean, integer, kinds, may, must, record, type Shape, type Shaped, word } from './shape.ts';

const registryShape = record({
  registry: must(
    word('down', 'limited', 'up'),
    'Docker Hub: it does not work; it limits those who have not logged in.',
  ),
  left: may(integer(0, 100), 'limited: so many pulls are left (default none).'),
});
const diskShape = record({ disk: must(size(), 'So much room is left on the disk of the host.') });
const portShape = record({
  port: must(integer(1024, 65_535), 'A program of the host, which belongs to the learner, listens on this port.'),
  by: may(text(40), "What the program's command line is (default: server)."),
});
const crashShape = record({
  crash: must(text(100), 'Processes in containers whose command line contains this crash.'),
  after: may(integer(1, 3600), 'Seconds until then (default 1).'),
  signal: may(word('SIGSEGV', 'SIGABRT', 'SIGKILL', 'SIGFPE'), 'What they end with (default SIGSEGV).'),
  again: may(boolean(), 'Those that come later crash too.'),
});

/** Something that goes wrong in the world. The first key tells the kind. */
export type FaultDone =
  | Shaped<typeof registryShape>
  | Shaped<typeof diskShape>
  | Shaped<typeof portShape>
  | Shaped<typeof crashShape>;

const faults = { registry: () => registryShape, disk: () => diskShape, port: () => portShape, crash: () => crashShape };

/** Something that goes wrong when the lesson or a step begins. */
export function faultShape(): Shape<FaultDone> {
  return kinds(faults as { readonly [kind: string]: () => Shape<FaultDone> }, 'fault');
}

/** The kinds of faults for the JSON Schema. */
export function faultKinds(): readonly Shape<unknown>[] {
  return Object.values(faults).map((shape) => shape());
}
