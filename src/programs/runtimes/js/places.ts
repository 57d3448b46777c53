import type { Value } from '../core/values.ts';
import { Thrown, type Vm } from '../core/vm.ts';
import { stackText } from './objects.ts';

/**
 * The places in node's own files from which errors are thrown, with the line that is shown there (recorded of node 20;
 * other releases have the same lines under other numbers).
 */
const lines: { readonly [place: string]: string | undefined } = {
  'node:fs:244': '  binding.access(pathModule.toNamespacedPath(path), mode);',
  'node:fs:448': '    return binding.readFileUtf8(path, stringToFlags(options.flag));',
  'node:fs:573': '  return binding.open(',
  'node:fs:750': '  return binding.read(fd, buffer, offset, length, position);',
  'node:fs:1032': '  binding.rename(',
  'node:fs:1214': '  binding.rmdir(pathModule.toNamespacedPath(path));',
  'node:fs:1386': '  const result = binding.mkdir(',
  'node:fs:1521': '  const result = binding.readdir(',
  'node:fs:1681': '  const stats = binding.stat(',
  'node:fs:1889': '  binding.unlink(path);',
  'node:fs:2380': '    return binding.writeFileUtf8(',
  'node:fs:3047': '  binding.copyFile(',
  'node:internal/deps/undici/undici:14976': '      Error.captureStackTrace(err);',
  'node:internal/errors:541': '      throw error;',
  'node:events:502': "      throw er; // Unhandled 'error' event",
};

/** The text of a line of one of node's own files, as far as errors come from there. */
export function internalLine(path: string, line: number): string | undefined {
  return lines[`${path}:${line}`];
}

/** The place in the first line of a stack; undefined where there is none. */
export function placeIn(stack: string): Thrown['at'] {
  const [, path = '', line, column] = /\n {4}at (?:.*\()?([^()\n]*):(\d+):(\d+)\)?/.exec(stack) ?? [];
  return line === undefined ? undefined : { path, line: Number(line), column: Number(column) - 1 };
}

/** Something thrown at a place of node's own. `line` from 1, `column` from 0. */
export function thrownAt(value: Value, path: string, line: number, column: number): Thrown {
  const thrown = new Thrown(value);
  thrown.at = { path, line, column };
  return thrown;
}

type Frame = readonly [name: string, place: string, line: number, column: number, further?: string];
const reading: Frame = ['readFileSync', 'node:fs', 448, 20];
const frames: { readonly [call: string]: Frame | undefined } = {
  access: ['accessSync', 'node:fs', 244, 11],
  read: reading,
  open: reading,
  'open bytes': ['openSync', 'node:fs', 573, 18, '    at Object.readFileSync (node:fs:452:35)'],
  'read bytes': ['readSync', 'node:fs', 750, 18, '    at tryReadSync (node:fs:424:20)'],
  write: ['writeFileSync', 'node:fs', 2380, 20],
  append: ['writeFileSync', 'node:fs', 2380, 20, '    at Object.appendFileSync (node:fs:2461:6)'],
  rename: ['renameSync', 'node:fs', 1032, 11],
  rmdir: ['rmdirSync', 'node:fs', 1214, 11],
  mkdir: ['mkdirSync', 'node:fs', 1386, 26],
  scandir: ['readdirSync', 'node:fs', 1521, 26],
  stat: ['statSync', 'node:fs', 1681, 25],
  unlink: ['unlinkSync', 'node:fs', 1889, 11],
  copyfile: ['copyFileSync', 'node:fs', 3047, 11],
  lstat: ['rmSync', 'node:internal/errors', 541, 7],
};

/** The stack of an error that a call of fs throws, with node's own frame on top, and where it is thrown. */
export function fileFrames(vm: Vm, call: string): { readonly stack: string; readonly at: Thrown['at'] } {
  const [name, path, line, column, further] = frames[call] ?? reading;
  const own =
    path === 'node:fs' ? `    at Object.${name} (${path}:${line}:${column})` : '    at Object.rmSync (node:fs:1260:13)';
  const stack = [own, ...(further === undefined ? [] : [further]), ...stackText(vm).split('\n')];
  return { stack: stack.slice(0, 10).join('\n'), at: { path, line, column: column - 1 } };
}
