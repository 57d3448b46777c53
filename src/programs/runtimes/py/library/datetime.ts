/** The module datetime in Python, for the reader: naive times and those with a fixed offset, with the words of CPython 3.11. */
export const datetimeSource = `import time as _time
import re as _re
MINYEAR = 1
MAXYEAR = 9999
_DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
_FULL = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
def _leap(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
def _month_days(y, m):
    return 29 if m == 2 and _leap(y) else [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1]
def _ordinal(y, m, d):
    before = y - 1
    return before * 365 + before // 4 - before // 100 + before // 400 + sum([_month_days(y, one) for one in range(1, m)]) + d
def _from_ordinal(n):
    y = (n * 400) // 146097 + 1
    while _ordinal(y, 1, 1) > n:
        y -= 1
    m = 12
    while _ordinal(y, m, 1) > n:
        m -= 1
    return y, m, n - _ordinal(y, m, 1) + 1
class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        whole = ((weeks * 7 + days) * 86400 + hours * 3600 + minutes * 60 + seconds) * 1000000 + milliseconds * 1000 + microseconds
        self._us = round(whole)
    @property
    def days(self):
        return self._us // 86400000000
    @property
    def seconds(self):
        return self._us // 1000000 % 86400
    @property
    def microseconds(self):
        return self._us % 1000000
    def total_seconds(self):
        return self._us / 1000000
    def __add__(self, other):
        return timedelta(microseconds=self._us + other._us) if isinstance(other, timedelta) else NotImplemented
    def __sub__(self, other):
        return timedelta(microseconds=self._us - other._us) if isinstance(other, timedelta) else NotImplemented
    def __neg__(self):
        return timedelta(microseconds=-self._us)
    def __abs__(self):
        return timedelta(microseconds=abs(self._us))
    def __mul__(self, n):
        return timedelta(microseconds=self._us * n)
    def __rmul__(self, n):
        return timedelta(microseconds=self._us * n)
    def __truediv__(self, n):
        return self._us / n._us if isinstance(n, timedelta) else timedelta(microseconds=self._us / n)
    def __floordiv__(self, n):
        return self._us // n._us if isinstance(n, timedelta) else timedelta(microseconds=self._us // n)
    def __mod__(self, n):
        return timedelta(microseconds=self._us % n._us)
    def __eq__(self, other):
        return isinstance(other, timedelta) and self._us == other._us
    def __lt__(self, other):
        return self._us < other._us
    def __le__(self, other):
        return self._us <= other._us
    def __gt__(self, other):
        return self._us > other._us
    def __ge__(self, other):
        return self._us >= other._us
    def __bool__(self):
        return self._us != 0
    def __hash__(self):
        return hash(self._us)
    def __str__(self):
        s = self.seconds
        text = f'{s // 3600}:{s // 60 % 60:02d}:{s % 60:02d}'
        if self.days:
            text = f"{self.days} day{'' if abs(self.days) == 1 else 's'}, {text}"
        return text + (f'.{self.microseconds:06d}' if self.microseconds else '')
    def __repr__(self):
        parts = [f'{name}={value}' for name, value in [('days', self.days), ('seconds', self.seconds), ('microseconds', self.microseconds)] if value]
        return f"datetime.timedelta({', '.join(parts) or '0'})"
class tzinfo:
    pass
class timezone(tzinfo):
    def __init__(self, offset, name=None):
        self._offset = offset
        self._name = name
    def utcoffset(self, dt):
        return self._offset
    def tzname(self, dt):
        if self._name:
            return self._name
        return 'UTC' + (_offset(self._offset) if self._offset else '')
    def __eq__(self, other):
        return isinstance(other, timezone) and self._offset == other._offset
    def __str__(self):
        return self.tzname(None)
    def __repr__(self):
        return 'datetime.timezone.utc' if not self._offset else f'datetime.timezone({self._offset!r})'
def _offset(delta):
    minutes = delta._us // 60000000
    sign = '-' if minutes < 0 else '+'
    return f'{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}'
timezone.utc = timezone(timedelta(0))
UTC = timezone.utc
class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        _check_time(hour, minute, second, microsecond)
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo = hour, minute, second, microsecond, tzinfo
    def isoformat(self):
        return f'{self.hour:02d}:{self.minute:02d}:{self.second:02d}' + (f'.{self.microsecond:06d}' if self.microsecond else '')
    def strftime(self, form):
        return datetime(1900, 1, 1, self.hour, self.minute, self.second, self.microsecond).strftime(form)
    def _key(self):
        return (self.hour, self.minute, self.second, self.microsecond)
    def __eq__(self, other):
        return isinstance(other, time) and self._key() == other._key()
    def __lt__(self, other):
        return self._key() < other._key()
    def __gt__(self, other):
        return self._key() > other._key()
    def __hash__(self):
        return hash(self._key())
    def __format__(self, form):
        return self.strftime(form) if form else str(self)
    def __str__(self):
        return self.isoformat()
    def __repr__(self):
        parts = [self.hour, self.minute] + ([self.second] if self.second or self.microsecond else []) + ([self.microsecond] if self.microsecond else [])
        return f"datetime.time({', '.join([str(one) for one in parts])})"
def _check_date(y, m, d):
    if not 1 <= y <= 9999:
        raise ValueError(f'year {y} is out of range')
    if not 1 <= m <= 12:
        raise ValueError('month must be in 1..12')
    if not 1 <= d <= _month_days(y, m):
        raise ValueError('day is out of range for month')
def _check_time(h, m, s, us):
    for value, most, name in [(h, 23, 'hour'), (m, 59, 'minute'), (s, 59, 'second'), (us, 999999, 'microsecond')]:
        if not 0 <= value <= most:
            raise ValueError(f'{name} must be in 0..{most}')
class date:
    def __init__(self, year, month, day):
        _check_date(year, month, day)
        self.year, self.month, self.day = year, month, day
    @classmethod
    def today(cls):
        now = datetime.now()
        return cls(now.year, now.month, now.day)
    @classmethod
    def fromisoformat(cls, text):
        found = _re.fullmatch(r'(\\d{4})-(\\d\\d)-(\\d\\d)', text)
        if not found:
            raise ValueError(f'Invalid isoformat string: {text!r}')
        return cls(int(found[1]), int(found[2]), int(found[3]))
    @classmethod
    def fromordinal(cls, n):
        y, m, d = _from_ordinal(n)
        return cls(y, m, d)
    @classmethod
    def fromtimestamp(cls, t):
        return datetime.fromtimestamp(t).date()
    def toordinal(self):
        return _ordinal(self.year, self.month, self.day)
    def weekday(self):
        return (self.toordinal() + 6) % 7
    def isoweekday(self):
        return self.toordinal() % 7 or 7
    def isocalendar(self):
        thursday = date.fromordinal(self.toordinal() - self.weekday() + 3)
        return (thursday.year, (thursday.toordinal() - _ordinal(thursday.year, 1, 1)) // 7 + 1, self.isoweekday())
    def timetuple(self):
        return (self.year, self.month, self.day, 0, 0, 0, self.weekday(), self.toordinal() - _ordinal(self.year, 1, 1) + 1, -1)
    def replace(self, year=None, month=None, day=None):
        return date(self.year if year is None else year, self.month if month is None else month, self.day if day is None else day)
    def isoformat(self):
        return f'{self.year:04d}-{self.month:02d}-{self.day:02d}'
    def ctime(self):
        return self.strftime('%a %b %e %H:%M:%S %Y')
    def strftime(self, form):
        return datetime(self.year, self.month, self.day).strftime(form)
    def __add__(self, delta):
        return date.fromordinal(self.toordinal() + delta.days) if isinstance(delta, timedelta) else NotImplemented
    def __radd__(self, delta):
        return self + delta
    def __sub__(self, other):
        if isinstance(other, timedelta):
            return date.fromordinal(self.toordinal() - other.days)
        return timedelta(days=self.toordinal() - other.toordinal()) if isinstance(other, date) else NotImplemented
    def _key(self):
        return (self.year, self.month, self.day)
    def __eq__(self, other):
        return type(self) == type(other) and self._key() == other._key()
    def _ordered(self, other, sign):
        if type(self) != type(other):
            raise TypeError(f"'{sign}' not supported between instances of 'datetime.{type(self).__name__}' and '{'datetime.' if isinstance(other, date) else ''}{type(other).__name__}'")
        return other._key()
    def __lt__(self, other):
        return self._key() < self._ordered(other, '<')
    def __le__(self, other):
        return self._key() <= self._ordered(other, '<=')
    def __gt__(self, other):
        return self._key() > self._ordered(other, '>')
    def __ge__(self, other):
        return self._key() >= self._ordered(other, '>=')
    def __hash__(self):
        return hash(self._key())
    def __format__(self, form):
        return self.strftime(form) if form else str(self)
    def __str__(self):
        return self.isoformat()
    def __repr__(self):
        return f'datetime.date({self.year}, {self.month}, {self.day})'
class datetime(date):
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        _check_date(year, month, day)
        _check_time(hour, minute, second, microsecond)
        self.year, self.month, self.day = year, month, day
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo = hour, minute, second, microsecond, tzinfo
    @classmethod
    def _of(cls, us, tz=None):
        days, rest = divmod(us, 86400000000)
        y, m, d = _from_ordinal(days)
        return cls(y, m, d, rest // 3600000000, rest // 60000000 % 60, rest // 1000000 % 60, rest % 1000000, tz)
    def _us(self):
        return ((self.toordinal() * 24 + self.hour) * 60 + self.minute) * 60000000 + self.second * 1000000 + self.microsecond
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_time.time(), tz)
    @classmethod
    def today(cls):
        return cls.now()
    @classmethod
    def utcnow(cls):
        return cls.now()
    @classmethod
    def fromtimestamp(cls, t, tz=None):
        shift = tz.utcoffset(None)._us if tz else 0
        return cls._of(719163 * 86400000000 + round(t * 1000000) + shift, tz)
    @classmethod
    def utcfromtimestamp(cls, t):
        return cls.fromtimestamp(t)
    @classmethod
    def combine(cls, day, at):
        return cls(day.year, day.month, day.day, at.hour, at.minute, at.second, at.microsecond, at.tzinfo)
    @classmethod
    def fromisoformat(cls, text):
        found = _re.fullmatch(r'(\\d{4})-(\\d\\d)-(\\d\\d)(?:[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,6}))?)?)?(Z|[+-]\\d\\d:\\d\\d)?', text)
        if not found:
            raise ValueError(f'Invalid isoformat string: {text!r}')
        y, m, d, h, mi, s, us, zone = found.groups()
        return cls(int(y), int(m), int(d), int(h or 0), int(mi or 0), int(s or 0), int((us or '0').ljust(6, '0')), _zone(zone) if zone else None)
    @classmethod
    def strptime(cls, text, form):
        return cls(**_parse(text, form))
    def timestamp(self):
        shift = self.tzinfo.utcoffset(self)._us if self.tzinfo else 0
        return (self._us() - 719163 * 86400000000 - shift) / 1000000
    def date(self):
        return date(self.year, self.month, self.day)
    def time(self):
        return time(self.hour, self.minute, self.second, self.microsecond)
    def utcoffset(self):
        return self.tzinfo.utcoffset(self) if self.tzinfo else None
    def tzname(self):
        return self.tzinfo.tzname(self) if self.tzinfo else None
    def astimezone(self, tz=None):
        tz = tz or timezone.utc
        shift = (self.tzinfo.utcoffset(self)._us if self.tzinfo else 0)
        return datetime._of(self._us() - shift + tz.utcoffset(self)._us, tz)
    def replace(self, **changes):
        values = {name: getattr(self, name) for name in ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond', 'tzinfo']}
        values.update(changes)
        return datetime(**values)
    def isoformat(self, sep='T', timespec='auto'):
        text = date.isoformat(self) + sep
        if timespec == 'minutes':
            text += f'{self.hour:02d}:{self.minute:02d}'
        elif timespec == 'hours':
            text += f'{self.hour:02d}'
        else:
            text += f'{self.hour:02d}:{self.minute:02d}:{self.second:02d}'
            if timespec == 'milliseconds':
                text += f'.{self.microsecond // 1000:03d}'
            elif timespec == 'microseconds' or (timespec == 'auto' and self.microsecond):
                text += f'.{self.microsecond:06d}'
        return text + (_offset(self.tzinfo.utcoffset(self)) if self.tzinfo else '')
    def strftime(self, form):
        zone = _offset(self.tzinfo.utcoffset(self)).replace(':', '') if self.tzinfo else ''
        form = form.replace('%z', zone).replace('%Z', self.tzname() or '')
        return _time._strftime(self._us() - 719163 * 86400000000, form)
    def __add__(self, delta):
        return datetime._of(self._us() + delta._us, self.tzinfo) if isinstance(delta, timedelta) else NotImplemented
    def __sub__(self, other):
        if isinstance(other, timedelta):
            return datetime._of(self._us() - other._us, self.tzinfo)
        if not isinstance(other, datetime):
            return NotImplemented
        if (self.tzinfo is None) != (other.tzinfo is None):
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return timedelta(microseconds=self._key() - other._key())
    def _key(self):
        return self._us() - (self.tzinfo.utcoffset(self)._us if self.tzinfo else 0)
    def _ordered(self, other, sign):
        if isinstance(other, datetime) and (self.tzinfo is None) != (other.tzinfo is None):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return date._ordered(self, other, sign)
    def __str__(self):
        return self.isoformat(' ')
    def __repr__(self):
        parts = [self.year, self.month, self.day, self.hour, self.minute]
        if self.second or self.microsecond:
            parts.append(self.second)
        if self.microsecond:
            parts.append(self.microsecond)
        return f"datetime.datetime({', '.join([str(one) for one in parts])}{'' if self.tzinfo is None else f', tzinfo={self.tzinfo!r}'})"
date.min, date.max = date(1, 1, 1), date(9999, 12, 31)
datetime.min, datetime.max = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999)
def _zone(text):
    if text == 'Z':
        return timezone.utc
    digits = text[1:].replace(':', '')
    minutes = int(digits[:2]) * 60 + int(digits[2:4])
    return timezone(timedelta(minutes=-minutes if text[0] == '-' else minutes))
_PATTERNS = {'Y': ('year', r'\\d{4}'), 'm': ('month', r'\\d{1,2}'), 'd': ('day', r'\\d{1,2}'), 'H': ('hour', r'\\d{1,2}'), 'I': ('half', r'\\d{1,2}'), 'M': ('minute', r'\\d{1,2}'), 'S': ('second', r'\\d{1,2}'), 'f': ('microsecond', r'\\d{1,6}'), 'y': ('short', r'\\d\\d'), 'b': ('name', r'[A-Za-z]+'), 'B': ('fullname', r'[A-Za-z]+'), 'a': ('weekday', r'[A-Za-z]+'), 'A': ('weekday', r'[A-Za-z]+'), 'p': ('noon', r'[AaPp][Mm]'), 'z': ('zone', r'Z|[+-]\\d\\d:?\\d\\d')}
def _parse(text, form):
    pattern = ''
    order = []
    i = 0
    while i < len(form):
        letter = form[i]
        if letter == '%':
            i += 1
            if form[i] == '%':
                pattern += '%'
            elif form[i] not in _PATTERNS:
                raise NotImplementedError(f'drydock does not read %{form[i]} in strptime')
            else:
                name, part = _PATTERNS[form[i]]
                order.append(name)
                pattern += f'({part})'
        elif letter == ' ':
            pattern += r'\\s+'
        else:
            pattern += _re.escape(letter)
        i += 1
    found = _re.match(pattern, text)
    if not found:
        raise ValueError(f'time data {text!r} does not match format {form!r}')
    if found.end() != len(text):
        raise ValueError(f'unconverted data remains: {text[found.end():]}')
    values = {'year': 1900, 'month': 1, 'day': 1}
    half = noon = None
    for name, part in zip(order, found.groups()):
        if name == 'short':
            values['year'] = int(part) + (1900 if int(part) >= 69 else 2000)
        elif name == 'name' or name == 'fullname':
            known = [one.lower() for one in (_MONTHS if name == 'name' else _FULL)]
            if part.lower() not in known:
                raise ValueError(f'time data {text!r} does not match format {form!r}')
            values['month'] = known.index(part.lower()) + 1
        elif name == 'half':
            half = int(part)
        elif name == 'noon':
            noon = part.lower()
        elif name == 'microsecond':
            values[name] = int(part.ljust(6, '0'))
        elif name == 'zone':
            values['tzinfo'] = _zone(part)
        elif name != 'weekday':
            values[name] = int(part)
            most = {'month': 12, 'day': 31, 'hour': 23, 'minute': 59, 'second': 61}
            if name in most and values[name] > most[name]:
                raise ValueError(f'time data {text!r} does not match format {form!r}')
    if half is not None:
        values['hour'] = half % 12 + (12 if noon == 'pm' else 0)
    return values
`;
