import type { Block, Expr, LambdaMade, Stmt } from './ast.ts';
import type { Classes } from './classes.ts';
import { type Chain, Code, type State } from './code.ts';
import type { Pool, PoolItem } from './pool.ts';
import { lineAt } from './problem.ts';
import {
  descriptor,
  erase,
  flag,
  isPrim,
  type JavaClass,
  type JavaType,
  type Method,
  methodDescriptor,
} from './types.ts';

/** What a jump may leave: a loop, a switch, a block with a finally. */
export interface Place {
  readonly kind: 'loop' | 'switch' | 'label' | 'try' | 'value';
  readonly label?: string;
  exit: Chain;
  next: Chain;
  /** Code that runs on every way out. */
  readonly last?: Block;
  readonly gaps?: number[];
  readonly type?: JavaType;
  readonly state?: State;
}

export interface LambdaBody {
  readonly name: string;
  readonly e: Expr & { e: 'lambda' };
  readonly made: LambdaMade;
  readonly static: boolean;
  readonly descriptor: string;
}

/** Makes the code of one class. */
export class Generator {
  readonly classes: Classes;
  readonly cls: JavaClass;
  readonly pool: Pool;
  readonly source: string;
  /** The release that is compiled for. */
  readonly release: number;
  code: Code;
  places: Place[] = [];
  result: JavaType | undefined;
  /** The label that the next loop has. */
  pendingLabel: string | undefined;
  method = '';
  inStatic = false;
  readonly lambdas: LambdaBody[] = [];
  lambdaCount = 0;
  readonly bootstraps: { readonly handle: PoolItem; readonly args: readonly PoolItem[] }[] = [];
  /** Classes that the class file tells of as inner ones. */
  readonly inner = new Set<string>();

  constructor(classes: Classes, cls: JavaClass, pool: Pool, source: string, release: number) {
    this.classes = classes;
    this.cls = cls;
    this.pool = pool;
    this.source = source;
    this.release = release;
    this.code = new Code(pool);
  }

  line(pos: number): number {
    return lineAt(this.source, pos);
  }
  begin(pos: number): void {
    this.code.at(this.line(pos));
  }
  class(name: string): number {
    this.seen(name);
    return this.pool.class(name);
  }
  private seen(name: string): void {
    const plain = name.replace(/^\[+L?|;$/g, '');
    if (plain.includes('$')) this.inner.add(plain);
  }
  typeIndex(type: JavaType): number {
    const t = erase(type);
    return this.class(t.t === 'array' ? descriptor(t) : t.t === 'class' ? t.name : 'java/lang/Object');
  }
  /** The number of a field or method in the pool. */
  field(owner: string, name: string, type: JavaType): number {
    this.seen(owner);
    return this.pool.put({ p: 'field', owner, name, type: descriptor(type) });
  }
  methodItem(owner: string, method: Method): PoolItem {
    this.seen(owner);
    const on = owner.startsWith('[') ? undefined : this.classes.get(owner);
    const type = methodDescriptor(method.params, method.result);
    return { p: on?.kind === 'interface' ? 'interface-method' : 'method', owner, name: method.name, type };
  }
  /** Calls a method: `how` as in the virtual machine's instructions. */
  invoke(owner: string, method: Method, how: 'static' | 'virtual' | 'special'): void {
    const { code } = this;
    const item = this.methodItem(owner, method);
    const index = this.pool.put(item);
    if (how === 'virtual' && item.p === 'interface-method') {
      const slots = method.params.reduce((n, p) => n + (isPrim(p) && /long|double/.test(p.name) ? 2 : 1), 1);
      code.emit('invokeinterface', index >> 8, index, slots, 0);
    } else code.emit2(how === 'virtual' ? 'invokevirtual' : how === 'static' ? 'invokestatic' : 'invokespecial', index);
    code.pop(method.params.length + (how === 'static' ? 0 : 1));
    code.push(method.result);
  }
  /** Calls a method of the library by its name and descriptor. */
  call(
    owner: string,
    name: string,
    params: readonly JavaType[],
    result: JavaType,
    how: 'static' | 'virtual' | 'special',
  ): void {
    const method: Method = {
      owner,
      name,
      flags: how === 'static' ? flag.static : 0,
      typeParams: [],
      params,
      result,
      varargs: false,
      throws: [],
    };
    this.invoke(owner, method, how);
  }
  dynamic(
    name: string,
    type: string,
    handle: PoolItem,
    args: readonly PoolItem[],
    pops: number,
    result: JavaType,
  ): void {
    const key = JSON.stringify([handle, args]);
    let bootstrap = this.bootstraps.findIndex((one) => JSON.stringify([one.handle, one.args]) === key);
    if (bootstrap < 0) bootstrap = this.bootstraps.push({ handle, args }) - 1;
    const index = this.pool.put({ p: 'dynamic', bootstrap, name, type });
    this.inner.add('java/lang/invoke/MethodHandles$Lookup');
    this.code.emit('invokedynamic', index >> 8, index, 0, 0);
    this.code.pop(pops);
    this.code.push(result);
  }
}

/** Where a statement ends: its last brace. */
export function endOf(s: Stmt): number {
  if (s.s === 'block') return s.end;
  if (s.s === 'try') return s.last ? s.last.end : (s.catches.at(-1)?.body.end ?? s.body.end);
  if (s.s === 'sync') return s.body.end;
  if (s.s === 'switch') return s.end;
  return s.pos;
}
