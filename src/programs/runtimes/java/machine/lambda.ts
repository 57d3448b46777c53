import { BeyondJava } from '../problem.ts';
import { type Machine, paramsOf } from './machine.ts';
import { type JValue, Obj } from './objects.ts';

/** Calls what a lambda or a method reference stands for. Arguments and result are objects, or fit as they are. */
export function callLambda(m: Machine, o: Obj, args: readonly JValue[]): JValue {
  const { kind, owner, name, type, given } = o.x as {
    kind: number;
    owner: string;
    name: string;
    type: string;
    given: JValue[];
  };
  const all = [...given, ...args];
  const letters = paramsOf(type);
  if (kind === 8) {
    const made = m.make(owner);
    const found = m.file(owner)?.methods.find((m) => m.name === '<init>' && m.type === type);
    const fit = all.map((v, i) => m.adapt(v, letters[i] ?? 'L'));
    if (found) {
      while (m.initialize(owner)) m.finishInit();
      m.runNow(owner, found, [made, ...fit]);
    } else m.nativeOf(owner, '<init>', type)?.(m, [made, ...fit], type);
    return made;
  }
  if (kind === 6) {
    const fit = all.map((v, i) => m.adapt(v, letters[i] ?? 'L'));
    const found = m.method(owner, name, type);
    if (found) {
      if (!m.ready.has(owner) && m.initialize(owner)) m.finishInit();
      return m.runNow(found.cls, found.info, fit);
    }
    const native = m.nativeOf(owner, name, type);
    if (!native) throw new BeyondJava(`${owner.replace(/^.*\//, '')}.${name}`);
    return m.box(native(m, fit, type) ?? null, type.slice(type.indexOf(')') + 1));
  }
  const [self = null, ...rest] = all;
  const fit = rest.map((v, i) => m.adapt(v, letters[i] ?? 'L'));
  if (!(self instanceof Obj)) throw m.error('java/lang/NullPointerException');
  const found = kind === 7 ? m.method(owner, name, type) : m.method(self.c, name, type);
  if (found) return m.runNow(found.cls, found.info, [self, ...fit]);
  if (self.c === '$lambda') return callLambda(m, self, fit);
  const native = m.nativeOf(self.c, name, type);
  if (!native) throw new BeyondJava(`${self.c.replace(/^.*\//, '')}.${name}`);
  return m.box(native(m, [self, ...fit], type) ?? null, type.slice(type.indexOf(')') + 1));
}
