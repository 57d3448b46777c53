/** The module dataclasses in Python, for the reader: what learners' scripts use of it, with the words of CPython 3.11. */
export const dataclassesSource = `class Field:
    def __init__(self, default, factory):
        self.default = default
        self.factory = factory
_missing = object()
def field(default=_missing, default_factory=None, repr=True, compare=True, init=True):
    return Field(default, default_factory)
class FrozenInstanceError(AttributeError):
    pass
def _describe(cls, order, frozen, repr=True):
    names = []
    for base in reversed(cls.__mro__[:-1]):
        for name in base.__dict__.get('__fields_of__', ()):
            if name not in names:
                names.append(name)
    cls.__fields_of__ = tuple(names)
    cls.__match_args__ = tuple(names)
    label = cls.__name__
    def __init__(self, *args, **kwargs):
        if len(args) > len(names):
            raise TypeError(f"{label}.__init__() takes {len(names) + 1} positional arguments but {len(args) + 1} were given")
        for i, name in enumerate(names):
            given = getattr(cls, name, _missing)
            if i < len(args):
                value = args[i]
            elif name in kwargs:
                value = kwargs.pop(name)
            elif isinstance(given, Field):
                if given.factory is not None:
                    value = given.factory()
                elif given.default is not _missing:
                    value = given.default
                else:
                    raise TypeError(f"{label}.__init__() missing 1 required positional argument: '{name}'")
            elif given is not _missing:
                value = given
            else:
                left = [one for j, one in enumerate(names) if j >= len(args) and one not in kwargs and getattr(cls, one, _missing) is _missing]
                words = repr(left[0]) if len(left) == 1 else ', '.join([repr(one) for one in left[:-1]]) + (',' if len(left) > 2 else '') + ' and ' + repr(left[-1])
                raise TypeError(f"{label}.__init__() missing {len(left)} required positional argument{'s' if len(left) > 1 else ''}: {words}")
            object.__setattr__(self, name, value)
        for name in kwargs:
            raise TypeError(f"{label}.__init__() got an unexpected keyword argument '{name}'")
        if hasattr(self, '__post_init__'):
            self.__post_init__()
    def __repr__(self):
        return f"{label}({', '.join([f'{name}={getattr(self, name)!r}' for name in names])})"
    def __eq__(self, other):
        return type(other) is type(self) and all([getattr(self, name) == getattr(other, name) for name in names])
    def __lt__(self, other):
        return tuple([getattr(self, name) for name in names]) < tuple([getattr(other, name) for name in names])
    cls.__init__ = __init__
    if '__repr__' not in cls.__dict__ and repr:
        cls.__repr__ = __repr__
    cls.__eq__ = __eq__
    cls.__hash__ = (lambda self: hash(tuple([getattr(self, name) for name in names]))) if frozen else None
    if order:
        values = lambda one: tuple([getattr(one, name) for name in names])
        cls.__lt__ = __lt__
        cls.__le__ = lambda self, other: values(self) <= values(other)
        cls.__gt__ = lambda self, other: values(self) > values(other)
        cls.__ge__ = lambda self, other: values(self) >= values(other)
    if frozen:
        def __setattr__(self, name, value):
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        cls.__setattr__ = __setattr__
    return cls
def dataclass(cls=None, order=False, frozen=False, eq=True, repr=True, slots=False, kw_only=False):
    if cls is None:
        return lambda one: _describe(one, order, frozen)
    return _describe(cls, order, frozen)
def _plain(value):
    if hasattr(value, '__fields_of__'):
        return {name: _plain(getattr(value, name)) for name in value.__fields_of__}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value
def asdict(value):
    return _plain(value)
def replace(value, **changes):
    return type(value)(**{**{name: getattr(value, name) for name in value.__fields_of__}, **changes})
def is_dataclass(value):
    return hasattr(value, '__fields_of__')
class _Shown:
    def __init__(self, name):
        self.name = name
def fields(value):
    return tuple([_Shown(name) for name in value.__fields_of__])
def astuple(value):
    return tuple([getattr(value, name) for name in value.__fields_of__])
`;
