/** A part of a text between double quotes: characters, or an expression whose value stands there. */
export type TextPart = string | Node;

/** A block: `do |a, b| … end` or `{ |a| … }`. */
export interface Block {
  readonly params: readonly string[];
  readonly body: readonly Node[];
}

/** What a Vagrantfile consists of: as much of Ruby as such files use. Every node knows its line. */
export type Node = { readonly line: number } & (
  | { readonly kind: 'text'; readonly parts: readonly TextPart[] }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'hash'; readonly pairs: readonly (readonly [Node, Node])[] }
  | { readonly kind: 'range'; readonly from: Node; readonly to: Node; readonly open: boolean }
  | { readonly kind: 'name'; readonly name: string }
  /** A call; without an object it is a function's, or a local variable's name. */
  | {
      readonly kind: 'call';
      readonly on?: Node;
      readonly name: string;
      readonly args: readonly Node[];
      readonly block?: Block;
      /** `&.`: nothing is called on nil. */
      readonly safe?: boolean;
    }
  | { readonly kind: 'index'; readonly on: Node; readonly key: Node }
  | { readonly kind: 'assign'; readonly to: Node; readonly op: '=' | '||=' | '+='; readonly value: Node }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Node; readonly right: Node }
  | { readonly kind: 'not'; readonly value: Node }
  | { readonly kind: 'if'; readonly test: Node; readonly yes: readonly Node[]; readonly no: readonly Node[] }
  | { readonly kind: 'case'; readonly value: Node; readonly whens: readonly When[]; readonly other: readonly Node[] }
);

/** One `when a, b` of a `case`. */
export interface When {
  readonly values: readonly Node[];
  readonly body: readonly Node[];
}

/** The file cannot be read as Ruby: Ruby's own words for it, without the path. */
export class SyntaxProblem extends Error {
  readonly problems: readonly { readonly line: number; readonly words: string }[];

  constructor(problems: readonly { readonly line: number; readonly words: string }[]) {
    super(problems[0]?.words);
    this.problems = problems;
  }
}
