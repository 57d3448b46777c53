import type { Json } from '../../../../kernel/json.ts';
import type { Machine } from './machine.ts';
import { Freezer, type JValue, type Obj, type Payload, Thawer } from './objects.ts';

/** A machine as plain data. */
export function freeze(m: Machine): { readonly heap: readonly Json[]; readonly rest: Json } {
  const f = new Freezer();
  const value = (v: Payload) => f.value(v);
  const map = (of: Map<string, Obj>) => Object.fromEntries([...of].map(([k, o]) => [k, value(o)]));
  const rest: Json = {
    classes: { ...m.classes },
    path: [...m.path],
    statics: Object.fromEntries([...m.statics].map(([k, one]) => [k, value(one)])),
    ready: Object.fromEntries(m.ready),
    texts: map(m.texts),
    boxes: map(m.boxes),
    threads: m.threads.map((t) => ({
      id: t.id,
      name: t.name,
      object: value(t.object),
      until: t.until ?? null,
      join: value(t.join ?? null),
      input: t.input ?? false,
      daemon: t.daemon,
      frames: t.frames.map((one) => ({
        cls: one.cls,
        name: one.method.name,
        type: one.method.type,
        pc: one.pc,
        locals: [...one.locals].map((v) => value(v ?? null)),
        stack: one.stack.map(value),
      })),
    })),
    input: m.input,
    inputEnded: m.inputEnded,
    counts: [m.nextThread, m.nextHash, m.compiledCount],
    options: { ...m.options },
    calls: { ...m.calls },
    loops: { ...m.loops },
    levels: { ...m.levels },
  };
  return { heap: f.finish(), rest };
}
/** Gives a machine what was put down. */
export function thaw(m: Machine, heap: readonly Json[], from: Json): void {
  const t = new Thawer(heap);
  const rest = from as unknown as {
    classes: { [n: string]: string };
    path: string[];
    statics: { [n: string]: Json };
    ready: { [n: string]: 'now' | 'done' };
    texts: { [n: string]: Json };
    boxes: { [n: string]: Json };
    threads: {
      id: number;
      name: string;
      object: Json;
      until: number | null;
      join: Json;
      input: boolean;
      daemon: boolean;
      frames: { cls: string; name: string; type: string; pc: number; locals: Json[]; stack: Json[] }[];
    }[];
    input: string;
    inputEnded: boolean;
    counts: [number, number, number];
    calls: { [n: string]: number };
    loops: { [n: string]: number };
    levels: { [n: string]: number };
  };
  Object.assign(m.classes, rest.classes);
  m.path.push(...rest.path);
  for (const [k, v] of Object.entries(rest.statics)) m.statics.set(k, t.value(v) as { [n: string]: JValue });
  for (const [k, v] of Object.entries(rest.ready)) m.ready.set(k, v);
  for (const [k, v] of Object.entries(rest.texts)) m.texts.set(k, t.value(v) as Obj);
  for (const [k, v] of Object.entries(rest.boxes)) m.boxes.set(k, t.value(v) as Obj);
  m.threads = rest.threads.map((one) => ({
    id: one.id,
    name: one.name,
    object: t.value(one.object) as Obj | null,
    until: one.until ?? undefined,
    join: (t.value(one.join) as Obj | null) ?? undefined,
    input: one.input,
    daemon: one.daemon,
    frames: one.frames.flatMap((f) => {
      const method = m.file(f.cls)?.methods.find((m) => m.name === f.name && m.type === f.type);
      return method
        ? [
            {
              cls: f.cls,
              method,
              pc: f.pc,
              locals: f.locals.map((v) => t.value(v) as JValue),
              stack: f.stack.map((v) => t.value(v) as JValue),
            },
          ]
        : [];
    }),
  }));
  m.input = rest.input;
  m.inputEnded = rest.inputEnded;
  [m.nextThread, m.nextHash, m.compiledCount] = rest.counts;
  Object.assign(m.calls, rest.calls);
  Object.assign(m.loops, rest.loops);
  Object.assign(m.levels, rest.levels);
}
