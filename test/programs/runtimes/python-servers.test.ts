import { expect, test } from 'vitest';
import { inProject } from '../tools/project.ts';

test('http.server with a handler of the learner answers, logs and refuses as CPython', () => {
  const { stdout } = inProject(
    'python:3.13-alpine',
    {
      'app.py': `from http.server import BaseHTTPRequestHandler, HTTPServer
import json
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path != '/json':
            self.send_error(404, 'Nope')
            return
        body = json.dumps({'ok': True, 'agent': self.headers.get('user-agent')}).encode()
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_POST(self):
        data = self.rfile.read(int(self.headers['Content-Length']))
        self.send_response(201)
        self.end_headers()
        self.wfile.write(data.upper())
    def log_message(self, format, *args):
        print('log', format % args, flush=True)
HTTPServer(('', 8000), Handler).serve_forever()
`,
    },
    'python app.py & sleep 1; wget -qO- -U me http://127.0.0.1:8000/json; echo; wget -qO- --post-data abc http://127.0.0.1:8000/; echo; wget -qO- http://127.0.0.1:8000/x 2>&1; wget -qSO- http://127.0.0.1:8000/json 2>&1 | grep -c Server:; kill %1',
  );
  expect(stdout).toBe(`log "GET /json HTTP/1.1" 200 -
{"ok": true, "agent": "me"}
log "POST / HTTP/1.1" 201 -
ABC
log code 404, message Nope
log "GET /x HTTP/1.1" 404 -
wget: server returned error: HTTP/1.0 404 Nope
log "GET /json HTTP/1.1" 200 -
1
`);
});

test('unittest tells what failed, and its time', () => {
  const { stdout, code } = inProject(
    'python:3.11-alpine',
    {
      'app.py': `import unittest
class Adding(unittest.TestCase):
    def setUp(self):
        self.two = 2
    def test_right(self):
        self.assertEqual(1 + 1, self.two)
    def test_wrong(self):
        self.assertEqual(1 + 2, self.two)
    def test_raises(self):
        with self.assertRaises(ZeroDivisionError):
            1 / 0
    @unittest.skip('later')
    def test_later(self):
        pass
if __name__ == '__main__':
    unittest.main()
`,
    },
    'python app.py 2>&1',
  );
  expect(code).toBe(1);
  expect(stdout.replace(/\d\.\d{3}s/, 'T')).toBe(`s..F
======================================================================
FAIL: test_wrong (__main__.Adding.test_wrong)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/app/app.py", line 8, in test_wrong
    self.assertEqual(1 + 2, self.two)
AssertionError: 3 != 2

----------------------------------------------------------------------
Ran 4 tests in T

FAILED (failures=1, skipped=1)
`);
});
