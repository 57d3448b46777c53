/** The module itertools in Python, for the reader: what learners' scripts use of it, with the words of CPython 3.11. */
export const itertoolsSource = `def count(start=0, step=1):
    n = start
    while True:
        yield n
        n += step
def cycle(values):
    kept = list(values)
    while kept:
        for one in kept:
            yield one
def repeat(value, times=None):
    n = 0
    while times is None or n < times:
        yield value
        n += 1
def chain(*lists):
    for one in lists:
        for value in one:
            yield value
def islice(values, *bounds):
    start, stop, step = 0, None, 1
    if len(bounds) == 1:
        stop = bounds[0]
    else:
        start = bounds[0] or 0
        stop = bounds[1]
        if len(bounds) > 2:
            step = bounds[2] or 1
    n = 0
    if stop is not None and stop <= start:
        return
    for value in values:
        if n >= start and (n - start) % step == 0:
            yield value
        n += 1
        if stop is not None and n >= stop:
            return
def takewhile(test, values):
    for one in values:
        if not test(one):
            return
        yield one
def dropwhile(test, values):
    dropping = True
    for one in values:
        if dropping and test(one):
            continue
        dropping = False
        yield one
def accumulate(values, func=None, initial=None):
    total = initial
    first = initial is None
    if not first:
        yield total
    for one in values:
        if first:
            total = one
            first = False
        elif func is None:
            total = total + one
        else:
            total = func(total, one)
        yield total
def pairwise(values):
    first = True
    before = None
    for one in values:
        if not first:
            yield (before, one)
        before = one
        first = False
def groupby(values, key=None):
    group = []
    last = None
    started = False
    for one in values:
        k = one if key is None else key(one)
        if started and k == last:
            group.append(one)
        else:
            if started:
                yield (last, iter(group))
            group = [one]
            last = k
            started = True
    if started:
        yield (last, iter(group))
def product(*lists, repeat=1):
    pools = [list(one) for one in lists] * repeat
    rows = [()]
    for pool in pools:
        rows = [row + (one,) for row in rows for one in pool]
    for row in rows:
        yield row
def permutations(values, r=None):
    pool = list(values)
    size = len(pool) if r is None else r
    if size == 0:
        yield ()
        return
    for i in range(len(pool)):
        rest = pool[:i] + pool[i + 1:]
        for row in permutations(rest, size - 1):
            yield (pool[i],) + row
def combinations(values, r):
    pool = list(values)
    if r == 0:
        yield ()
        return
    for i in range(len(pool)):
        for row in combinations(pool[i + 1:], r - 1):
            yield (pool[i],) + row
def zip_longest(*lists, fillvalue=None):
    rows = [list(one) for one in lists]
    most = max([len(one) for one in rows]) if rows else 0
    for i in range(most):
        yield tuple([row[i] if i < len(row) else fillvalue for row in rows])
def starmap(func, rows):
    for row in rows:
        yield func(*row)
`;
