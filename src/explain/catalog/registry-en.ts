import { bytes, plural, shortId } from '../quantities.ts';
import type { RegistryTexts } from './image-texts.ts';

/** What happens between an engine and registries, in full sentences. */
export const registrySentences: RegistryTexts = {
  'push-layers': (d) =>
    `The daemon asks ${d.registry} about each layer of ${d.name}, by its digest: ${plural(d.sent, 'layer')} sent (${bytes(d.bytes)} compressed), ${d.exist} in the repository already, ${d.mounted} mounted from another repository of the same registry. A layer that the registry has never goes over the line again.`,
  'push-manifest': (d) =>
    `Last of all the manifest goes to ${d.registry}: a small document that lists the configuration and the layers by digest. Its own digest, ${shortId(d.digest)}…, is the image's address there, and from now on ${d.name} points to it.`,
  'push-denied': (d) =>
    `${d.registry} refuses: ${d.repository} is not in the namespace of whoever is logged in. On Docker Hub one may push to repositories that begin with one's own user name, after docker login (docker tag gives an image such a name).`,
  login: (d) =>
    d.registry === 'docker.io'
      ? `In the sandbox Docker Hub accepts any user name with any password; the real one checks them. ${d.username} may now push to ${d.username}/…. The client keeps the name in its config.json on the simulated machine, and a placeholder in place of the password: drydock keeps no passwords.`
      : `${d.registry} lets everybody in, so ${d.username} is welcome. The client keeps the name in its config.json on the simulated machine, and a placeholder in place of the password: drydock keeps no passwords.`,
  search: (d) =>
    `The daemon asks Docker Hub's search for "${d.term}": ${plural(d.found, 'repository', 'repositories')}. The sandbox knows the names of the official images and what was pushed here; descriptions and stars are not recorded, so those columns stay empty, and other people's images are not listed.`,
  'registry-serve': (d) =>
    d.again
      ? `A registry listens on ${d.address} already: process ${d.pid}. Nothing changes.`
      : `A registry starts as process ${d.pid} and listens on ${d.address} of the simulated machine, empty. An image whose name begins with this address is pushed to it and pulled from it.`,
};

/** The same in a few words. */
export const registryBriefs: RegistryTexts = {
  'push-layers': (d) =>
    d.sent === 0
      ? `no layer has to be sent to ${d.registry}: ${d.exist} there already, ${d.mounted} mounted from a neighbour`
      : `${plural(d.sent, 'layer')} sent to ${d.registry} (${bytes(d.bytes)}); ${d.exist} there already, ${d.mounted} mounted from a neighbour`,
  'push-manifest': (d) => `the manifest comes last: ${d.name} is ${shortId(d.digest)} there now`,
  'push-denied': (d) => `${d.registry} refuses: ${d.repository} does not belong to a user who is logged in here`,
  login: (d) =>
    d.registry === 'docker.io'
      ? `the sandbox's Docker Hub accepts any password; ${d.username} may push to ${d.username}/…`
      : `${d.registry} lets ${d.username} in, as it does everybody`,
  search: (d) =>
    `${plural(d.found, 'repository', 'repositories')}; descriptions and stars are not recorded in the sandbox`,
  'registry-serve': (d) =>
    d.again ? `listens on ${d.address} already` : `an empty registry listens on ${d.address} (process ${d.pid})`,
};
