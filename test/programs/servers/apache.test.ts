import { expect, it } from 'vitest';
import { Sandbox } from '../../support/sandbox.ts';

it('serves the page of the httpd image, refuses what is not there, and stops gracefully', () => {
  const sandbox = new Sandbox();
  sandbox.docker('run', '-d', '--name', 'web', '-p', '8080:80', 'httpd');
  sandbox.pass(1);
  const page = sandbox.shell('curl -si localhost:8080; curl -s localhost:8080/nope').stdout;
  expect(page).toMatch(/^HTTP\/1\.1 200 OK\r\nDate: .*\r\nServer: Apache\/2\.4\.\d+ \(Unix\)\r\nLast-Modified: /);
  expect(page).toContain('<html><body><h1>It works!</h1></body></html>\n');
  expect(page).toContain('<p>The requested URL was not found on this server.</p>\n</body></html>\n');
  sandbox.docker('stop', 'web');
  const { stdout, stderr } = sandbox.docker('logs', 'web');
  expect(stdout).toMatch(/ - - \[[^\]]*\] "GET \/ HTTP\/1\.1" 200 45\n.* "GET \/nope HTTP\/1\.1" 404 196\n$/);
  expect(stderr).toMatch(/^AH00558: httpd: Could not reliably determine .*, using 172\.17\.0\.2\./);
  expect(stderr).toMatch(/AH00492: caught SIGWINCH, shutting down gracefully\n$/);
});

it('gosu and su-exec change the user and keep the process', () => {
  const inAlpine = (script: string) => new Sandbox().docker('run', '--rm', 'alpine', 'sh', '-c', script);
  const { stdout } = inAlpine(
    "apk add -q su-exec gosu; gosu nobody id -un; exec su-exec nobody sh -c 'id -un; echo $$'",
  );
  expect(stdout).toBe('nobody\nnobody\n1\n');
  const refused = inAlpine('apk add -q gosu; exec gosu nobodyelse true');
  expect(refused.stderr).toBe(
    'error: failed switching to "nobodyelse": unable to find user nobodyelse: no matching entries in passwd file\n',
  );
  expect(refused.code).toBe(1);
});
