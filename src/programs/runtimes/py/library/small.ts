/** Small modules of the standard library in Python, for the reader: what learners' scripts use of them. */
export const abcSource = `class ABC:
    __module__ = 'abc'
class ABCMeta:
    pass
def abstractmethod(func):
    func.__isabstractmethod__ = True
    return func
`;

export const copySource = `class Error(Exception):
    pass
def copy(value):
    if isinstance(value, (list, dict, set)):
        return value.copy()
    if isinstance(value, (int, float, str, tuple, bytes, bool)) or value is None or callable(value):
        return value
    if hasattr(value, '__copy__'):
        return value.__copy__()
    return _same(value, value.__dict__)
def _same(value, attributes):
    made = object.__new__(type(value))
    for name, one in attributes.items():
        object.__setattr__(made, name, one)
    return made
def deepcopy(value, memo=None):
    memo = {} if memo is None else memo
    if id(value) in memo:
        return memo[id(value)]
    if isinstance(value, (int, float, str, bytes, bool)) or value is None:
        return value
    if isinstance(value, list):
        made = []
        memo[id(value)] = made
        for one in value:
            made.append(deepcopy(one, memo))
        return made
    if isinstance(value, dict):
        made = value.copy()
        memo[id(value)] = made
        made.clear()
        for key, one in value.items():
            made[deepcopy(key, memo)] = deepcopy(one, memo)
        return made
    if isinstance(value, tuple):
        return tuple([deepcopy(one, memo) for one in value])
    if isinstance(value, (set, frozenset)):
        return type(value)([deepcopy(one, memo) for one in value])
    if callable(value) and not hasattr(value, '__dict__'):
        return value
    if hasattr(value, '__deepcopy__'):
        return value.__deepcopy__(memo)
    if isinstance(value, type):
        return value
    made = _same(value, {})
    memo[id(value)] = made
    for name, one in value.__dict__.items():
        object.__setattr__(made, name, deepcopy(one, memo))
    return made
`;

export const heapqSource = `def heappush(heap, item):
    heap.append(item)
    i = len(heap) - 1
    while i > 0 and heap[i] < heap[(i - 1) // 2]:
        heap[i], heap[(i - 1) // 2] = heap[(i - 1) // 2], heap[i]
        i = (i - 1) // 2
def _down(heap, i, end):
    # as CPython: the hole goes down to a leaf, then the item up again
    start, item = i, heap[i]
    child = 2 * i + 1
    while child < end:
        if child + 1 < end and not heap[child] < heap[child + 1]:
            child += 1
        heap[i] = heap[child]
        i = child
        child = 2 * i + 1
    while i > start and item < heap[(i - 1) // 2]:
        heap[i] = heap[(i - 1) // 2]
        i = (i - 1) // 2
    heap[i] = item
def heappop(heap):
    if not heap:
        raise IndexError('index out of range')
    last = heap.pop()
    if not heap:
        return last
    first = heap[0]
    heap[0] = last
    _down(heap, 0, len(heap))
    return first
def heapify(heap):
    for i in range(len(heap) // 2 - 1, -1, -1):
        _down(heap, i, len(heap))
def heapreplace(heap, item):
    first = heap[0]
    heap[0] = item
    _down(heap, 0, len(heap))
    return first
def heappushpop(heap, item):
    return heapreplace(heap, item) if heap and heap[0] < item else item
def nlargest(n, items, key=None):
    return sorted(items, key=key, reverse=True)[:n]
def nsmallest(n, items, key=None):
    return sorted(items, key=key)[:n]
def merge(*lists, key=None, reverse=False):
    return iter(sorted([one for items in lists for one in items], key=key, reverse=reverse))
`;

export const bisectSource = `def bisect_right(a, x, lo=0, hi=None):
    hi = len(a) if hi is None else hi
    while lo < hi:
        mid = (lo + hi) // 2
        if x < a[mid]:
            hi = mid
        else:
            lo = mid + 1
    return lo
def bisect_left(a, x, lo=0, hi=None):
    hi = len(a) if hi is None else hi
    while lo < hi:
        mid = (lo + hi) // 2
        if a[mid] < x:
            lo = mid + 1
        else:
            hi = mid
    return lo
def insort_right(a, x):
    a.insert(bisect_right(a, x), x)
def insort_left(a, x):
    a.insert(bisect_left(a, x), x)
bisect = bisect_right
insort = insort_right
`;

export const operatorSource = `def itemgetter(*keys):
    if len(keys) == 1:
        return lambda value: value[keys[0]]
    return lambda value: tuple([value[key] for key in keys])
def _attribute(value, name):
    for one in name.split('.'):
        value = getattr(value, one)
    return value
def attrgetter(*names):
    if len(names) == 1:
        return lambda value: _attribute(value, names[0])
    return lambda value: tuple([_attribute(value, name) for name in names])
def methodcaller(name, *args, **kwargs):
    return lambda value: getattr(value, name)(*args, **kwargs)
def add(a, b): return a + b
def sub(a, b): return a - b
def mul(a, b): return a * b
def truediv(a, b): return a / b
def floordiv(a, b): return a // b
def mod(a, b): return a % b
def pow(a, b): return a ** b
def neg(a): return -a
def eq(a, b): return a == b
def ne(a, b): return a != b
def lt(a, b): return a < b
def le(a, b): return a <= b
def gt(a, b): return a > b
def ge(a, b): return a >= b
def and_(a, b): return a & b
def or_(a, b): return a | b
def xor(a, b): return a ^ b
def not_(a): return not a
def contains(a, b): return b in a
def getitem(a, b): return a[b]
`;

export const shlexSource = `def split(text, comments=False, posix=True):
    words, word, i, quote = [], None, 0, ''
    while i < len(text):
        c = text[i]
        if quote:
            if c == quote:
                quote = ''
            elif c == chr(92) and quote == '"' and i + 1 < len(text) and text[i + 1] in '"' + chr(92):
                i += 1
                word += text[i]
            else:
                word += c
        elif c == "'" or c == '"':
            quote = c
            word = word or ''
        elif c == chr(92):
            i += 1
            if i >= len(text):
                raise ValueError('No escaped character')
            word = (word or '') + text[i]
        elif c.isspace():
            if word is not None:
                words.append(word)
            word = None
        else:
            word = (word or '') + c
        i += 1
    if quote:
        raise ValueError('No closing quotation')
    return words if word is None else words + [word]
def quote(text):
    if text and all([c.isalnum() or c in '_@%+=:,./-' for c in text]):
        return text
    return "'" + text.replace("'", "'" + '"' + "'" + '"' + "'") + "'"
def join(words):
    return ' '.join([quote(one) for one in words])
`;

export const textwrapSource = `def wrap(text, width=70, initial_indent='', subsequent_indent=''):
    lines, line, empty = [], initial_indent, True
    for word in text.split():
        if not empty and len(line) + 1 + len(word) > width:
            lines.append(line)
            line, empty = subsequent_indent, True
        while len(line) + len(word) > width and empty:
            room = max(1, width - len(line))
            lines.append(line + word[:room])
            word, line = word[room:], subsequent_indent
        if word:
            line, empty = (line + word if empty else line + ' ' + word), False
    return lines if empty else lines + [line]
def fill(text, width=70, initial_indent='', subsequent_indent=''):
    return '\\n'.join(wrap(text, width, initial_indent, subsequent_indent))
def dedent(text):
    lines = text.split('\\n')
    full = [one for one in lines if one.strip()]
    margin = min([len(one) - len(one.lstrip()) for one in full], default=0)
    return '\\n'.join([one[margin:] if one.strip() else '' for one in lines])
def indent(text, prefix):
    return ''.join([prefix + one if one.strip() else one for one in text.splitlines(True)])
def shorten(text, width, placeholder=' [...]'):
    words = text.split()
    if len(' '.join(words)) <= width:
        return ' '.join(words)
    while words and len(' '.join(words)) + len(placeholder) > width:
        words.pop()
    return ' '.join(words) + placeholder if words else placeholder.strip()
`;
