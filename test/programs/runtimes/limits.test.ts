// Nothing that a program says may stall or break the process that reads it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { node, python } from './tools.ts';

describe('too much', () => {
  it.each([
    ["console.log('x'.repeat(1e9))", 1, 'RangeError: Invalid string length'],
    ["let s = 'x'; for (;;) s += s", 70, 'a text this long'],
    ["const a = []; for (;;) a.push('x'.repeat(100000) + a.length)", 134, 'JavaScript heap out of memory'],
    ['const f = () => f(); f()', 1, 'RangeError: Maximum call stack size exceeded'],
    ["/(a+)+$/.test('a'.repeat(40) + 'b')", 70, 'a computation this long'],
    ['new Array(-1)', 1, 'RangeError: Invalid array length'],
    ['const a = []; a[1e8] = 1', 70, 'an array this long'],
    ['10n ** 1000000000n', 70, 'a number this large'],
    ["new RegExp('(')", 1, 'SyntaxError: Invalid regular expression: /(/: Unterminated group'],
    ["'x'.padStart(1e10)", 1, 'Invalid string length'],
  ])('node: %s', (source, code, words) => {
    const got = node(source);
    expect(got.err).toContain(words);
    expect(got.code).toBe(code);
  });
  it.each([
    ['[0] * 10 ** 9', 1, 'MemoryError'],
    ["s = 'x'\nwhile True: s = s + s", 70, 'a text this long'],
    ["l = []\nwhile True: l.append('x' * 10000)", 1, 'MemoryError'],
    ['def f(n): return f(n + 1)\nf(0)', 1, 'RecursionError: maximum recursion depth exceeded'],
    ['10 ** 10 ** 10', 70, 'a number this large'],
    ['a = []\nfor i in range(60): a = [a, a]\nprint(a)', 70, 'a computation this long'],
    ['list(range(10 ** 10))', 70, 'a computation this long'],
    ["import re\nre.match('(a*)*b', 'a' * 50)", 70, 'a computation this long'],
    ["f'{1:9999999999}'", 1, 'ValueError'],
    ['('.repeat(300), 1, 'too many nested parentheses'],
  ])('python3: %s', (source, code, words) => {
    const got = python(source);
    expect(got.err).toContain(words);
    expect(got.code).toBe(code);
  });
  it('ends with the budget, not with the reader', () => {
    expect(node('function f() { Promise.resolve().then(f); } f()').code).toBeUndefined();
    expect(python("while True: print('x' * 100000)").code).toBeUndefined();
  }, 20_000);
});

describe('names that objects of the reader have', () => {
  it('are names like others', () => {
    expect(
      node(`
      const o = JSON.parse('{"__proto__":{"x":1},"constructor":5}');
      console.log(o.x, ({}).x, o.constructor, new Map([['constructor', 1]]).get('toString'));
    `).out,
    ).toBe('undefined undefined 5 undefined\n');
    expect(python("d = {'__proto__': 1, 'constructor': 2}\nprint(d, d.get('toString'), 'valueOf' in d)").out).toBe(
      "{'__proto__': 1, 'constructor': 2} None False\n",
    );
    expect(python("float('constructor')").err).toContain('could not convert string to float');
    expect(python("'{toString}'.format(a=1)").err).toContain('KeyError');
  });
  it('__proto__ as a property is refused', () => {
    expect(node("const o = {}; o['__proto__'] = { x: 1 };").code).toBe(70);
  });
});

const jsWord = fc.constantFrom(
  ...'let const var x y f = == + - * ( ) { } [ ] ; , . => if else for while do return function class new 1 2.5 "s" `t` /a+/g null this async await yield try catch throw of in ... ? : constructor __proto__ length push map console.log \n'.split(
    ' ',
  ),
);
const pyWord = fc.constantFrom(
  ...'x y f = == + - * ** // ( ) { } [ ] : , . if else for while in def return class lambda 1 2.5 "s" f"{x}" None True import re print len range try: except: raise yield with as not and or __init__ constructor \n \n__ \n____'
    .replaceAll('_'.repeat(4), '    ')
    .split(/ (?! )/),
);

describe('any text', () => {
  const within = (run: (source: string) => { code: number | undefined; err: string }, source: string) => {
    const got = run(source);
    expect(got.err).not.toContain('was not foreseen');
  };
  const few = { numRuns: 150 } as const;
  it('node reads or refuses', () => {
    fc.assert(
      fc.property(fc.array(jsWord, { maxLength: 25 }), (words) => within(node, words.join(' '))),
      few,
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => within(node, text)),
      few,
    );
  }, 60_000);
  it('python3 reads or refuses', () => {
    fc.assert(
      fc.property(fc.array(pyWord, { maxLength: 25 }), (words) => within(python, words.join(' '))),
      few,
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => within(python, text)),
      few,
    );
  }, 60_000);
});
