import type { ByteString } from '../../../kernel/bytes.ts';
import { slotOf } from './code.ts';
import { splitFields } from './regex.ts';
import type { Awk } from './state.ts';
import { text, variable } from './state.ts';
import { AwkError } from './tree.ts';
import type { Value } from './values.ts';
import { toNumber } from './values.ts';

/** More fields than any record has: a mistake, or an attack on memory. */
const mostFields = 1_000_000;

/** Makes something the record. */
export function setRecord(m: Awk, value: Value): void {
  m.v.record = value;
  m.v.fields = null;
  m.v.stale = false;
}

/** The fields, cut now if they were not yet. */
export function fields(m: Awk): Value[] {
  if (m.v.fields !== null) return m.v.fields;
  const parts = splitFields(text(m, m.v.record), variable(m, 'FS'), !m.mawk && variable(m, 'RS') === '');
  const made: Value[] = parts.map((i) => ({ i }));
  m.v.fields = made;
  m.v.globals[slotOf.NF] = made.length;
  m.io.sys.spend(made.length >> 3);
  return made;
}

/** `$n`. */
export function getField(m: Awk, index: number): Value {
  if (index === 0) {
    if (m.v.stale) {
      m.v.record = { i: joined(m) };
      m.v.stale = false;
    }
    return m.v.record;
  }
  if (index < 0 || Number.isNaN(index))
    throw new AwkError(m.mawk ? `run time error: negative field index $${index}` : 'Access to negative field');
  return fields(m)[index - 1] ?? null;
}

function joined(m: Awk): ByteString {
  return fields(m)
    .map((value) => text(m, value))
    .join(variable(m, 'OFS'));
}

/** `$n = value`. */
export function setField(m: Awk, index: number, value: Value): void {
  if (index === 0) {
    setRecord(m, value === null ? '' : typeof value === 'object' ? value : { i: text(m, value) });
    return;
  }
  if (index < 0 || Number.isNaN(index))
    throw new AwkError(m.mawk ? `run time error: negative field index $${index}` : 'Access to negative field');
  const list = fields(m);
  if (index > mostFields) throw new AwkError('out of memory');
  while (list.length < index) list.push({ i: '' });
  list[index - 1] = value === null ? '' : value;
  m.v.globals[slotOf.NF] = list.length;
  m.v.stale = true;
}

/** A global variable; NF needs the fields. */
export function getGlobal(m: Awk, slot: number): Value {
  if (slot === slotOf.NF && m.v.fields === null) fields(m);
  return m.v.globals[slot] ?? null;
}

/** Sets a global variable. A new NF cuts or lengthens the record; a new FS counts from the next record on. */
export function setGlobal(m: Awk, slot: number, value: Value): void {
  if (slot === slotOf.FS || slot === slotOf.RS) fields(m);
  m.v.globals[slot] = value;
  if (slot !== slotOf.NF) return;
  const wanted = Math.trunc(toNumber(value));
  const list = m.v.fields ?? fieldsBefore(m, value);
  if (wanted < 0 || wanted > mostFields) throw new AwkError('NF set to negative value');
  while (list.length < wanted) list.push({ i: '' });
  list.length = wanted;
  m.v.globals[slot] = wanted;
  m.v.stale = true;
}

function fieldsBefore(m: Awk, value: Value): Value[] {
  const list = fields(m);
  m.v.globals[slotOf.NF] = value;
  return list;
}
