import type { Actions } from '../actions.ts';
import { plural } from '../quantities.ts';

/** The steps of Java's process virtual machine. */
type JavaTexts = { readonly [A in 'class-compiled' | 'class-verified' | 'method-compiled']: (d: Actions[A]) => string };

const compiler = (tier: number) => (tier >= 4 ? 'C2' : 'C1');

export const javaSentences: JavaTexts = {
  'class-compiled': (d) =>
    `The compiler javac wrote ${d.file}: a class file of format ${d.version}, ${plural(d.bytes, 'byte')}. It holds bytecode for the Java virtual machine, not for this processor, so the same file runs wherever there is such a machine.`,
  'class-verified': (d) =>
    `The Java virtual machine loaded the class ${d.name} (format ${d.version}), checked the file, and interprets its bytecode: ${plural(d.bytes, 'byte')} in ${plural(d.methods, 'method')}. A real one also verifies every instruction by its types. It is a virtual machine for one process: no kernel and no disk of its own, only an instruction set.`,
  'method-compiled': (d) =>
    `The method ${d.method} was called or looped often enough to be hot: a real JVM compiles it to machine code now (tier ${d.tier}, ${compiler(d.tier)}). The thresholds are HotSpot's: 200 calls for tier 3, 5,000 for tier 4. The sandbox goes on interpreting it.`,
};

export const javaBriefs: JavaTexts = {
  'class-compiled': (d) => `${d.file}: bytecode, class file format ${d.version}`,
  'class-verified': (d) =>
    `${d.name} loaded: ${plural(d.bytes, 'byte')} of bytecode in ${plural(d.methods, 'method')}, interpreted`,
  'method-compiled': (d) => `${d.method} is hot: a real JVM compiles it (tier ${d.tier}, ${compiler(d.tier)})`,
};
