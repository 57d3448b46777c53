import { callMethod } from './methods.ts';
import type { Block, Node } from './syntax.ts';
import { isHash, isList, isObject, isTrue, type Lambda, RubyError, textOf, type Value } from './values.ts';

/** How many expressions a file may evaluate: a loop without end ends here. */
const most = 200_000;

/** What a file finds when it runs: objects by name (`Vagrant`, `ENV`, `File`), and its own source for messages. */
export interface Surroundings {
  readonly names: ReadonlyMap<string, Value>;
  readonly source: string;
}

/** Runs the statements of a file. Throws RubyError. */
export function evaluate(body: readonly Node[], surroundings: Surroundings): void {
  new Evaluator(surroundings).run(body, new Map());
}

type Scope = Map<string, Value>;

class Evaluator {
  private done = 0;
  private readonly around: Surroundings;

  constructor(around: Surroundings) {
    this.around = around;
  }

  run(body: readonly Node[], scope: Scope): Value {
    let last: Value = null;
    for (const node of body) last = this.value(node, scope);
    return last;
  }

  private value(node: Node, scope: Scope): Value {
    this.done += 1;
    if (this.done > most) throw new RubyError('not-simulated', 'it runs too long', node.line);
    switch (node.kind) {
      case 'text':
        return node.parts.map((part) => (typeof part === 'string' ? part : textOf(this.value(part, scope)))).join('');
      case 'number':
      case 'literal':
        return node.value;
      case 'symbol':
        return node.name;
      case 'list':
        return node.items.map((item) => this.value(item, scope));
      case 'hash':
        return {
          pairs: new Map(node.pairs.map(([key, value]) => [textOf(this.value(key, scope)), this.value(value, scope)])),
        };
      case 'range': {
        const [from, to] = [Number(this.value(node.from, scope)), Number(this.value(node.to, scope))];
        return { from, to: node.open ? to - 1 : to };
      }
      case 'name':
        return this.named(node.name, node, scope);
      case 'call':
        return this.called(node, scope);
      case 'index':
        return this.indexed(this.value(node.on, scope), this.value(node.key, scope));
      case 'assign':
        return this.assign(node, scope);
      case 'not':
        return !isTrue(this.value(node.value, scope));
      case 'if':
        return this.run(isTrue(this.value(node.test, scope)) ? node.yes : node.no, scope);
      case 'case':
        return this.choose(node, scope);
      case 'binary':
        return this.binary(node, scope);
      default:
        return null;
    }
  }

  private named(name: string, node: Node, scope: Scope): Value {
    const found = scope.get(name) ?? (scope.has(name) ? null : this.around.names.get(name));
    if (found !== undefined) return found;
    if (name === '__FILE__') return 'Vagrantfile';
    if (name === '__dir__') return '.';
    return this.unknown(name, node);
  }

  private unknown(name: string, { line }: Node): never {
    const text = this.around.source.split('\n')[line - 1] ?? '';
    const at = text.indexOf(name);
    const what = /^[A-Z]/.test(name)
      ? `uninitialized constant ${name}`
      : `undefined local variable or method \`${name}'`;
    const shown = `${text}\n${' '.repeat(Math.max(0, at))}${'^'.repeat(name.length)}`;
    throw new RubyError('NameError', `${what}\n\n${shown}`, line);
  }

  private called(node: Node & { readonly kind: 'call' }, scope: Scope): Value {
    const block = node.block && this.lambda(node.block, scope);
    const args = () => node.args.map((arg) => this.value(arg, scope));
    if (!node.on) {
      if (node.name === 'require' || node.name === 'require_relative') return true;
      if (node.name === 'puts' || node.name === 'print' || node.name === 'p') {
        throw new RubyError('not-simulated', `\`${node.name}\` in a Vagrantfile`, node.line);
      }
      if (node.name === 'Integer' || node.name === 'String') {
        const [first = null] = args();
        return node.name === 'Integer' ? Number(first) : textOf(first);
      }
      return this.unknown(node.name, node);
    }
    const on = this.value(node.on, scope);
    if (on === null && node.safe) return null;
    if (typeof on === 'object' && on !== null && 'run' in on) return on.run(args());
    const result = isObject(on) ? on.call(node.name, args(), block) : callMethod(on, node.name, args(), block);
    if (result !== undefined) return result;
    const kind = on === null ? 'nil:NilClass' : `${JSON.stringify(textOf(on))}:${className(on)}`;
    throw new RubyError('NoMethodError', `undefined method \`${node.name}' for ${kind}`, node.line);
  }

  private lambda({ params, body }: Block, scope: Scope): Lambda {
    return {
      run: (args) => {
        const inner = new BlockScope(scope, params, args);
        return this.run(body, inner);
      },
    };
  }

  private indexed(on: Value, key: Value): Value {
    if (isHash(on)) return on.pairs.get(textOf(key)) ?? null;
    if (isObject(on)) return on.call('[]', [key], undefined) ?? null;
    if (isList(on) && typeof key === 'number') return on.at(key) ?? null;
    return typeof on === 'string' && typeof key === 'number' ? (on.at(key) ?? null) : null;
  }

  private assign(node: Node & { readonly kind: 'assign' }, scope: Scope): Value {
    const { to, op } = node;
    if (op !== '=') {
      const old = to.kind === 'name' && !scope.has(to.name) ? null : this.value(to, scope);
      if (op === '||=' && isTrue(old)) return old;
      const value = this.value(node.value, scope);
      return this.put(to, op === '+=' ? plus(old, value) : value, scope);
    }
    return this.put(to, this.value(node.value, scope), scope);
  }

  private put(to: Node, value: Value, scope: Scope): Value {
    if (to.kind === 'name') scope.set(to.name, value);
    else if (to.kind === 'call' && to.on) {
      const on = this.value(to.on, scope);
      const done = isObject(on) ? on.call(`${to.name}=`, [value], undefined) : undefined;
      if (done === undefined) throw new RubyError('NoMethodError', `undefined method \`${to.name}='`, to.line);
    } else if (to.kind === 'index') {
      const on = this.value(to.on, scope);
      if (!isHash(on)) throw new RubyError('not-simulated', 'an assignment to an element', to.line);
      (on.pairs as Map<string, Value>).set(textOf(this.value(to.key, scope)), value);
    }
    return value;
  }

  private choose(node: Node & { readonly kind: 'case' }, scope: Scope): Value {
    const value = textOf(this.value(node.value, scope));
    const found = node.whens.find(({ values }) => values.some((each) => textOf(this.value(each, scope)) === value));
    return this.run(found?.body ?? node.other, scope);
  }

  private binary(node: Node & { readonly kind: 'binary' }, scope: Scope): Value {
    const left = this.value(node.left, scope);
    if (node.op === '&&' || node.op === 'and') return isTrue(left) ? this.value(node.right, scope) : left;
    if (node.op === '||' || node.op === 'or') return isTrue(left) ? left : this.value(node.right, scope);
    const right = this.value(node.right, scope);
    switch (node.op) {
      case '+':
        return plus(left, right);
      case '==':
        return textOf(left) === textOf(right);
      case '!=':
        return textOf(left) !== textOf(right);
      case '<<':
        return typeof left === 'string' ? left + textOf(right) : isList(left) ? [...left, right] : null;
      case '%':
        return typeof left === 'string'
          ? formatted(left, isList(right) ? right : [right])
          : modulo(Number(left), Number(right));
      case '*':
        return typeof left === 'string' ? left.repeat(Number(right)) : Number(left) * Number(right);
      default:
        return calculated(node.op, Number(left), Number(right)) ?? this.unknown(node.op, node);
    }
  }
}

/** Names of a block: its own, and those around it, which it changes. */
class BlockScope extends Map<string, Value> {
  private readonly outer: Scope;

  constructor(outer: Scope, params: readonly string[], args: readonly Value[]) {
    super();
    this.outer = outer;
    const spread =
      params.length > 1 && args.length === 1 && Array.isArray(args[0]) ? (args[0] as readonly Value[]) : args;
    params.forEach((name, i) => {
      super.set(name, spread[i] ?? null);
    });
  }

  override has(name: string): boolean {
    return super.has(name) || this.outer.has(name);
  }

  override get(name: string): Value | undefined {
    return super.has(name) ? super.get(name) : this.outer.get(name);
  }

  override set(name: string, value: Value): this {
    // while the base class is made there is no outer scope yet
    if (this.outer?.has(name) && !super.has(name)) this.outer.set(name, value);
    else super.set(name, value);
    return this;
  }
}

function plus(left: Value, right: Value): Value {
  if (isList(left)) return [...left, ...(isList(right) ? right : [right])];
  return typeof left === 'string' ? left + textOf(right) : Number(left) + Number(right);
}

/** The remainder with the divisor's sign. */
function modulo(left: number, right: number): number {
  return ((left % right) + right) % right;
}

function calculated(op: string, left: number, right: number): Value | undefined {
  switch (op) {
    case '-':
      return left - right;
    case '/':
      return Number.isInteger(left) && Number.isInteger(right) ? Math.floor(left / right) : left / right;
    case '**':
      return left ** right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    default:
      return undefined;
  }
}

/** `"%02d" % i` */
function formatted(pattern: string, values: readonly Value[]): string {
  let next = 0;
  return pattern.replace(/%(0?)(\d*)([ds%])/g, (_, zero: string, width: string, kind: string) => {
    if (kind === '%') return '%';
    const text = textOf(values[next++] ?? null);
    return text.padStart(Number(width || 0), zero === '0' ? '0' : ' ');
  });
}

function className(value: Value): string {
  if (typeof value === 'string') return 'String';
  if (typeof value === 'number') return 'Integer';
  if (isList(value)) return 'Array';
  return isHash(value) ? 'Hash' : typeof value === 'boolean' ? (value ? 'TrueClass' : 'FalseClass') : 'Object';
}
