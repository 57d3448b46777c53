/** Beside what of http.server is built in: handlers that learners write, in Python. */
export const httpServerSource = `import _requests, _waiting, sys, time
def _phrase(code, default):
    return "I'm a Teapot" if code == 418 else _requests.reason(code) or default
_texts = {400: 'Bad request syntax or unsupported method', 401: 'No permission -- see authorization schemes', 403: 'Request forbidden -- authorization will not help', 404: 'Nothing matches the given URI', 405: 'Specified method is invalid for this resource', 500: 'Server got itself in trouble', 501: 'Server does not support this operation', 503: 'The server cannot process the request due to a high load'}
class _Headers:
    def __init__(self, pairs):
        self._pairs = pairs
    def get(self, name, default=None):
        for key, value in self._pairs.items():
            if key.lower() == name.lower():
                return value
        return default
    def __getitem__(self, name):
        return self.get(name)
    def __contains__(self, name):
        return self.get(name) is not None
    def keys(self):
        return list(self._pairs.keys())
    def items(self):
        return list(self._pairs.items())
    def __str__(self):
        return ''.join([f'{key}: {value}' + chr(10) for key, value in self._pairs.items()]) + chr(10)
class _Bytes:
    def __init__(self, data=b''):
        self.data = data
    def read(self, size=-1):
        taken = self.data if size is None or size < 0 else self.data[:size]
        self.data = self.data[len(taken):]
        return taken
    def readline(self):
        at = self.data.find(bytes([10]))
        return self.read(-1 if at < 0 else at + 1)
    def write(self, data):
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        self.data = self.data + data
        return len(data)
    def flush(self):
        pass
class BaseHTTPRequestHandler:
    __module__ = 'http.server'
    protocol_version = 'HTTP/1.0'
    server_version = 'BaseHTTP/0.6'
    sys_version = 'Python/' + sys.version.split()[0]
    error_content_type = 'text/html;charset=utf-8'
    def __init__(self, request, client_address, server):
        self.client_address, self.server = client_address, server
    def send_response(self, code, message=None):
        self.log_request(code)
        self.send_response_only(code, message)
        self.send_header('Server', self.version_string())
        self.send_header('Date', self.date_time_string())
    def send_response_only(self, code, message=None):
        if message is None:
            message = _phrase(int(code), '')
        self._head = [f'{self.protocol_version} {int(code)} {message}']
    def send_header(self, keyword, value):
        self._head.append(f'{keyword}: {value}')
    def end_headers(self):
        self.wfile.write((''.join([one + chr(13) + chr(10) for one in self._head]) + chr(13) + chr(10)).encode())
        self._head = []
    def flush_headers(self):
        pass
    def send_error(self, code, message=None, explain=None):
        code = int(code)
        message = _phrase(code, '???') if message is None else message
        explain = _texts.get(code, '???') if explain is None else explain
        self.log_error('code %d, message %s', code, message)
        self.send_response(code, message)
        self.send_header('Connection', 'close')
        shown = [one.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;') for one in (message, explain)]
        body = ('<!DOCTYPE HTML>\\n<html lang="en">\\n    <head>\\n        <meta charset="utf-8">\\n        <title>Error response</title>\\n    </head>\\n    <body>\\n        <h1>Error response</h1>\\n        <p>Error code: %d</p>\\n        <p>Message: %s.</p>\\n        <p>Error code explanation: %d - %s.</p>\\n    </body>\\n</html>\\n' % (code, shown[0], code, shown[1])).encode()
        self.send_header('Content-Type', self.error_content_type)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body)
    def version_string(self):
        return self.server_version + ' ' + self.sys_version
    def date_time_string(self, timestamp=None):
        return _requests.date(time.time() if timestamp is None else timestamp)
    def log_date_time_string(self):
        return time.strftime('%d/%b/%Y %H:%M:%S')
    def address_string(self):
        return self.client_address[0]
    def log_request(self, code='-', size='-'):
        self.log_message('"%s" %s %s', self.requestline, str(int(code)) if isinstance(code, int) else code, str(size))
    def log_error(self, format, *args):
        self.log_message(format, *args)
    def log_message(self, format, *args):
        sys.stderr.write('%s - - [%s] %s' % (self.address_string(), self.log_date_time_string(), format % args) + chr(10))
    def _handle(self, method, target, version, headers, body):
        self.command, self.path, self.request_version = method, target, version
        self.requestline = f'{method} {target} {version}'
        self.headers, self.rfile, self.wfile, self._head = _Headers(headers), _Bytes(body), _Bytes(), []
        if not hasattr(self, 'do_' + method):
            self.send_error(501, f'Unsupported method ({method!r})')
        else:
            getattr(self, 'do_' + method)()
        return self.wfile.data
class HTTPServer:
    def __init__(self, server_address, RequestHandlerClass, bind_and_activate=True):
        if not bind_and_activate:
            sys._beyond('bind_and_activate= of HTTPServer')
        self.server_name, self.server_port = server_address
        self.server_address, self.RequestHandlerClass, self._waiters, self._open = tuple(server_address), RequestHandlerClass, [], True
        self._fd = _requests.listen(server_address[0], server_address[1])
    def _answer(self, method, target, version, headers, body, client):
        handler = self.RequestHandlerClass(None, client, self)
        return handler._handle(method, target, version, headers, body)
    def serve_forever(self, poll_interval=0.5):
        _requests.serve(self._fd, self.server_address[0], self.server_port, self._answer)
        _waiting.wait(self._waiters)
    def shutdown(self):
        self.server_close()
        _waiting.notify(self._waiters)
    def server_close(self):
        if self._open:
            self._open = False
            _requests.close(self._fd)
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        self.server_close()
        return False
ThreadingHTTPServer = HTTPServer
`;
