/** What a call of the Engine API is for: the sentence about it depends on this, not on the exact path. */
export type RequestKind =
  | 'ping'
  | 'create'
  | 'start'
  | 'stop'
  | 'kill'
  | 'restart'
  | 'wait'
  | 'attach'
  | 'resize'
  | 'logs'
  | 'top'
  | 'inspect'
  | 'list'
  | 'remove'
  | 'exec-create'
  | 'exec-start'
  | 'exec-inspect'
  | 'pull'
  | 'push'
  | 'login'
  | 'search'
  | 'other';

const rules: readonly (readonly [RequestKind, RegExp])[] = [
  ['ping', /^\w+ \/_ping$/],
  ['create', /^POST \/containers\/create$/],
  ['list', /^GET \/(?:containers|images)\/json$/],
  ['exec-create', /^POST \/containers\/[^/]+\/exec$/],
  ['exec-start', /^POST \/exec\/[^/]+\/start$/],
  ['exec-inspect', /^GET \/exec\/[^/]+\/json$/],
  ['resize', /^POST \/(?:containers|exec)\/[^/]+\/resize$/],
  ['pull', /^POST \/images\/create$/],
  ['push', /^POST \/images\/.+\/push$/],
  ['login', /^POST \/auth$/],
  ['search', /^GET \/images\/search$/],
  ['remove', /^DELETE \/containers\/[^/]+$/],
  ['inspect', /^GET \/(?:containers|images)\/.+\/json$/],
  ['start', /^POST \/containers\/[^/]+\/start$/],
  ['stop', /^POST \/containers\/[^/]+\/stop$/],
  ['kill', /^POST \/containers\/[^/]+\/kill$/],
  ['restart', /^POST \/containers\/[^/]+\/restart$/],
  ['wait', /^POST \/containers\/[^/]+\/wait$/],
  ['attach', /^POST \/containers\/[^/]+\/attach$/],
  ['logs', /^GET \/containers\/[^/]+\/logs$/],
  ['top', /^GET \/containers\/[^/]+\/top$/],
];

/** The purpose of a call, by its method and path (version prefix and query are passed over). */
export function requestKind(method: string, path: string): RequestKind {
  const call = `${method} ${barePath(path)}`;
  return rules.find(([, pattern]) => pattern.test(call))?.[0] ?? 'other';
}

/** The path without version prefix and query, ids cut to twelve digits. */
export function barePath(path: string): string {
  return path
    .replace(/\?.*$/s, '')
    .replace(/^\/v\d+\.\d+(?=\/)/, '')
    .replace(/[0-9a-f]{64}/g, (id) => id.slice(0, 12));
}

/** The part of the path that tells what is done, for a line that has little room: `/containers/ID/start` to `…/start`. */
export function shortPath(path: string): string {
  const bare = barePath(path);
  return /^\/(?:containers|exec)\/[^/]+\/\w+$/.test(bare) ? bare.replace(/^.*\//, '…/') : bare;
}
