/** The module argparse in Python, for the reader: what learners' scripts use of it, with the words of CPython 3.11. */
export const argparseSource = `import sys
class Namespace:
    def __repr__(self):
        return f"Namespace({', '.join([f'{k}={v!r}' for k, v in self.__dict__.items()])})"
class _Argument:
    def __init__(self, names, options):
        self.names = names
        self.flag = names[0].startswith('-')
        long = [one for one in names if one.startswith('--')]
        first = long[0] if long else names[0]
        self.dest = options.get('dest') or first.lstrip('-').replace('-', '_')
        self.action = options.get('action', 'store')
        self.type = options.get('type')
        self.nargs = options.get('nargs')
        self.choices = options.get('choices')
        self.help = options.get('help')
        self.required = options.get('required', False)
        self.metavar = options.get('metavar')
        self.version = options.get('version')
        self.const = options.get('const')
        self.default = options.get('default', False if self.action == 'store_true' else True if self.action == 'store_false' else None)
    def takes(self):
        return self.action in ('store', 'append')
    def shown(self):
        if self.metavar:
            return self.metavar
        if self.choices:
            return '{' + ','.join([str(one) for one in self.choices]) + '}'
        return self.dest.upper() if self.flag else self.dest
    def values(self):
        if not self.takes():
            return ''
        if self.nargs == '*':
            return f'[{self.shown()} ...]'
        if self.nargs == '+':
            return f'{self.shown()} [{self.shown()} ...]'
        if self.nargs == '?':
            return f'[{self.shown()}]'
        if isinstance(self.nargs, int):
            return ' '.join([self.shown()] * self.nargs)
        return self.shown()
class _Commands(_Argument):
    def __init__(self, parser, options):
        for name in options:
            if name not in ('dest', 'required', 'help', 'metavar', 'title'):
                sys._beyond(f'{name}= of add_subparsers')
        super().__init__(['commands'], {})
        self.dest, self.help, self.metavar, self.required = options.get('dest'), options.get('help'), options.get('metavar'), options.get('required', False)
        self.title, self.action, self.nargs, self.choices, self.parsers = options.get('title'), 'commands', 'commands', None, {}
        self.rows = []
        self.prefix = ' '.join([parser.prog] + [one.shown() for one in parser.arguments if not one.flag])
    def add_parser(self, name, help=None, aliases=(), **options):
        made = ArgumentParser(prog=f'{self.prefix} {name}', **options)
        self.parsers[name] = made
        for other in aliases:
            self.parsers[other] = made
        if help is not None:
            self.rows.append((f"{name} ({', '.join(aliases)})" if aliases else name, help))
        return made
    def shown(self):
        return self.metavar or '{' + ','.join(self.parsers) + '}'
    def values(self):
        return self.shown() + ' ...'
class ArgumentParser:
    def __init__(self, prog=None, description=None, epilog=None, usage=None, formatter_class=None, add_help=True):
        if usage is not None or formatter_class is not None or not add_help:
            sys._beyond('usage=, formatter_class= or add_help= of argparse.ArgumentParser')
        self.defaults = {}
        self.prog = prog or sys.argv[0].split('/')[-1]
        self.description = description
        self.epilog = epilog
        self.arguments = []
    def add_argument(self, *names, **options):
        one = _Argument(names, options)
        self.arguments.append(one)
        return one
    def add_subparsers(self, **options):
        one = _Commands(self, options)
        self.arguments.append(one)
        return one
    def set_defaults(self, **values):
        self.defaults.update(values)
    def format_usage(self):
        parts = ['[-h]']
        for one in self.arguments:
            if one.flag:
                text = one.names[0] + (' ' + one.values() if one.takes() else '')
                parts.append(text if one.required else f'[{text}]')
        for one in self.arguments:
            if not one.flag:
                parts.append(one.values())
        line = f"usage: {self.prog} {' '.join(parts)}"
        return (line if len(line) <= 78 else self._folded(parts)) + '\\n'
    def _folded(self, parts):
        # options first, positional arguments on lines of their own
        begin = f'usage: {self.prog} '
        count = len([one for one in self.arguments if one.flag]) + 1
        lines = []
        for group in (parts[:count], parts[count:]):
            line = ''
            for part in group:
                if line and len(begin) + len(line) + 1 + len(part) > 78:
                    lines.append(line)
                    line = part
                else:
                    line = line + ' ' + part if line else part
            if line:
                lines.append(line)
        return begin + ('\\n' + ' ' * len(begin)).join(lines)
    def format_help(self):
        rows = [('-h, --help', 'show this help message and exit')]
        places, titled = [], []
        def told(one):
            if not one.help:
                return one.help
            values = {'prog': self.prog, **one.__dict__}
            values['choices'] = ', '.join([str(c) for c in one.choices]) if one.choices else None
            return one.help % values if '%' in one.help else one.help
        for one in self.arguments:
            if one.flag:
                rows.append((', '.join([name + (' ' + one.values() if one.takes() else '') for name in one.names]), told(one)))
            else:
                groups = places
                if isinstance(one, _Commands) and one.title:
                    titled.append((one.title, []))
                    groups = titled[-1][1]
                groups.append((one.shown(), told(one)))
                if isinstance(one, _Commands):
                    groups.extend([('  ' + left, right) for left, right in one.rows])
        width = min(max([len(left) for left, right in rows + places + [row for title, kept in titled for row in kept]]) + 4, 24)
        def show(pairs):
            text = ''
            for left, right in pairs:
                if not right:
                    text += f'  {left}\\n'
                elif len(right) > 80 - 2 - width:
                    sys._beyond('folding the help of argparse')
                elif len(left) + 4 > width:
                    text += f"  {left}\\n{' ' * width}{right}\\n"
                else:
                    text += f'  {left:<{width - 2}}{right}\\n'
            return text
        out = self.format_usage()
        if self.description:
            out += f'\\n{self.description}\\n'
        if places:
            out += '\\npositional arguments:\\n' + show(places)
        out += '\\noptions:\\n' + show(rows)
        for title, kept in titled:
            out += f'\\n{title}:\\n' + show(kept)
        if self.epilog:
            out += f'\\n{self.epilog}\\n'
        return out
    def print_help(self):
        print(self.format_help(), end='')
    def print_usage(self):
        print(self.format_usage(), end='')
    def error(self, message):
        print(self.format_usage(), end='', file=sys.stderr)
        print(f'{self.prog}: error: {message}', file=sys.stderr)
        sys.exit(2)
    def _name(self, one):
        return 'argument ' + ('/'.join(one.names) if one.flag else one.shown())
    def _value(self, one, text):
        value = text
        if one.type is not None:
            try:
                value = one.type(text)
            except (ValueError, TypeError):
                self.error(f'{self._name(one)}: invalid {one.type.__name__} value: {text!r}')
        if one.choices is not None and value not in one.choices:
            self.error(f"{self._name(one)}: invalid choice: {value!r} (choose from {', '.join([repr(c) for c in one.choices])})")
        return value
    def _least(self, one):
        return one.nargs if isinstance(one.nargs, int) else 0 if one.nargs in ('*', '?') else 1
    def _place(self, places, words, result, missing):
        # as many positional arguments as these words are enough for take their part; what they took is counted
        count = len(places)
        while count and sum([self._least(one) for one in places[:count]]) > len(words):
            count -= 1
        used = 0
        for i in range(count):
            one = places.pop(0)
            later = sum([self._least(other) for other in places[:count - i - 1]])
            room = len(words) - used - later
            size = room if one.nargs in ('*', '+', 'commands') else min(room, 1) if one.nargs == '?' else self._least(one)
            many = words[used:used + size]
            used += size
            if one.nargs == 'commands':
                if one.dest:
                    setattr(result, one.dest, many[0])
                if many[0] not in one.parsers:
                    self.error(f"argument {one.dest or one.shown()}: invalid choice: {many[0]!r} (choose from {', '.join([repr(c) for c in one.parsers])})")
                inner, rest = one.parsers[many[0]].parse_known_args(many[1:])
                for name, value in inner.__dict__.items():
                    setattr(result, name, value)
                missing.extend(rest)
            elif one.nargs == '?' or one.nargs is None:
                if many:
                    setattr(result, one.dest, self._value(one, many[0]))
            elif many or one.nargs != '*':
                setattr(result, one.dest, [self._value(one, text) for text in many])
            elif one.default is None:
                setattr(result, one.dest, [])
        return used
    def _optional(self, word):
        return word.startswith('-') and word != '-' and not (len(word) > 1 and word[1].isdigit())
    def parse_args(self, args=None):
        result, unknown = self.parse_known_args(args)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return result
    def add_argument_group(self, title=None, description=None):
        sys._beyond('add_argument_group of argparse')
    def add_mutually_exclusive_group(self, required=False):
        sys._beyond('add_mutually_exclusive_group of argparse')
    def parse_known_args(self, args=None):
        words = list(sys.argv[1:] if args is None else args)
        result = Namespace()
        for one in self.arguments:
            if one.dest:
                setattr(result, one.dest, one.default)
        for name, value in self.defaults.items():
            setattr(result, name, value)
        seen = []
        unknown = []
        places = [one for one in self.arguments if not one.flag]
        while words:
            word = words.pop(0)
            if word == '--' or not self._optional(word):
                chunk = words if word == '--' else [word]
                if word == '--':
                    words = []
                while words and not self._optional(words[0]):
                    chunk.append(words.pop(0))
                fits = [one for one in places if one.nargs == 'commands']
                if fits and sum([self._least(one) for one in places[:places.index(fits[0]) + 1]]) <= len(chunk):
                    chunk, words = chunk + words, []
                unknown.extend(chunk[self._place(places, chunk, result, unknown):])
                continue
            if word in ('-h', '--help'):
                self.print_help()
                sys.exit(0)
            name, given = word, None
            if '=' in word and word.startswith('--'):
                name, _, given = word.partition('=')
            found = [one for one in self.arguments if name in one.names]
            if not found and name.startswith('--'):
                found = [one for one in self.arguments if any([n.startswith(name) for n in one.names])]
            if not found and not name.startswith('--') and len(name) > 2:
                found = [one for one in self.arguments if name[:2] in one.names and one.takes()]
                given = name[2:] if found else None
            if not found:
                unknown.append(word)
                continue
            one = found[0]
            seen.append(one.dest)
            if one.action == 'store_true':
                setattr(result, one.dest, True)
            elif one.action == 'store_false':
                setattr(result, one.dest, False)
            elif one.action == 'count':
                setattr(result, one.dest, (getattr(result, one.dest) or 0) + 1)
            elif one.action == 'store_const':
                setattr(result, one.dest, one.const)
            elif one.action == 'version':
                print(one.version.replace('%(prog)s', self.prog))
                sys.exit(0)
            elif one.nargs in ('*', '+') or isinstance(one.nargs, int):
                many = [given] if given is not None else []
                while words and not words[0].startswith('-') and (not isinstance(one.nargs, int) or len(many) < one.nargs):
                    many.append(words.pop(0))
                if not many and one.nargs == '+':
                    self.error(f'{self._name(one)}: expected at least one argument')
                setattr(result, one.dest, [self._value(one, text) for text in many])
            else:
                if given is None:
                    if not words or (words[0].startswith('-') and len(words[0]) > 1 and not words[0][1].isdigit()):
                        if one.nargs == '?':
                            setattr(result, one.dest, one.const)
                            continue
                        self.error(f'{self._name(one)}: expected one argument')
                    given = words.pop(0)
                value = self._value(one, given)
                if one.action == 'append':
                    value = (getattr(result, one.dest) or []) + [value]
                setattr(result, one.dest, value)
        self._place(places, [], result, unknown)
        missing = [one.dest or one.shown() if one.nargs == 'commands' else one.shown() for one in places if one.nargs != 'commands' or one.required]
        missing.extend(['/'.join(one.names) for one in self.arguments if one.flag and one.required and one.dest not in seen])
        if missing:
            self.error(f"the following arguments are required: {', '.join(missing)}")
        return result, unknown
`;
