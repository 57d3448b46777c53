import type { Type, Value } from '../go/types.ts';
import { anyValue, int, slice, string } from '../go/types.ts';

/** A function that templates may call. `any` stands for interface {}: every value will do. */
export interface TemplateFunction {
  readonly params: readonly Type[];
  /** Any number of further arguments, of this type. */
  readonly variadic?: Type;
  /** Throws TemplateError; what it says comes after `error calling NAME: `. */
  call(args: readonly Value[]): Value;
}

export type Functions = { readonly [name: string]: TemplateFunction };

/** The types of parameters. */
export const params = { anyValue, int, string, strings: slice(string) } as const;
