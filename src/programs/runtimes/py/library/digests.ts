/** hashlib, hmac, base64, binascii, secrets and uuid in Python, for the reader: over the functions of _digests. */
export const hashlibSource = `import _digests
algorithms_guaranteed = {'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'}
algorithms_available = algorithms_guaranteed
class _Hash:
    def __init__(self, name, data):
        self.name, self._data = name, b''
        self.digest_size = {'md5': 16, 'sha1': 20, 'sha224': 28, 'sha256': 32, 'sha384': 48, 'sha512': 64}[name]
        self.block_size = 128 if name in ('sha384', 'sha512') else 64
        self.update(data)
    def update(self, data):
        if isinstance(data, str):
            raise TypeError('Strings must be encoded before hashing')
        self._data = self._data + data
    def hexdigest(self):
        return _digests.hex(self.name, self._data)
    def digest(self):
        return bytes.fromhex(self.hexdigest())
    def copy(self):
        return _Hash(self.name, self._data)
    def __repr__(self):
        return f'<{self.name} _hashlib.HASH object @ {hex(id(self))}>'
def new(name, data=b'', usedforsecurity=True):
    if name.lower() not in algorithms_guaranteed:
        raise ValueError('unsupported hash type ' + name)
    return _Hash(name.lower(), data)
def md5(data=b'', usedforsecurity=True):
    return _Hash('md5', data)
def sha1(data=b'', usedforsecurity=True):
    return _Hash('sha1', data)
def sha224(data=b'', usedforsecurity=True):
    return _Hash('sha224', data)
def sha256(data=b'', usedforsecurity=True):
    return _Hash('sha256', data)
def sha384(data=b'', usedforsecurity=True):
    return _Hash('sha384', data)
def sha512(data=b'', usedforsecurity=True):
    return _Hash('sha512', data)
`;

export const hmacSource = `import hashlib as _hashlib
class HMAC:
    def __init__(self, key, msg, digestmod):
        self._made = (lambda data=b'': _hashlib.new(digestmod, data)) if isinstance(digestmod, str) else digestmod
        inner = self._made()
        if len(key) > inner.block_size:
            key = self._made(key).digest()
        key = list(key) + [0] * (inner.block_size - len(key))
        self._outer = bytes([one ^ 0x5c for one in key])
        inner.update(bytes([one ^ 0x36 for one in key]))
        self._inner, self.digest_size, self.name = inner, inner.digest_size, 'hmac-' + inner.name
        if msg is not None:
            self.update(msg)
    def update(self, msg):
        self._inner.update(msg)
    def digest(self):
        return self._made(self._outer + self._inner.digest()).digest()
    def hexdigest(self):
        return self.digest().hex()
def new(key, msg=None, digestmod=''):
    if not digestmod:
        raise TypeError("Missing required argument 'digestmod'.")
    return HMAC(key, msg, digestmod)
def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()
def compare_digest(a, b):
    return a == b
`;

export const binasciiSource = `import _digests
class Error(ValueError):
    __module__ = 'binascii'
def hexlify(data):
    return data.hex().encode()
def unhexlify(text):
    return bytes.fromhex(text if isinstance(text, str) else text.decode())
b2a_hex, a2b_hex = hexlify, unhexlify
def crc32(data):
    return _digests.crc32(data)
def b2a_base64(data, newline=True):
    return _digests.to_base64(data) + (bytes([10]) if newline else b'')
def a2b_base64(data):
    text = data if isinstance(data, str) else data.decode()
    kept = [c for c in text if c.isalnum() or c in '+/']
    made = _digests.from_base64(data)
    if made is None:
        raise Error(f'Invalid base64-encoded string: number of data characters ({len(kept)}) cannot be 1 more than a multiple of 4')
    if (len(kept) + text.count('=')) % 4:
        raise Error('Incorrect padding')
    return made
`;

export const base64Source = `import binascii as _binascii
def b64encode(data, altchars=None):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    made = _binascii.b2a_base64(data, newline=False)
    return made if altchars is None else made.replace(b'+', altchars[0:1]).replace(b'/', altchars[1:2])
def b64decode(data, altchars=None, validate=False):
    if isinstance(data, str):
        data = data.encode()
    if altchars is not None:
        data = data.replace(altchars[0:1], b'+').replace(altchars[1:2], b'/')
    if validate and [one for one in data.decode('latin-1') if not (one.isascii() and one.isalnum()) and one not in '+/=']:
        raise _binascii.Error('Only base64 data is allowed')
    return _binascii.a2b_base64(data)
def urlsafe_b64encode(data):
    return b64encode(data, b'-_')
def urlsafe_b64decode(data):
    return b64decode(data, b'-_')
standard_b64encode, standard_b64decode = b64encode, b64decode
def b16encode(data):
    return data.hex().upper().encode()
def b16decode(text):
    return bytes.fromhex(text if isinstance(text, str) else text.decode())
`;

export const secretsSource = `import _digests
from hmac import compare_digest
def token_bytes(nbytes=None):
    return _digests.random(32 if nbytes is None else nbytes)
def token_hex(nbytes=None):
    return token_bytes(nbytes).hex()
def token_urlsafe(nbytes=None):
    import base64
    return base64.urlsafe_b64encode(token_bytes(nbytes)).decode().rstrip('=')
def choice(items):
    return items[randbelow(len(items))]
def randbelow(limit):
    if limit <= 0:
        raise ValueError('Upper bound must be positive.')
    return int.from_bytes(token_bytes(), 'big') % limit
`;

export const uuidSource = `import _digests
class UUID:
    def __init__(self, hex=None, *, bytes=None, int=None, version=None):
        if bytes is not None:
            hex = bytes.hex()
        elif int is not None:
            hex = f'{int:032x}'
        self.hex = hex.replace('urn:', '').replace('uuid:', '').strip('{}').replace('-', '').lower()
        if len(self.hex) != 32:
            raise ValueError('badly formed hexadecimal UUID string')
        if version is not None:
            self.hex = self.hex[:12] + str(version) + self.hex[13:16] + '89ab'[_number(self.hex[16]) & 3] + self.hex[17:]
    @property
    def int(self):
        return _number(self.hex)
    @property
    def bytes(self):
        return _bytes(self.hex)
    @property
    def version(self):
        return _number(self.hex[12])
    @property
    def urn(self):
        return 'urn:uuid:' + str(self)
    def __str__(self):
        h = self.hex
        return f'{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}'
    def __repr__(self):
        return f'UUID({str(self)!r})'
    def __eq__(self, other):
        return isinstance(other, UUID) and self.hex == other.hex
    def __lt__(self, other):
        return self.hex < other.hex
    def __hash__(self):
        return hash(self.hex)
def _number(text):
    return int(text, 16)
def _bytes(text):
    return bytes.fromhex(text)
def uuid4():
    return UUID(bytes=_digests.random(16), version=4)
def _named(name, namespace, text, version):
    return UUID(hex=_digests.hex(name, namespace.bytes + text.encode())[:32], version=version)
def uuid3(namespace, name):
    return _named('md5', namespace, name, 3)
def uuid5(namespace, name):
    return _named('sha1', namespace, name, 5)
NAMESPACE_DNS = UUID('6ba7b810-9dad-11d1-80b4-00c04fd430c8')
NAMESPACE_URL = UUID('6ba7b811-9dad-11d1-80b4-00c04fd430c8')
`;
