import type { ServiceAnswer } from '../kernel/program.ts';
import type { ApiResponse } from './api.ts';
import { pruneBuilds } from './build/entry.ts';
import { answered, type Call, type Handler } from './call.ts';
import { getArchive, putArchive } from './containers/archive.ts';
import { containerChanges } from './containers/diff.ts';
import { pauseContainer, unpauseContainer } from './containers/pause.ts';
import { pruneContainers } from './containers/prune.ts';
import { renameContainer } from './containers/rename.ts';
import { topContainer } from './containers/top.ts';
import { type Update, updateLimits } from './containers/update.ts';
import { imageHistory } from './images/history.ts';
import { pruneImages } from './images/prune.ts';
import { tagImage } from './images/tag.ts';
import { inspectNetwork, listNetworks, pruneNetworks } from './networks/calls.ts';
import { connectNetwork, disconnectNetwork } from './networks/container.ts';
import { createNetwork, removeNetwork } from './networks/create.ts';
import type { NetworkCreateBody } from './networks/types.ts';
import { type Credentials, logIn } from './registry/login.ts';
import { pushImage } from './registry/push.ts';
import { searchImages } from './registry/search.ts';
import { diskUsage } from './system/disk-usage.ts';
import { systemInfo } from './system/info.ts';
import { inspectPlugin, listPlugins } from './system/plugins.ts';
import { engineVersions } from './system/version.ts';
import { createVolumeCall, inspectVolume, listVolumes, pruneVolumes, removeVolumeCall } from './volumes/calls.ts';
import { watchEvents } from './watch/event-stream.ts';
import { containerStats } from './watch/stats.ts';

/** The routes that are loaded when first asked for: every command would load those of router.ts. */
const routes: { readonly [route: string]: Handler } = {
  'GET /networks': ({ m, query }) => listNetworks(m, query.filters),
  'POST /networks/create': ({ m, body }) => createNetwork(m, body as unknown as NetworkCreateBody),
  'POST /networks/prune': ({ m, query }) => pruneNetworks(m, query.filters),
  'GET /networks/ID': ({ m, id }) => inspectNetwork(m, id),
  'DELETE /networks/ID': ({ m, id }) => removeNetwork(m, id),
  'POST /networks/ID/connect': ({ m, id, body }) => connectNetwork(m, id, (body ?? {}) as never),
  'POST /networks/ID/disconnect': ({ m, id, body }) => disconnectNetwork(m, id, (body ?? {}) as never),
  'GET /volumes': ({ m, query }) => listVolumes(m, query.filters),
  'POST /volumes/create': ({ m, pid, body }) =>
    createVolumeCall(m, pid, (body ?? {}) as Parameters<typeof createVolumeCall>[2]),
  'POST /volumes/prune': ({ m, query }) => pruneVolumes(m, query.filters),
  'GET /volumes/ID': ({ m, id }) => inspectVolume(m, id),
  'DELETE /volumes/ID': ({ m, id, query }) => removeVolumeCall(m, id, query.force === '1'),
  'POST /containers/ID/pause': ({ m, id }) => pauseContainer(m, id),
  'POST /containers/ID/unpause': ({ m, id }) => unpauseContainer(m, id),
  'POST /containers/ID/rename': ({ m, id, query }) => renameContainer(m, id, query),
  'POST /containers/ID/update': ({ m, id, body }) => updateLimits(m, id, (body ?? {}) as Update),
  'GET /containers/ID/changes': ({ m, id }) => containerChanges(m, id),
  'HEAD /containers/ID/archive': ({ m, id, query }) => getArchive(m, id, query.path, false),
  'GET /containers/ID/archive': ({ m, id, query }) => getArchive(m, id, query.path, true),
  'PUT /containers/ID/archive': ({ m, id, query, body }) =>
    putArchive(m, id, query.path, (body as { readonly tar: string }).tar),
  'POST /containers/prune': ({ m, query }) => pruneContainers(m, query.filters),
  'GET /containers/ID/stats': ({ m, id }) => containerStats(m, id),
  'GET /containers/ID/top': ({ m, id, query }) => topContainer(m, id, query),
  'GET /images/ID/history': ({ m, id }) => imageHistory(m, id),
  'POST /images/ID/tag': ({ m, id, query }) => tagImage(m, id, query),
  'POST /images/prune': ({ m, query }) => pruneImages(m, query),
  'GET /events': ({ m, pid, query }) => watchEvents(m, pid, query),
  'POST /build/prune': ({ m, query }) => pruneBuilds(m, query),
  'GET /version': ({ m }) => engineVersions(m),
  'GET /info': ({ m }) => systemInfo(m),
  'GET /system/df': ({ m }) => diskUsage(m),
  'GET /plugins': ({ query }) => listPlugins(query.filters),
  'GET /plugins/ID/json': ({ id }) => inspectPlugin(id),
  'POST /images/ID/push': ({ m, id, pid, query, auth }) => pushImage(m, id, pid, query, auth),
  'GET /images/search': ({ m, query }) => searchImages(m, query),
  'POST /auth': ({ m, body }) => logIn(m, body as unknown as Credentials),
};

/**
 * Answers a request by the first of the routes that is one of these: what it asks for as it stands (`GET /networks`), or
 * with `ID` in it (`POST /networks/ID/connect`). Errors of the engine are answers too.
 */
export function furtherCall(names: readonly string[], call: Call): ApiResponse | ServiceAnswer | undefined {
  const name = names.find((route) => Object.hasOwn(routes, route));
  const handler = name === undefined ? undefined : routes[name];
  return handler && answered(() => handler(call));
}
