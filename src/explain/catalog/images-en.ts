import { bytes, plural, shortId } from '../quantities.ts';
import { archiveBriefs, archiveSentences } from './archives-en.ts';
import type { ImageTexts } from './image-texts.ts';
import { registryBriefs, registrySentences } from './registry-en.ts';

const are = (count: number) => (count === 1 ? 'is' : 'are');

/** `The one layer is`, `All 3 layers are`. */
const allLayers = (count: number, of = '') =>
  count === 1 ? `The one layer ${of}is` : `All ${plural(count, 'layer')} ${of}are`;

/** What happens to images, in full sentences. */
export const imageSentences: ImageTexts = {
  ...registrySentences,
  ...archiveSentences,
  'list-images': (d) =>
    `The daemon looks through its own store: ${plural(d.total, 'image')} on ${plural(d.layers, 'layer')} in all, ${d.shown} of them shown. A layer that several images share is on the disk once, though each counts its size.`,
  'image-history': (d) =>
    `The history is part of the image's configuration: ${plural(d.rows, 'row')}, ${plural(d.layers, 'layer')}. A row without a layer (0B) only changed settings; <missing> is a row that was not built here as an image of its own.`,
  tag: (d) =>
    `The name ${d.name} stands for ${shortId(d.image)} now: an entry in the daemon's list of names. Nothing is copied for it.`,
  untag: (d) => `The name ${d.name} is taken off the daemon's list. An image stays as long as it has another name.`,
  'remove-image': (d) =>
    `The image ${shortId(d.image)} goes: ${plural(d.removed, 'layer')} deleted from the disk, ${d.shared} kept because other images or containers stand on them.`,
  'resolve-image': (d) =>
    `The registry ${d.registry} says which image ${d.name} means today: the one with the digest ${shortId(d.digest)}…. A tag can move to another image, a digest cannot.`,
  'fetch-layers': (d) =>
    d.fetched === 0
      ? `${allLayers(d.present, `of ${d.image} `)} on this disk already, so nothing is downloaded.`
      : `${plural(d.fetched, 'layer')} of ${d.image} ${are(d.fetched)} fetched, ${bytes(d.bytes)} compressed, ${bytes(d.unpacked)} on disk; ${d.present} ${are(d.present)} here already from other images. Each one is checked against its digest.`,
  'derived-image': (d) =>
    `Of ${d.name} only the name is known here, so the sandbox has made it up after ${d.from}: layers, digests and sizes are not those of the real one.`,
  info: (d) =>
    `The daemon counts what it has (${plural(d.containers, 'container')}, ${plural(d.images, 'image')}) and asks the kernel about the machine: containers share this kernel, memory and these processors.`,
  'disk-usage': (d) =>
    d.counted > d.bytes
      ? `The daemon adds up what is on the disk. ${plural(d.images, 'image')} of ${bytes(d.counted)} in all take only ${bytes(d.bytes)}, because each of the ${plural(d.layers, 'layer')} is there once, however many images stand on it. Containers count only for what they wrote themselves.`
      : `The daemon adds up what is on the disk: ${plural(d.images, 'image')} on ${plural(d.layers, 'layer')} of ${bytes(d.bytes)}. Containers count only for what they wrote themselves, since they share the layers of their images.`,
};

/** The same in a few words. */
export const imageBriefs: ImageTexts = {
  ...registryBriefs,
  ...archiveBriefs,
  'list-images': (d) =>
    `${d.shown} of ${plural(d.total, 'image')} in the local store; shared layers are on the disk once (${d.layers} in all)`,
  'image-history': (d) =>
    `${plural(d.rows, 'row')} of the configuration, ${plural(d.layers, 'layer')}; 0B: settings only`,
  tag: (d) => `the name ${d.name} stands for ${shortId(d.image)} now; nothing is copied for it`,
  untag: (d) => `the name ${d.name} is gone`,
  'remove-image': (d) =>
    `image ${shortId(d.image)} deleted with ${plural(d.removed, 'layer')}; ${d.shared} still in use`,
  'resolve-image': (d) => `${d.registry}: ${d.name} is ${shortId(d.digest)} today`,
  'fetch-layers': (d) =>
    d.fetched === 0
      ? `${allLayers(d.present).toLowerCase()} here already`
      : `${plural(d.fetched, 'layer')} fetched: ${bytes(d.bytes)}, unpacked ${bytes(d.unpacked)}; ${d.present} here already`,
  'derived-image': (d) => `${d.name} is made up after ${d.from}: digests and sizes are not the real ones`,
  info: (d) => `${plural(d.containers, 'container')}, ${plural(d.images, 'image')}, and the one kernel of the host`,
  'disk-usage': (d) =>
    `${plural(d.layers, 'layer')}, each on the disk once: ${bytes(d.bytes)}${d.counted > d.bytes ? `; the sizes of the images add up to ${bytes(d.counted)}` : ''}`,
};
