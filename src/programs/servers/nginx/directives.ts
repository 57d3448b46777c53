import type { Directive, Mistake } from './syntax.ts';

/** Where a directive may stand: M main, E events, H http, S server, L location, U upstream; and how many words it takes. */
type Rule = readonly [contexts: string, least: number, most: number, block?: true];

const many = 99;

/** The directives whose effect is simulated, or that change nothing that can be seen here. */
const rules: { readonly [name: string]: Rule | undefined } = {
  events: ['M', 0, 0, true],
  http: ['M', 0, 0, true],
  user: ['M', 1, 2],
  daemon: ['M', 1, 1],
  error_log: ['MHSL', 1, 2],
  pid: ['M', 1, 1],
  master_process: ['M', 1, 1],
  worker_processes: ['M', 1, 1],
  worker_connections: ['E', 1, 1],
  include: ['MEHSLU', 1, 1],
  server: ['HU', 0, many],
  upstream: ['H', 1, 1, true],
  types: ['HSL', 0, 0, true],
  location: ['SL', 1, 2, true],
  listen: ['S', 1, many],
  server_name: ['S', 1, many],
  root: ['HSL', 1, 1],
  alias: ['L', 1, 1],
  index: ['HSL', 1, many],
  try_files: ['SL', 2, many],
  return: ['SL', 1, 2],
  proxy_pass: ['L', 1, 1],
  proxy_set_header: ['HSL', 2, 2],
  error_page: ['HSL', 2, many],
  add_header: ['HSL', 2, 3],
  autoindex: ['HSL', 1, 1],
  default_type: ['HSL', 1, 1],
  log_format: ['H', 2, many],
  access_log: ['HSL', 1, many],
  server_tokens: ['HSL', 1, 1],
  internal: ['L', 0, 0],
};

/** Tuning of what is not modelled (buffers, timeouts, caches of files, compression that no client here asks for). */
const tuning: readonly (readonly [pattern: RegExp, contexts: string])[] = [
  [
    /^(?:worker_rlimit_nofile|worker_rlimit_core|worker_cpu_affinity|worker_priority|worker_shutdown_timeout|pcre_jit|thread_pool|timer_resolution|load_module|env|lock_file|working_directory)$/,
    'M',
  ],
  [/^(?:multi_accept|use|accept_mutex|accept_mutex_delay)$/, 'E'],
  [
    /^(?:sendfile|sendfile_max_chunk|aio|directio|tcp_nopush|tcp_nodelay|keepalive_timeout|keepalive_requests|client_(?:body|header|max)_\w+|send_timeout|reset_timedout_connection|large_client_header_buffers|types_hash_(?:max|bucket)_size|server_names_hash_(?:max|bucket)_size|variables_hash_\w+|map_hash_\w+|gzip(?:_\w+)?|open_file_cache\w*|output_buffers|postpone_output|log_not_found|log_subrequest|charset|charset_types|etag|chunked_transfer_encoding|underscores_in_headers|ignore_invalid_headers|merge_slashes|resolver|resolver_timeout|expires|if_modified_since|max_ranges|msie_padding|proxy_(?:http_version|buffering|buffers|buffer_size|busy_buffers_size|connect_timeout|read_timeout|send_timeout|request_buffering|redirect|cache_bypass|max_temp_file_size|next_upstream|next_upstream_\w+|hide_header|pass_header|pass_request_\w+|socket_keepalive|headers_hash_\w+)|server_name_in_redirect|port_in_redirect|absolute_redirect|recursive_error_pages|default|http2|ssl_protocols|ssl_ciphers|ssl_prefer_server_ciphers|ssl_session_\w+)$/,
    'HSL',
  ],
  [/^(?:keepalive|keepalive_\w+|least_conn|zone)$/, 'U'],
];

/** Directives of nginx that would change what is answered, and are not simulated. */
const unsimulated =
  /^(?:if|rewrite|set|map|geo|split_clients|allow|deny|satisfy|auth_\w+|limit_\w+|fastcgi_\w+|uwsgi_\w+|scgi_\w+|grpc_\w+|memcached_\w+|ssl_\w+|stream|mail|stub_status|sub_filter\w*|proxy_\w+|real_ip_\w+|set_real_ip_from|secure_link\w*|dav_\w+|mirror|perl\w*|js_\w+|image_filter\w*|random_index|ip_hash|hash|random|break|rewrite_log|uninitialized_variable_warn|userid\w*|valid_referers|addition_\w+|add_before_body|add_after_body|autoindex_\w+|limit_except|disable_symlinks|slice|ssi\w*|xslt_\w+|http3\w*|quic_\w+|gunzip|mp4|flv|opentracing\w*|otel\w*)$/;

const letters: { readonly [context: string]: string } = {
  main: 'M',
  events: 'E',
  http: 'H',
  server: 'S',
  location: 'L',
  upstream: 'U',
};

const onOff = new Set([
  'autoindex',
  'daemon',
  'sendfile',
  'tcp_nopush',
  'tcp_nodelay',
  'gzip',
  'etag',
  'master_process',
]);
const single = new Set([
  'root',
  'alias',
  'user',
  'pid',
  'worker_processes',
  'autoindex',
  'default_type',
  'daemon',
  'events',
  'http',
]);

/** What is wrong with the directives of a block, in nginx's words; undefined when nothing is. */
export function checkBlock(
  directives: readonly Directive[],
  context: keyof typeof letters & string,
): Mistake | undefined {
  const seen = new Set<string>();
  for (const each of directives) {
    const wrong = checkOne(each, context, seen);
    if (wrong !== undefined) return { mistake: `${wrong} in ${each.file}:${each.line}` };
  }
  return undefined;
}

function checkOne({ name, args, block }: Directive, context: string, seen: Set<string>): string | undefined {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  const letter = letters[context] ?? '';
  if (!rule) {
    const tuned = tuning.find(([pattern]) => pattern.test(name));
    if (tuned) {
      if (!tuned[1].includes(letter)) return `"${name}" directive is not allowed here`;
      if (args.length === 0) return `invalid number of arguments in "${name}" directive`;
      return flagMistake(name, args);
    }
    return unsimulated.test(name) ? `drydock: directive "${name}" is not simulated` : `unknown directive "${name}"`;
  }
  const [contexts, least, most, needsBlock] = rule;
  if (!contexts.includes(letter)) return `"${name}" directive is not allowed here`;
  const opens = needsBlock ?? (name === 'server' && context === 'http');
  if (opens && !block) return `directive "${name}" has no opening "{"`;
  if (!opens && block) return `directive "${name}" is not terminated by ";"`;
  const fewest = name === 'server' && context === 'upstream' ? 1 : least;
  if (args.length < fewest || args.length > (name === 'server' && context === 'http' ? 0 : most)) {
    return `invalid number of arguments in "${name}" directive`;
  }
  if (single.has(name)) {
    if (seen.has(name)) return `"${name}" directive is duplicate`;
    seen.add(name);
  }
  return flagMistake(name, args);
}

function flagMistake(name: string, [value = '']: readonly string[]): string | undefined {
  if (!onOff.has(name) || /^(?:on|off)$/i.test(value)) return undefined;
  return `invalid value "${value}" in "${name}" directive, it must be "on" or "off"`;
}
