import { bytes, plural, shortId } from '../quantities.ts';
import type { ArchiveTexts } from './image-texts.ts';

/** Images made from containers and archives, in full sentences. */
export const archiveSentences: ArchiveTexts = {
  'commit-layer': (d) =>
    d.digest === ''
      ? `Nothing was written in ${shortId(d.container)}, so its image gets no new layer: only the configuration is new.`
      : `The writable layer of ${shortId(d.container)} (${plural(d.changes, 'change')}, ${bytes(d.bytes)}) is packed as an archive and becomes a read-only layer. Its name is the digest of those bytes: ${shortId(d.digest)}…. Volumes are not part of it.`,
  'write-image': (d) =>
    d.how === 'commit'
      ? `A new configuration is written: the container's settings, the history with one more row, and ${plural(d.layers, 'layer')}, all but the new one shared with the image below. Its digest is the id of the image: ${shortId(d.image)}. Nobody can read from it how the image was made; a Dockerfile could tell.`
      : `A new configuration is written: one layer, one row of history, and no settings but those of --change. Its digest is the id of the image: ${shortId(d.image)}.`,
  'save-images': (d) =>
    `${plural(d.images, 'image')} with ${plural(d.layers, 'layer')} packed as one archive (${bytes(d.bytes)}): each layer, configuration and manifest is a file called by its digest, and index.json and manifest.json say what belongs together. A layer that several images share is in it once.${d.rehashed.length === 0 ? '' : ` The files of ${d.rehashed.join(', ')} are shorter in this sandbox than in the real image, so layers and image have other digests in the archive. A real engine would load it under another id; this sandbox knows it again.`}`,
  'load-images': (d) =>
    `The daemon unpacks the archive (${bytes(d.bytes)}) and checks each layer against the digest that the image's configuration names. ${plural(d.images, 'image')}: ${plural(d.added, 'layer')} new on this disk, ${d.present} here already. No registry is asked.`,
  'export-container': (d) =>
    `All files of ${shortId(d.container)}, its layers folded into one tree, are packed as one archive (${bytes(d.bytes)}). Layers, history and settings such as CMD are not in it, and neither is what lies in volumes.`,
  'import-layer': (d) =>
    `The archive (${bytes(d.bytes)}) is unpacked and becomes the only layer of a new image; its digest is ${shortId(d.digest)}….`,
};

/** The same in a few words. */
export const archiveBriefs: ArchiveTexts = {
  'commit-layer': (d) =>
    d.digest === ''
      ? 'nothing was written: no new layer, only a configuration'
      : `the writable layer (${plural(d.changes, 'change')}, ${bytes(d.bytes)}) becomes read-only layer ${shortId(d.digest)}; volumes stay out`,
  'write-image': (d) => `image ${shortId(d.image)} on ${plural(d.layers, 'layer')}: the digest of its configuration`,
  'save-images': (d) =>
    d.rehashed.length === 0
      ? `${plural(d.images, 'image')}, ${plural(d.layers, 'layer')} in one archive, each file called by its digest`
      : `${plural(d.images, 'image')}, ${plural(d.layers, 'layer')} in one archive; ${d.rehashed.join(', ')}: other digests than the real image, because its files are shorter here`,
  'load-images': (d) =>
    `${plural(d.images, 'image')} checked and unpacked: ${plural(d.added, 'layer')} new, ${d.present} here already`,
  'export-container': (d) => `all files as one archive of ${bytes(d.bytes)}: no layers, no settings, no volumes`,
  'import-layer': (d) => `${bytes(d.bytes)} unpacked as the only layer, ${shortId(d.digest)}`,
};
