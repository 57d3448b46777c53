import type { Flavour } from './values.ts';

/** What a client is told of a statement that failed, in the server's words. */
export type Failure = {
  readonly severity: 'ERROR' | 'FATAL';
  /** SQLSTATE. */
  readonly state: string;
  /** MySQL's number of the error. */
  readonly number: number;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  /** Where in the text that was sent. */
  readonly at?: number;
};

/** A statement that cannot be done. */
export class SqlError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** An error of either server: PostgreSQL's words, and MySQL's with its number. */
export function sqlError(
  flavour: Flavour,
  pg: readonly [state: string, message: string, more?: Pick<Failure, 'detail' | 'hint' | 'at'>],
  my: readonly [number: number, state: string, message: string],
): SqlError {
  if (flavour === 'postgres')
    return new SqlError({ severity: 'ERROR', number: 0, state: pg[0], message: pg[1], ...pg[2] });
  return new SqlError({ severity: 'ERROR', number: my[0], state: my[1], message: my[2] });
}

/** What a real server can do and this one cannot: said so, instead of a wrong answer. */
export function unknownHere(what: string, at?: number): SqlError {
  return new SqlError({
    severity: 'ERROR',
    number: 1235,
    state: '0A000',
    message: `drydock's small SQL engine does not know ${what}`,
    ...(at === undefined ? {} : { at }),
  });
}

/** A mistake of syntax at a place of the text; `found` is what stands there, empty at the end. */
export function syntaxError(flavour: Flavour, text: string, at: number, found: string): SqlError {
  const name = flavour === 'mariadb' ? 'MariaDB' : 'MySQL';
  const line = text.slice(0, at).split('\n').length;
  const near = text.slice(at, at + 80);
  return sqlError(
    flavour,
    ['42601', found === '' ? 'syntax error at end of input' : `syntax error at or near "${found}"`, { at }],
    [
      1064,
      '42000',
      `You have an error in your SQL syntax; check the manual that corresponds to your ${name} server version for the right syntax to use near '${near}' at line ${line}`,
    ],
  );
}
