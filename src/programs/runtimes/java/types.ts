import type { Constant } from './ast.ts';

/** A type of Java. Classes are named as in class files (`java/lang/String`). */
export type JavaType =
  | { readonly t: 'prim'; readonly name: Primitive }
  | { readonly t: 'class'; readonly name: string; readonly args: readonly JavaType[] }
  | { readonly t: 'array'; readonly of: JavaType }
  | { readonly t: 'var'; readonly name: string; readonly bound: JavaType }
  | { readonly t: 'wild'; readonly bound: JavaType; readonly down: boolean }
  | Inferred
  | { readonly t: 'null' }
  | { readonly t: 'error' };
export type Primitive = 'boolean' | 'byte' | 'short' | 'char' | 'int' | 'long' | 'float' | 'double' | 'void';

/** A type that is still to be found (a type parameter of a call). */
export interface Inferred {
  readonly t: 'infer';
  readonly name: string;
  readonly upper: JavaType;
  is?: JavaType;
}

export interface Variable {
  readonly name: string;
  readonly type: JavaType;
  readonly flags: number;
  /** The class of a field; a local variable has none. */
  readonly owner?: string;
  /** The value of a constant, once it is known. */
  constant?: Constant;
  /** Assigned more than once, or captured though not effectively final. */
  assigned?: number;
  readonly depth?: number;
  /** A field whose initializer may give a constant: found when first asked for. */
  lazy?: (() => void) | undefined;
  /** The lambda nesting that it belongs to. */
  readonly level?: number;
  readonly param?: boolean;
}

export interface Method {
  readonly owner: string;
  readonly name: string;
  readonly flags: number;
  readonly typeParams: readonly (JavaType & { t: 'var' })[];
  readonly params: readonly JavaType[];
  readonly result: JavaType;
  readonly varargs: boolean;
  readonly throws: readonly JavaType[];
}

export interface JavaClass {
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum' | 'record';
  flags: number;
  params: readonly (JavaType & { t: 'var' })[];
  super?: JavaType | undefined;
  interfaces: readonly JavaType[];
  readonly fields: Map<string, Variable>;
  readonly methods: Method[];
  readonly outer?: string;
  readonly inner: Map<string, string>;
  /** A class of the library. */
  readonly library: boolean;
  /** An inner class keeps the object around it, which is of this class. */
  readonly around?: string;
  /** A class inside a method: what it is called there (nothing when it is anonymous). */
  readonly local?: { readonly name: string; readonly method?: Method };
  /** Variables of the method around that a local class uses, each with the field that keeps its value. */
  readonly captures?: { readonly sym: Variable; readonly field: Variable }[];
}

export const flag = {
  public: 1,
  private: 2,
  protected: 4,
  static: 8,
  final: 16,
  synchronized: 32,
  super: 32,
  varargs: 128,
  interface: 512,
  abstract: 1024,
  synthetic: 4096,
  enum: 16384,
  /** Not in class files: a default method of an interface. */
  default: 1 << 20,
} as const;

const primitives = new Map<string, JavaType & { t: 'prim' }>();
export function prim(name: Primitive): JavaType & { t: 'prim' } {
  let found = primitives.get(name);
  if (!found) {
    found = { t: 'prim', name };
    primitives.set(name, found);
  }
  return found;
}
export const int = prim('int');
export const bool = prim('boolean');
export const nothing = prim('void');
export const failed: JavaType = { t: 'error' };
export const nullType: JavaType = { t: 'null' };
export function classType(name: string, args: readonly JavaType[] = []): JavaType & { t: 'class' } {
  return { t: 'class', name, args };
}
export const objectType = classType('java/lang/Object');
export const stringType = classType('java/lang/String');
export function arrayOf(of: JavaType): JavaType & { t: 'array' } {
  return { t: 'array', of };
}
export const isPrim = (t: JavaType): t is JavaType & { t: 'prim' } => t.t === 'prim';
export const isString = (t: JavaType): boolean => t.t === 'class' && t.name === 'java/lang/String';
export const isNumeric = (t: JavaType): boolean => isPrim(t) && t.name !== 'boolean' && t.name !== 'void';

/** What an inferred type has been found to be. */
export function found(type: JavaType): JavaType {
  let t = type;
  while (t.t === 'infer' && t.is) t = t.is;
  return t;
}

/** The type without type arguments, as the virtual machine knows it (JLS 4.6). */
export function erase(type: JavaType): JavaType {
  const t = found(type);
  if (t.t === 'class') return t.args.length === 0 ? t : classType(t.name);
  if (t.t === 'array') return arrayOf(erase(t.of));
  if (t.t === 'var') return erase(t.bound);
  if (t.t === 'wild') return t.down ? objectType : erase(t.bound);
  if (t.t === 'infer') return erase(t.upper);
  return t;
}

const letters: { readonly [name in Primitive]: string } = {
  boolean: 'Z',
  byte: 'B',
  short: 'S',
  char: 'C',
  int: 'I',
  long: 'J',
  float: 'F',
  double: 'D',
  void: 'V',
};
/** A type's descriptor (JVMS 4.3.2). */
export function descriptor(type: JavaType): string {
  const t = erase(type);
  if (t.t === 'prim') return letters[t.name];
  if (t.t === 'array') return `[${descriptor(t.of)}`;
  return `L${t.t === 'class' ? t.name : 'java/lang/Object'};`;
}
/** A method's descriptor. */
export function methodDescriptor(params: readonly JavaType[], result: JavaType): string {
  return `(${params.map(descriptor).join('')})${descriptor(result)}`;
}

/** A class's name without its package, and without the class around a local one (`Main$1Point`: `Point`). */
export function shortName(name: string): string {
  return name.replace(/^.*\//, '').replace(/^.*\$\d+(?=[^\d$])/, '');
}

/** A type as javac's messages name it. */
export function show(type: JavaType): string {
  const t = found(type);
  switch (t.t) {
    case 'prim':
      return t.name;
    case 'array':
      return `${show(t.of)}[]`;
    case 'class': {
      const name = shortName(t.name).replace(/^.*\$(?=[^\d$])/, '');
      return t.args.length > 0 ? `${name}<${t.args.map(show).join(',')}>` : name;
    }
    case 'wild':
      return t.bound === objectType && !t.down ? '?' : `? ${t.down ? 'super' : 'extends'} ${show(t.bound)}`;
    case 'null':
      return '<null>';
    case 'error':
      return '<any>';
    default:
      return t.name;
  }
}

const boxes: { readonly [name: string]: string } = {
  boolean: 'Boolean',
  byte: 'Byte',
  short: 'Short',
  char: 'Character',
  int: 'Integer',
  long: 'Long',
  float: 'Float',
  double: 'Double',
};
const unboxes = new Map(Object.entries(boxes).map(([from, to]) => [`java/lang/${to}`, from as Primitive]));
/** The class that a primitive value is put into. */
export function boxed(t: JavaType): JavaType {
  return isPrim(t) && boxes[t.name] ? classType(`java/lang/${boxes[t.name]}`) : t;
}
/** The primitive type that a class holds, or the type itself. */
export function unboxed(type: JavaType): JavaType {
  const t = found(type);
  const bound = t.t === 'var' ? found(t.bound) : t.t === 'wild' && !t.down ? found(t.bound) : t;
  const inside = bound.t === 'class' ? unboxes.get(bound.name) : undefined;
  return inside === undefined ? t : prim(inside);
}
