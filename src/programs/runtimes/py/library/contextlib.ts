/** The module contextlib in Python, for the reader: what learners' scripts use of it, with the words of CPython 3.11. */
export const contextlibSource = `class suppress:
    def __init__(self, *kinds):
        self.kinds = kinds
    def __enter__(self):
        return None
    def __exit__(self, kind, error, trace):
        return error is not None and isinstance(error, self.kinds)
class _Manager:
    def __init__(self, made):
        self.made = made
    def __enter__(self):
        return next(self.made)
    def __exit__(self, kind, error, trace):
        for _ in self.made:
            pass
        return False
def contextmanager(func):
    return lambda *args, **kwargs: _Manager(func(*args, **kwargs))
`;
