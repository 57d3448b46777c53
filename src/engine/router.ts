import type { Machine } from '../kernel/machine.ts';
import type { ServiceAnswer } from '../kernel/program.ts';
import type { ApiRequest, ContainerCreateBody, ExecCreateBody } from './api.ts';
import { callBuilder } from './build/entry.ts';
import type { Handler } from './call.ts';
import { attachContainer, containerLogs, resizeContainer } from './containers/attach.ts';
import { createContainer } from './containers/create.ts';
import { createExec, inspectExec, resizeExec, startExec } from './containers/exec.ts';
import { inspectContainer } from './containers/inspect.ts';
import { listContainers } from './containers/list.ts';
import { removeContainer } from './containers/remove.ts';
import { startContainer } from './containers/start.ts';
import { killContainer, restartContainer, stopContainer, waitContainer } from './containers/stop.ts';
import { EngineError } from './errors.ts';
import { furtherCall } from './further-calls.ts';
import { commitCall, exportCall, importCall, loadCall, saveCall } from './images/archives.ts';
import { inspectImage } from './images/inspect.ts';
import { listImages } from './images/list.ts';
import { pullImage } from './images/pull.ts';
import { removeImage } from './images/remove.ts';

/** What everyday commands ask for; the rest is in further-calls.ts. */
const routes: { readonly [route: string]: Handler } = {
  'HEAD /_ping': () => ({ status: 200, body: null }),
  'GET /containers/json': ({ m, query }) => listContainers(m, query),
  'POST /containers/create': ({ m, pid, query, body }) =>
    createContainer(m, query, body as unknown as ContainerCreateBody, pid),
  'POST /containers/ID/start': ({ m, id, pid }) => startContainer(m, id, pid),
  'POST /containers/ID/stop': ({ m, id, pid, query }) => stopContainer(m, id, pid, query),
  'POST /containers/ID/restart': ({ m, id, pid, query }) => restartContainer(m, id, pid, query),
  'POST /containers/ID/kill': ({ m, id, query }) => killContainer(m, id, query),
  'POST /containers/ID/wait': ({ m, id, pid, query }) => waitContainer(m, id, pid, query),
  'POST /containers/ID/attach': ({ m, id, pid, query }) => attachContainer(m, id, pid, query),
  'POST /containers/ID/resize': ({ m, id, query }) => resizeContainer(m, id, Number(query.w), Number(query.h)),
  'GET /containers/ID/logs': ({ m, id, pid, query }) => containerLogs(m, id, pid, query),
  'GET /containers/ID/json': ({ m, id, query }) => inspectContainer(m, id, query),
  'DELETE /containers/ID': ({ m, id, query }) => removeContainer(m, id, query),
  'POST /containers/ID/exec': ({ m, id, body }) => createExec(m, id, body as unknown as ExecCreateBody),
  'POST /exec/ID/start': ({ m, id, pid, body }) =>
    startExec(m, id, pid, (body ?? {}) as Parameters<typeof startExec>[3]),
  'POST /exec/ID/resize': ({ m, id, query }) => resizeExec(m, id, Number(query.w), Number(query.h)),
  'GET /exec/ID/json': ({ m, id }) => inspectExec(m, id),
  'GET /images/json': ({ m, query }) => listImages(m, query),
  'GET /images/ID/json': ({ m, id, query }) => inspectImage(m, id, query.platform),
  'DELETE /images/ID': ({ m, id, query }) => removeImage(m, id, query),
  'POST /grpc': ({ m, pid, body }) => callBuilder(m, pid, body),
  'POST /images/create': ({ m, pid, query, body, auth }) =>
    query.fromSrc === undefined ? pullImage(m, pid, query, auth) : importCall(m, query, body as never),
  'POST /commit': ({ m, query, body }) =>
    commitCall(m, query, (body as { readonly changes: readonly string[] }).changes),
  'GET /images/get': ({ m, query, body }) => saveCall(m, (body as { readonly names: string[] }).names, query.platform),
  'POST /images/load': ({ m, query, body }) => loadCall(m, (body as { readonly tar: string }).tar, query.platform),
  'GET /containers/ID/export': ({ m, id }) => exportCall(m, id),
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
  const exact = `${method} ${path}`;
  // an image's name may have slashes in it
  const id = group === 'images' ? [second, ...rest.slice(0, -1)].join('/') : second;
  const tail = group === 'images' ? rest.slice(-1) : rest;
  const pattern = `${method} /${[group, 'ID', ...tail].join('/')}`;
  const name = [exact, pattern].find((route) => Object.hasOwn(routes, route));
  const handler = name === undefined ? undefined : routes[name];
  const call = { m, pid, id: decoded(id), query, body, auth };
  const answer = handler ? handler(call) : furtherCall([exact, pattern], call);
  if (!answer) throw new EngineError('page-not-found', 404, 'page not found');
  return 'status' in answer ? { reply: { ...answer } } : answer;
}
