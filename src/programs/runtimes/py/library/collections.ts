/** What the module collections has in Python, for the reader (Counter, defaultdict and OrderedDict are built in). */
export const collectionsSource = `class deque:
    def __init__(self, items=(), maxlen=None):
        self._items = []
        self.maxlen = maxlen
        for one in items:
            self.append(one)
    def append(self, one):
        self._items.append(one)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            self._items.pop(0)
    def appendleft(self, one):
        self._items.insert(0, one)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            self._items.pop()
    def pop(self):
        if not self._items:
            raise IndexError('pop from an empty deque')
        return self._items.pop()
    def popleft(self):
        if not self._items:
            raise IndexError('pop from an empty deque')
        return self._items.pop(0)
    def extend(self, items):
        for one in items:
            self.append(one)
    def extendleft(self, items):
        for one in items:
            self.appendleft(one)
    def rotate(self, n=1):
        if self._items:
            n = n % len(self._items)
            self._items = self._items[len(self._items) - n:] + self._items[:len(self._items) - n]
    def clear(self):
        self._items.clear()
    def copy(self):
        return deque(self._items, self.maxlen)
    def count(self, one):
        return self._items.count(one)
    def index(self, one):
        if one not in self._items:
            raise ValueError(f'{one!r} is not in deque')
        return self._items.index(one)
    def insert(self, i, one):
        self._items.insert(i, one)
    def remove(self, one):
        if one not in self._items:
            raise ValueError('deque.remove(x): x not in deque')
        self._items.remove(one)
    def reverse(self):
        self._items.reverse()
    def __len__(self):
        return len(self._items)
    def __iter__(self):
        return iter(self._items)
    def __contains__(self, one):
        return one in self._items
    def __getitem__(self, i):
        if i >= len(self._items) or i < -len(self._items):
            raise IndexError('deque index out of range')
        return self._items[i]
    def __setitem__(self, i, one):
        self._items[i] = one
    def __eq__(self, other):
        return isinstance(other, deque) and self._items == other._items
    def __repr__(self):
        return f'deque({self._items!r})' if self.maxlen is None else f'deque({self._items!r}, maxlen={self.maxlen})'
class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]
    def __getitem__(self, key):
        for one in self.maps:
            if key in one:
                return one[key]
        raise KeyError(key)
    def get(self, key, default=None):
        return self[key] if key in self else default
    def __contains__(self, key):
        return any([key in one for one in self.maps])
    def __setitem__(self, key, value):
        self.maps[0][key] = value
    def __iter__(self):
        seen = {}
        for one in reversed(self.maps):
            seen.update(one)
        return iter(seen)
    def __len__(self):
        return len([key for key in self])
    def new_child(self, m=None):
        return ChainMap({} if m is None else m, *self.maps)
    def __repr__(self):
        return f"ChainMap({', '.join([repr(one) for one in self.maps])})"
def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    names = field_names.replace(',', ' ').split() if isinstance(field_names, str) else list(field_names)
    given = list(defaults or [])
    return _named(typename, names, dict(zip(names[len(names) - len(given):], given)), None)
def _named(label, names, defaults, base):
    class made(_NamedTuple):
        pass
    made._label = label
    made._fields = tuple(names)
    made._field_defaults = defaults
    made.__match_args__ = tuple(names)
    made.__name__ = label
    return made
class _NamedTuple:
    def __init__(self, *args, **kwargs):
        cls = type(self)
        names = cls._fields
        values = dict(cls._field_defaults)
        if len(args) > len(names):
            raise TypeError(f"{cls._label}.__new__() takes {len(names) + 1} positional arguments but {len(args) + 1} were given")
        for name, value in zip(names, args):
            values[name] = value
        for name, value in kwargs.items():
            if name not in names:
                raise TypeError(f"{cls._label}.__new__() got an unexpected keyword argument '{name}'")
            values[name] = value
        left = [name for name in names if name not in values]
        if left:
            shown = [repr(one) for one in left]
            words = shown[0] if len(left) == 1 else (', '.join(shown[:-1]) + (',' if len(left) > 2 else '') + ' and ' + shown[-1])
            raise TypeError(f"{cls._label}.__new__() missing {len(left)} required positional argument{'s' if len(left) > 1 else ''}: {words}")
        for name in names:
            self.__dict_set__(name, values[name])
    def __dict_set__(self, name, value):
        object.__setattr__(self, name, value)
    def __setattr__(self, name, value):
        raise AttributeError("can't set attribute" if name in type(self)._fields else f"'{type(self)._label}' object has no attribute '{name}'")
    def _tuple(self):
        return tuple([getattr(self, name) for name in type(self)._fields])
    def __iter__(self):
        return iter(self._tuple())
    def __len__(self):
        return len(type(self)._fields)
    def __getitem__(self, i):
        return self._tuple()[i]
    def __contains__(self, one):
        return one in self._tuple()
    def __eq__(self, other):
        return tuple(other) == self._tuple() if isinstance(other, (tuple, _NamedTuple)) else False
    def __lt__(self, other):
        return self._tuple() < tuple(other)
    def __gt__(self, other):
        return self._tuple() > tuple(other)
    def __hash__(self):
        return hash(self._tuple())
    def __add__(self, other):
        return self._tuple() + tuple(other)
    def index(self, one):
        return self._tuple().index(one)
    def count(self, one):
        return self._tuple().count(one)
    def _asdict(self):
        return dict(zip(type(self)._fields, self._tuple()))
    def _replace(self, **kwargs):
        values = self._asdict()
        values.update(kwargs)
        return type(self)(**values)
    @classmethod
    def _make(cls, items):
        return cls(*items)
    def __repr__(self):
        return f"{type(self)._label}({', '.join([f'{name}={getattr(self, name)!r}' for name in type(self)._fields])})"
`;
