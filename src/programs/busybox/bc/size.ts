import type { Expression, Statement } from './syntax.ts';

/** Bytes of code that GNU's bc makes of an expression: its messages tell places by them. */
export function codeSize(of: Expression): number {
  switch (of.k) {
    case 'number':
      // two numbers have codes of their own; others are `K`, the digits and `:`
      return of.text === '0' || of.text === '1' ? 1 : of.text.length + 2;
    case 'name':
      return 2;
    case 'element':
      return codeSize(of.index) + 2;
    case 'group':
      return codeSize(of.of);
    case 'unary':
      return codeSize(of.of) + 1;
    case 'binary':
      return codeSize(of.left) + codeSize(of.right) + 1;
    case 'assign':
      return codeSize(of.value) + 2 + (of.op === '' ? 0 : 3);
    case 'step':
      return 4;
    case 'call':
      return of.args.reduce((sum, arg) => sum + codeSize(arg), 0) + 2;
  }
}

/** Bytes of code of a statement without branches: an expression is printed or dropped. */
export function statementSize(statement: Statement): number {
  return statement.k === 'expression' ? codeSize(statement.of) + 1 : 0;
}
