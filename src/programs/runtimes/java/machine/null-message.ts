import { mnemonics, operandBytes } from '../opcodes.ts';
import type { Frame, Machine } from './machine.ts';
import { paramsOf } from './machine.ts';

const dots = (name: string) => name.replaceAll('/', '.');
const shownType = (t: string): string => {
  if (t.startsWith('[')) return `${shownType(t.slice(1))}[]`;
  const plain = {
    Z: 'boolean',
    B: 'byte',
    S: 'short',
    C: 'char',
    I: 'int',
    J: 'long',
    F: 'float',
    D: 'double',
    V: 'void',
  }[t as 'I'];
  return plain ?? dots(t.slice(1, -1));
};
const short = (text: string) => text.replace(/\bjava\.lang\.(Object|String)\b/g, '$1');

/** Why something with null failed, told from the instructions (JEP 358). */
export function nullMessage(m: Machine, f: Frame, at: number): string | undefined {
  const file = m.file(f.cls);
  const code = f.method.code?.bytes;
  if (!file || !code) return undefined;
  const item = (pc: number) => {
    const got = file.pool[((code[pc + 1] ?? 0) << 8) | (code[pc + 2] ?? 0)];
    return got && 'owner' in got ? got : undefined;
  };
  const args = (type: string) => `(${paramsOf(type).map(shownType).join(', ')})`;
  const params = paramsOf(f.method.type);
  const fixed = (f.method.flags & 8) !== 0;
  const localName = (i: number): string => {
    if (!fixed && i === 0) return 'this';
    let slot = fixed ? 0 : 1;
    for (const [n, one] of params.entries()) {
      if (slot === i) return `<parameter${n + 1}>`;
      slot += one === 'J' || one === 'D' ? 2 : 1;
    }
    return `<local${i}>`;
  };
  // what each value on the stack is, as far as the straight way before this place tells
  const stack: string[] = [];
  for (let pc = 0; pc < at; ) {
    const name = mnemonics[code[pc] ?? 0] ?? '';
    const [, short_] = /_(\d)$/.exec(name) ?? [];
    const take = (n: number) => void stack.splice(Math.max(0, stack.length - n), n);
    if (/^[ilfda]load/.test(name)) stack.push(`"${localName(Number(short_ ?? code[pc + 1] ?? 0))}"`);
    else if (/^[ilfda]store/.test(name) || name === 'pop' || /^if/.test(name)) take(/^if_/.test(name) ? 2 : 1);
    else if (/^[ilfdabcs]aload$/.test(name)) {
      const [array, index] = stack.slice(-2);
      take(2);
      stack.push(`"${(array ?? '').replaceAll('"', '')}[${(index ?? '...').replaceAll('"', '')}]"`);
    } else if (/^[ilfdabcs]astore$/.test(name)) take(3);
    else if (/const|push|^ldc/.test(name))
      stack.push(
        name === 'aconst_null'
          ? '"null"'
          : /_(\d)$/.test(name)
            ? String(short_)
            : name === 'bipush'
              ? String(code[pc + 1])
              : '...',
      );
    else if (name === 'dup') stack.push(stack.at(-1) ?? '...');
    else if (name === 'getstatic') {
      const one = item(pc);
      stack.push(`"${dots(one?.owner ?? '')}.${one?.name}"`);
    } else if (name === 'getfield') {
      const object = (stack.at(-1) ?? '').replaceAll('"', '');
      take(1);
      stack.push(`"${object}.${item(pc)?.name}"`);
    } else if (/^invoke/.test(name)) {
      const one = item(pc);
      const type = one?.type ?? '()V';
      take(paramsOf(type).length + (name === 'invokestatic' ? 0 : 1));
      if (name === 'invokedynamic') stack.push('...');
      else if (!type.endsWith('V'))
        stack.push(short(`the return value of "${dots(one?.owner ?? '')}.${one?.name}${args(type)}"`));
    } else if (name === 'putstatic') take(1);
    else if (name === 'putfield') take(2);
    else if (/^.(?:add|sub|mul|div|rem|and|or|xor|shl|shr|ushr|cmp.?)$/.test(name)) {
      take(2);
      stack.push('...');
    } else if (name === 'new') stack.push('...');
    else if (name === 'tableswitch' || name === 'lookupswitch') {
      take(1);
      const base = (pc + 4) & ~3;
      const word = (i: number) =>
        ((code[i] ?? 0) << 24) | ((code[i + 1] ?? 0) << 16) | ((code[i + 2] ?? 0) << 8) | (code[i + 3] ?? 0);
      pc =
        name === 'tableswitch' ? base + 12 + 4 * (word(base + 8) - word(base + 4) + 1) : base + 8 + 8 * word(base + 4);
      continue;
    }
    pc += name === 'wide' ? 6 : 1 + operandBytes(code[pc] ?? 0);
  }
  const name = mnemonics[code[at] ?? 0] ?? '';
  const one = item(at);
  const because = (depth: number): string => {
    const what = stack.at(-1 - depth);
    return what === undefined || what === '...' ? '' : ` because ${what} is null`;
  };
  if (/^invoke/.test(name) && one)
    return (
      short(`Cannot invoke "${dots(one.owner)}.${one.name}${args(one.type)}"`) + because(paramsOf(one.type).length)
    );
  if (name === 'getfield') return `Cannot read field "${one?.name}"${because(0)}`;
  if (name === 'putfield') return `Cannot assign field "${one?.name}"${because(1)}`;
  if (name === 'arraylength') return `Cannot read the array length${because(0)}`;
  if (name === 'athrow') return `Cannot throw exception${because(0)}`;
  const kinds: { readonly [letter: string]: string } = {
    i: 'int',
    l: 'long',
    f: 'float',
    d: 'double',
    a: 'object',
    b: 'byte/boolean',
    c: 'char',
    s: 'short',
  };
  if (/^.aload$/.test(name)) return `Cannot load from ${kinds[name.charAt(0)]} array${because(1)}`;
  if (/^.astore$/.test(name)) return `Cannot store to ${kinds[name.charAt(0)]} array${because(2)}`;
  return undefined;
}
