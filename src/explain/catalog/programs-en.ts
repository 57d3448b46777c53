import { bytes, plural } from '../quantities.ts';
import { javaBriefs, javaSentences } from './java-en.ts';
import type { ProgramTexts } from './program-texts.ts';

/** What programs do, in full sentences. */
export const programSentences: ProgramTexts = {
  'package-lists': (d) =>
    `The package lists of ${d.manager} are files now: ${d.folder}, ${bytes(d.bytes)}. In a Dockerfile they are part of this RUN's layer; only a removal in the same RUN makes the layer smaller.`,
  'packages-installed': (d) =>
    [
      `With ${d.manager}, ${plural(d.count, 'package')} went into the container's writable layer: ${bytes(d.bytes)}.`,
      d.typical ? 'Versions or sizes are typical ones here, not looked up.' : '',
      d.unknown.length === 0
        ? ''
        : `${d.unknown.join(', ')}: not known to the sandbox. A stub takes the place; a real mirror might not have it.`,
    ]
      .filter((text) => text !== '')
      .join(' '),
  'packages-removed': (d) =>
    `Removed with ${d.manager}: ${plural(d.count, 'package')}, ${bytes(d.bytes)}. Files that a lower layer brought are only hidden: the image gets no smaller by that.`,
  'program-read': (d) =>
    `The sandbox reads the ${d.language} program ${d.file} (${plural(d.lines, 'line')}) and acts out what it says; it runs no code. A real runtime would compile it and run it.`,
  'program-beyond': (d) =>
    `At ${d.place} the ${d.language} program does something that the sandbox does not read: ${d.what}. It ends here with status 70; a real runtime would go on.`,
  'output-stands-in': (d) =>
    `The tool ${d.tool} is not run here. ${d.made} has the files that ${d.from} asks for (${plural(d.files, 'file')}): public ones as they are, stand-ins in place of made code. A real ${d.tool} would compile the source.`,
  'server-ready': (d) =>
    `The server ${d.program} listens on port ${d.port} of this network namespace${d.workers === 0 ? '' : ` and hands the work to ${plural(d.workers, 'child process', 'child processes')}`}. The host reaches it there only if the port is published.`,
  ...javaSentences,
};

/** The same in a few words. */
export const programBriefs: ProgramTexts = {
  'package-lists': (d) => `package lists in ${d.folder}: ${bytes(d.bytes)}, gone only if removed in the same RUN`,
  'packages-installed': (d) =>
    `${plural(d.count, 'package')}, ${bytes(d.bytes)} into the writable layer${d.typical ? ' (typical sizes)' : ''}${d.unknown.length === 0 ? '' : `; ${d.unknown.join(', ')} not known here: a stub`}`,
  'packages-removed': (d) =>
    `${plural(d.count, 'package')} removed, ${bytes(d.bytes)}; lower layers keep what they have`,
  'program-read': (d) => `${d.file}: ${plural(d.lines, 'line')} of ${d.language}, read and acted out; no code is run`,
  'program-beyond': (d) => `${d.place}: ${d.what} is not read here, so the program ends with status 70`,
  'output-stands-in': (d) =>
    `${d.tool} is not run: ${d.made} has ${plural(d.files, 'file')}, stand-ins where code would be made`,
  'server-ready': (d) =>
    `${d.program} listens on port ${d.port}${d.workers === 0 ? '' : `, with ${plural(d.workers, 'child process', 'child processes')}`}`,
  ...javaBriefs,
};
