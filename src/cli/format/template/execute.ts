import { printValue } from '../go/print.ts';
import { entries, indirect, intValue, items, noValue, string, type Type, type Value } from '../go/types.ts';
import { isTrue } from './builtins.ts';
import { Evaluator, type ExecuteOptions, type Scope } from './evaluate.ts';
import { type Node, sourceOf, type Template } from './nodes.ts';

/** Executes a template on a value. Throws TemplateError in Go's words. */
export function executeTemplate(template: Template, data: Value, options: ExecuteOptions): string {
  const run = new Execution(template, options);
  run.walk(template.nodes, data, [['$', data]]);
  return run.out;
}

/** Leaving a loop's body. */
type Leave = 'break' | 'continue' | undefined;

const deepest = 500;
/** A template that goes on and on is stopped. */
const mostSteps = 1_000_000;

class Execution extends Evaluator {
  out = '';
  private depth = 0;
  private steps = 0;

  walk(nodes: readonly Node[], dot: Value, scope: Scope): Leave {
    for (const node of nodes) {
      const leave = this.one(node, dot, scope);
      if (leave) return leave;
    }
    return undefined;
  }

  private one(node: Node, dot: Value, scope: Scope): Leave {
    if (this.steps++ > mostSteps) throw this.error('drydock: the template takes too many steps');
    switch (node.is) {
      case 'text':
        this.out += node.text;
        return undefined;
      case 'action': {
        const value = this.pipe(node.pipe, dot, scope);
        if (node.pipe.variables.length === 0) this.print(value);
        return undefined;
      }
      case 'if':
      case 'with': {
        const inner: Scope = [...scope];
        const value = this.pipe(node.pipe, dot, inner);
        if (isTrue(value)) return this.walk(node.body, node.is === 'with' ? value : dot, inner);
        return this.walk(node.otherwise, dot, inner);
      }
      case 'range':
        return this.range(node, dot, scope);
      case 'template': {
        const nodes = this.template.named.get(node.name);
        this.at({ text: sourceOf(node), at: node.at });
        if (!nodes) throw this.error(`template ${JSON.stringify(node.name)} not defined`);
        if (this.depth++ > deepest) throw this.error(`exceeded maximum template depth (${deepest})`);
        const value = node.pipe ? this.pipe(node.pipe, dot, scope) : noValue;
        this.walk(nodes, value, [['$', value]]);
        this.depth--;
        return undefined;
      }
      default:
        return node.is;
    }
  }

  private range(node: Extract<Node, { is: 'if' | 'with' | 'range' }>, dot: Value, scope: Scope): Leave {
    const value = indirect(this.pipe({ ...node.pipe, variables: [] }, dot, scope));
    const pairs = this.iterated(value);
    if (pairs.length === 0) return this.walk(node.otherwise, dot, [...scope]);
    const { variables, assigns } = node.pipe;
    for (const [key, item] of pairs) {
      const inner: Scope = [...scope];
      const values = variables.length === 2 ? [key, item] : [item];
      variables.forEach((name, i) => {
        this.set(inner, name, values[i] ?? noValue, assigns);
      });
      if (this.walk(node.body, item, inner) === 'break') break;
    }
    return undefined;
  }

  private iterated(value: Value): readonly (readonly [Value, Value])[] {
    const { kind } = value.type;
    if (kind === 'slice' || kind === 'array') return items(value).map((item, i) => [intValue(i), item]);
    if (value.type.kind === 'map') {
      const keyType: Type = value.type.key === undefined ? string : { kind: 'string', name: value.type.key };
      return entries(value).map(([key, item]) => [{ type: keyType, data: key }, item]);
    }
    if (kind === 'int' && Number(value.data) > mostSteps)
      throw this.error('drydock: the template takes too many steps');
    if (kind === 'int') return Array.from({ length: Number(value.data) }, (_x, i) => [intValue(i), intValue(i)]);
    if (kind === 'nil') return [];
    throw this.error(`range can't iterate over ${printValue(value)}`);
  }

  private print(value: Value): void {
    const inner = indirect(value);
    this.out += inner.type.kind === 'nil' ? '<no value>' : printValue(inner);
  }
}
