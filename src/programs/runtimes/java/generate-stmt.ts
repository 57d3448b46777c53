import type { Block, Expr, LocalVar, Stmt } from './ast.ts';
import { type Chain, merge, width } from './code.ts';
import { genAssign, genAssignOp, genStep } from './generate-assign.ts';
import { type Cond, genCond, isFalse, isTrue, jumpFalse, jumpTrue } from './generate-cond.ts';
import { castTo, coerce, elementPrefix, load, loadConstant, local, prefix } from './generate-expr.ts';
import { genSwitch } from './generate-switch.ts';
import { closeGaps, genTry, leave } from './generate-try.ts';
import type { Generator, Place } from './generator.ts';
import { BeyondJava } from './problem.ts';
import { subtype } from './relations.ts';
import { bool, classType, erase, failed, found, int, isPrim, objectType } from './types.ts';

export function genStmts(g: Generator, all: readonly Stmt[]): void {
  for (const one of all) genStmt(g, one);
}
/** A block; its variables are gone after it. */
export function genBlock(g: Generator, block: Block): void {
  const limit = g.code.nextLocal;
  genStmts(g, block.body);
  g.code.endScope(limit);
}

/** Where javac says a statement begins: for an expression, where its operator or call is. */
function place(s: Stmt): number {
  return s.pos;
}

/** A statement; nothing where nothing arrives. */
export function genStmt(g: Generator, s: Stmt): void {
  const { code } = g;
  if (!code.reached) {
    // a variable may still be used where jumps go
    if (s.s === 'local') for (const v of s.vars) if (v.sym) code.declare(v.sym);
    return;
  }
  g.begin(place(s));
  switch (s.s) {
    case 'block':
      genBlock(g, s);
      return;
    case 'local':
      for (const v of s.vars) declare(g, v);
      return;
    case 'expr':
      drop(g, s.of);
      return;
    case 'if': {
      const limit = code.nextLocal;
      let end: Chain = [];
      const test = genCond(g, s.test);
      const no = jumpFalse(g, test);
      if (!isFalse(test)) {
        code.resolve(test.yes);
        genStmt(g, s.yes);
        end = code.branch('goto');
      }
      if (no.length > 0) {
        code.resolve(no);
        if (s.no) genStmt(g, s.no);
      }
      code.resolve(end);
      const binds = s.test.e === 'unary' && s.test.op === '!' && !s.no;
      if (!binds) code.endScope(limit);
      return;
    }
    case 'while':
      loop(g, { body: s.body, test: s.test, step: [], first: true });
      return;
    case 'do':
      loop(g, { body: s.body, test: s.test, step: [], first: false });
      return;
    case 'for': {
      const limit = code.nextLocal;
      genStmts(g, s.init);
      loop(g, { body: s.body, test: s.test, step: s.step, first: true });
      code.endScope(limit);
      return;
    }
    case 'for-each':
      forEach(g, s);
      return;
    case 'switch':
      genSwitch(g, s);
      return;
    case 'return':
      returns(g, s);
      return;
    case 'yield': {
      const i = g.places.findLastIndex((p) => p.kind === 'value');
      const to = g.places[i];
      if (!to) return;
      load(g, s.of, to.type);
      if (to.type) code.forceTop(to.type);
      const left = leave(g, i + 1);
      to.exit = merge(code.branch('goto'), to.exit);
      closeGaps(g, left);
      return;
    }
    case 'break':
    case 'continue':
      jump(g, s);
      return;
    case 'throw':
      load(g, s.of, s.of.type);
      g.begin(s.pos);
      code.emit('athrow');
      code.pop();
      code.alive = false;
      return;
    case 'try':
      genTry(g, s);
      return;
    case 'labeled': {
      const { body } = s;
      const to: Place = { kind: 'label', label: s.label, exit: [], next: [] };
      g.places.push(to);
      if (body.s === 'while' || body.s === 'do' || body.s === 'for' || body.s === 'for-each') g.pendingLabel = s.label;
      genStmt(g, body);
      g.places.pop();
      code.resolve(to.exit);
      return;
    }
    case 'sync': {
      // the lock itself is taken: threads here take turns, so nobody has to wait for it
      load(g, s.of, objectType);
      const slot = code.reserve(objectType);
      code.emit('dup');
      code.push(objectType);
      local(g, 'store', objectType, slot);
      code.emit('monitorenter');
      code.pop();
      genBlock(g, s.body);
      if (code.reached) {
        local(g, 'load', objectType, slot);
        code.emit('monitorexit');
        code.pop();
      }
      return;
    }
    case 'class':
    case 'empty':
      return;
  }
}

function declare(g: Generator, v: LocalVar): void {
  const { sym, init } = v;
  if (!sym) throw new BeyondJava('this variable', v.pos);
  const slot = g.code.declare(sym);
  if (!init || sym.constant !== undefined) return;
  load(g, init, sym.type);
  local(g, 'store', sym.type, slot);
}

/** An expression whose value nobody wants. */
export function drop(g: Generator, e: Expr): void {
  const { code } = g;
  if (e.e === 'step') {
    genStep(g, e, false);
    return;
  }
  if (e.e === 'assign') {
    genAssign(g, e, false);
    return;
  }
  if (e.e === 'assign-op') {
    genAssignOp(g, e, false);
    return;
  }
  const depth = code.stack.length;
  load(g, e, undefined);
  if (!code.alive || code.stack.length <= depth) return;
  const top = code.top();
  code.emit(top && width(top) === 2 ? 'pop2' : 'pop');
  code.pop();
}

interface Loop {
  readonly body: Stmt;
  readonly test: Expr | undefined;
  readonly step: readonly Stmt[];
  /** Is the test before the body? */
  readonly first: boolean;
}

function loop(g: Generator, { body, test, step, first }: Loop): void {
  const { code } = g;
  const label = g.pendingLabel;
  g.pendingLabel = undefined;
  const to: Place = { kind: 'loop', exit: [], next: [], ...(label === undefined ? {} : { label }) };
  const start = code.entry();
  g.places.push(to);
  const limit = code.nextLocal;
  if (first) {
    let c: Cond = { op: 'goto', yes: [], no: [] };
    if (test) {
      g.begin(test.pos);
      c = genCond(g, test);
    }
    const done = isTrue(c) ? [] : jumpFalse(g, c);
    code.resolve(c.yes);
    genStmt(g, body);
    code.resolve(to.next);
    genStmts(g, step);
    code.endScope(limit);
    code.resolveTo(code.branch('goto'), start);
    code.resolve(done);
  } else {
    genStmt(g, body);
    code.resolve(to.next);
    if (code.reached && test) {
      g.begin(test.pos);
      const c = genCond(g, test);
      code.resolveTo(jumpTrue(g, c), start);
      code.resolve(c.no);
      if (isTrue(c)) code.alive = false;
    }
  }
  g.places.pop();
  code.resolve(to.exit);
}

function forEach(g: Generator, s: Stmt & { s: 'for-each' }): void {
  const { code } = g;
  const limit = code.nextLocal;
  const label = g.pendingLabel;
  g.pendingLabel = undefined;
  const to: Place = { kind: 'loop', exit: [], next: [], ...(label === undefined ? {} : { label }) };
  const of = found(s.of.type ?? failed);
  const { sym } = s.item;
  if (!sym) throw new BeyondJava('this loop', s.pos);
  g.begin(s.of.pos);
  if (of.t === 'array') {
    load(g, s.of, of);
    const array = code.reserve(of);
    local(g, 'store', of, array);
    local(g, 'load', of, array);
    code.emit('arraylength');
    code.pop();
    code.push(int);
    const length = code.reserve(int);
    local(g, 'store', int, length);
    loadConstant(g, 0, int);
    const i = code.reserve(int);
    local(g, 'store', int, i);
    const start = code.entry();
    g.places.push(to);
    local(g, 'load', int, i);
    local(g, 'load', int, length);
    const done = code.branch('if_icmpge', 2);
    const inner = code.nextLocal;
    const item = code.declare(sym);
    local(g, 'load', of, array);
    local(g, 'load', int, i);
    const element = erase(of.of);
    code.emit(`${elementPrefix(element)}aload`);
    code.pop(2);
    code.push(element);
    coerce(g, of.of, sym.type);
    local(g, 'store', sym.type, item);
    genStmt(g, s.body);
    code.endScope(inner);
    code.resolve(to.next);
    g.begin(s.of.pos);
    code.emit('iinc', i, 1);
    code.resolveTo(code.branch('goto'), start);
    code.resolve(done);
  } else {
    const iterator = classType('java/util/Iterator');
    const site = erase(of);
    load(g, s.of, of);
    const owner = site.t === 'class' ? site.name : 'java/lang/Iterable';
    g.call(owner, 'iterator', [], iterator, 'virtual');
    const slot = code.reserve(iterator);
    local(g, 'store', iterator, slot);
    const start = code.entry();
    g.places.push(to);
    local(g, 'load', iterator, slot);
    g.call('java/util/Iterator', 'hasNext', [], bool, 'virtual');
    const done = code.branch('ifeq', 1);
    const inner = code.nextLocal;
    const item = code.declare(sym);
    local(g, 'load', iterator, slot);
    g.call('java/util/Iterator', 'next', [], objectType, 'virtual');
    const element = s.element ?? objectType;
    const as = isPrim(sym.type) ? erase(element) : erase(sym.type);
    if (!subtype(g.classes, objectType, as)) castTo(g, as);
    coerce(g, as, sym.type);
    local(g, 'store', sym.type, item);
    genStmt(g, s.body);
    code.endScope(inner);
    code.resolve(to.next);
    code.resolveTo(code.branch('goto'), start);
    code.resolve(done);
  }
  g.places.pop();
  code.resolve(to.exit);
  code.endScope(limit);
}

function jump(g: Generator, s: Stmt & { s: 'break' | 'continue' }): void {
  const { label } = s;
  const i = g.places.findLastIndex((p) =>
    label !== undefined
      ? p.label === label && (s.s === 'break' || p.kind === 'loop')
      : p.kind === 'loop' || (s.s === 'break' && p.kind === 'switch'),
  );
  const to = g.places[i];
  if (!to) throw new BeyondJava(`${s.s} here`, s.pos);
  const left = leave(g, i + 1);
  const chain = g.code.branch('goto');
  if (s.s === 'break') to.exit = merge(chain, to.exit);
  else to.next = merge(chain, to.next);
  closeGaps(g, left);
}

function returns(g: Generator, s: Stmt & { s: 'return' }): void {
  const { code } = g;
  const limit = code.nextLocal;
  const last = g.places.some((p) => p.kind === 'try' && p.last);
  if (s.of && g.result && !(isPrim(g.result) && g.result.name === 'void')) {
    const type = g.result;
    load(g, s.of, type);
    const erased = erase(type);
    let slot: number | undefined;
    if (last) {
      slot = code.reserve(erased);
      local(g, 'store', erased, slot);
    }
    const left = leave(g, 0);
    g.begin(s.pos);
    if (slot !== undefined) local(g, 'load', erased, slot);
    code.emit(`${prefix(erased)}return`);
    code.alive = false;
    closeGaps(g, left);
  } else {
    if (s.of) drop(g, s.of);
    const left = leave(g, 0);
    g.begin(s.pos);
    code.emit('return');
    code.alive = false;
    closeGaps(g, left);
  }
  code.endScope(limit);
}
