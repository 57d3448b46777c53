import type { JavaType, Method, Variable } from './types.ts';

/** A type as it is written. */
export interface TypeNode {
  readonly pos: number;
  readonly name: string;
  readonly args?: readonly TypeNode[];
  /** `<>` */
  readonly diamond?: boolean;
  readonly dims: number;
  readonly wild?: 'any' | 'extends' | 'super';
}

/** What every expression gets while it is attributed: its type, its value if constant, what it means. */
export interface Noted {
  readonly pos: number;
  readonly start: number;
  type?: JavaType;
  value?: Constant;
}
export type Constant = number | bigint | string | boolean;

export type Expr = (
  | {
      readonly e: 'literal';
      readonly kind: 'int' | 'long' | 'float' | 'double' | 'char' | 'string' | 'boolean' | 'null';
      readonly text: string;
    }
  | { readonly e: 'name'; readonly name: string; sym?: Variable; ofClass?: string }
  | {
      readonly e: 'field';
      readonly object: Expr;
      readonly name: string;
      sym?: Variable;
      ofClass?: string;
      length?: boolean;
    }
  | {
      readonly e: 'call';
      readonly object?: Expr;
      readonly name: string;
      readonly namePos: number;
      readonly args: Expr[];
      sym?: Method;
      spread?: JavaType;
      superCall?: boolean;
      site?: JavaType;
    }
  | {
      readonly e: 'new';
      readonly of: TypeNode;
      readonly args: Expr[];
      readonly body?: ClassDecl;
      /** The object of which the new one is a part: `outer.new Inner()`. */
      readonly within?: Expr;
      sym?: Method;
      spread?: JavaType;
    }
  | { readonly e: 'new-array'; readonly of: TypeNode; readonly sizes: Expr[]; readonly items?: Expr[] }
  | { readonly e: 'array-items'; readonly items: Expr[] }
  | { readonly e: 'index'; readonly array: Expr; readonly index: Expr }
  | { readonly e: 'unary'; readonly op: string; readonly of: Expr }
  | { readonly e: 'step'; readonly op: '++' | '--'; readonly prefix: boolean; readonly of: Expr }
  | { readonly e: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr; operand?: JavaType }
  | { readonly e: 'assign'; readonly to: Expr; readonly from: Expr }
  | { readonly e: 'assign-op'; readonly op: string; readonly to: Expr; readonly from: Expr; operand?: JavaType }
  | { readonly e: 'cond'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly e: 'cast'; readonly to: TypeNode; readonly of: Expr }
  | {
      readonly e: 'instanceof';
      readonly of: Expr;
      readonly what: TypeNode;
      readonly bind?: LocalVar;
      checked?: JavaType;
    }
  /** With the class of an object around, where it is named: `Outer.this`. */
  | { readonly e: 'this'; readonly of?: TypeNode }
  | { readonly e: 'paren'; readonly of: Expr }
  | { readonly e: 'lambda'; readonly params: LocalVar[]; readonly body: Expr | Block; made?: LambdaMade }
  | { readonly e: 'ref'; readonly object: Expr; readonly name: string; made?: RefMade }
  | { readonly e: 'switch'; readonly of: Expr; readonly cases: Case[]; readonly end: number; text?: boolean }
  | { readonly e: 'class-literal'; readonly of: TypeNode }
) &
  Noted;

/** What a lambda becomes: a method of its own, with what it captures first. */
export interface LambdaMade {
  readonly target: JavaType;
  readonly method: Method;
  readonly captures: Variable[];
  usesThis: boolean;
  readonly result: JavaType;
}
export interface RefMade {
  readonly target: JavaType;
  readonly method: Method;
  readonly sym: Method;
  readonly how: 'static' | 'bound' | 'unbound' | 'new';
  readonly params: readonly JavaType[];
  readonly result: JavaType;
}

export interface LocalVar {
  readonly pos: number;
  readonly name: string;
  readonly of?: TypeNode;
  readonly init?: Expr;
  readonly final?: boolean;
  sym?: Variable;
}
export interface Block {
  readonly s: 'block';
  readonly pos: number;
  readonly end: number;
  readonly body: Stmt[];
}
export interface Case {
  readonly pos: number;
  /** Empty for `default`. */
  readonly labels: Expr[];
  readonly arrow: boolean;
  readonly isDefault: boolean;
  readonly body: Stmt[];
}

export type Stmt =
  | Block
  | { readonly s: 'local'; readonly pos: number; readonly vars: LocalVar[] }
  | { readonly s: 'expr'; readonly pos: number; readonly of: Expr }
  | { readonly s: 'if'; readonly pos: number; readonly test: Expr; readonly yes: Stmt; readonly no?: Stmt }
  | { readonly s: 'while'; readonly pos: number; readonly test: Expr; readonly body: Stmt }
  | { readonly s: 'do'; readonly pos: number; readonly test: Expr; readonly body: Stmt }
  | {
      readonly s: 'for';
      readonly pos: number;
      readonly init: Stmt[];
      readonly test?: Expr;
      readonly step: Stmt[];
      readonly body: Stmt;
    }
  | {
      readonly s: 'for-each';
      readonly pos: number;
      readonly item: LocalVar;
      readonly of: Expr;
      readonly body: Stmt;
      element?: JavaType;
    }
  | {
      readonly s: 'switch';
      readonly pos: number;
      readonly of: Expr;
      readonly cases: Case[];
      readonly end: number;
      text?: boolean;
    }
  | { readonly s: 'return'; readonly pos: number; readonly of?: Expr }
  | { readonly s: 'yield'; readonly pos: number; readonly of: Expr }
  | { readonly s: 'break' | 'continue'; readonly pos: number; readonly label?: string }
  | { readonly s: 'throw'; readonly pos: number; readonly of: Expr }
  | {
      readonly s: 'try';
      readonly pos: number;
      readonly body: Block;
      readonly catches: Catch[];
      readonly last?: Block;
      /** The resource that `last` closes on every way out but an exception's, which the one catch does. */
      readonly closes?: LocalVar;
    }
  | { readonly s: 'class'; readonly pos: number; readonly decl: ClassDecl }
  | { readonly s: 'labeled'; readonly pos: number; readonly label: string; readonly body: Stmt }
  | { readonly s: 'sync'; readonly pos: number; readonly of: Expr; readonly body: Block }
  | { readonly s: 'empty'; readonly pos: number };

export interface Catch {
  readonly pos: number;
  readonly types: readonly TypeNode[];
  readonly item: LocalVar;
  readonly body: Block;
  caught?: readonly JavaType[];
}

export interface TypeParam {
  readonly name: string;
  readonly bounds: readonly TypeNode[];
}
export interface FieldDecl {
  readonly m: 'field';
  readonly pos: number;
  readonly flags: number;
  readonly of: TypeNode;
  readonly name: string;
  readonly init?: Expr;
  sym?: Variable;
}
export interface MethodDecl {
  readonly m: 'method';
  readonly pos: number;
  readonly flags: number;
  readonly params: readonly LocalVar[];
  readonly typeParams: readonly TypeParam[];
  readonly result?: TypeNode;
  readonly name: string;
  readonly throws: readonly TypeNode[];
  readonly body?: Block;
  readonly varargs: boolean;
  sym?: Method;
}
export interface InitDecl {
  readonly m: 'init';
  readonly pos: number;
  readonly static: boolean;
  readonly body: Block;
}
export interface ClassDecl {
  readonly m: 'class';
  readonly pos: number;
  readonly namePos: number;
  readonly end: number;
  readonly kind: 'class' | 'interface' | 'enum' | 'record';
  readonly flags: number;
  readonly name: string;
  readonly typeParams: readonly TypeParam[];
  readonly extends?: TypeNode;
  readonly implements: readonly TypeNode[];
  readonly members: Member[];
  readonly components: readonly LocalVar[];
  readonly constants: readonly {
    readonly pos: number;
    readonly name: string;
    readonly args: Expr[];
    readonly body?: ClassDecl;
  }[];
}
export type Member = FieldDecl | MethodDecl | InitDecl | ClassDecl;

export interface JavaFile {
  readonly package: string;
  readonly imports: readonly {
    readonly pos: number;
    readonly name: string;
    readonly static: boolean;
    readonly star: boolean;
  }[];
  readonly classes: readonly ClassDecl[];
}
