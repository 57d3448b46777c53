/** The module enum in Python, for the reader. What a class itself answers (iteration, Color(1), Color['RED']) comes from _class_ methods. */
export const enumSource = `class auto:
    pass
def unique(cls):
    seen = {}
    for name, member in cls.__members__.items():
        if member.name != name:
            seen[name] = member.name
    if seen:
        raise ValueError(f"duplicate values found in {cls!r}: {', '.join([f'{a} -> {b}' for a, b in seen.items()])}")
    return cls
class Enum:
    __members__ = {}
    def __init_subclass__(cls):
        members = {}
        for base in cls.__mro__[1:]:
            if getattr(base, '__members__', None):
                raise TypeError(f"<enum '{cls.__name__}'> cannot extend <enum '{base.__name__}'>")
        for name, value in list(cls.__dict__.items()):
            if name.startswith('_') or callable(value) or type(value).__name__ in ('property', 'staticmethod', 'classmethod'):
                continue
            if isinstance(value, auto):
                value = cls._generate_next_value_(name, 1, len(members), [one._value_ for one in members.values()])
            same = [one for one in members.values() if one._value_ == value]
            if same:
                member = same[0]
            else:
                member = object.__new__(cls)
                object.__setattr__(member, '_name_', name)
                object.__setattr__(member, '_value_', value)
                if cls.__init__ is not Enum.__init__:
                    cls.__init__(member, *(value if isinstance(value, tuple) else (value,)))
            members[name] = member
            setattr(cls, name, member)
        cls.__members__ = members
    def __init__(self, *args):
        pass
    def _generate_next_value_(name, start, count, last_values):
        return max(last_values) + 1 if last_values else start
    @classmethod
    def _class_iter_(cls):
        return iter([one for name, one in cls.__members__.items() if one._name_ == name])
    @classmethod
    def _class_len_(cls):
        return len([name for name, one in cls.__members__.items() if one._name_ == name])
    @classmethod
    def _class_getitem_(cls, name):
        if name not in cls.__members__:
            raise KeyError(name)
        return cls.__members__[name]
    @classmethod
    def _class_contains_(cls, member):
        return isinstance(member, cls) or any([one._value_ == member for one in cls.__members__.values()])
    @classmethod
    def _class_call_(cls, value):
        if isinstance(value, cls):
            return value
        for one in cls.__members__.values():
            if one._value_ == value:
                return one
        found = cls._missing_(value)
        if found is not None:
            return found
        raise ValueError(f'{value!r} is not a valid {cls.__name__}')
    @classmethod
    def _missing_(cls, value):
        return None
    @classmethod
    def _class_repr_(cls):
        return f"<enum '{cls.__name__}'>"
    @property
    def name(self):
        return self._name_
    @property
    def value(self):
        return self._value_
    def __hash__(self):
        return hash(self._name_)
    def __str__(self):
        return f'{type(self).__name__}.{self._name_}'
    def __repr__(self):
        return f'<{type(self).__name__}.{self._name_}: {self._value_!r}>'
class IntEnum(Enum):
    def __eq__(self, other):
        return self._value_ == (other._value_ if isinstance(other, Enum) else other)
    def __lt__(self, other):
        return self._value_ < int(other)
    def __le__(self, other):
        return self._value_ <= int(other)
    def __gt__(self, other):
        return self._value_ > int(other)
    def __ge__(self, other):
        return self._value_ >= int(other)
    def __add__(self, other):
        return self._value_ + int(other)
    def __radd__(self, other):
        return self._value_ + other
    def __sub__(self, other):
        return self._value_ - int(other)
    def __mul__(self, other):
        return self._value_ * other
    def __int__(self):
        return self._value_
    def __index__(self):
        return self._value_
    def __format__(self, spec):
        return format(self._value_, spec)
    def __str__(self):
        return str(self._value_)
class StrEnum(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()
    def __eq__(self, other):
        return self._value_ == (other._value_ if isinstance(other, Enum) else other)
    def __str__(self):
        return self._value_
    def __format__(self, spec):
        return format(self._value_, spec)
class Flag(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return 2 ** (max(last_values).bit_length()) if last_values else 1
    @classmethod
    def _missing_(cls, value):
        known = 0
        for one in cls.__members__.values():
            known |= one._value_
        if not isinstance(value, int) or value & ~known:
            return None
        made = object.__new__(cls)
        object.__setattr__(made, '_name_', '|'.join([one._name_ for one in cls if one._value_ & value == one._value_ and one._value_]) or None)
        object.__setattr__(made, '_value_', value)
        return made
    def __or__(self, other):
        return type(self)(self._value_ | other._value_)
    def __and__(self, other):
        return type(self)(self._value_ & other._value_)
    def __xor__(self, other):
        return type(self)(self._value_ ^ other._value_)
    def __contains__(self, other):
        return self._value_ & other._value_ == other._value_
    def __bool__(self):
        return self._value_ != 0
    def __eq__(self, other):
        return isinstance(other, Flag) and self._value_ == other._value_
    def __str__(self):
        return f'{type(self).__name__}({self._value_})' if self._name_ is None else f'{type(self).__name__}.{self._name_}'
    def __repr__(self):
        return f'<{type(self).__name__}: {self._value_}>' if self._name_ is None else f'<{type(self).__name__}.{self._name_}: {self._value_}>'
`;
