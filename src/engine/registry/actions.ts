/** What an engine does with registries besides pulling. */
export interface RegistryActions {
  /** dockerd: layers on their way to a registry: sent, there already, or mounted from another repository of it. */
  'push-layers': {
    readonly name: string;
    readonly registry: string;
    readonly sent: number;
    readonly exist: number;
    readonly mounted: number;
    /** Compressed bytes that were sent. */
    readonly bytes: number;
  };
  /** dockerd: the manifest, sent last: from then on the tag means this image. */
  'push-manifest': { readonly name: string; readonly registry: string; readonly digest: string };
  /** dockerd: Docker Hub lets nobody write to a repository but its owner. */
  'push-denied': { readonly repository: string; readonly registry: string };
  /** dockerd: asks a registry whether it knows a user. */
  login: { readonly registry: string; readonly username: string };
  /** dockerd: asks Docker Hub which repositories have a word in their names. */
  search: { readonly term: string; readonly found: number };
  /** A registry of the sandbox begins to listen on the host. */
  'registry-serve': { readonly address: string; readonly pid: number; readonly again: boolean };
}
