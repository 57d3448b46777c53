import type { Json } from '../../../../kernel/json.ts';
import type { MethodInfo } from './class-file.ts';
import type { JValue, Obj } from './objects.ts';

export interface Frame {
  readonly cls: string;
  readonly method: MethodInfo;
  pc: number;
  readonly locals: JValue[];
  readonly stack: JValue[];
  /** Called by the machine itself: the result goes there. */
  readonly native?: boolean;
}
export interface Thread {
  readonly id: number;
  readonly name: string;
  readonly object: Obj | null;
  frames: Frame[];
  until?: number | undefined;
  join?: Obj | undefined;
  input?: boolean | undefined;
  daemon: boolean;
}
/** A native waits: its call is made again when the thread goes on. */
export class Again extends Error {}
export class Exit extends Error {
  readonly code: number;
  constructor(code: number) {
    super('exit');
    this.code = code;
  }
}
export interface JavaState {
  readonly heap: readonly Json[];
  readonly rest: Json;
  readonly pending: readonly (readonly [number, string])[];
  readonly ended: number | null;
}

/** Classes that the library here has of its own, and what they are for programs. */
export const hiddenClasses: { readonly [name: string]: string | undefined } = {
  $Entry: 'java/util/Map$Entry',
  $Iterator: 'java/util/Iterator',
  $Comparator: 'java/util/Comparator',
  $EntryOrder: 'java/util/Comparator',
  $Collector: 'java/util/stream/Collector',
  $Identity: 'java/util/function/Function',
};
