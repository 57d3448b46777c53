/** Steps of images as archives: commit, save, load, export, import. */
export interface ImageArchiveActions {
  /** dockerd: a container's writable layer becomes a read-only one: what is in it, and its digest; '' when nothing was written. */
  'commit-layer': {
    readonly container: string;
    readonly changes: number;
    readonly bytes: number;
    readonly digest: string;
  };
  /** dockerd: a new image's configuration is written; its digest is the image's id. */
  'write-image': { readonly image: string; readonly layers: number; readonly how: 'commit' | 'import' };
  /** dockerd: images packed into an archive; `bytes` of it. `rehashed`: those whose files are smaller here than they say. */
  'save-images': {
    readonly images: number;
    readonly layers: number;
    readonly bytes: number;
    readonly rehashed: readonly string[];
  };
  /** dockerd: images out of an archive; layers that were not there yet, and those that were. */
  'load-images': { readonly images: number; readonly added: number; readonly present: number; readonly bytes: number };
  /** dockerd: a container's whole file system as one archive, without layers and without configuration. */
  'export-container': { readonly container: string; readonly bytes: number };
  /** dockerd: an archive of files becomes an image with one layer. */
  'import-layer': { readonly digest: string; readonly bytes: number };
}
