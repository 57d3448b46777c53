/** What a template is made of; `at` is where it stands in the source. */
export type Node =
  | { readonly is: 'text'; readonly text: string; readonly at: number }
  | { readonly is: 'action'; readonly pipe: Pipe; readonly at: number }
  | {
      readonly is: 'if' | 'with' | 'range';
      readonly pipe: Pipe;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
      readonly at: number;
    }
  | { readonly is: 'template'; readonly name: string; readonly pipe: Pipe | undefined; readonly at: number }
  | { readonly is: 'break' | 'continue'; readonly at: number };

/** Commands whose results are passed on, and the variables that the last one goes to. */
export interface Pipe {
  readonly is: 'pipe';
  readonly variables: readonly string[];
  /** `=`: the variables exist already. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
  readonly at: number;
}

export interface Command {
  readonly is: 'command';
  readonly args: readonly Operand[];
  readonly at: number;
}

export type Operand =
  | { readonly is: 'field'; readonly names: readonly string[]; readonly at: number }
  | { readonly is: 'variable'; readonly names: readonly string[]; readonly at: number }
  | { readonly is: 'chain'; readonly of: Operand; readonly names: readonly string[]; readonly at: number }
  | { readonly is: 'function'; readonly name: string; readonly at: number }
  | { readonly is: 'dot' | 'nil'; readonly at: number }
  | { readonly is: 'bool'; readonly value: boolean; readonly at: number }
  | {
      readonly is: 'number';
      readonly text: string;
      readonly value: number;
      readonly whole: boolean;
      readonly at: number;
    }
  | { readonly is: 'string'; readonly text: string; readonly value: string; readonly at: number }
  | Pipe;

export interface Template {
  readonly source: string;
  readonly nodes: readonly Node[];
  readonly named: ReadonlyMap<string, readonly Node[]>;
}

/** A node in the notation of the language, as error messages show it. */
export function sourceOf(node: Operand | Command | Extract<Node, { is: 'template' }>): string {
  switch (node.is) {
    case 'template':
      return `{{template ${JSON.stringify(node.name)}${node.pipe ? ` ${sourceOf(node.pipe)}` : ''}}}`;
    case 'field':
      return `.${node.names.join('.')}`;
    case 'variable':
      return node.names.join('.');
    case 'chain':
      return `${inParens(node.of)}.${node.names.join('.')}`;
    case 'function':
      return node.name;
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.value);
    case 'number':
    case 'string':
      return node.text;
    case 'command':
      return node.args.map(inParens).join(' ');
    case 'pipe': {
      const variables = node.variables.join(', ');
      return (variables && `${variables} ${node.assigns ? '=' : ':='} `) + node.commands.map(sourceOf).join(' | ');
    }
  }
}

function inParens(node: Operand): string {
  return node.is === 'pipe' ? `(${sourceOf(node)})` : sourceOf(node);
}
