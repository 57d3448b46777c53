/** shutil, glob, tempfile, traceback and typing in Python, for the reader: what learners' scripts use of them. */
export const shutilSource = `import os as _os
class Error(OSError):
    pass
class SameFileError(Error):
    pass
def _target(src, dst):
    return _os.path.join(dst, _os.path.basename(str(src))) if _os.path.isdir(str(dst)) else str(dst)
def copyfile(src, dst):
    with open(str(src), 'rb') as file:
        data = file.read()
    with open(str(dst), 'wb') as file:
        file.write(data)
    return dst
def copy(src, dst):
    return copyfile(src, _target(src, dst))
copy2 = copy
def move(src, dst):
    target = _target(src, dst)
    _os.rename(str(src), target)
    return target
def rmtree(path, ignore_errors=False):
    path = str(path)
    if ignore_errors and not _os.path.exists(path):
        return
    for name in _os.listdir(path):
        full = _os.path.join(path, name)
        if _os.path.isdir(full):
            rmtree(full)
        else:
            _os.remove(full)
    _os.rmdir(path)
def copytree(src, dst, dirs_exist_ok=False):
    if not dirs_exist_ok or not _os.path.isdir(str(dst)):
        _os.mkdir(str(dst))
    for name in _os.listdir(str(src)):
        full = _os.path.join(str(src), name)
        if _os.path.isdir(full):
            copytree(full, _os.path.join(str(dst), name), dirs_exist_ok)
        else:
            copyfile(full, _os.path.join(str(dst), name))
    return dst
def which(name):
    for folder in [''] if '/' in name else _os.environ.get('PATH', '').split(':'):
        full = _os.path.join(folder, name)
        if _os.path.isfile(full):
            return full
    return None
`;

export const globSource = `import os as _os
import re as _re
def _pattern(part):
    text = ''
    i = 0
    while i < len(part):
        c = part[i]
        if c == '*':
            text += '.*'
        elif c == '?':
            text += '.'
        elif c == '[' and ']' in part[i:]:
            end = part.index(']', i)
            text += '[' + part[i + 1:end].replace('!', '^') + ']'
            i = end
        else:
            text += _re.escape(c)
        i += 1
    return text
def glob(pattern, recursive=False):
    found = ['/' if pattern.startswith('/') else '']
    for part in pattern.strip('/').split('/'):
        made = []
        for base in found:
            if part == '**' and recursive:
                made.append(base)
                made.extend([_os.path.join(folder, one) for folder, folders, files in _os.walk(base or '.') for one in folders])
            elif any([c in part for c in '*?[']):
                if _os.path.isdir(base or '.'):
                    made.extend([_os.path.join(base, name) for name in _os.listdir(base or '.') if _re.fullmatch(_pattern(part), name) and (part[0] == '.' or name[0] != '.')])
            elif _os.path.exists(_os.path.join(base, part)):
                made.append(_os.path.join(base, part))
        found = made
    return found
def iglob(pattern, recursive=False):
    return iter(glob(pattern, recursive))
`;

/** Beside what of os is built in. */
export const osSource = `import os as _os
def walk(top, topdown=True):
    top = str(top)
    if not _os.path.isdir(top):
        return
    folders, files = [], []
    for name in _os.listdir(top):
        (folders if _os.path.isdir(_os.path.join(top, name)) else files).append(name)
    if topdown:
        yield top, folders, files
    for name in folders:
        for one in walk(_os.path.join(top, name), topdown):
            yield one
    if not topdown:
        yield top, folders, files
linesep = chr(10)
curdir = '.'
pardir = '..'
pathsep = ':'
devnull = '/dev/null'
`;

export const tracebackSource = `import sys as _sys
def format_exc():
    return _sys._traceback(_sys.exception())
def print_exc(file=None):
    print(format_exc(), end='', file=_sys.stderr if file is None else file)
def format_exception(kind, value=None, trace=None):
    return [_sys._traceback(kind if value is None else value)]
def print_exception(kind, value=None, trace=None):
    print(_sys._traceback(kind if value is None else value), end='', file=_sys.stderr)
def format_exception_only(kind, value=None):
    return [_sys._traceback(kind if value is None else value).splitlines()[-1] + chr(10)]
`;

/** Beside what of typing is built in. */
export const typingSource = `class _Form:
    def __init__(self, name):
        self._name = name
    def __getitem__(self, key):
        return self
    def __or__(self, other):
        return self
    def __ror__(self, other):
        return self
    def __repr__(self):
        return f'typing.{self._name}'
class TypeVar:
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
    def __repr__(self):
        return '~' + self.__name__
class Generic:
    @classmethod
    def _class_getitem_(cls, key):
        return cls
class Protocol(Generic):
    pass
Literal, Final, ClassVar, Type, Set, FrozenSet, Iterable, Sequence, Mapping, MutableMapping = [_Form(name) for name in 'Literal Final ClassVar Type Set FrozenSet Iterable Sequence Mapping MutableMapping'.split()]
Generator, AsyncIterator, AsyncGenerator, Awaitable, Coroutine, Collection, Hashable, Sized, Deque, DefaultDict, Counter, NoReturn, Self, Annotated, TextIO, IO, Text, Pattern, Match = [_Form(name) for name in 'Generator AsyncIterator AsyncGenerator Awaitable Coroutine Collection Hashable Sized Deque DefaultDict Counter NoReturn Self Annotated TextIO IO Text Pattern Match'.split()]
TYPE_CHECKING = False
def cast(kind, value):
    return value
def overload(func):
    return func
def final(func):
    return func
def runtime_checkable(cls):
    return cls
def NewType(name, kind):
    return lambda value: value
from collections import _NamedTuple
class NamedTuple(_NamedTuple):
    def __init_subclass__(cls):
        if '__fields_of__' not in cls.__dict__:
            return
        names = cls.__dict__['__fields_of__']
        cls._label = cls.__name__
        cls._fields = tuple(names)
        cls.__match_args__ = tuple(names)
        cls._field_defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
class TypedDict:
    @classmethod
    def _class_call_(cls, *args, **values):
        return dict(*args, **values)
`;

/** Beside what of functools is built in. */
export const functoolsSource = `import sys as _sys
def partial(func, *args, **keywords):
    def made(*more, **others):
        return func(*args, *more, **{**keywords, **others})
    made.func, made.args, made.keywords = func, args, keywords
    return made
class _Key:
    def __init__(self, value, compare):
        self.value, self.compare = value, compare
    def __lt__(self, other):
        return self.compare(self.value, other.value) < 0
    def __eq__(self, other):
        return self.compare(self.value, other.value) == 0
def cmp_to_key(compare):
    return lambda value: _Key(value, compare)
def total_ordering(cls):
    has = cls.__dict__
    if '__lt__' in has:
        cls.__gt__ = lambda a, b: not (a < b or a == b)
        cls.__le__ = lambda a, b: a < b or a == b
        cls.__ge__ = lambda a, b: not a < b
    elif '__gt__' in has:
        cls.__lt__ = lambda a, b: not (a > b or a == b)
        cls.__ge__ = lambda a, b: a > b or a == b
        cls.__le__ = lambda a, b: not a > b
    elif '__le__' in has:
        cls.__lt__ = lambda a, b: a <= b and not a == b
        cls.__gt__ = lambda a, b: not a <= b
        cls.__ge__ = lambda a, b: not a <= b or a == b
    else:
        cls.__gt__ = lambda a, b: a >= b and not a == b
        cls.__lt__ = lambda a, b: not a >= b
        cls.__le__ = lambda a, b: not a >= b or a == b
    return cls
def cached_property(func):
    name = '_cached ' + func.__name__
    def get(self):
        if name not in self.__dict__:
            object.__setattr__(self, name, func(self))
        return self.__dict__[name]
    return property(get)
class _Info:
    def __init__(self, hits, misses, maxsize, currsize):
        self.hits, self.misses, self.maxsize, self.currsize = hits, misses, maxsize, currsize
    def __repr__(self):
        return f'CacheInfo(hits={self.hits}, misses={self.misses}, maxsize={self.maxsize}, currsize={self.currsize})'
def _cached(func, maxsize):
    kept = {}
    counts = [0, 0]
    def made(*args, **keywords):
        key = (args, tuple(keywords.items()))
        if key in kept:
            counts[0] += 1
            value = kept.pop(key)
        else:
            counts[1] += 1
            value = func(*args, **keywords)
            if maxsize is not None and len(kept) >= maxsize:
                kept.pop(next(iter(kept)))
        kept[key] = value
        return value
    def clear():
        kept.clear()
        counts[0] = counts[1] = 0
    made.__name__, made.__doc__, made.__wrapped__ = func.__name__, func.__doc__, func
    made.cache_info = lambda: _Info(counts[0], counts[1], maxsize, len(kept))
    made.cache_clear = clear
    return made
def lru_cache(maxsize=128, typed=False):
    if typed:
        _sys._beyond('typed= of functools.lru_cache')
    return _cached(maxsize, 128) if callable(maxsize) else lambda func: _cached(func, maxsize)
def cache(func):
    return _cached(func, None)
`;

/** Beside what of string is built in. */
export const stringSource = `ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
hexdigits = '0123456789abcdefABCDEF'
octdigits = '01234567'
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~"""
whitespace = ' ' + chr(9) + chr(10) + chr(13) + chr(11) + chr(12)
printable = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ' + punctuation + whitespace
def capwords(text, sep=None):
    return (sep or ' ').join([word.capitalize() for word in text.split(sep)])
import re as _re
class Template:
    def __init__(self, template):
        self.template = template
    def _fill(self, values, strict):
        def one(found):
            if found.group(0) == '$$':
                return '$'
            name = found.group(1) or found.group(2)
            if name not in values:
                if strict:
                    raise KeyError(name)
                return found.group(0)
            return str(values[name])
        return _re.sub(r'[$][$]|[$]([A-Za-z_][A-Za-z0-9_]*)|[$][{]([A-Za-z_][A-Za-z0-9_]*)[}]', one, self.template)
    def substitute(self, mapping={}, **values):
        return self._fill({**mapping, **values}, True)
    def safe_substitute(self, mapping={}, **values):
        return self._fill({**mapping, **values}, False)
`;
