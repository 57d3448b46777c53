/** What find(1) was asked to look for and do, as data. */
export type Expression =
  | { readonly e: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly e: 'not'; readonly inner: Expression }
  | { readonly e: 'name' | 'path'; readonly pattern: string; readonly ignoreCase: boolean }
  | { readonly e: 'type'; readonly types: string }
  | {
      readonly e: 'number';
      readonly what: 'size' | 'mtime' | 'mmin' | 'links' | 'inum';
      readonly sign: '' | '+' | '-';
      readonly value: number;
      readonly unit: number;
    }
  | { readonly e: 'perm'; readonly how: '' | '-' | '/'; readonly mode: number }
  | { readonly e: 'owner'; readonly what: 'user' | 'group'; readonly id: number }
  | { readonly e: 'newer'; readonly than: number }
  | { readonly e: 'regex'; readonly pattern: string }
  | { readonly e: 'printf'; readonly format: string }
  | { readonly e: 'empty' | 'true' | 'false' | 'prune' | 'print' | 'print0' | 'delete' | 'quit' | 'ls' }
  | { readonly e: 'exec'; readonly argv: readonly string[]; readonly batch: boolean; readonly slot: number };

export type Search = {
  readonly paths: readonly string[];
  readonly expression: Expression;
  readonly follow: 'never' | 'named' | 'always';
  readonly least: number;
  readonly most: number;
  /** Directories are told after what is in them (-depth, -delete). */
  readonly depthFirst: boolean;
  readonly oneFilesystem: boolean;
};

/** A command line that find does not understand; the message is without the program's name. */
export class FindError extends Error {
  readonly usage: boolean;

  constructor(message: string, usage = false) {
    super(message);
    this.usage = usage;
  }
}

/** Numbers of users and groups by name, and times of files, as the parser needs them. */
export interface Lookups {
  user(name: string): number | undefined;
  group(name: string): number | undefined;
  mtime(path: string): number | undefined;
  mode(text: string): number | undefined;
}

const sizeUnits: { readonly [unit: string]: number } = {
  '': 512,
  b: 512,
  c: 1,
  w: 2,
  k: 1024,
  M: 1048576,
  G: 1073741824,
};

/** Parses find's command line. Throws FindError. */
export function parseFind(args: readonly string[], lookups: Lookups, busybox: boolean): Search {
  return new FindParser(args, lookups, busybox).parse();
}

class FindParser {
  private at = 0;
  private acts = false;
  private depthFirst = false;
  private least = 0;
  private most = Number.MAX_SAFE_INTEGER;
  private follow: Search['follow'] = 'never';
  private oneFilesystem = false;
  private slots = 0;
  private readonly args: readonly string[];
  private readonly lookups: Lookups;
  private readonly busybox: boolean;

  constructor(args: readonly string[], lookups: Lookups, busybox: boolean) {
    this.args = args;
    this.lookups = lookups;
    this.busybox = busybox;
  }

  parse(): Search {
    for (let arg = this.args[this.at]; arg === '-H' || arg === '-L' || arg === '-P'; arg = this.args[++this.at]) {
      this.follow = arg === '-L' ? 'always' : arg === '-H' ? 'named' : 'never';
    }
    const paths: string[] = [];
    for (let arg = this.args[this.at]; arg !== undefined && !/^-|^[()!]$/.test(arg); arg = this.args[++this.at])
      paths.push(arg);
    const parsed = this.at < this.args.length ? this.alternatives() : undefined;
    if (this.at < this.args.length) throw this.unknown(this.args[this.at] ?? '');
    const base: Expression = parsed ?? { e: 'true' };
    const expression: Expression = this.acts ? base : { e: 'and', left: base, right: { e: 'print' } };
    return {
      paths: paths.length > 0 ? paths : ['.'],
      expression,
      follow: this.follow,
      least: this.least,
      most: this.most,
      depthFirst: this.depthFirst,
      oneFilesystem: this.oneFilesystem,
    };
  }

  private unknown(arg: string): FindError {
    if (this.busybox) return new FindError(`unrecognized: ${arg}`, true);
    return new FindError(
      arg.startsWith('-') ? `unknown predicate \`${arg}'` : `paths must precede expression: \`${arg}'`,
    );
  }

  private alternatives(): Expression {
    let left = this.conjunction();
    for (let arg = this.args[this.at]; arg === '-o' || arg === '-or'; arg = this.args[this.at]) {
      this.at++;
      left = { e: 'or', left, right: this.conjunction() };
    }
    return left;
  }

  private conjunction(): Expression {
    let left = this.negation();
    for (
      let arg = this.args[this.at];
      arg !== undefined && arg !== '-o' && arg !== '-or' && arg !== ')';
      arg = this.args[this.at]
    ) {
      if (arg === '-a' || arg === '-and') this.at++;
      left = { e: 'and', left, right: this.negation() };
    }
    return left;
  }

  private negation(): Expression {
    const arg = this.args[this.at];
    if (arg === '!' || arg === '-not') {
      this.at++;
      return { e: 'not', inner: this.negation() };
    }
    if (arg !== '(') return this.primary();
    this.at++;
    const inner = this.alternatives();
    if (this.args[this.at] !== ')')
      throw new FindError(
        this.busybox
          ? "unpaired '('"
          : "invalid expression; I was expecting to find a ')' somewhere but did not see one.",
      );
    this.at++;
    return inner;
  }

  private value(name: string): string {
    const value = this.args[this.at++];
    if (value === undefined)
      throw new FindError(this.busybox ? `${name} requires an argument` : `missing argument to \`${name}'`);
    return value;
  }

  private primary(): Expression {
    const name = this.args[this.at++] ?? '';
    switch (name) {
      case '-name':
      case '-iname':
        return { e: 'name', pattern: this.value(name), ignoreCase: name === '-iname' };
      case '-path':
      case '-wholename':
      case '-ipath':
        return { e: 'path', pattern: this.value(name), ignoreCase: name === '-ipath' };
      case '-regex':
        return { e: 'regex', pattern: this.value(name) };
      case '-type':
        return this.type(this.value(name));
      case '-size':
        return this.size(this.value(name));
      case '-mtime':
        return this.number('mtime', this.value(name), 86_400_000_000);
      case '-mmin':
        return this.number('mmin', this.value(name), 60_000_000);
      case '-links':
        return this.number('links', this.value(name), 1);
      case '-inum':
        return this.number('inum', this.value(name), 1);
      case '-perm':
        return this.perm(this.value(name));
      case '-user':
      case '-group':
        return this.owner(name === '-user' ? 'user' : 'group', this.value(name));
      case '-newer': {
        const path = this.value(name);
        const than = this.lookups.mtime(path);
        if (than === undefined)
          throw new FindError(
            this.busybox ? `${path}: No such file or directory` : `‘${path}’: No such file or directory`,
          );
        return { e: 'newer', than };
      }
      case '-maxdepth':
      case '-mindepth': {
        const text = this.value(name);
        if (!/^\d+$/.test(text))
          throw new FindError(
            this.busybox
              ? `invalid number '${text}'`
              : `Expected a positive decimal integer argument to ${name}, but got ‘${text}’`,
          );
        if (name === '-maxdepth') this.most = Number(text);
        else this.least = Number(text);
        return { e: 'true' };
      }
      case '-depth':
      case '-d':
        this.depthFirst = true;
        return { e: 'true' };
      case '-xdev':
      case '-mount':
        this.oneFilesystem = true;
        return { e: 'true' };
      case '-follow':
        this.follow = 'always';
        return { e: 'true' };
      case '-delete':
        this.depthFirst = true;
        this.acts = true;
        return { e: 'delete' };
      case '-print':
      case '-print0':
      case '-quit':
      case '-ls':
        this.acts ||= name !== '-quit' || this.busybox;
        return { e: name.slice(1) as 'print' | 'print0' | 'quit' | 'ls' };
      case '-printf':
        if (this.busybox) throw this.unknown(name);
        this.acts = true;
        return { e: 'printf', format: this.value(name) };
      case '-prune':
      case '-empty':
      case '-true':
      case '-false':
        return { e: name.slice(1) as 'prune' | 'empty' | 'true' | 'false' };
      case '-exec':
        return this.exec(name);
      default:
        throw this.unknown(name);
    }
  }

  private type(types: string): Expression {
    if (!/^[fdlpscb](,[fdlpscb])*$/.test(types))
      throw new FindError(
        this.busybox ? `invalid argument '${types}' to '-type'` : `Unknown argument to -type: ${types}`,
      );
    return { e: 'type', types };
  }

  private size(text: string): Expression {
    const [, sign = '', digits = '', unit = ''] = /^([-+]?)(\d+)([bcwkMG]?)$/.exec(text) ?? [];
    if (digits === '')
      throw new FindError(this.busybox ? `invalid number '${text}'` : `Invalid argument \`${text}' to -size`);
    return {
      e: 'number',
      what: 'size',
      sign: sign as '' | '+' | '-',
      value: Number(digits),
      unit: sizeUnits[unit] ?? 1,
    };
  }

  private number(what: 'mtime' | 'mmin' | 'links' | 'inum', text: string, unit: number): Expression {
    const [, sign = '', digits = ''] = /^([-+]?)(\d+)$/.exec(text) ?? [];
    if (digits === '')
      throw new FindError(this.busybox ? `invalid number '${text}'` : `invalid argument \`${text}' to \`-${what}'`);
    return { e: 'number', what, sign: sign as '' | '+' | '-', value: Number(digits), unit };
  }

  private perm(text: string): Expression {
    const how = text.startsWith('-') ? '-' : text.startsWith('/') ? '/' : '';
    const mode = this.lookups.mode(text.slice(how.length));
    if (mode === undefined) throw new FindError(this.busybox ? `invalid mode '${text}'` : `invalid mode ‘${text}’`);
    return { e: 'perm', how, mode };
  }

  private owner(what: 'user' | 'group', name: string): Expression {
    const id = this.lookups[what](name) ?? (/^\d+$/.test(name) ? Number(name) : undefined);
    if (id === undefined)
      throw new FindError(this.busybox ? `unknown ${what} ${name}` : `‘${name}’ is not the name of a known ${what}`);
    return { e: 'owner', what, id };
  }

  private exec(name: string): Expression {
    this.acts = true;
    const start = this.at;
    for (let arg = this.args[this.at]; arg !== undefined; arg = this.args[++this.at]) {
      const batch = arg === '+' && this.args[this.at - 1] === '{}';
      if (arg !== ';' && !batch) continue;
      const argv = this.args.slice(start, batch ? this.at - 1 : this.at);
      this.at++;
      if (argv.length === 0) break;
      return { e: 'exec', argv, batch, slot: this.slots++ };
    }
    throw new FindError(this.busybox ? `${name} requires an argument` : `missing argument to \`${name}'`);
  }
}
