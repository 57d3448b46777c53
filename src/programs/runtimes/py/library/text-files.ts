/** csv, io and configparser in Python, for the reader: what learners' scripts use of them. */
export const ioSource = `class StringIO:
    def __init__(self, initial='', newline=None):
        self._text = initial
        self._at = 0
    def write(self, text):
        self._text = self._text[:self._at] + text + self._text[self._at + len(text):]
        self._at += len(text)
        return len(text)
    def read(self, n=-1):
        end = len(self._text) if n is None or n < 0 else self._at + n
        text = self._text[self._at:end]
        self._at = min(end, len(self._text))
        return text
    def readline(self):
        at = self._text.find(chr(10), self._at)
        return self.read(-1 if at < 0 else at + 1 - self._at)
    def readlines(self):
        return [line for line in self]
    def writelines(self, lines):
        for line in lines:
            self.write(line)
    def getvalue(self):
        return self._text
    def seek(self, at, whence=0):
        self._at = at if whence == 0 else len(self._text)
        return self._at
    def tell(self):
        return self._at
    def truncate(self, size=None):
        self._text = self._text[:self._at if size is None else size]
    def flush(self):
        pass
    def close(self):
        pass
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        return False
    def __iter__(self):
        return self
    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line
`;

export const csvSource = `QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = 0, 1, 2, 3
class Error(Exception):
    pass
def reader(lines, dialect='excel', delimiter=',', quotechar='"', skipinitialspace=False, **rest):
    return _Reader(lines, delimiter, quotechar, skipinitialspace)
class _Reader:
    def __init__(self, lines, delimiter, quotechar, skip):
        self._lines = iter(lines)
        self._delimiter, self._quote, self._skip = delimiter, quotechar, skip
        self.line_num = 0
    def __iter__(self):
        return self
    def __next__(self):
        row, field, quoted, started, open_ = [], '', False, False, True
        while open_:
            try:
                line = next(self._lines)
            except StopIteration:
                if not quoted:
                    raise
                break
            self.line_num += 1
            i = 0
            while i < len(line):
                c = line[i]
                if quoted:
                    if c == self._quote and line[i + 1:i + 2] == self._quote:
                        field += c
                        i += 1
                    elif c == self._quote:
                        quoted = False
                    else:
                        field += c
                elif c == self._quote and field == '' and not started:
                    quoted = started = True
                elif c == self._delimiter:
                    row.append(field)
                    field, started = '', False
                elif c in (chr(10), chr(13)):
                    pass
                elif not (self._skip and c == ' ' and field == ''):
                    field += c
                i += 1
            open_ = quoted
        if row or field or started:
            row.append(field)
        return row
class _Writer:
    def __init__(self, file, delimiter=',', quotechar='"', quoting=QUOTE_MINIMAL, lineterminator=None):
        self._file, self._delimiter, self._quote, self._quoting = file, delimiter, quotechar, quoting
        self._end = chr(13) + chr(10) if lineterminator is None else lineterminator
    def _field(self, value, alone):
        text = '' if value is None else str(value)
        special = any([c in text for c in (self._delimiter, self._quote, chr(10), chr(13))]) or (alone and text == '')
        if special or self._quoting == QUOTE_ALL or (self._quoting == QUOTE_NONNUMERIC and not isinstance(value, (int, float))):
            return self._quote + text.replace(self._quote, self._quote * 2) + self._quote
        return text
    def writerow(self, row):
        row = list(row)
        return self._file.write(self._delimiter.join([self._field(one, len(row) == 1) for one in row]) + self._end)
    def writerows(self, rows):
        for row in rows:
            self.writerow(row)
def writer(file, dialect='excel', **options):
    return _Writer(file, **options)
class DictReader:
    def __init__(self, lines, fieldnames=None, restkey=None, restval=None, dialect='excel', **options):
        self.reader = reader(lines, **options)
        self._names, self._restkey, self._restval = fieldnames, restkey, restval
    @property
    def fieldnames(self):
        if self._names is None:
            self._names = next(self.reader, None)
        return self._names
    @property
    def line_num(self):
        return self.reader.line_num
    def __iter__(self):
        return self
    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        made = dict(zip(names, row))
        if len(row) > len(names):
            made[self._restkey] = row[len(names):]
        for name in names[len(row):]:
            made[name] = self._restval
        return made
class DictWriter:
    def __init__(self, file, fieldnames, restval='', extrasaction='raise', dialect='excel', **options):
        self.fieldnames, self._restval, self._extra = fieldnames, restval, extrasaction
        self.writer = writer(file, **options)
    def writeheader(self):
        return self.writer.writerow(self.fieldnames)
    def writerow(self, row):
        wrong = [key for key in row if key not in self.fieldnames]
        if wrong and self._extra == 'raise':
            raise ValueError('dict contains fields not in fieldnames: ' + ', '.join([repr(one) for one in wrong]))
        return self.writer.writerow([row.get(name, self._restval) for name in self.fieldnames])
    def writerows(self, rows):
        for row in rows:
            self.writerow(row)
`;

export const configparserSource = `class Error(Exception):
    pass
class NoSectionError(Error):
    def __init__(self, section):
        super().__init__(f'No section: {section!r}')
class NoOptionError(Error):
    def __init__(self, option, section):
        super().__init__(f'No option {option!r} in section: {section!r}')
_missing = object()
_words = {'1': True, 'yes': True, 'true': True, 'on': True, '0': False, 'no': False, 'false': False, 'off': False}
class _Section:
    def __init__(self, parser, name):
        self._parser, self.name = parser, name
    def __getitem__(self, key):
        if key not in self:
            raise KeyError(key)
        return self._parser.get(self.name, key)
    def __setitem__(self, key, value):
        self._parser.set(self.name, key, value)
    def __contains__(self, key):
        return self._parser.has_option(self.name, key)
    def __iter__(self):
        return iter(self._parser.options(self.name))
    def keys(self):
        return self._parser.options(self.name)
    def values(self):
        return [self[key] for key in self]
    def items(self):
        return [(key, self[key]) for key in self]
    def __len__(self):
        return len(self.keys())
    def get(self, key, fallback=None):
        return self._parser.get(self.name, key, fallback=fallback)
    def getint(self, key, fallback=None):
        return self._parser.getint(self.name, key, fallback=fallback)
    def getfloat(self, key, fallback=None):
        return self._parser.getfloat(self.name, key, fallback=fallback)
    def getboolean(self, key, fallback=None):
        return self._parser.getboolean(self.name, key, fallback=fallback)
class ConfigParser:
    def __init__(self, interpolation=None, allow_no_value=False):
        self._sections = {}
        self._defaults = {}
    def read(self, names, encoding=None):
        done = []
        for name in ([names] if isinstance(names, str) else names):
            try:
                with open(name) as file:
                    self.read_string(file.read())
                done.append(name)
            except OSError:
                pass
        return done
    def read_file(self, file):
        self.read_string(file.read())
    def read_dict(self, given):
        for name, values in given.items():
            self[name] = values
    def read_string(self, text):
        current = key = None
        for line in text.splitlines():
            bare = line.strip()
            if not bare or bare[0] in '#;':
                continue
            if line[0].isspace() and key is not None:
                current[key] += chr(10) + bare
            elif bare[0] == '[' and bare[-1] == ']':
                name = bare[1:-1]
                current = self._defaults if name == 'DEFAULT' else self._sections.setdefault(name, {})
                key = None
            elif current is None:
                raise Error(f'File contains no section headers.')
            else:
                at = min([i for i in (bare.find('='), bare.find(':')) if i >= 0], default=-1)
                key = bare.lower() if at < 0 else bare[:at].strip().lower()
                current[key] = None if at < 0 else bare[at + 1:].strip()
    def sections(self):
        return list(self._sections)
    def has_section(self, name):
        return name in self._sections
    def has_option(self, name, key):
        return key.lower() in self._sections.get(name, {}) or key.lower() in self._defaults
    def add_section(self, name):
        self._sections[name] = {}
    def options(self, name):
        if name not in self._sections:
            raise NoSectionError(name)
        return list({**self._sections[name], **self._defaults})
    def items(self, name):
        return [(key, self.get(name, key)) for key in self.options(name)]
    def get(self, name, key, fallback=_missing):
        if name not in self._sections and name != 'DEFAULT':
            if fallback is not _missing:
                return fallback
            raise NoSectionError(name)
        values = {**self._defaults, **self._sections.get(name, {})}
        if key.lower() in values:
            return values[key.lower()]
        if fallback is not _missing:
            return fallback
        raise NoOptionError(key, name)
    def getint(self, name, key, fallback=_missing):
        value = self.get(name, key, fallback)
        return int(value) if isinstance(value, str) else value
    def getfloat(self, name, key, fallback=_missing):
        value = self.get(name, key, fallback)
        return float(value) if isinstance(value, str) else value
    def getboolean(self, name, key, fallback=_missing):
        value = self.get(name, key, fallback)
        if not isinstance(value, str):
            return value
        if value.lower() not in _words:
            raise ValueError(f'Not a boolean: {value}')
        return _words[value.lower()]
    def set(self, name, key, value):
        if name not in self._sections:
            raise NoSectionError(name)
        if not isinstance(value, str):
            raise TypeError('option values must be strings')
        self._sections[name][key.lower()] = value
    def remove_section(self, name):
        return self._sections.pop(name, None) is not None
    def remove_option(self, name, key):
        return self._sections[name].pop(key.lower(), None) is not None
    def defaults(self):
        return self._defaults
    def __getitem__(self, name):
        if name not in self._sections and name != 'DEFAULT':
            raise KeyError(name)
        return _Section(self, name)
    def __setitem__(self, name, values):
        made = {key.lower(): str(value) for key, value in values.items()}
        if name == 'DEFAULT':
            self._defaults = made
        else:
            self._sections[name] = made
    def __contains__(self, name):
        return name in self._sections or name == 'DEFAULT'
    def __iter__(self):
        return iter(['DEFAULT'] + list(self._sections))
    def write(self, file, space_around_delimiters=True):
        mark = ' = ' if space_around_delimiters else '='
        for name, values in [('DEFAULT', self._defaults)] * bool(self._defaults) + list(self._sections.items()):
            file.write(f'[{name}]' + chr(10))
            for key, value in values.items():
                file.write(key + ('' if value is None else mark + value.replace(chr(10), chr(10) + chr(9))) + chr(10))
            file.write(chr(10))
`;
