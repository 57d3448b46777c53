import { printValue } from '../go/print.ts';
import { concrete, isNil, typeName, type Value } from '../go/types.ts';
import { TemplateError } from './error.ts';

/** How Go's templates compare: only what is of one kind. */
type Kind = 'bool' | 'int' | 'float' | 'string' | 'none';

function kindOf(value: Value): Kind {
  const { kind } = value.type;
  return kind === 'bool' || kind === 'int' || kind === 'float' || kind === 'string' ? kind : 'none';
}

/** Is it equal to any of the others? Throws TemplateError. */
export function equal(first: Value, others: readonly Value[]): boolean {
  if (others.length === 0) throw new TemplateError('missing argument for comparison');
  const left = concrete(first);
  for (const other of others) {
    const right = concrete(other);
    const [k1, k2] = [kindOf(left), kindOf(right)];
    if (k1 !== k2) {
      if (left.type.kind !== 'nil' && right.type.kind !== 'nil') {
        throw incompatible(left, right);
      }
      continue;
    }
    if (k1 !== 'none') {
      if (plain(left) === plain(right)) return true;
      continue;
    }
    for (const value of [left, right]) refuseIncomparable(value);
    if (isNil(left) || isNil(right) ? isNil(left) && isNil(right) : left.data === right.data) return true;
  }
  return false;
}

/** Is the first less than the second? Throws TemplateError. */
export function less(first: Value, second: Value): boolean {
  const [left, right] = [concrete(first), concrete(second)];
  const kind = kindOf(left);
  if (kind === 'none' || kindOf(right) === 'none') throw new TemplateError('invalid type for comparison');
  if (kind !== kindOf(right)) throw incompatible(left, right);
  if (kind === 'bool') throw new TemplateError('invalid type for comparison');
  const [a, b] = [plain(left), plain(right)];
  return a < b;
}

function plain(value: Value): string | number | boolean {
  const { kind } = value.type;
  if (kind === 'string') return String(value.data ?? '');
  if (kind === 'bool') return value.data === true;
  return Number(value.data ?? 0);
}

function refuseIncomparable(value: Value): void {
  const { kind } = value.type;
  if ((kind === 'map' || kind === 'slice') && !isNil(value)) {
    throw new TemplateError(`non-comparable type ${printValue(value)}: ${typeName(value.type)}`);
  }
}

function incompatible(left: Value, right: Value): TemplateError {
  return new TemplateError(`incompatible types for comparison: ${typeName(left.type)} and ${typeName(right.type)}`);
}
