import { beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../../src/kernel/state.ts';
import { parseConfig } from '../../../src/programs/servers/nginx/syntax.ts';
import { Sandbox } from '../../support/sandbox.ts';

let pulled: World;

beforeAll(() => {
  const sandbox = new Sandbox();
  sandbox.docker('pull', '-q', 'nginx');
  pulled = sandbox.world;
});

/** The time, the process and the version taken out. */
const plain = (text: string) =>
  text
    .replace(/\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/g, 'TIME')
    .replace(/\d+#\d+/g, 'PID')
    .replace(/nginx\/\d[\d.]*/g, 'nginx/V')
    .replace(/\r\n/g, '\n');

describe('the official image', () => {
  it('serves its page through a published port, logs, and stops gracefully', () => {
    const sandbox = new Sandbox(pulled);
    sandbox.docker('run', '-d', '--name', 'web', '-p', '8080:80', 'nginx');
    sandbox.pass(1);
    const page = sandbox.shell(
      'curl -s -o /dev/null -w "%{http_code} %{content_type}\\n" localhost:8080; curl -s localhost:8080/nope',
    );
    expect(plain(page.stdout)).toBe(`200 text/html
<html>
<head><title>404 Not Found</title></head>
<body>
<center><h1>404 Not Found</h1></center>
<hr><center>nginx/V</center>
</body>
</html>
`);
    expect(sandbox.docker('top', 'web').stdout).toMatch(
      /nginx: master process nginx -g daemon off;\n.* 101|nginx: worker process/s,
    );
    expect(sandbox.docker('stop', 'web').code).toBe(0);
    const { stdout, stderr } = sandbox.docker('logs', 'web');
    expect(stdout).toContain('/docker-entrypoint.sh: Configuration complete; ready for start up\n');
    expect(stdout).toMatch(
      / - - \[\d\d\/\w{3}\/\d{4}:[\d:]+ \+0000\] "GET \/ HTTP\/1\.1" 200 \d+ "-" "curl\/\S+" "-"\n/,
    );
    expect(plain(stderr)).toMatch(
      /^TIME \[notice\] PID: using the "epoll" event method\nTIME \[notice\] PID: nginx\/V\n/,
    );
    expect(plain(stderr)).toMatch(/\[notice\] PID: gracefully shutting down\n/);
    expect(plain(stderr)).toMatch(/TIME \[notice\] PID: exit\n$/);
    expect(sandbox.docker('inspect', '-f', '{{.State.ExitCode}}', 'web').stdout).toBe('0\n');
  });

  // recorded from nginx 1.26.3
  it.each([
    ['events{}\nhttp{\nserver{\nlisten 80\nserver_name x;\n}}', 'invalid parameter "server_name" in /bad.conf:5'],
    ['events{}\nhttp{\nserver{\nlistne 80;\n}}', 'unknown directive "listne" in /bad.conf:4'],
    ['events{}\nhttp{\nserver{\nlisten 80;\n}\n', 'unexpected end of file, expecting "}" in /bad.conf:5'],
    ['events{}\nhttp{\nserver{\nlisten 80;\n}}\n}', 'unexpected "}" in /bad.conf:6'],
    ['events{}\nlisten 80;', '"listen" directive is not allowed here in /bad.conf:2'],
    [
      'events{}\nhttp{\ninclude /nope.conf;\n}',
      'open() "/nope.conf" failed (2: No such file or directory) in /bad.conf:3',
    ],
    ['events{}\nhttp{\nserver{ listen abc:x; }}', 'invalid port in "abc:x" of the "listen" directive in /bad.conf:3'],
    ['events{}\nhttp{\nserver{ listen 80; root; }}', 'invalid number of arguments in "root" directive in /bad.conf:3'],
    ['events{}\nhttp{\nserver{ listen 80; location / { proxy_pass foo; } }}', 'invalid URL prefix in /bad.conf:3'],
    [
      'events{}\nhttp{\nserver{ location / { proxy_pass http://nohost; } }}',
      'host not found in upstream "nohost" in /bad.conf:3',
    ],
    ['events{}\nhttp{\nserver{ location /a {} location /a {} }}', 'duplicate location "/a" in /bad.conf:3'],
    ['events{}\nuser nobodyx;\nhttp{}', 'getpwnam("nobodyx") failed in /bad.conf:2'],
    ['events{}\nhttp{\nserver{ root /a; root /b; }}', '"root" directive is duplicate in /bad.conf:3'],
    [
      'events{}\nhttp{\nserver{ location / { autoindex maybe; } }}',
      'invalid value "maybe" in "autoindex" directive, it must be "on" or "off" in /bad.conf:3',
    ],
    ['events{}\nhttp{\nserver{ return $foo; }}', 'invalid return code "$foo" in /bad.conf:3'],
    ['events{}\nhttp{\nupstream b { server a:1; } }', 'host not found in upstream "a:1" in /bad.conf:3'],
    ['events{}\nhttp{\nserver{ rewrite a b; }}', 'drydock: directive "rewrite" is not simulated in /bad.conf:3'],
  ])('refuses %j', (config, message) => {
    const written = config.replaceAll('$', '\\$').replaceAll('"', '\\"');
    const { stderr, code } = new Sandbox(pulled).docker(
      'run',
      '--rm',
      '--entrypoint',
      'sh',
      'nginx',
      '-c',
      `printf '%s' "${written}" > /bad.conf; nginx -t -c /bad.conf`,
    );
    const [first = ''] = plain(stderr).split('\n');
    expect(first).toBe(`TIME [emerg] PID: ${message}`);
    expect(stderr).toMatch(/nginx: configuration file \/bad\.conf test failed\n$/);
    expect(code).toBe(1);
  });

  it('answers as its configuration says', () => {
    const sandbox = new Sandbox(pulled);
    const config = `events{} error_log stderr notice; http { include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
upstream app { server localhost:81; }
server { listen 81; return 200 'app \\$request_uri \\$http_x_name\\n'; }
server { listen 80 default_server; root /usr/share/nginx/html; add_header X-A b;
 location /ret { return 200 'hello\\n'; } location /old { return 301 https://e.com\\$request_uri; } location = /exact { return 204; }
 location /api/ { proxy_pass http://app/v1/; proxy_set_header X-Name \\$host; } location /down/ { proxy_pass http://localhost:82; }
 location ~ \\.md\\$ { return 403; } location /try { try_files \\$uri /index.html; } location /spa { try_files \\$uri =404; } } }`;
    const script = `printf '%b' "${config.replaceAll('"', '\\"').replaceAll('\\n', '\\\\n')}" > /etc/nginx/nginx.conf; exec nginx -g 'daemon off;'`;
    sandbox.docker('run', '-d', '--name', 'web', '-p', '8080:80', '--entrypoint', 'sh', 'nginx', '-c', script);
    sandbox.pass(1);
    const get = (path: string) =>
      sandbox.shell(`curl -s -o /tmp/b -w '%{http_code} ' localhost:8080${path}; cat /tmp/b`).stdout.split('\n')[0];
    expect(sandbox.docker('logs', 'web').stderr).not.toContain('[emerg]');
    expect(get('/ret')).toBe('200 hello');
    expect(get('/api/x?y=1')).toBe('200 app /v1/x?y=1 localhost');
    expect(get('/a.md')).toMatch(/^403/);
    expect(get('/try/this')).toMatch(/^200 <!DOCTYPE html>/);
    expect(get('/spa/this')).toMatch(/^404/);
    expect(get('/down/')).toMatch(/^502/);
    expect(sandbox.shell('curl -si localhost:8080/old').stdout).toMatch(
      /^HTTP\/1\.1 301 Moved Permanently\r\n[\s\S]*Connection: keep-alive\r\nLocation: https:\/\/e\.com\/old\r\nX-A: b\r\n/,
    );
    expect(plain(sandbox.docker('logs', 'web').stderr)).toContain(
      'connect() failed (111: Connection refused) while connecting to upstream, client: 172.17.0.1, server: , request: "GET /down/ HTTP/1.1", upstream: "http://127.0.0.1:82/down/", host: "localhost:8080"',
    );
  });
});

describe('the syntax', () => {
  it('has words, quotes, comments and blocks', () => {
    expect(parseConfig('a "b c" \'d\'; # no\nb { c ${d}e; }\n', 'f')).toEqual([
      { name: 'a', args: ['b c', 'd'], file: 'f', line: 1 },
      { name: 'b', args: [], file: 'f', line: 2, block: [{ name: 'c', args: ['${d}e'], file: 'f', line: 2 }] },
    ]);
  });
});
