/** What the Dockerfile frontend in use can do beyond the one that is built into the engine (BuildKit 0.25). */
export interface Features {
  /** `COPY --parents` */
  readonly parents?: boolean;
  /** `RUN --security` */
  readonly security?: boolean;
}

/** The engine's own frontend. */
export const builtInFeatures: Features = {};

/**
 * What the frontend that a `# syntax=` line names can do: docker/dockerfile has both since 1.20, and its `-labs` variant
 * had them before. Any other image is unknown here: undefined.
 */
export function featuresOf(syntax: string): Features | undefined {
  const [, tag = ''] = /^(?:docker\.io\/)?docker\/dockerfile(?::([\w.-]+))?(?:@.*)?$/.exec(syntax) ?? [];
  if (!/^(?:docker\.io\/)?docker\/dockerfile(?:[:@]|$)/.test(syntax)) return undefined;
  const [, minor] = /^1\.(\d+)/.exec(tag) ?? [];
  const recent = tag.includes('labs') || minor === undefined || Number(minor) >= 20;
  return recent ? { parents: true, security: true } : builtInFeatures;
}
