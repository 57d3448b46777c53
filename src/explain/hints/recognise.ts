import type { HintData, HintKind, Recognised } from './kinds.ts';

/** A failed command: what Docker printed, and the engine's status if it came from there. */
export interface Failure {
  readonly message: string;
  readonly status?: number | undefined;
  /** The path of the last request to the engine. */
  readonly request?: string | undefined;
}

/** How a kind is told from a message; named groups of the pattern become its data. */
type Rule = readonly [kind: HintKind, pattern: RegExp];

// The first that matches wins: the more exact stands before the more general.
const rules: readonly Rule[] = [
  ['name-conflict', /The container name "\/?(?<name>[^"]+)" is already in use/],
  ['invalid-name', /Invalid container name \((?<name>.*?)\), only/],
  ['container-running', /cannot remove container "\/?(?<name>[^"]+)": container is running/],
  ['removal-in-progress', /removal of container (?<name>\S+) is already in progress/],
  ['container-not-running', /cannot kill container: (?<name>\S+): container \S+ is not running/],
  ['container-not-running', /[Cc]ontainer (?<name>\S+) is not running/],
  ['container-paused', /Container (?<name>\S+) is (?:already )?paused/],
  ['no-such-container', /No such container: (?<name>\S+)/],
  ['no-such-object', /No such object: (?<name>\S+)/],
  ['no-such-image', /No such image: (?<name>\S+)/],
  ['image-not-pulled', /(?:pull access denied for|manifest for) (?<name>[^\s,]+)/],
  ['image-not-pulled', /repository (?<name>\S+) not found: name unknown/],
  ['push-denied', /^denied: requested access to the resource is denied/m],
  ['no-local-tag', /(?:An image does not exist locally with the tag|tag does not exist): (?<name>\S+)/],
  ['no-registry', /Get "http[^"]*\/v2\/": dial tcp (?<address>\S+): connect: connection refused/],
  ['http-registry', /Get "https:\/\/(?<address>[^/"]+)\/v2\/": http: server gave HTTP response/],
  ['login-needs-terminal', /Cannot perform an interactive login from a non TTY device/],
  ['image-runs', /image is being used by running container (?<container>\S+)/],
  ['image-in-use', /image is being used by stopped container (?<container>\S+)/],
  ['image-in-use', /container (?<container>\S+) is using its referenced image/],
  ['image-many-names', /unable to delete (?<image>\S+) .*image is referenced in multiple repositories/],
  ['image-has-children', /image has dependent child images/],
  ['option-after-image', /exec: "(?<option>-[^"]*)": executable file not found/],
  ['command-not-found', /exec: "(?<command>[^"]*)": executable file not found/],
  ['command-not-found', /exec: "(?<command>[^"]*)": stat [^:]*: no such file or directory/],
  ['is-a-directory', /exec: "(?<path>[^"]*)": is a directory/],
  ['permission-denied', /exec: "(?<path>[^"]*)": permission denied/],
  ['no-such-exec-dir', /chdir to cwd \("(?<path>[^"]*)"\).*no such file or directory/],
  ['no-command', /no command specified/],
  ['unknown-user', /unable to find user (?<user>[^:]+): no matching entries/],
  ['working-dir', /the working directory '(?<path>[^']*)' is invalid/],
  ['not-a-tty', /input device is not a TTY/],
  ['port-taken', /Bind for \S*?:(?<port>\d+) failed: port is already allocated/],
  ['port-on-host', /failed to bind host port for \S*?:(?<port>\d+):\S+: address already in use/],
  ['rate-limited', /toomanyrequests: |manifests\/\S+: 429 Too Many Requests/],
  ['registry-down', /(?:unexpected HTTP status|manifests\/\S+|failed with status): 503 Service Unavailable/],
  ['disk-full', /no space left on device/],
  ['port-taken', /listen tcp\d? \S*?:(?<port>\d+): bind: address already in use/],
  ['invalid-port', /(?:Invalid (?:containerPort|hostPort|proto)|No port specified): (?<port>\S+)/],
  ['invalid-port', /Invalid ranges specified for container and host Ports: (?<port>.+)/],
  ['network-in-use', /network (?<name>.+?) has active endpoints \(name:"(?<container>[^"]+)"/],
  ['network-exists', /network with name (?<name>.+) already exists/],
  ['pool-overlaps', /Pool overlaps with other one/],
  ['own-address', /user specified IP address is supported/],
  ['no-such-network', /network (?<name>\S+) not found/],
  ['memory-too-small', /Minimum memory limit allowed/],
  ['too-many-cpus', /[Rr]ange of CPUs is from/],
  ['invalid-signal', /[Ii]nvalid signal: (?<signal>\S+)/],
  ['invalid-filter-value', /invalid filter '(?<filter>[^'=]*)=/],
  ['invalid-filter', /invalid filter '(?<filter>[^']*)'/],
  ['restart-and-rm', /cannot specify both --restart and --rm/],
  ['conflicting-options', /[Cc]onflicting options/],
  ['restart-policy', /invalid restart policy(?:: unknown policy '(?<policy>[^']*)')?/],
  ['no-such-volume', /get (?<name>\S+): no such volume/],
  ['volume-in-use', /remove (?<name>\S+): volume is in use/],
  ['bind-source-missing', /bind source path does not exist: (?<path>.+)/],
  ['invalid-reference', /invalid reference format/],
  ['env-file-missing', /^docker: open (?<path>.+?): no such file or directory/m],
  ['ps-columns', /Couldn't find PID field in ps output/],
  ['unknown-flag', /unknown shorthand flag: '.' in (?<flag>-\S+)/],
  ['unknown-flag', /unknown flag: (?<flag>--\S+)/],
  ['flag-needs-value', /flag needs an argument: (?<flag>.+)/],
  ['unknown-command', /unknown (?:docker )?command: "?(?<command>[^"\n]+)"?/],
  ['wrong-arguments', /'(?<command>docker [^']*)' (?:requires|accepts)/],
  ['template', /[Tt]emplate parsing error|template: /],
];

/** What kind of failure it is, by its message, else by its status; undefined when nothing is known about it. */
export function recognise(failure: Failure): Recognised | undefined {
  for (const [kind, pattern] of rules) {
    const match = pattern.exec(failure.message);
    if (match) return recognised(kind, { request: failure.request, ...match.groups });
  }
  const byStatus = failure.status === undefined ? undefined : kindOfStatus(failure.status);
  return byStatus && recognised(byStatus, {});
}

function kindOfStatus(status: number): HintKind | undefined {
  if (status === 400) return 'bad-request';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  return status >= 500 ? 'server-error' : undefined;
}

/** The groups' names (and the request) are the fields of the kind's data; a group that took no part is an empty word. */
function recognised(kind: HintKind, groups: { readonly [name: string]: string | undefined }): Recognised {
  const data: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(groups)) data[name] = (value ?? '').trim();
  return { kind, data: data as unknown as HintData[HintKind] } as Recognised;
}
