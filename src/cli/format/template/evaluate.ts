import {
  boolValue,
  concrete,
  entries,
  field,
  float,
  indirect,
  int,
  isNil,
  noValue,
  string,
  type Type,
  typeName,
  type Value,
} from '../go/types.ts';
import { isTrue } from './builtins.ts';
import { TemplateError } from './error.ts';
import type { Functions, TemplateFunction } from './function.ts';
import { type Command, type Operand, type Pipe, sourceOf, type Template } from './nodes.ts';

/** Values of variables by name; the last one of a name counts. */
export type Scope = [name: string, value: Value][];

export interface ExecuteOptions {
  readonly functions: Functions;
  /** A key that a map does not have is an error; otherwise it has no value. */
  readonly missingKeyFails?: boolean;
}

/** Works out what the pipelines of a template stand for. */
export class Evaluator {
  protected readonly template: Template;
  private readonly options: ExecuteOptions;
  /** What was looked at last: errors are told about it. */
  private node: { readonly text: string; readonly at: number } | undefined;

  constructor(template: Template, options: ExecuteOptions) {
    this.template = template;
    this.options = options;
  }

  protected set(scope: Scope, name: string, value: Value, assigns: boolean): void {
    const found = assigns ? scope.findLast(([known]) => known === name) : undefined;
    if (assigns && !found) throw this.error(`undefined variable: ${name}`);
    if (found) found[1] = value;
    else scope.push([name, value]);
  }

  protected pipe(pipe: Pipe, dot: Value, scope: Scope): Value {
    this.at({ text: sourceOf(pipe), at: pipe.at });
    let value: Value | undefined;
    for (const command of pipe.commands) value = concrete(this.command(command, dot, scope, value));
    for (const name of pipe.variables) this.set(scope, name, value ?? noValue, pipe.assigns);
    return value ?? noValue;
  }

  /** `final` is what the command before in the pipeline hands on. */
  private command(command: Command, dot: Value, scope: Scope, final: Value | undefined): Value {
    const [first, ...args] = command.args;
    if (!first) return noValue;
    switch (first.is) {
      case 'field':
        return this.fields(dot, first, first.names, args, final, dot, scope);
      case 'chain':
        if (first.of.is === 'nil') throw this.error(`nil is not a command`);
        this.at(here(first));
        return this.fields(this.operand(first.of, dot, scope), first, first.names, args, final, dot, scope);
      case 'variable': {
        this.at(here(first));
        const value = this.variable(first.names[0] ?? '', scope);
        if (first.names.length > 1) return this.fields(value, first, first.names.slice(1), args, final, dot, scope);
        this.notAFunction(first, args, final);
        return value;
      }
      case 'function': {
        this.at(here(first));
        const called = this.options.functions[first.name];
        if (!called) throw this.error(`${JSON.stringify(first.name)} is not a defined function`);
        return this.call(first.name, called, command, args, final, dot, scope);
      }
      case 'pipe':
        this.notAFunction(first, args, final);
        return this.pipe(first, dot, scope);
      default:
        this.at(here(first));
        this.notAFunction(first, args, final);
        if (first.is === 'nil') throw this.error('nil is not a command');
        return this.operand(first, dot, scope);
    }
  }

  private notAFunction(first: Operand, args: readonly Operand[], final: Value | undefined): void {
    if (args.length === 0 && final === undefined) return;
    throw this.error(`can't give argument to non-function ${sourceOf(first)}`);
  }

  private variable(name: string, scope: Scope): Value {
    const found = scope.findLast(([known]) => known === name);
    if (!found) throw this.error(`undefined variable: ${name}`);
    return found[1];
  }

  /** An operand's value where any type will do. */
  private operand(operand: Operand, dot: Value, scope: Scope): Value {
    this.at(here(operand));
    switch (operand.is) {
      case 'dot':
        return dot;
      case 'bool':
        return boolValue(operand.value);
      case 'number':
        return { type: operand.whole ? int : float, data: operand.value };
      case 'string':
        return { type: string, data: operand.value };
      case 'nil':
        throw this.error('evaluate of nil');
      default:
        return this.command({ is: 'command', args: [operand], at: operand.at }, dot, scope, undefined);
    }
  }

  /** `.a.b.c args…`: only the last may take arguments. */
  private fields(
    start: Value,
    node: Operand,
    names: readonly string[],
    args: readonly Operand[],
    final: Value | undefined,
    dot: Value,
    scope: Scope,
  ): Value {
    if (node.is !== 'chain') this.at(here(node));
    let value = start;
    names.forEach((name, i) => {
      const last = i === names.length - 1;
      value = this.field(value, name, node, last ? args : [], last ? final : undefined, dot, scope);
    });
    return value;
  }

  private field(
    receiver: Value,
    name: string,
    node: Operand,
    args: readonly Operand[],
    final: Value | undefined,
    dot: Value,
    scope: Scope,
  ): Value {
    if (receiver.type.kind === 'nil') {
      if (this.options.missingKeyFails) throw this.error(`nil data; no entry for key ${JSON.stringify(name)}`);
      return noValue;
    }
    if (receiver.type.kind === 'any' && isNil(receiver)) {
      throw this.error(`nil pointer evaluating interface {}.${name}`);
    }
    const inner = indirect(receiver);
    const holder = inner.type.kind === 'pointer' ? inner.type.elem : inner.type;
    const methods = 'methods' in holder ? holder.methods : undefined;
    const method = methods && Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (method) {
      const called = { params: method.takes ?? [], call: (values: readonly Value[]) => method(inner, values) };
      const command = { is: 'command', args: [node, ...args], at: node.at } as const;
      return this.call(name, called, command, args, final, dot, scope);
    }
    const hasArgs = args.length > 0 || final !== undefined;
    if (inner.type.kind === 'struct') {
      const found = field(inner, name);
      if (found && hasArgs) throw this.error(`${name} has arguments but cannot be invoked as function`);
      if (found) return found;
    } else if (inner.type.kind === 'map') {
      if (hasArgs) throw this.error(`${name} is not a method but has arguments`);
      const found = entries(inner).find(([key]) => key === name)?.[1];
      if (!found && this.options.missingKeyFails) throw this.error(`map has no entry for key ${JSON.stringify(name)}`);
      return found ?? noValue;
    } else if (inner.type.kind === 'pointer') {
      throw this.error(`nil pointer evaluating ${typeName(inner.type)}.${name}`);
    }
    throw this.error(`can't evaluate field ${name} in type ${typeName(receiver.type)}`);
  }

  private call(
    name: string,
    called: TemplateFunction,
    command: Command,
    args: readonly Operand[],
    final: Value | undefined,
    dot: Value,
    scope: Scope,
  ): Value {
    const count = args.length + (final === undefined ? 0 : 1);
    const { params, variadic } = called;
    if (variadic ? count < params.length : count !== params.length) {
      const wanted = variadic ? `at least ${params.length}` : params.length;
      throw this.error(`wrong number of args for ${name}: want ${wanted} got ${count}`);
    }
    const type = (i: number): Type => params[i] ?? variadic ?? { kind: 'any' };
    const values: Value[] = [];
    for (const [i, arg] of args.entries()) {
      values.push(this.argument(arg, type(i), dot, scope));
      // these two stop at the first argument that decides
      if ((name === 'and' || name === 'or') && isTrue(values[i] ?? noValue) === (name === 'or'))
        return values[i] ?? noValue;
    }
    if (final) values.push(this.checked(final, type(args.length)));
    try {
      return called.call(values);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      this.at(here(command));
      const about =
        name === 'call'
          ? error.message.replace('function of', `function ${sourceOf(args[0] ?? command)} of`)
          : error.message;
      throw this.error(`error calling ${name}: ${about}`);
    }
  }

  /** An argument, as the parameter's type wants it. */
  private argument(arg: Operand, type: Type, dot: Value, scope: Scope): Value {
    this.at(here(arg));
    if (arg.is === 'nil') {
      if (type.kind === 'any' || type.kind === 'slice') return noValue;
      throw this.error(`cannot assign nil to ${typeName(type)}`);
    }
    const literal = arg.is === 'bool' || arg.is === 'number' || arg.is === 'string';
    if (!literal) return this.checked(this.operand(arg, dot, scope), type);
    const fits =
      type.kind === 'any' || type.kind === arg.is || (type.kind === 'int' && arg.is === 'number' && arg.whole);
    if (fits) return this.operand(arg, dot, scope);
    if (type.kind === 'string' || type.kind === 'int') {
      throw this.error(`expected ${type.kind === 'int' ? 'integer' : 'string'}; found ${sourceOf(arg)}`);
    }
    throw this.error(`can't handle ${sourceOf(arg)} for arg of type ${typeName(type)}`);
  }

  private checked(value: Value, type: Type): Value {
    if (type.kind === 'any') return value;
    const inner = concrete(value);
    if (inner.type.kind === 'nil') {
      if (type.kind === 'slice') return inner;
      throw this.error(`invalid value; expected ${typeName(type)}`);
    }
    const same = typeName(inner.type) === typeName(type) || unnamed(inner.type) === typeName(type);
    if (same && (inner.type.name === undefined || inner.type.kind === 'slice')) return inner;
    throw this.error(`wrong type for value; expected ${typeName(type)}; got ${typeName(inner.type)}`);
  }

  protected at(node: { readonly text: string; readonly at: number }): void {
    this.node = node;
  }

  protected error(message: string): TemplateError {
    const { at = 0, text = '' } = this.node ?? {};
    const before = this.template.source.slice(0, at);
    const line = before.split('\n').length;
    const column = new TextEncoder().encode(before.slice(before.lastIndexOf('\n') + 1)).length;
    return new TemplateError(`template: :${line}:${column}: executing "" at <${text}>: ${message}`);
  }
}

function here(node: Operand | Command): { readonly text: string; readonly at: number } {
  return { text: sourceOf(node), at: node.at };
}

function unnamed(type: Type): string {
  const { name: _name, ...rest } = type;
  return typeName(rest as Type);
}
