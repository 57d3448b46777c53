import { beforeEach, describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../../src/kernel/bytes.ts';
import { isErrno } from '../../../src/kernel/errno.ts';
import { fileCalls } from '../../../src/kernel/fs/sys-files.ts';
import type { Id } from '../../../src/kernel/json.ts';
import { addNat } from '../../../src/kernel/net/interfaces.ts';
import { container, type Lab, printed, run, start } from '../../kernel/net/lab.ts';
import { programLab, serveFiles } from './lab.ts';

let at: Lab;
let web: Id;
let other: Id;
const site = 'http://172.17.0.2:8080';

beforeEach(() => {
  at = programLab();
  web = container(at, '172.17.0.2/16');
  other = container(at, '172.17.0.3/16');
  serveFiles(at, web);
});

const read = (path: string) => {
  const got = fileCalls(at.m, 1).readFile(path);
  return isErrno(got) ? got.errno : decodeUtf8(got.bytes);
};
const curl = (...args: string[]) => run(at, at.host, ['host-curl', ...args], { cwd: '/w', seconds: 200 });
const wget = (...args: string[]) => run(at, other, ['wget', ...args], { cwd: '/w', seconds: 200 });

// what busybox 1.35's httpd answered to the same request, but for the dates
const answered = (first: string, ...headers: string[]) =>
  `${[first, 'Date: Fri, 02 Jan 2026 03:04:05 GMT', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;
const ofFile = (type: string, tag: string, size: number) => [
  ...(type === '' ? [] : [`Content-type: ${type}`]),
  'Accept-Ranges: bytes',
  'Last-Modified: Fri, 02 Jan 2026 03:04:05 GMT',
  `ETag: "${tag}"`,
  `Content-Length: ${size}`,
];
const page = (title: string, text: string) =>
  `<HTML><HEAD><TITLE>${title}</TITLE></HEAD>\n<BODY><H1>${title}</H1>\n${text}\n</BODY></HTML>\n`;

describe('httpd', () => {
  const ask = (request: string) => run(at, other, ['nc', '172.17.0.2', '8080'], { input: request }).out;
  it.each([
    ['GET / HTTP/1.1', `${answered('HTTP/1.1 200 OK', ...ofFile('text/html', '695735a5-c', 12))}<h1>hi</h1>\n`],
    ['GET /a.txt HTTP/1.1', `${answered('HTTP/1.1 200 OK', ...ofFile('text/plain', '695735a5-6', 6))}plain\n`],
    ['GET /a%2etxt?x=1 HTTP/1.0', `${answered('HTTP/1.1 200 OK', ...ofFile('text/plain', '695735a5-6', 6))}plain\n`],
    ['GET /b.bin HTTP/1.1', `${answered('HTTP/1.1 200 OK', ...ofFile('', '695735a5-2', 2))}\0\x01`],
    ['HEAD / HTTP/1.1', answered('HTTP/1.1 200 OK', ...ofFile('text/html', '695735a5-c', 12))],
    ['GET /sub?x=1 HTTP/1.1', answered('HTTP/1.1 302 Found', 'Content-type: text/html', 'Location: /sub/?x=1')],
    [
      'GET /sub/ HTTP/1.1',
      answered('HTTP/1.1 404 Not Found', 'Content-type: text/html') +
        page('404 Not Found', 'The requested URL was not found'),
    ],
    [
      'GET /../etc/hosts HTTP/1.1',
      answered('HTTP/1.1 400 Bad Request', 'Content-type: text/html') + page('400 Bad Request', 'Unsupported method'),
    ],
    [
      'POST / HTTP/1.1',
      answered('HTTP/1.1 501 Not Implemented', 'Content-type: text/html') +
        page('501 Not Implemented', 'The requested method is not recognized'),
    ],
    [
      'garbage',
      answered('HTTP/1.1 400 Bad Request', 'Content-type: text/html') + page('400 Bad Request', 'Unsupported method'),
    ],
  ])('answers %s', (request, answer) => {
    expect(ask(`${request}\r\n\r\n`).replace(/^(Date: .*):\d\d GMT/m, '$1:05 GMT')).toBe(answer);
  });
  it('answers with a part', () => {
    const answer = ask('GET /a.txt HTTP/1.1\r\nRange: bytes=1-2\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 206 Partial Content\r\n/);
    expect(answer).toMatch(/Content-Range: bytes 1-2\/6\r\n[\s\S]*\r\n\r\nla$/);
  });
  it('logs with -v', () => {
    const job = start(at, other, ['httpd', '-fvv', '-p', '80', '-h', '/www']);
    curl('-s', 'http://172.17.0.3/zz');
    expect(printed(at, job.err)).toMatch(
      /^\[::ffff:172\.17\.0\.1\]:\d+: url:\/zz\n\[::ffff:172\.17\.0\.1\]:\d+: response:404\n$/,
    );
  });
  it('goes to the background without -f', () => {
    expect(run(at, other, ['httpd', '-p', '81', '-h', '/www'])).toEqual({ code: 0, out: '', err: '' });
    expect(curl('-s', 'http://172.17.0.3:81/a.txt').out).toBe('plain\n');
  });
  it.each([
    [['-f', '-p', '8080'], 'httpd: bind: Address in use\n'],
    [['-f', '-h', '/nosuch'], "httpd: can't change directory to '/nosuch': No such file or directory\n"],
    [['-f', '-p', 'abc'], "httpd: bad address 'abc'\n"],
  ])('refuses %j', (args, err) => {
    expect(run(at, web, ['httpd', ...args])).toEqual({ code: 1, out: '', err });
  });
  it('encodes and decodes', () => {
    expect(run(at, web, ['httpd', '-e', 'a b<c']).out).toBe('a&#32;b&#60;c');
    expect(run(at, web, ['httpd', '-d', 'a%20b+c']).out).toBe('a b c');
  });
});

const zeros = '\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0';
const heading =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
  '                                 Dload  Upload   Total   Spent    Left  Speed\n';

describe('curl', () => {
  it.each([
    [['-s', `${site}/a.txt`], 0, 'plain\n', ''],
    [['-s', site], 0, '<h1>hi</h1>\n', ''],
    [['-s', '172.17.0.2:8080/a.txt'], 0, 'plain\n', ''],
    [['-sf', `${site}/nosuch`], 22, '', ''],
    [['-sfS', `${site}/nosuch`], 22, '', 'curl: (22) The requested URL returned error: 404\n'],
    [
      ['-f', `${site}/nosuch`],
      22,
      '',
      `${heading}${zeros}${zeros}\ncurl: (22) The requested URL returned error: 404\n`,
    ],
    [
      ['-sS', 'http://localhost:9999/'],
      7,
      '',
      "curl: (7) Failed to connect to localhost port 9999 after 0 ms: Couldn't connect to server\n",
    ],
    [['-sS', 'http://nosuch/'], 6, '', 'curl: (6) Could not resolve host: nosuch\n'],
    [['http://nosuch/'], 6, '', `${heading}${zeros}curl: (6) Could not resolve host: nosuch\n`],
    [['-s', `${site}/sub`], 0, '', ''],
    [['-sL', `${site}/sub`], 0, page('404 Not Found', 'The requested URL was not found'), ''],
    [['-s', '-o', '/dev/null', '-w', '%{http_code}\n', `${site}/a.txt`], 0, '200\n', ''],
    [['-s', '-w', '%{http_code}\n', 'http://localhost:9/'], 7, '000\n', ''],
    [
      [
        '-s',
        '-o',
        '/dev/null',
        '-w',
        '%{http_code} %{size_download} %{url_effective} %{content_type} %{method} %{num_redirects} %{remote_ip} %{remote_port} %{exitcode} %{errormsg} %{scheme} %{http_version} %{nosuch} \\t %% %x',
        `${site}/sub`,
      ],
      0,
      `302 0 ${site}/sub text/html GET 0 172.17.0.2 8080 0  HTTP 1.1  \t % %x`,
      "curl: unknown --write-out variable: 'nosuch'\n",
    ],
    [[], 2, '', "curl: try 'curl --help' or 'curl --manual' for more information\n"],
    [
      ['--nosuch'],
      2,
      '',
      "curl: option --nosuch: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
    ],
    [
      ['--max-time'],
      2,
      '',
      "curl: option --max-time: requires parameter\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
    ],
    [
      ['-m', 'abc', site],
      2,
      '',
      "curl: option -m: expected a proper numerical parameter\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
    ],
    [
      ['-sH'],
      2,
      '',
      "curl: option -sH: requires parameter\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
    ],
    [['foo://x'], 1, '', 'curl: (1) Protocol "foo" not supported or disabled in libcurl\n'],
    [['http://'], 3, '', 'curl: (3) URL using bad/illegal format or missing URL\n'],
    [['-sS', 'http://127.0.0.1:99999/'], 3, '', 'curl: (3) URL using bad/illegal format or missing URL\n'],
    [
      ['-O', `${site}/`],
      23,
      '',
      'curl: Remote file name has no length!\ncurl: (23) Failed writing received data to disk/application\n',
    ],
    [['-sS', '-o', '/nosuch/x', `${site}/a.txt`], 23, '', 'curl: (23) Failure writing output to destination\n'],
    [
      ['-sSf', `${site}/a.txt`, `${site}/nosuch`, `${site}/c.css`],
      0,
      'plain\nbody\n',
      'curl: (22) The requested URL returned error: 404\n',
    ],
    [
      ['-sS', 'https://172.17.0.2:8080/'],
      35,
      '',
      'curl: (35) OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number\n',
    ],
    [
      ['-sS', 'http://172.17.0.99/'],
      7,
      '',
      "curl: (7) Failed to connect to 172.17.0.99 port 80 after 3060 ms: Couldn't connect to server\n",
    ],
    [['-sS', '-m', '1', 'http://8.8.8.8/'], 28, '', 'curl: (28) Connection timed out after 1000 milliseconds\n'],
    [
      ['-sS', '--connect-timeout', '1', 'http://8.8.8.8/'],
      28,
      '',
      'curl: (28) Failed to connect to 8.8.8.8 port 80 after 1000 ms: Timeout was reached\n',
    ],
  ])('%j', (args, code, out, err) => {
    expect(curl(...args)).toEqual({ code, out, err });
  });

  it('shows what is said with -v', () => {
    const { err, out } = curl('-sv', '-H', 'X-A: b', '-A', 'agent', '-u', 'a:b', `${site}/a.txt`);
    expect(out).toBe('plain\n');
    const date = /Date: .*\r\n/.exec(err)?.[0] ?? '';
    expect(err).toBe(
      [
        '*   Trying 172.17.0.2:8080...\n* Connected to 172.17.0.2 (172.17.0.2) port 8080 (#0)\n',
        "* Server auth using Basic with user 'a'\n> GET /a.txt HTTP/1.1\r\n> Host: 172.17.0.2:8080\r\n",
        '> Authorization: Basic YTpi\r\n> User-Agent: agent\r\n> Accept: */*\r\n> X-A: b\r\n> \r\n',
        `< HTTP/1.1 200 OK\r\n< ${date}< Connection: close\r\n< Content-type: text/plain\r\n< Accept-Ranges: bytes\r\n`,
        '< Last-Modified: Fri, 02 Jan 2026 03:04:05 GMT\r\n< ETag: "695735a5-6"\r\n< Content-Length: 6\r\n< \r\n',
        '{ [6 bytes data]\n* Closing connection 0\n',
      ].join(''),
    );
  });

  it('posts and follows as it does', () => {
    const job = start(at, other, ['nc', '-l', '-p', '9000'], 'HTTP/1.0 200 OK\r\n\r\nhey');
    expect(curl('-s', '-d', 'a=b', '-d', 'c=d', 'http://172.17.0.3:9000/x').out).toBe('hey');
    expect(printed(at, job.out)).toBe(
      'POST /x HTTP/1.1\r\nHost: 172.17.0.3:9000\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\nContent-Length: 7\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na=b&c=d',
    );
  });

  it.each([
    ['', 52, 'curl: (52) Empty reply from server\n'],
    ['garbage\n', 1, 'curl: (1) Received HTTP/0.9 when not allowed\n'],
    [
      'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc',
      18,
      'curl: (18) transfer closed with 7 bytes remaining to read\n',
    ],
  ])('tells of a server that answers %j', (answer, code, err) => {
    start(at, other, ['nc', '-l', '-p', '9000'], answer);
    expect(curl('-sS', 'http://172.17.0.3:9000')).toEqual({ code, out: code === 18 ? 'abc' : '', err });
  });

  it('saves files, reads bodies longer than a pipe, and decodes chunks', () => {
    expect(curl('-s', '-o', 'out.txt', `${site}/big.txt`)).toEqual({ code: 0, out: '', err: '' });
    expect(read('/w/out.txt')).toBe('0123456789'.repeat(20_000));
    expect(curl('-sO', `${site}/a.txt`).code).toBe(0);
    expect(read('/w/a.txt')).toBe('plain\n');
    start(
      at,
      other,
      ['nc', '-l', '-p', '9000'],
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\n!!!\r\n0\r\n\r\n',
    );
    expect(curl('-s', 'http://172.17.0.3:9000').out).toBe('hello!!!');
  });

  it('reaches published ports, and is hung up on when nothing listens there', () => {
    const rule = { proto: 'tcp', hostIp: '0.0.0.0', bridge: 'docker0' } as const;
    addNat(at.m, at.host, { ...rule, hostPort: 80, toIp: '172.17.0.2', toPort: 8080 });
    addNat(at.m, at.host, { ...rule, hostPort: 81, toIp: '172.17.0.3', toPort: 80 });
    expect(curl('-s', 'localhost/a.txt').out).toBe('plain\n');
    expect([52, 56]).toContain(curl('-s', 'localhost:81').code);
    expect(curl('-sS', '10.0.2.15:81')).toMatchObject({ code: 7 });
  });
});

describe('wget', () => {
  const to = 'Connecting to 172.17.0.2:8080 (172.17.0.2:8080)\n';
  const bar = `100% |${'*'.repeat(32)}|`;
  it.each([
    [
      ['-O', '-', `${site}/a.txt`],
      0,
      'plain\n',
      `${to}writing to stdout\n-                    ${bar}     6  0:00:00 ETA\nwritten to stdout\n`,
    ],
    [['-qO-', site], 0, '<h1>hi</h1>\n', ''],
    [
      [site],
      0,
      '',
      `${to}saving to 'index.html'\nindex.html           ${bar}    12  0:00:00 ETA\n'index.html' saved\n`,
    ],
    [['--spider', `${site}/a.txt`], 0, '', `${to}remote file exists\n`],
    [['--spider', `${site}/nosuch`], 1, '', `${to}wget: server returned error: HTTP/1.1 404 Not Found\n`],
    [['-q', `${site}/nosuch`], 1, '', 'wget: server returned error: HTTP/1.1 404 Not Found\n'],
    [['http://nosuch/'], 1, '', "wget: bad address 'nosuch'\n"],
    [
      ['http://localhost:9/'],
      1,
      '',
      "Connecting to localhost:9 (127.0.0.1:9)\nwget: can't connect to remote host (127.0.0.1): Connection refused\n",
    ],
    [['-O', '/nosuch/x', `${site}/a.txt`], 1, '', `${to}wget: can't open '/nosuch/x': No such file or directory\n`],
    [['foo://x'], 1, '', 'wget: not an http or ftp url: foo://x\n'],
    [['http://localhost:abc/'], 1, '', "wget: bad port 'abc'\n"],
    [['-q', 'http://172.17.0.77/'], 1, '', "wget: can't connect to remote host (172.17.0.77): Host is unreachable\n"],
    [['-qT', '5', 'http://8.8.8.8/'], 1, '', 'wget: download timed out\n'],
  ])('%j', (args, code, out, err) => {
    expect(wget(...args)).toEqual({ code, out, err });
  });

  it('does not overwrite, and shows heads with -S', () => {
    expect(wget('-q', `${site}/a.txt`).code).toBe(0);
    expect(wget('-q', `${site}/a.txt`)).toEqual({ code: 1, out: '', err: "wget: can't open 'a.txt': File exists\n" });
    const { err } = wget('-SqO', '/dev/null', `${site}/a.txt`);
    expect(err).toMatch(
      /^ {2}HTTP\/1\.1 200 OK\n {2}Date: .*\n {2}Connection: close\n[\s\S]* {2}Content-Length: 6\n {2}\n$/,
    );
  });

  it('tells how it is used', () => {
    const { code, err } = wget('-z');
    expect(code).toBe(1);
    expect(err).toMatch(/^wget: unrecognized option: z\nBusyBox v1\.37\.0 .*\n\nUsage: wget \[-cqS\]/);
  });
});
