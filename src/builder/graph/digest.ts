import { encodeUtf8 } from '../../kernel/bytes.ts';
import { digestOf } from '../../oci/digest.ts';
import type { Op, Vertex } from './vertex.ts';

/** The digest of a vertex: of what it does, and of the digests of what it stands on. */
export function vertexDigest(op: Op, inputs: readonly string[]): string {
  return digestOf(encodeUtf8(JSON.stringify([op, inputs])));
}

/** A vertex with its digest. */
export function newVertex(op: Op, inputs: readonly string[], name: string, range?: Vertex['range']): Vertex {
  return { digest: vertexDigest(op, inputs), name, op, inputs, ...(range ? { range } : {}) };
}

/** The inputs of an operation, each once: what it stands on comes first. */
export function inputsOf(base: string | null, others: readonly string[]): readonly string[] {
  return [...new Set([...(base === null ? [] : [base]), ...others])];
}
