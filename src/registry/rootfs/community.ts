import { projectFiles } from '../../programs/runtimes/packages/pip-place.ts';
import { normalized, pipTable } from '../../programs/runtimes/packages/tables.ts';
import type { CommunityRow } from '../community.ts';
import { accountLines } from './accounts.ts';
import { type LayerFiles, type LayerPlan, program, programs, script } from './layer.ts';

/** What `pip install` of these projects leaves, with those that they need. */
function installed({ env }: LayerPlan, names: readonly string[]): LayerFiles {
  const table = pipTable();
  const python = /^\d+\.\d+/.exec(env.get('PYTHON_VERSION') ?? '')?.[0] ?? '3.12';
  const place = { site: `/usr/local/lib/python${python}/site-packages`, bin: '/usr/local/bin' };
  const queue = names.map(normalized);
  for (const name of queue) for (const need of table[name]?.needs ?? []) if (!queue.includes(need)) queue.push(need);
  const files = queue.flatMap((name) => {
    const known = table[name];
    return projectFiles(place, known?.project ?? name, known?.version ?? 'unknown', known?.size ?? 300_000);
  });
  return {
    files: Object.fromEntries(
      files.map(({ path, text, program: runs, size }) => [
        path,
        runs === undefined ? { bytes: text, ...(size === undefined ? {} : { size }) } : program(runs),
      ]),
    ),
  };
}

const startScript = (server: string): string => `#!/bin/sh
set -e

if [ -f /app/app/main.py ]; then module=app.main; else module=main; fi
export APP_MODULE="\${APP_MODULE:-\${MODULE_NAME:-$module}:\${VARIABLE_NAME:-app}}"
before="\${PRE_START_PATH:-/app/prestart.sh}"
if [ -f "$before" ]; then . "$before"; fi

exec ${server}
`;

const copied = (instruction: string, path: string, text: string, executable = false): CommunityRow => ({
  instruction,
  size: 400,
  content: () => ({ files: { [path]: executable ? script(text) : text } }),
});

const fastApp =
  'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/")\nasync def read_root():\n    return {"message": "Hello world!"}\n';
const plainApp =
  'async def app(scope, receive, send):\n    await send({"type": "http.response.start", "status": 200, "headers": []})\n    await send({"type": "http.response.body", "body": b"Hello world!"})\n';

/** Rows of tiangolo/uvicorn-gunicorn, and of the image for FastAPI that is built on it. */
export function pythonServerRows(more: 'fastapi' | undefined): readonly CommunityRow[] {
  const rows: readonly CommunityRow[] = [
    { instruction: 'ENV PYTHONDONTWRITEBYTECODE=1' },
    { instruction: 'ENV PYTHONUNBUFFERED=1' },
    { instruction: 'LABEL maintainer=Sebastian Ramirez <tiangolo@gmail.com>' },
    copied(
      'COPY requirements.txt /tmp/requirements.txt # buildkit',
      '/tmp/requirements.txt',
      'gunicorn\nuvicorn[standard]\n',
    ),
    {
      instruction: 'RUN /bin/sh -c pip install --no-cache-dir -r /tmp/requirements.txt # buildkit',
      size: 11_000_000,
      content: (plan) => installed(plan, ['gunicorn', 'uvicorn']),
    },
    copied(
      'COPY ./start.sh /start.sh # buildkit',
      '/start.sh',
      startScript(
        'gunicorn -k "${WORKER_CLASS:-uvicorn.workers.UvicornWorker}" -c "${GUNICORN_CONF:-/gunicorn_conf.py}" "$APP_MODULE"',
      ),
      true,
    ),
    copied('COPY ./gunicorn_conf.py /gunicorn_conf.py # buildkit', '/gunicorn_conf.py', 'bind = "0.0.0.0:80"\n'),
    copied(
      'COPY ./start-reload.sh /start-reload.sh # buildkit',
      '/start-reload.sh',
      startScript('uvicorn --reload --host "${HOST:-0.0.0.0}" --port "${PORT:-80}" "$APP_MODULE"'),
      true,
    ),
    copied('COPY ./app /app # buildkit', '/app/main.py', plainApp),
    { instruction: 'WORKDIR /app/' },
    { instruction: 'ENV PYTHONPATH=/app' },
    { instruction: 'CMD ["/start.sh"]' },
  ];
  if (more === undefined) return rows;
  return [
    ...rows,
    {
      instruction: 'RUN /bin/sh -c pip install --no-cache-dir fastapi # buildkit',
      size: 5_500_000,
      content: (plan) => installed(plan, ['fastapi']),
    },
    copied('COPY ./app /app # buildkit', '/app/main.py', fastApp),
  ];
}

/** Rows of mhart/alpine-node; the slim ones have node alone. */
export function nodeRows(slim: boolean): readonly CommunityRow[] {
  const share = '/usr/local/share/yarn/bin';
  const node: CommunityRow = {
    instruction: 'COPY /usr/bin/node /usr/bin/ # buildkit',
    size: slim ? 14_000_000 : 16_000_000,
    content: () => ({ files: programs('/usr/bin/node'), bulk: ['/usr/bin/node'] }),
  };
  if (slim) return [node];
  return [
    node,
    {
      instruction: 'RUN /bin/sh -c npm install -g npm@${NPM_VERSION} # buildkit',
      size: 5_000_000,
      content: () => ({
        files: programs('/usr/bin/npm', '/usr/bin/npx'),
        bulk: ['/usr/lib/node_modules/npm/lib/npm.js'],
      }),
    },
    {
      instruction: 'RUN /bin/sh -c tar -xf yarn-${YARN_VERSION}.tar.gz -C /usr/local/share/yarn --strip 1 # buildkit',
      size: 1_250_000,
      content: () => ({
        files: {
          ...programs(`${share}/yarn`),
          [`${share}/yarnpkg`]: { link: 'yarn' },
          '/usr/local/bin/yarn': { link: `${share}/yarn` },
          '/usr/local/bin/yarnpkg': { link: `${share}/yarnpkg` },
        },
        bulk: [`${share}/yarn`],
      }),
    },
  ];
}

const curlScript = `#!/bin/sh
set -e

if [ "\${1#-}" != "$1" ] || ! command -v "$1" > /dev/null; then
    set -- curl "$@"
fi

exec "$@"
`;

/** Rows of curlimages/curl. */
export const curlRows: readonly CommunityRow[] = [
  {
    instruction: 'RUN /bin/sh -c apk add --no-cache ca-certificates brotli-libs nghttp2 libssh2 libpsl # buildkit',
    size: 1_900_000,
    content: (plan) => ({
      files: {
        ...accountLines(plan, {
          name: 'curl_user',
          uid: 100,
          gid: 101,
          home: '/home/curl_user',
          shell: '/sbin/nologin',
        }),
        '/etc/ssl/certs/ca-certificates.crt': { bytes: '', size: 219_342 },
      },
    }),
  },
  {
    instruction: 'COPY /usr/bin/curl /usr/bin/curl # buildkit',
    size: 4_700_000,
    content: () => ({ files: programs('/usr/bin/curl'), bulk: ['/usr/bin/curl'] }),
  },
  copied('COPY entrypoint.sh /entrypoint.sh # buildkit', '/entrypoint.sh', curlScript, true),
  { instruction: 'USER curl_user' },
  { instruction: 'CMD ["curl"]' },
  { instruction: 'ENTRYPOINT ["/entrypoint.sh"]' },
];
