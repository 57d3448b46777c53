/** A type by the name that Go prints for it; equal names are identical types. */
export type Type = string;

/** What a type's name stands for. Plain data: it goes with the running program. */
export type Shape =
  | { readonly k: 'slice' | 'pointer' | 'chan'; readonly of: Type; readonly dir?: string }
  | { readonly k: 'array'; readonly of: Type; readonly n: number }
  | { readonly k: 'map'; readonly key: Type; readonly of: Type }
  | {
      readonly k: 'func';
      readonly params: readonly Type[];
      readonly results: readonly Type[];
      readonly variadic: boolean;
    }
  | { readonly k: 'struct'; readonly fields: readonly Field[] }
  | { readonly k: 'interface'; readonly methods: { readonly [name: string]: Type } }
  | { readonly k: 'tuple'; readonly of: readonly Type[] }
  | { readonly k: 'named'; under: Type; readonly methods: { [name: string]: Method } };
export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly tag: string;
  readonly embedded: boolean;
}
export interface Method {
  /** The function's type, without its receiver. */
  readonly type: Type;
  readonly pointer: boolean;
  /** The function by its name at run time. */
  readonly id: string;
  readonly native: boolean;
}
export interface Shapes {
  [type: Type]: Shape | undefined;
}

const integers = 'int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr'.split(' ');
export const isBasic = (t: Type): boolean =>
  integers.includes(t) || t === 'float64' || t === 'float32' || t === 'string' || t === 'bool';

export function intern(shapes: Shapes, t: Type, shape: Shape): Type {
  shapes[t] ??= shape;
  return t;
}
export const sliceOf = (s: Shapes, of: Type): Type => intern(s, `[]${of}`, { k: 'slice', of });
export const pointerTo = (s: Shapes, of: Type): Type => intern(s, `*${of}`, { k: 'pointer', of });
export const mapOf = (s: Shapes, key: Type, of: Type): Type => intern(s, `map[${key}]${of}`, { k: 'map', key, of });
export const arrayOf = (s: Shapes, n: number, of: Type): Type => intern(s, `[${n}]${of}`, { k: 'array', n, of });
export const chanOf = (s: Shapes, of: Type, dir = ''): Type =>
  intern(s, dir === 'receive' ? `<-chan ${of}` : dir === 'send' ? `chan<- ${of}` : `chan ${of}`, {
    k: 'chan',
    of,
    ...(dir === '' ? {} : { dir }),
  });
export const tupleOf = (s: Shapes, of: readonly Type[]): Type => intern(s, `(${of.join(', ')})`, { k: 'tuple', of });
export function funcOf(s: Shapes, params: readonly Type[], results: readonly Type[], variadic: boolean): Type {
  return intern(s, `func${signatureText(s, params, results, variadic)}`, { k: 'func', params, results, variadic });
}
export function signatureText(s: Shapes, params: readonly Type[], results: readonly Type[], variadic: boolean): string {
  const shown = params.map((t, i) => {
    const last = variadic && i === params.length - 1 ? shapeOf(s, t) : undefined;
    return last?.k === 'slice' ? `...${last.of}` : t;
  });
  const back = results.length === 0 ? '' : results.length === 1 ? ` ${results[0]}` : ` (${results.join(', ')})`;
  return `(${shown.join(', ')})${back}`;
}
export function structOf(s: Shapes, fields: readonly Field[]): Type {
  const shown = fields.map(
    ({ name, type, tag, embedded }) =>
      `${embedded ? '' : `${name} `}${type}${tag === '' ? '' : ` ${JSON.stringify(tag)}`}`,
  );
  return intern(s, fields.length === 0 ? 'struct {}' : `struct { ${shown.join('; ')} }`, { k: 'struct', fields });
}
export function interfaceOf(s: Shapes, methods: { readonly [name: string]: Type }): Type {
  const names = Object.keys(methods).sort();
  const shown = names.map((name) => `${name}${(methods[name] ?? '').slice(4)}`);
  return intern(s, names.length === 0 ? 'interface {}' : `interface { ${shown.join('; ')} }`, {
    k: 'interface',
    methods,
  });
}

/** The type below a type's name. */
export function under(s: Shapes, t: Type): Type {
  let at = t;
  for (let shape = s[at]; shape?.k === 'named'; shape = s[at]) at = shape.under;
  return at;
}
export function shapeOf(s: Shapes, t: Type): Shape | undefined {
  return s[under(s, t)];
}
export const isInteger = (s: Shapes, t: Type): boolean =>
  integers.includes(under(s, t)) || t === 'untyped int' || t === 'untyped rune';
export const isFloatType = (s: Shapes, t: Type): boolean => /^(?:float(?:64|32)|untyped float)$/.test(under(s, t));
export const isNumeric = (s: Shapes, t: Type): boolean => isInteger(s, t) || isFloatType(s, t);
export const isString = (s: Shapes, t: Type): boolean => /^(?:string|untyped string)$/.test(under(s, t));
export const isBoolean = (s: Shapes, t: Type): boolean => /^(?:bool|untyped bool)$/.test(under(s, t));
export const isUntyped = (t: Type): boolean => t.startsWith('untyped ');
export const isInterface = (s: Shapes, t: Type): boolean => shapeOf(s, t)?.k === 'interface';
/** Values of these are copied when they are handed on. */
export const isCopied = (s: Shapes, t: Type): boolean => ['struct', 'array'].includes(shapeOf(s, t)?.k ?? '');

export type Member =
  | { readonly k: 'field'; readonly type: Type; readonly path: readonly string[] }
  | {
      readonly k: 'method';
      readonly method: Method;
      readonly path: readonly string[];
      readonly on: Type;
      readonly dynamic: boolean;
    };

/** What `x.name` is for an `x` of type `t`, through embedded fields; undefined when there is nothing. */
export function member(s: Shapes, t: Type, name: string): Member | undefined {
  let level: { type: Type; path: readonly string[] }[] = [{ type: t, path: [] }];
  for (let depth = 0; depth < 6 && level.length > 0; depth++) {
    const next: { type: Type; path: readonly string[] }[] = [];
    for (const { type, path } of level) {
      const shape = s[type];
      const base = shape?.k === 'pointer' ? shape.of : type;
      const named = s[base];
      const method = named?.k === 'named' ? named.methods[name] : undefined;
      if (method) return { k: 'method', method, path, on: base, dynamic: false };
      const body = shapeOf(s, base);
      if (body?.k === 'interface' && shape?.k !== 'pointer') {
        const of = body.methods[name];
        if (of !== undefined)
          return {
            k: 'method',
            method: { type: of, pointer: false, id: name, native: false },
            path,
            on: base,
            dynamic: true,
          };
      }
      if (body?.k !== 'struct') continue;
      for (const field of body.fields) {
        if (field.name === name) return { k: 'field', type: field.type, path: [...path, name] };
        if (field.embedded) next.push({ type: field.type, path: [...path, field.name] });
      }
    }
    level = next;
  }
  return undefined;
}

/** The method that `t` lacks to be of the interface `i`, or undefined when it is. */
export function missing(s: Shapes, t: Type, i: Type): { name: string; pointer: boolean; wrong: boolean } | undefined {
  const shape = shapeOf(s, i);
  if (shape?.k !== 'interface') return undefined;
  for (const [name, type] of Object.entries(shape.methods)) {
    const found = member(s, t, name);
    if (found?.k !== 'method') return { name, pointer: false, wrong: false };
    if (found.method.type !== type) return { name, pointer: false, wrong: true };
    if (found.method.pointer && s[t]?.k !== 'pointer' && found.path.length === 0)
      return { name, pointer: true, wrong: false };
  }
  return undefined;
}

/** How the compiler's messages write a type: the main package's own names without it. */
export function shown(t: Type): string {
  return t.replaceAll('interface {}', 'any').replace(/\bmain\./g, '');
}
