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
class ArgumentParser:
    def __init__(self, prog=None, description=None, epilog=None, usage=None):
        self.prog = prog or sys.argv[0].split('/')[-1]
        self.description = description
        self.epilog = epilog
        self.arguments = []
    def add_argument(self, *names, **options):
        one = _Argument(names, options)
        self.arguments.append(one)
        return one
    def add_subparsers(self, **options):
        raise NotImplementedError('drydock does not read sub-commands of argparse')
    def format_usage(self):
        parts = ['[-h]']
        for one in self.arguments:
            if one.flag:
                text = one.names[0] + (' ' + one.values() if one.takes() else '')
                parts.append(text if one.required else f'[{text}]')
        for one in self.arguments:
            if not one.flag:
                parts.append(one.values())
        return f"usage: {self.prog} {' '.join(parts)}\\n"
    def format_help(self):
        rows = [('-h, --help', 'show this help message and exit')]
        places = []
        for one in self.arguments:
            if one.flag:
                rows.append((', '.join([name + (' ' + one.values() if one.takes() else '') for name in one.names]), one.help))
            else:
                places.append((one.shown(), one.help))
        width = min(max([len(left) for left, right in rows + places]) + 4, 24)
        def show(pairs):
            text = ''
            for left, right in pairs:
                if not right:
                    text += f'  {left}\\n'
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
    def parse_args(self, args=None):
        words = list(sys.argv[1:] if args is None else args)
        result = Namespace()
        for one in self.arguments:
            setattr(result, one.dest, one.default)
        plain = []
        seen = []
        unknown = []
        while words:
            word = words.pop(0)
            if word == '--':
                plain.extend(words)
                break
            if not word.startswith('-') or word == '-' or (len(word) > 1 and word[1].isdigit()):
                plain.append(word)
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
        missing = []
        places = [one for one in self.arguments if not one.flag]
        for i, one in enumerate(places):
            later = len([p for p in places[i + 1:] if p.nargs not in ('*', '?')])
            if one.nargs in ('*', '+'):
                count = max(0, len(plain) - later)
                many = plain[:count]
                plain = plain[count:]
                if not many and one.nargs == '+':
                    missing.append(one.shown())
                elif many or one.default is None:
                    setattr(result, one.dest, [self._value(one, text) for text in many])
            elif isinstance(one.nargs, int):
                if len(plain) < one.nargs:
                    missing.append(one.shown())
                setattr(result, one.dest, [self._value(one, text) for text in plain[:one.nargs]])
                plain = plain[one.nargs:]
            elif plain and (one.nargs != '?' or len(plain) > later):
                setattr(result, one.dest, self._value(one, plain.pop(0)))
            elif one.nargs != '?':
                missing.append(one.shown())
        missing.extend(['/'.join(one.names) for one in self.arguments if one.flag and one.required and one.dest not in seen])
        if missing:
            self.error(f"the following arguments are required: {', '.join(missing)}")
        if unknown or plain:
            self.error(f"unrecognized arguments: {' '.join(unknown + plain)}")
        return result
`;
