/** pprint, tempfile, types, urllib.parse, and what json has beside its built-in functions; in Python, for the reader. */
export const jsonSource = `import json as _json
class JSONEncoder:
    def __init__(self, **options):
        self._options = options
    def default(self, o):
        raise TypeError(f'Object of type {type(o).__name__} is not JSON serializable')
    def encode(self, o):
        return _json.dumps(o, **{'default': self.default, **self._options})
class JSONDecoder:
    def __init__(self, **options):
        self._options = options
    def decode(self, s):
        return _json.loads(s, **self._options)
`;

export const pprintSource = `import sys
def _sorted(values):
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=lambda one: (type(one).__name__, str(one)))
class _Layout:
    def __init__(self, indent, width, depth, sort_dicts):
        self.step, self.width, self.depth, self.sort = indent, width, depth, sort_dicts
    def pairs(self, value):
        if not self.sort:
            return list(value.items())
        return [(key, value[key]) for key in _sorted(value.keys())]
    def line(self, value, level):
        kind = type(value)
        if kind not in (dict, list, tuple):
            return repr(value)
        open_, close = {dict: '{}', list: '[]', tuple: '()'}[kind]
        if value and self.depth is not None and level > self.depth:
            return open_ + '...' + close
        if kind is dict:
            parts = [self.line(key, level + 1) + ': ' + self.line(one, level + 1) for key, one in self.pairs(value)]
        else:
            parts = [self.line(one, level + 1) for one in value]
        return open_ + ', '.join(parts) + (',' if kind is tuple and len(parts) == 1 else '') + close
    def text(self, value, at, after, level):
        line = self.line(value, level)
        if len(line) <= self.width - at - after:
            return line
        kind = type(value)
        if kind is str and len(value.split()) > 1:
            sys._beyond('folding a long text in pprint')
        if kind not in (dict, list, tuple, set, frozenset) or not value:
            return line
        head, tail = {dict: ('{', '}'), list: ('[', ']'), tuple: ('(', ',)' if len(value) == 1 else ')'), set: ('{', '}'), frozenset: ('frozenset({', '})')}[kind]
        begin = at + (self.step if kind is not frozenset else self.step + 10)
        items = self.pairs(value) if kind is dict else _sorted(value) if kind in (set, frozenset) else list(value)
        parts = []
        for i, one in enumerate(items):
            room = after + len(tail.replace('})', ')')) if i == len(items) - 1 else 1
            if kind is dict:
                name = self.line(one[0], level + 1) + ': '
                parts.append(name + self.text(one[1], begin + len(name), room, level + 1))
            else:
                parts.append(self.text(one, begin, room, level + 1))
        return head + ' ' * (self.step - 1) + (',' + chr(10) + ' ' * begin).join(parts) + tail
def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    if compact or underscore_numbers:
        sys._beyond('compact= or underscore_numbers= of pprint')
    return _Layout(indent, width, depth, sort_dicts).text(object, 0, 0, 1)
def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    print(pformat(object, indent, width, depth, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers), file=stream or sys.stdout)
def pp(object, stream=None, **options):
    pprint(object, stream, **{'sort_dicts': False, **options})
class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True):
        self._options = {'indent': indent, 'width': width, 'depth': depth, 'compact': compact, 'sort_dicts': sort_dicts}
        self._stream = stream
    def pprint(self, object):
        pprint(object, self._stream, **self._options)
    def pformat(self, object):
        return pformat(object, **self._options)
`;

export const tempfileSource = `import os as _os, random as _random, shutil as _shutil, sys as _sys
tempdir = None
def gettempdir():
    return tempdir or _os.environ.get('TMPDIR', '/tmp')
def _name(suffix, prefix, dir):
    letters = 'abcdefghijklmnopqrstuvwxyz0123456789_'
    while True:
        path = _os.path.join(dir or gettempdir(), (prefix or 'tmp') + ''.join([_random.choice(letters) for _ in range(8)]) + (suffix or ''))
        if not _os.path.exists(path):
            return path
def mkdtemp(suffix=None, prefix=None, dir=None):
    path = _name(suffix, prefix, dir)
    _os.mkdir(path)
    return path
class TemporaryDirectory:
    def __init__(self, suffix=None, prefix=None, dir=None):
        self.name = mkdtemp(suffix, prefix, dir)
    def __enter__(self):
        return self.name
    def __exit__(self, kind, error, trace):
        self.cleanup()
    def cleanup(self):
        _shutil.rmtree(self.name, True)
class _File:
    def __init__(self, path, mode, delete):
        self.name, self._delete, self._text = path, delete, 'b' not in mode
        self._file, self.closed = open(path, 'w' if self._text else 'wb'), False
        self.write, self.writelines = self._file.write, self._file.writelines
    def seek(self, at, whence=0):
        if at != 0 or whence != 0:
            _sys._beyond('seek() to another place than the beginning')
        self._file = open(self.name, 'r' if self._text else 'rb')
        return 0
    def read(self, size=-1):
        return self._file.read(size)
    def readline(self):
        return self._file.readline()
    def readlines(self):
        return self._file.readlines()
    def flush(self):
        pass
    def close(self):
        if not self.closed:
            self.closed = True
            self._file.close()
            if self._delete:
                _os.remove(self.name)
    def __iter__(self):
        return iter(self.readlines())
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        self.close()
def NamedTemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True):
    return _File(_name(suffix, prefix, dir), mode, delete)
TemporaryFile = NamedTemporaryFile
`;

export const typesSource = `class SimpleNamespace:
    def __init__(self, **values):
        for name, one in values.items():
            setattr(self, name, one)
    def __repr__(self):
        return f"namespace({', '.join([f'{name}={one!r}' for name, one in self.__dict__.items()])})"
    def __eq__(self, other):
        return isinstance(other, SimpleNamespace) and self.__dict__ == other.__dict__
`;

export const urlSource = `from collections import namedtuple
_plain = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~'
def quote(string, safe='/', encoding=None, errors=None):
    data = string.encode() if isinstance(string, str) else string
    return ''.join([chr(one) if chr(one) in _plain or chr(one) in safe else f'%{one:02X}' for one in data])
def quote_plus(string, safe='', encoding=None, errors=None):
    return quote(string, safe + ' ').replace(' ', '+')
def unquote_to_bytes(string):
    first, *parts = string.split('%')
    data = first.encode()
    for part in parts:
        pair = part[:2]
        if len(pair) == 2 and all([c in '0123456789abcdefABCDEF' for c in pair]):
            data = data + bytes([int(pair, 16)]) + part[2:].encode()
        else:
            data = data + ('%' + part).encode()
    return data
def unquote(string, encoding='utf-8', errors='replace'):
    return unquote_to_bytes(string).decode() if '%' in string else string
def unquote_plus(string, encoding='utf-8', errors='replace'):
    return unquote(string.replace('+', ' '))
def urlencode(query, doseq=False, safe='', encoding=None, errors=None, quote_via=quote_plus):
    pairs = query.items() if hasattr(query, 'items') else query
    shown = []
    for key, value in pairs:
        values = value if doseq and isinstance(value, (list, tuple)) else [value]
        for one in values:
            shown.append(quote_via(str(key), safe) + '=' + quote_via(one if isinstance(one, bytes) else str(one), safe))
    return '&'.join(shown)
def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8', errors='replace', max_num_fields=None, separator='&'):
    pairs = []
    for part in qs.split(separator):
        key, sign, value = part.partition('=')
        if not part or not sign and not keep_blank_values:
            continue
        if value or keep_blank_values:
            pairs.append((unquote_plus(key), unquote_plus(value)))
    return pairs
def parse_qs(qs, keep_blank_values=False, **options):
    found = {}
    for key, value in parse_qsl(qs, keep_blank_values, **options):
        found.setdefault(key, []).append(value)
    return found
class _Place:
    def _host(self):
        return self.netloc.rpartition('@')[2]
    @property
    def hostname(self):
        host = self._host()
        host = host[1:].partition(']')[0] if host.startswith('[') else host.partition(':')[0]
        return host.lower() or None
    @property
    def port(self):
        text = self._host().rpartition(']')[2].partition(':')[2]
        return int(text) if text else None
    @property
    def username(self):
        return self.netloc.rpartition('@')[0].partition(':')[0] or None
    @property
    def password(self):
        return self.netloc.rpartition('@')[0].partition(':')[2] or None
    def geturl(self):
        return urlunsplit((self.scheme, self.netloc, self.path + (';' + self.params if getattr(self, 'params', '') else ''), self.query, self.fragment))
class SplitResult(_Place, namedtuple('SplitResult', 'scheme netloc path query fragment')):
    pass
class ParseResult(_Place, namedtuple('ParseResult', 'scheme netloc path params query fragment')):
    pass
def _split(url, scheme=''):
    url, _, fragment = url.partition('#')
    url, _, query = url.partition('?')
    head, sign, rest = url.partition(':')
    if sign and head[:1].isalpha() and all([c.isalnum() or c in '+-.' for c in head]):
        scheme, url = head.lower(), rest
    netloc = ''
    if url.startswith('//'):
        netloc, slash, path = url[2:].partition('/')
        url = slash + path
    return scheme, netloc, url, query, fragment
def urlsplit(url, scheme='', allow_fragments=True):
    return SplitResult(*_split(url, scheme))
def urlparse(url, scheme='', allow_fragments=True):
    scheme, netloc, path, query, fragment = _split(url, scheme)
    params = ''
    if ';' in path.rpartition('/')[2]:
        path, _, params = path.rpartition(';')
    return ParseResult(scheme, netloc, path, params, query, fragment)
def urlunsplit(parts):
    scheme, netloc, path, query, fragment = parts
    if netloc:
        path = '//' + netloc + ('/' if path and not path.startswith('/') else '') + path
    return (scheme + ':' if scheme else '') + path + ('?' + query if query else '') + ('#' + fragment if fragment else '')
def urlunparse(parts):
    scheme, netloc, path, params, query, fragment = parts
    return urlunsplit((scheme, netloc, path + (';' + params if params else ''), query, fragment))
def urljoin(base, url, allow_fragments=True):
    if not base or not url:
        return url or base
    scheme, netloc, path, query, fragment = _split(base)
    own, host, place, asked, mark = _split(url, scheme)
    if own != scheme:
        return url
    if host:
        return urlunsplit((own, host, place, asked, mark))
    if not place:
        return urlunsplit((scheme, netloc, path, asked or query, mark))
    full = place if place.startswith('/') else path.rpartition('/')[0] + '/' + place
    kept = []
    parts = full.split('/')
    for i, part in enumerate(parts):
        if part == '..':
            if len(kept) > 1:
                kept.pop()
        elif part != '.':
            kept.append(part)
        if part in ('.', '..') and i == len(parts) - 1:
            kept.append('')
    return urlunsplit((scheme, netloc, '/'.join(kept), asked, mark))
`;
