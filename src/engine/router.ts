import type { Json } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { ServiceAnswer } from '../kernel/program.ts';
import type { ApiRequest, ApiResponse, ContainerCreateBody, ExecCreateBody } from './api.ts';
import { callBuilder, pruneBuilds } from './build/entry.ts';
import { getArchive, putArchive } from './containers/archive.ts';
import { attachContainer, containerLogs, resizeContainer } from './containers/attach.ts';
import { createContainer } from './containers/create.ts';
import { containerChanges } from './containers/diff.ts';
import { createExec, inspectExec, resizeExec, startExec } from './containers/exec.ts';
import { inspectContainer } from './containers/inspect.ts';
import { listContainers } from './containers/list.ts';
import { pauseContainer, unpauseContainer } from './containers/pause.ts';
import { pruneContainers } from './containers/prune.ts';
import { removeContainer } from './containers/remove.ts';
import { renameContainer } from './containers/rename.ts';
import { startContainer } from './containers/start.ts';
import { killContainer, restartContainer, stopContainer, waitContainer } from './containers/stop.ts';
import { topContainer } from './containers/top.ts';
import { type Update, updateLimits } from './containers/update.ts';
import { EngineError } from './errors.ts';
import { commitCall, exportCall, importCall, loadCall, saveCall } from './images/archives.ts';
import { imageHistory } from './images/history.ts';
import { inspectImage } from './images/inspect.ts';
import { listImages } from './images/list.ts';
import { pruneImages } from './images/prune.ts';
import { pullImage } from './images/pull.ts';
import { removeImage } from './images/remove.ts';
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

type Query = { readonly [key: string]: string };
interface Call {
  readonly m: Machine;
  readonly pid: number;
  /** What the path has in place of `ID`. */
  readonly id: string;
  readonly query: Query;
  readonly body: Json;
  readonly auth: ApiRequest['auth'];
}
type Handler = (call: Call) => ApiResponse | ServiceAnswer;

const routes: { readonly [route: string]: Handler } = {
  'HEAD /_ping': () => ({ status: 200, body: null }),
  'GET /containers/json': ({ m, query }) => listContainers(m, query),
  'POST /containers/create': ({ m, pid, query, body }) =>
    createContainer(m, query, body as unknown as ContainerCreateBody, pid),
  'POST /containers/ID/start': ({ m, id, pid }) => startContainer(m, id, pid),
  'GET /networks': ({ m, query }) => listNetworks(m, query.filters),
  'POST /networks/create': ({ m, body }) => createNetwork(m, body as unknown as NetworkCreateBody),
  'POST /networks/prune': ({ m, query }) => pruneNetworks(m, query.filters),
  'GET /networks/ID': ({ m, id }) => inspectNetwork(m, id),
  'DELETE /networks/ID': ({ m, id }) => removeNetwork(m, id),
  'POST /networks/ID/connect': ({ m, id, body }) => connectNetwork(m, id, (body ?? {}) as never),
  'POST /networks/ID/disconnect': ({ m, id, body }) => disconnectNetwork(m, id, (body ?? {}) as never),
  'GET /volumes': ({ m, query }) => listVolumes(m, query.filters),
  'POST /volumes/create': ({ m, body }) => createVolumeCall(m, (body ?? {}) as Parameters<typeof createVolumeCall>[1]),
  'POST /volumes/prune': ({ m, query }) => pruneVolumes(m, query.filters),
  'GET /volumes/ID': ({ m, id }) => inspectVolume(m, id),
  'DELETE /volumes/ID': ({ m, id, query }) => removeVolumeCall(m, id, query.force === '1'),
  'POST /containers/ID/stop': ({ m, id, pid, query }) => stopContainer(m, id, pid, query),
  'POST /containers/ID/restart': ({ m, id, pid, query }) => restartContainer(m, id, pid, query),
  'POST /containers/ID/kill': ({ m, id, query }) => killContainer(m, id, query),
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
  'POST /containers/ID/wait': ({ m, id, pid, query }) => waitContainer(m, id, pid, query),
  'POST /containers/ID/attach': ({ m, id, pid, query }) => attachContainer(m, id, pid, query),
  'POST /containers/ID/resize': ({ m, id, query }) => resizeContainer(m, id, Number(query.w), Number(query.h)),
  'GET /containers/ID/logs': ({ m, id, pid, query }) => containerLogs(m, id, pid, query),
  'GET /containers/ID/stats': ({ m, id }) => containerStats(m, id),
  'GET /containers/ID/top': ({ m, id, query }) => topContainer(m, id, query),
  'GET /containers/ID/json': ({ m, id, query }) => inspectContainer(m, id, query),
  'DELETE /containers/ID': ({ m, id, query }) => removeContainer(m, id, query),
  'POST /containers/ID/exec': ({ m, id, body }) => createExec(m, id, body as unknown as ExecCreateBody),
  'POST /exec/ID/start': ({ m, id, pid, body }) =>
    startExec(m, id, pid, (body ?? {}) as Parameters<typeof startExec>[3]),
  'POST /exec/ID/resize': ({ m, id, query }) => resizeExec(m, id, Number(query.w), Number(query.h)),
  'GET /exec/ID/json': ({ m, id }) => inspectExec(m, id),
  'GET /images/json': ({ m, query }) => listImages(m, query),
  'GET /images/ID/json': ({ m, id, query }) => inspectImage(m, id, query.platform),
  'GET /images/ID/history': ({ m, id }) => imageHistory(m, id),
  'POST /images/ID/tag': ({ m, id, query }) => tagImage(m, id, query),
  'DELETE /images/ID': ({ m, id, query }) => removeImage(m, id, query),
  'POST /images/prune': ({ m, query }) => pruneImages(m, query),
  'GET /events': ({ m, pid, query }) => watchEvents(m, pid, query),
  'POST /grpc': ({ m, pid, body }) => callBuilder(m, pid, body),
  'POST /build/prune': ({ m, query }) => pruneBuilds(m, query),
  'GET /version': ({ m }) => engineVersions(m),
  'GET /info': ({ m }) => systemInfo(m),
  'GET /system/df': ({ m }) => diskUsage(m),
  'GET /plugins': ({ query }) => listPlugins(query.filters),
  'GET /plugins/ID/json': ({ id }) => inspectPlugin(id),
  'POST /images/create': ({ m, pid, query, body, auth }) =>
    query.fromSrc === undefined ? pullImage(m, pid, query, auth) : importCall(m, query, body as never),
  'POST /commit': ({ m, query, body }) =>
    commitCall(m, query, (body as { readonly changes: readonly string[] }).changes),
  'GET /images/get': ({ m, query, body }) => saveCall(m, (body as { readonly names: string[] }).names, query.platform),
  'POST /images/load': ({ m, query, body }) => loadCall(m, (body as { readonly tar: string }).tar, query.platform),
  'GET /containers/ID/export': ({ m, id }) => exportCall(m, id),
  'POST /images/ID/push': ({ m, id, pid, query, auth }) => pushImage(m, id, pid, query, auth),
  'GET /images/search': ({ m, query }) => searchImages(m, query),
  'POST /auth': ({ m, body }) => logIn(m, body as unknown as Credentials),
};

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Finds what a request asks for and does it. Throws EngineError; `page-not-found` when there is no such call. */
export function route(m: Machine, pid: number, request: ApiRequest): ServiceAnswer {
  const { method, path, query = {}, body = null, auth } = request;
  const [, group = '', second = '', ...rest] = path.split('/');
  const hasId = !Object.hasOwn(routes, `${method} ${path}`);
  // an image's name may have slashes in it
  const id = group === 'images' ? [second, ...rest.slice(0, -1)].join('/') : second;
  const tail = group === 'images' ? rest.slice(-1) : rest;
  const name = hasId ? `${method} /${[group, 'ID', ...tail].join('/')}` : `${method} ${path}`;
  const handler = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!handler) throw new EngineError('page-not-found', 404, 'page not found');
  const answer = handler({ m, pid, id: decoded(id), query, body, auth });
  return 'status' in answer ? { reply: { ...answer } } : answer;
}
