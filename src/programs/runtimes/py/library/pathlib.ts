/** The module pathlib in Python, for the reader: what learners' scripts use of it, with the words of CPython 3.11. */
export const pathlibSource = `import glob, os, sys
class Path:
    def __init__(self, *parts):
        text = ''
        for part in parts:
            part = str(part)
            text = part if part.startswith('/') or text in ('', '.') else text.rstrip('/') + '/' + part
        pieces = [one for one in text.split('/') if one not in ('', '.')]
        self._text = ('/' if text.startswith('/') else '') + '/'.join(pieces) or '.'
    @staticmethod
    def cwd():
        return Path(os.getcwd())
    @staticmethod
    def home():
        return Path(os.environ.get('HOME', '/root'))
    def __str__(self):
        return self._text
    def __repr__(self):
        return f"PosixPath({self._text!r})"
    def __eq__(self, other):
        return isinstance(other, Path) and self._text == other._text
    def __lt__(self, other):
        return self._text < other._text
    def __truediv__(self, other):
        return Path(self._text, other)
    @property
    def name(self):
        return '' if self._text in ('.', '/') else self._text.split('/')[-1]
    @property
    def suffix(self):
        name = self.name
        at = name.rfind('.')
        return name[at:] if 0 < at < len(name) - 1 else ''
    @property
    def stem(self):
        return self.name[:len(self.name) - len(self.suffix)] if self.suffix else self.name
    @property
    def parent(self):
        at = self._text.rfind('/')
        return Path('/') if at == 0 else Path(self._text[:at]) if at > 0 else Path('.')
    @property
    def parts(self):
        inner = tuple([one for one in self._text.split('/') if one not in ('', '.')])
        return ('/',) + inner if self._text.startswith('/') else inner
    def joinpath(self, *parts):
        return Path(self._text, *parts)
    def with_suffix(self, suffix):
        return Path(str(self.parent), self.stem + suffix)
    def with_name(self, name):
        return Path(str(self.parent), name)
    def is_absolute(self):
        return self._text.startswith('/')
    def absolute(self):
        return self if self.is_absolute() else Path(os.getcwd(), self._text)
    def resolve(self):
        out = []
        for one in self.absolute().parts[1:]:
            if one == '..':
                out = out[:-1]
            else:
                out.append(one)
        return Path('/' + '/'.join(out))
    def exists(self):
        return os.path.exists(self._text)
    def is_file(self):
        return os.path.isfile(self._text)
    def is_dir(self):
        return os.path.isdir(self._text)
    def read_text(self, encoding=None):
        with open(self._text) as f:
            return f.read()
    def write_text(self, text, encoding=None):
        with open(self._text, 'w') as f:
            return f.write(text)
    def open(self, mode='r', encoding=None):
        return open(self._text, mode)
    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        if self.exists():
            if exist_ok and self.is_dir():
                return
            raise FileExistsError(f"[Errno 17] File exists: '{self._text}'")
        if not parents and not self.parent.exists():
            raise FileNotFoundError(f"[Errno 2] No such file or directory: '{self._text}'")
        os.makedirs(self._text)
    def iterdir(self):
        for name in os.listdir(self._text):
            yield Path(self._text, name)
    def glob(self, pattern):
        return iter([Path(one) for one in glob.glob(self._text + '/' + pattern, recursive=True)])
    def rglob(self, pattern):
        return self.glob('**/' + pattern)
    def unlink(self, missing_ok=False):
        if not missing_ok or self.exists():
            os.remove(self._text)
    def rmdir(self):
        os.rmdir(self._text)
    def rename(self, target):
        os.rename(self._text, str(target))
        return Path(target)
    def read_bytes(self):
        with open(self._text, 'rb') as f:
            return f.read()
    def write_bytes(self, data):
        with open(self._text, 'wb') as f:
            return f.write(data)
    def touch(self, mode=0o666, exist_ok=True):
        with open(self._text, 'a') as f:
            f.write('')
    def __fspath__(self):
        return self._text
    def __getattr__(self, name):
        if name in ('absolute', 'anchor', 'as_posix', 'as_uri', 'chmod', 'cwd', 'drive', 'expanduser', 'group', 'home', 'is_absolute', 'is_relative_to', 'is_symlink', 'joinpath', 'lchmod', 'link_to', 'lstat', 'match', 'owner', 'parents', 'parts', 'readlink', 'relative_to', 'replace', 'root', 'samefile', 'stat', 'suffixes', 'symlink_to', 'with_name', 'with_stem', 'with_suffix'):
            sys._beyond(f'Path.{name}')
        raise AttributeError(f"'PosixPath' object has no attribute {name!r}")
PosixPath = Path
PurePath = Path
`;
