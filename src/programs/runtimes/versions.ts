/** The version of node in an image: what its environment says, else that of the distribution. */
export function nodeVersion(env: { readonly [name: string]: string }): string {
  return /^\d+(?:\.\d+)*$/.exec(env.NODE_VERSION ?? '')?.[0] ?? '22.14.0';
}
