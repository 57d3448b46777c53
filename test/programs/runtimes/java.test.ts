// Programs of Java, as a real JDK 17 compiled and ran them (recorded by record-java.mjs).
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/programs/runtimes/java/compile.ts';
import { javaSession } from './java-tools.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'java');
interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}
const recorded = JSON.parse(readFileSync(join(folder, 'recorded.json'), 'utf8')) as {
  [file: string]: {
    readonly javac: Ran;
    readonly sha256?: string;
    readonly javap?: string;
    readonly runs: readonly (Ran & { readonly args: readonly string[] })[];
  };
};
const sources = Object.fromEntries(
  readdirSync(folder)
    .filter((name) => name.endsWith('.java'))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
);
/** Class files that are those of javac to the byte. Tour's differ: no Signature attributes, and switches on enums are by ordinal. */
const same = ['Hello.java', 'Traces.java'];

for (const [file, wanted] of Object.entries(recorded)) {
  const name = file.replace('.java', '');
  describe(file, () => {
    const go = javaSession({ [file]: sources[file] ?? '' });
    const made = go('javac', file);
    it('is compiled, or refused in the words of javac', () => {
      expect({ err: made.err, code: made.code }).toEqual({ err: wanted.javac.stderr, code: wanted.javac.status });
    });
    for (const { args, stdout, stderr, status } of wanted.runs) {
      it(`runs as on a real virtual machine ${args.join(' ')}`, () => {
        expect(go('java', name, ...args)).toEqual({ out: stdout, err: stderr, code: status });
      });
    }
    if (!same.includes(file)) return;
    it('gives the class file of javac to the byte, and javap shows it', () => {
      const [one] = compile([{ path: file, text: sources[file] ?? '' }], 17).files;
      expect(
        createHash('sha256')
          .update(Buffer.from(one?.bytes ?? '', 'latin1'))
          .digest('hex'),
      ).toBe(wanted.sha256);
      expect(go('javap', '-c', '-p', name).out).toBe(wanted.javap);
    });
  });
}

describe('the process virtual machine', () => {
  const loop =
    'public class Loop { static int f(int n) { return n + 1; } public static void main(String[] a) { int s = 0; for (int i = 0; i < 6000; i++) s = f(s); System.out.println(s); } }';
  it('runs the same class file on another machine', () => {
    const [one] = compile([{ path: 'Loop.java', text: loop }], 17).files;
    expect(javaSession({ 'Loop.class': one?.bytes ?? '' })('java', 'Loop')).toEqual({
      out: '6000\n',
      err: '',
      code: 0,
    });
  });
  it('compiles a hot method after the thresholds of HotSpot, never with -Xint', () => {
    const go = javaSession({ 'Loop.java': loop });
    go('javac', 'Loop.java');
    const shown = go('java', '-XX:+PrintCompilation', 'Loop').out;
    expect(shown).toMatch(/ {7}3 {7}Loop::f \(4 bytes\)\n/);
    expect(shown).toMatch(/ {7}4 {7}Loop::f \(4 bytes\)\n/);
    expect(go('java', '-Xint', '-XX:+PrintCompilation', 'Loop').out).toBe('6000\n');
  });
  it('says what is beyond it', () => {
    const go = javaSession({ 'A.java': 'sealed class A permits B { }' });
    expect(go('javac', 'A.java')).toMatchObject({
      code: 70,
      err: 'drydock: A.java:1: a sealed class is beyond what drydock reads of Java\n',
    });
    const sums = javaSession({ 'S.java': 'import java.math.BigInteger;\nclass S { String s = "a".indent(2); }' });
    expect(sums('javac', 'S.java')).toMatchObject({
      code: 70,
      err: 'drydock: S.java:1: the class java.math.BigInteger is beyond what drydock reads of Java\n',
    });
    expect(go('java', 'Nope').err).toBe(
      'Error: Could not find or load main class Nope\nCaused by: java.lang.ClassNotFoundException: Nope\n',
    );
  });
});
