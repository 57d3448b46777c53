import { doubleText, floatText } from './constants.ts';
import type { ClassFile, MethodInfo } from './machine/class-file.ts';
import { paramsOf } from './machine/machine.ts';
import { arrayCodes, mnemonics, operandBytes } from './opcodes.ts';
import type { PoolItem } from './pool.ts';

const words: readonly (readonly [number, string])[] = [
  [1, 'public'],
  [2, 'private'],
  [4, 'protected'],
  [8, 'static'],
  [16, 'final'],
  [32, 'synchronized'],
  [1024, 'abstract'],
];
const named: { readonly [letter: string]: string } = {
  Z: 'boolean',
  B: 'byte',
  S: 'short',
  C: 'char',
  I: 'int',
  J: 'long',
  F: 'float',
  D: 'double',
  V: 'void',
};
function typeName(t: string): string {
  if (t.startsWith('[')) return `${typeName(t.slice(1))}[]`;
  return named[t] ?? t.slice(1, -1).replaceAll('/', '.');
}
const flagsOf = (flags: number, not = 0) =>
  words.flatMap(([bit, word]) => ((flags & ~not & bit) !== 0 ? [`${word} `] : [])).join('');
const quoted = (name: string) => (/^[\w$/.]+$/.test(name) ? name : `"${name}"`);
const text = (s: string) =>
  s.replace(
    /[\n\t\r\\"'\u0000-\u001f]/g,
    (c) =>
      ({ '\n': '\\n', '\t': '\\t', '\r': '\\r', '\\': '\\\\', '"': '\\"', "'": "\\'" })[c] ??
      `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function comment(file: ClassFile, item: PoolItem | undefined): string {
  if (!item) return '';
  switch (item.p) {
    case 'class':
      return `class ${quoted(item.text)}`;
    case 'string':
      return `String ${text(item.text)}`;
    case 'int':
      return `int ${item.value}`;
    case 'long':
      return `long ${item.value}l`;
    case 'float':
      return `float ${floatText(item.value)}f`;
    case 'double':
      return `double ${doubleText(item.value)}d`;
    case 'dynamic':
      return `InvokeDynamic #${item.bootstrap}:${item.name}:${item.type}`;
    case 'field':
    case 'method':
    case 'interface-method': {
      const kind = item.p === 'field' ? 'Field' : item.p === 'method' ? 'Method' : 'InterfaceMethod';
      return `${kind} ${item.owner === file.name ? '' : `${quoted(item.owner)}.`}${quoted(item.name)}:${item.type}`;
    }
    default:
      return '';
  }
}

/** A class file as `javap` shows it: its members, with `-c` their instructions, without `-p` not the private ones. */
export function disassemble(
  file: ClassFile,
  options: { readonly code: boolean; readonly all: boolean; readonly lines: boolean },
): string {
  const out: string[] = [];
  if (file.source !== undefined) out.push(`Compiled from "${file.source}"`);
  const isInterface = (file.flags & 512) !== 0;
  const kind = isInterface ? 'interface' : 'class';
  const above = file.super && file.super !== 'java/lang/Object' ? ` extends ${file.super.replaceAll('/', '.')}` : '';
  const faces =
    file.interfaces.length > 0
      ? ` ${isInterface ? 'extends' : 'implements'} ${file.interfaces.map((f) => f.replaceAll('/', '.')).join(', ')}`
      : '';
  out.push(
    `${flagsOf(file.flags, 32 | (isInterface ? 1024 : 0))}${kind} ${file.name.replaceAll('/', '.')}${above}${faces} {`,
  );
  const shown = (flags: number) => options.all || ((flags & 2) === 0 && (flags & 4096) === 0);
  const parts: string[] = [];
  for (const one of file.fields)
    if (shown(one.flags)) parts.push(`  ${flagsOf(one.flags, 32)}${typeName(one.type)} ${one.name};\n`);
  for (const one of file.methods) if (shown(one.flags)) parts.push(member(file, one, options));
  out.push(options.code || options.lines ? parts.join('\n') : parts.join(''));
  return `${out.join('\n')}}\n`;
}

function member(
  file: ClassFile,
  one: MethodInfo,
  options: { readonly code: boolean; readonly lines: boolean },
): string {
  const isInterface = (file.flags & 512) !== 0;
  const result = one.type.slice(one.type.indexOf(')') + 1);
  const own = file.name.replaceAll('/', '.');
  const params = paramsOf(one.type).map(typeName);
  if ((one.flags & 128) !== 0 && params.length > 0) params.push((params.pop() ?? '').replace(/\[\]$/, '...'));
  const name = one.name === '<init>' ? own : `${typeName(result)} ${one.name}`;
  const throws = one.throws.length > 0 ? ` throws ${one.throws.map((t) => t.replaceAll('/', '.')).join(', ')}` : '';
  const standard = isInterface && one.code && (one.flags & 8) === 0 && (one.flags & 2) === 0 ? 'default ' : '';
  const head =
    one.name === '<clinit>'
      ? '  static {};\n'
      : `  ${flagsOf(one.flags)}${standard}${name}(${params.join(', ')})${throws};\n`;
  if ((!options.code && !options.lines) || !one.code) return head;
  const lines: string[] = [];
  if (options.code) {
    lines.push('    Code:');
    lines.push(...instructions(file, one.code.bytes));
    if (one.code.catches.length > 0) {
      lines.push('    Exception table:', '       from    to  target type');
      for (const c of one.code.catches)
        lines.push(
          `      ${String(c.from).padStart(6)}${String(c.to).padStart(6)}${String(c.handler).padStart(6)}   ${c.type === undefined ? 'any' : `Class ${quoted(c.type)}`}`,
        );
    }
  }
  if (options.lines)
    lines.push('    LineNumberTable:', ...one.code.lines.map(([pc, line]) => `      line ${line}: ${pc}`));
  return `${head}${lines.join('\n')}\n`;
}

/** The instructions of a method, one a line. */
function instructions(file: ClassFile, code: Uint8Array): string[] {
  const out: string[] = [];
  const u1 = (at: number) => code[at] ?? 0;
  const u2 = (at: number) => (u1(at) << 8) | u1(at + 1);
  const s2 = (at: number) => (u2(at) << 16) >> 16;
  const s4 = (at: number) => (u2(at) << 16) | u2(at + 2);
  for (let pc = 0; pc < code.length; ) {
    const op = u1(pc);
    const name = mnemonics[op] ?? `bytecode_${op}`;
    const start = `${String(pc).padStart(8)}: ${name.padEnd(13)}`;
    const line = (operand: string, note = '') => {
      const full = operand === '' ? start.trimEnd() : `${start} ${operand}`;
      out.push(note === '' ? full : `${full.padEnd(43)} // ${note}`.trimEnd());
    };
    if (name === 'tableswitch' || name === 'lookupswitch') {
      const base = (pc + 4) & ~3;
      const target = (offset: number) => offset + pc;
      const entries: (readonly [number, number])[] = [];
      let next: number;
      if (name === 'tableswitch') {
        const [low, high] = [s4(base + 4), s4(base + 8)];
        for (let n = low; n <= high; n++) entries.push([n, target(s4(base + 12 + 4 * (n - low)))]);
        next = base + 12 + 4 * (high - low + 1);
        out.push(`${start} { // ${low} to ${high}`);
      } else {
        const count = s4(base + 4);
        for (let i = 0; i < count; i++) entries.push([s4(base + 8 + 8 * i), target(s4(base + 12 + 8 * i))]);
        next = base + 8 + 8 * count;
        out.push(`${start} { // ${count}`);
      }
      for (const [n, to] of entries) out.push(`${String(n).padStart(22)}: ${to}`);
      out.push(`${'default'.padStart(22)}: ${target(s4(base))}`, '          }');
      pc = next;
      continue;
    }
    const length = 1 + operandBytes(op);
    if (name === 'wide') {
      const inner = mnemonics[u1(pc + 1)] ?? '';
      out.push(
        `${String(pc).padStart(8)}: ${`${inner}_w`.padEnd(13)} ${u2(pc + 2)}${inner === 'iinc' ? `, ${s2(pc + 4)}` : ''}`,
      );
      pc += inner === 'iinc' ? 6 : 4;
      continue;
    }
    if (name === 'bipush') line(String((u1(pc + 1) << 24) >> 24));
    else if (name === 'sipush') line(String(s2(pc + 1)));
    else if (name === 'iinc') line(`${u1(pc + 1)}, ${(u1(pc + 2) << 24) >> 24}`);
    else if (name === 'newarray') line(` ${arrayCodes[u1(pc + 1)] ?? ''}`);
    else if (name === 'ldc') line(`#${u1(pc + 1)}`, comment(file, file.pool[u1(pc + 1)]));
    else if (name === 'invokeinterface') line(`#${u2(pc + 1)},  ${u1(pc + 3)}`, comment(file, file.pool[u2(pc + 1)]));
    else if (name === 'invokedynamic') line(`#${u2(pc + 1)},  0`, comment(file, file.pool[u2(pc + 1)]));
    else if (name === 'multianewarray') line(`#${u2(pc + 1)},  ${u1(pc + 3)}`, comment(file, file.pool[u2(pc + 1)]));
    else if (/^(?:if|goto|jsr)/.test(name)) line(String(pc + s2(pc + 1)));
    else if (length === 3) line(`#${u2(pc + 1)}`, comment(file, file.pool[u2(pc + 1)]));
    else if (length === 2) line(String(u1(pc + 1)));
    else line('');
    pc += length;
  }
  return out;
}
